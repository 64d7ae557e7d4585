import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecipeConfig } from '../src/config/read-recipe-config.js';
import { shippedConfigs } from '../src/shipped.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-neural-'));
const at = (name: string): string => join(folder, name);
const config = at('small.yaml');
/** From the sources there are no threads. */
const neural = ['--language', 'gl', '--threads', '1', '--backend', 'wasm'];

beforeAll(async () => {
  await writeCorpus(at('gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 40));
  await writeCorpus(at('es.bio'), (await sampleCorpus('es', 'train')).slice(0, 60));
  await writeCorpus(at('dev.bio'), (await sampleCorpus('gl', 'dev')).slice(0, 30));
  writeFileSync(
    config,
    [
      'model: neural',
      'network:',
      '  characters: { embedding: 8, size: 8 }',
      '  words: { size: 8 }',
      '  sentence: { size: 8, layers: 1 }',
      '  language: { size: 4 }',
      '  hidden: { size: 8 }',
      '  dropout: { input: 0, between: 0, output: 0 }',
      'training: { optimizer: { name: adam, learningRate: 0.03 }, epochs: 5, targetRepeat: 5 }',
    ].join('\n'),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a neural model', () => {
  test('is trained by a configuration, and every command takes it', async () => {
    const { stdout } = await cognate(
      ...['train', at('gl.bio'), '--source', `es=${at('es.bio')}`, '--dev', at('dev.bio'), ...neural],
      ...['--config', config, '--set', 'training.mu=0.5', '--out', at('model'), '--json'],
    );
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ type: 'neural', language: 'gl', epochs: 5, sentences: { target: 40 } });
    expect(result.dev.f1).toBeGreaterThan(0);
    expect(readdirSync(at('model')).sort()).toEqual(['README.md', 'config.json', 'model.safetensors']);
    // Checkpoints are only for runs that were cut off.
    expect(existsSync(at('model.checkpoints'))).toBe(false);

    const scores = JSON.parse(
      (await cognate('evaluate', at('dev.bio'), '--model', at('model'), '--json')).stdout,
    );
    expect(scores.micro.f1).toBeCloseTo(result.dev.f1, 12);
    writeFileSync(at('text.txt'), 'Xoana Pereira viaxou de Vigo a Lisboa.\n');
    const tagged = await cognate('tag', '--model', at('model'), at('text.txt'), '--json');
    expect(JSON.parse(tagged.stdout)).toHaveProperty('entities');
    const columns = await cognate('tag', '--model', at('model'), at('text.txt'), '--output', 'columns');
    expect(columns.stdout.trim().split('\n')).toHaveLength(8);
    const info = JSON.parse((await cognate('info', at('model'), '--json')).stdout);
    expect(info).toMatchObject({ type: 'neural', languages: ['gl', 'es'], weights: result.weights });
  });

  test('the same seed gives the same bytes, another one others', async () => {
    const train = async (seed: string): Promise<Buffer> => {
      const out = at(`seed-${seed}`);
      await cognate(
        'train',
        at('gl.bio'),
        ...neural,
        '--config',
        config,
        '--epochs',
        '1',
        '--seed',
        seed,
        '--out',
        out,
        '--force',
      );
      return readFileSync(join(out, 'model.safetensors'));
    };
    const first = await train('1');
    expect(await train('1')).toEqual(first);
    expect(await train('2')).not.toEqual(first);
  });

  test('what is wrong with a configuration is said with its field, before anything is read', async () => {
    const train = (...args: string[]) => cognate('train', at('absent.bio'), ...args, '--out', at('never'));
    await expect(train('--config', 'papr')).rejects.toThrow(
      /expected a configuration file or one of linear, fast, .*got papr, .* Did you mean paper\?/,
    );
    await expect(train('--config', config, '--set', 'training.epoch=3')).rejects.toThrow(
      /small\.yaml: training\.epoch: there is no such field; .* Did you mean epochs\?/,
    );
    await expect(train('--config', config, '--set', 'training.mu=-1')).rejects.toThrow(/training\.mu: /);
    await expect(train('--config', config, '--set', 'epochs')).rejects.toThrow(
      /expected --set path\.to\.field=value/,
    );
    await expect(train('--config', config, '--c2', '1')).rejects.toThrow(/--c2 is not for neural models/);
    await expect(train('--epochs', '3')).rejects.toThrow(/--epochs is not for ensemble models/);
    await expect(train('--config', 'linear', '--epochs', '3')).rejects.toThrow(
      /--epochs is not for linear models$/,
    );
    await expect(train('--config', config, '--set', 'training.mu=[1,')).rejects.toThrow(
      /--set training\.mu: expected a value as YAML has it, got "\[1,"/,
    );
    await expect(train(...neural, '--config', config, '--report', at('gl.bio'))).rejects.toThrow(
      /gl\.bio: expected a folder for the report, found a file/,
    );
    await expect(train('--config', config)).rejects.toThrow(/expected --language/);
    writeFileSync(at('broken.yaml'), 'model: [');
    await expect(train('--config', at('broken.yaml'))).rejects.toThrow(/broken\.yaml:1:\d+: /);
    writeFileSync(at('list.yaml'), '- a');
    await expect(train('--config', at('list.yaml'))).rejects.toThrow(/expected fields with values/);
    const deep = ['a: &a [x, x]', ...Array.from({ length: 30 }, (_, i) => `b${i}: *a`)].join('\n');
    writeFileSync(at('aliases.yaml'), deep);
    await expect(train('--config', at('aliases.yaml'))).rejects.toThrow();
    const unknown = ['--config', config, '--set', 'network.characters.kind=gru', ...neural];
    await expect(cognate('train', at('gl.bio'), ...unknown, '--out', at('never'))).rejects.toThrow(
      /network\.characters\.kind: expected one of lstm, bilstm, cnn, none, got "gru"/,
    );
    expect(existsSync(at('never'))).toBe(false);
  });
});

test.each(shippedConfigs())('the configuration %s that comes with the program is sound', (name) => {
  expect(readRecipeConfig(name, () => []).model).toBe(name === 'strong' ? 'ensemble' : 'neural');
});
