import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readProject } from '../src/config/read-project.js';
import { Failure, UsageError } from '../src/failure.js';
import { askQuestions } from '../src/init/ask.js';
import { schemaAddress } from '../src/init/schema-address.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-init-'));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  await writeCorpus(at('gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 20));
  await writeCorpus(at('es.bio'), (await sampleCorpus('es', 'train')).slice(0, 20));
  writeFileSync(at('untagged.jsonl'), '{"tokens":["Vigo"]}\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('by flags', () => {
  const flags = ['--language', 'gl', '--train', at('gl.bio'), '--yes'];

  test('a project with comments that is in order, with paths relative to itself', async () => {
    const { stdout, stderr } = await cognate(
      ...['init', at('deep/gl.yaml'), ...flags, '--dev', at('es.bio'), '--source', `es=${at('es.bio')}`],
      ...['--recipe', 'fast', '--seeds', '1,2', '--out', at('models')],
    );
    expect(stdout).toContain('Next: cognate train');
    expect(stderr).toContain('20 sentences, conll; entities LOC, ORG, PER');
    const text = readFileSync(at('deep/gl.yaml'), 'utf8');
    expect(text.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=\S+schema\/project\.json$/u);
    expect(parse(text)).toEqual({
      target: { language: 'gl', train: at('gl.bio'), dev: at('es.bio') },
      sources: [{ language: 'es', train: at('es.bio') }],
      recipe: 'fast',
      output: at('models'),
      seeds: [1, 2],
    });
    expect(readProject(at('deep/gl.yaml')).problems).toEqual([]);
    expect(parse((await cognate('debug', 'config', at('deep/gl.yaml'))).stdout)).toHaveProperty(
      'recipe.model',
      'neural',
    );
  });

  test('relative paths are those of the file; what is commented out would be in order too', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      await cognate('init', 'below/gl.yaml', '--language', 'gl', '--train', 'gl.bio', '--yes');
      const text = readFileSync('below/gl.yaml', 'utf8');
      expect(parse(text)).toMatchObject({ target: { train: '../gl.bio' }, output: 'model' });
      // Every "# name: value" of the fields, but for the second recipe.
      const all = text
        .replace(/^# recipe:\n# {3}extends.*\n# {3}training.*\n/mu, '')
        .replace(/^(\s*)# (?=(?:dev|test|sentences|sources|read):)/gmu, '$1')
        .replace(/^# {3}(?=- language| {2}train|format|tagColumn|map)/gmu, '  ');
      const { problems } = readProject((writeFileSync('below/all.yaml', all), 'below/all.yaml'));
      expect(problems.map(({ message }) => message.replace(/ at .*/u, ''))).toEqual(
        ['dev', 'test', 'train'].map(() => 'expected a file, got nothing'),
      );
    } finally {
      process.chdir(before);
    }
  });

  test('nothing is replaced or written that should not be', async () => {
    writeFileSync(at('taken.yaml'), 'mine: 1\n');
    await expect(cognate('init', at('taken.yaml'), ...flags)).rejects.toThrow(/exists already: .*--force/);
    expect(readFileSync(at('taken.yaml'), 'utf8')).toBe('mine: 1\n');
    await expect(cognate('init', at('a.yaml'), '--yes')).rejects.toThrow(UsageError);
    await expect(cognate('init', at('a.txt'), ...flags)).rejects.toThrow(
      /expected a file that ends in \.yaml/,
    );
    await expect(
      cognate('init', at('a.yaml'), '--yes', '--language', 'gl', '--train', at('untagged.jsonl')),
    ).rejects.toThrow(Failure);
    await expect(cognate('init', at('a.yaml'), ...flags, '--source', 'es')).rejects.toThrow(/CODE=FILE/);
    await expect(cognate('init', at('a.yaml'), ...flags, '--recipe', 'linaer')).rejects.toThrow(
      /recipe.*: expected.*linear/su,
    );
    await expect(
      cognate('init', at('a.yaml'), '--yes', '--train', at('gl.bio'), '--language', 'g l'),
    ).rejects.toThrow(/target\.language: expected the code of a language, as gl or tl, got "g l"/u);
    expect(existsSync(at('a.yaml'))).toBe(false);
  });
});

test('the schema is that of the installed program, where it is installed beside the project', () => {
  const schema = at('node_modules/@cognate/cli/schema');
  mkdirSync(schema, { recursive: true });
  writeFileSync(join(schema, 'project.json'), '{}');
  mkdirSync(at('projects/gl'), { recursive: true });
  expect(schemaAddress(folder)).toBe('./node_modules/@cognate/cli/schema/project.json');
  expect(schemaAddress(at('projects/gl'))).toBe('../../node_modules/@cognate/cli/schema/project.json');
  rmSync(at('node_modules'), { recursive: true });
  expect(schemaAddress(folder)).toMatch(/^https:\/\/.*\/@cognate\/cli@[\d.]+\/schema\/project\.json$/u);
});

/** Answers each question when it has been asked: its words, and the keys. */
async function ask(
  given: Parameters<typeof askQuestions>[0],
  script: readonly (readonly [string, ...string[]])[],
) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  let next = 0;
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += stripVTControlCharacters(text);
    const step = script.at(next);
    if (!step || !shown.includes(step[0])) return;
    next++;
    shown = '';
    // One key at a time, as from a keyboard.
    void (async () => {
      for (const key of step.slice(1)) {
        await new Promise((resolve) => setImmediate(resolve));
        input.write(key);
      }
    })();
  });
  const answers = await askQuestions(given, { output: 'model', seeds: [1] }, { input, output });
  expect(next).toBe(script.length);
  return answers;
}

const enter = '\r';
const keys = (text: string): string[] => Array.from(text);

describe('by questions', () => {
  test('all of them, with one answer that is wrong at first', async () => {
    const answers = await ask({}, [
      ['Which language', ...keys('galic'), enter],
      ['Training corpus of Galician', ...keys(at('gone.bio')), enter],
      ['expected a file, got nothing', ...keys(at('gl.bio')), enter],
      ['development corpus?', 'y'],
      ['Development corpus', ...keys(at('es.bio')), enter],
      ['test corpus?', 'n'],
      ['Which related', ...keys('Span'), '\t', enter],
      ['Training corpus of Spanish', ...keys(at('es.bio')), enter],
      ['What shall be trained?', enter],
      ['Where does the model go?', ...keys('there'), enter],
    ]);
    expect(answers).toEqual({
      language: 'gl',
      train: at('gl.bio'),
      dev: at('es.bio'),
      test: undefined,
      sources: [{ language: 'es', train: at('es.bio') }],
      recipe: 'strong',
      output: 'there',
      seeds: [1],
    });
  });

  test('what flags have said is not asked; giving up writes nothing', async () => {
    const given = {
      language: 'sw',
      train: 'x.bio',
      dev: 'd.bio',
      test: 't.bio',
      sources: [],
      recipe: 'fast',
      seeds: [3],
    };
    expect(await ask(given, [['Where does the model go?', enter]])).toEqual({ ...given, output: 'model' });
    await expect(ask(given, [['Where does the model go?', '\u0003']])).rejects.toThrow(
      'given up; nothing was written',
    );
  });
});
