import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sentence } from '@cognate/corpora';
import { readAll, writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import type { EnsembleRecipe } from '@cognate/experiments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecipeConfig } from '../src/config/read-recipe-config.js';
import { fitEnsemble } from '../src/training/fit-ensemble.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-ensemble-'));
const at = (name: string): string => join(folder, name);

const recipe = `model: ensemble
members:
  - { name: linear, recipe: { model: linear, params: { max_iterations: 10 } } }
  - name: network
    copies: 2
    recipe:
      model: neural
      network:
        { characters: { embedding: 4, size: 6 }, words: { size: 6 }, sentence: { size: 8, layers: 1 }, language: { size: 2 }, hidden: { size: 8 } }
      training: { epochs: 1, optimizer: { name: adam } }
selfTraining: { rounds: 1 }
`;

beforeAll(async () => {
  await writeCorpus(at('gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 30));
  await writeCorpus(at('es.bio'), (await sampleCorpus('es', 'train')).slice(0, 30));
  await writeCorpus(at('more.bio'), (await sampleCorpus('gl', 'dev')).slice(0, 10));
  writeFileSync(at('more.txt'), 'Rosalía naceu en Santiago. Onte choveu en Lugo.');
  writeFileSync(at('recipe.yaml'), recipe);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const train = (out: string, ...more: string[]) =>
  cognate(
    ...[
      'train',
      at('gl.bio'),
      '--language',
      'gl',
      '--source',
      `es=${at('es.bio')}`,
      '--config',
      at('recipe.yaml'),
    ],
    ...['--out', at(out), '--threads', '1', ...more],
  );

test('an ensemble is trained by its recipe, tags, and tells of itself', async () => {
  const { stderr } = await train('model', '--unlabelled', at('more.bio'), at('more.txt'));
  expect(stderr).toContain('member 2 of 3, round 2 of 2: network-1 (neural)');
  expect(readdirSync(at('model')).sort()).toEqual(['README.md', 'config.json', 'model.safetensors']);
  expect(existsSync(at('model.checkpoints'))).toBe(false);
  expect(readdirSync(at('model.report'))).toEqual(expect.arrayContaining(['loss.svg', 'loss-linear.svg']));
  const loss = readFileSync(join(at('model.report'), 'loss.svg'), 'utf8');
  for (const member of ['network-1, round 1', 'network-2, round 2']) expect(loss).toContain(`>${member}<`);
  const { stdout } = await cognate('tag', '--model', at('model'), '--output', 'jsonl', at('more.txt'));
  expect(stdout).toContain('Santiago');
  const info = await cognate('info', at('model'));
  expect(info.stdout).toContain('ensemble');
});

test('a run that was cut off goes on with the members that it has, and ends with the same model', async () => {
  const train = await readAll(at('gl.bio'));
  const trained: string[] = [];
  const fit = (sentences: readonly Sentence[]) =>
    fitEnsemble({
      target: { language: 'gl', sentences },
      sources: [],
      unlabelled: train.slice(0, 5),
      recipe: readRecipeConfig(at('recipe.yaml'), () => []) as EnsembleRecipe,
      seed: 1,
      threads: 1,
      checkpoints: { folder: at('state') },
      monitor: {
        log: ({ type }) => {
          if (type === 'start' || type === 'run') trained.push(type);
        },
        say: () => undefined,
        status: () => undefined,
        stop: () => undefined,
      },
    });
  const whole = (await fit(train)).toFiles();
  const inAll = trained.length;
  // As after a kill in the middle of the last member but one: its place is there, and does not count.
  for (const name of ['network-1', 'network-2']) rmSync(join(at('state'), 'round-1', `${name}.json`));
  rmSync(join(at('state'), 'round-1', 'network-2'), { recursive: true });
  trained.length = 0;
  expect((await fit(train)).toFiles()).toEqual(whole);
  expect(trained.length).toBeGreaterThan(0);
  expect(trained.length).toBeLessThan(inAll);
  trained.length = 0;
  expect((await fit(train)).toFiles()).toEqual(whole);
  expect(trained).toEqual([]);
  await expect(fit(train.slice(1))).rejects.toThrow(
    /linear is of a training with other data or another recipe.*--fresh/,
  );
});

test('flags of single models are refused, with what helps', async () => {
  await expect(train('none', '--c1', '1')).rejects.toThrow('--c1 is not for ensemble models');
});
