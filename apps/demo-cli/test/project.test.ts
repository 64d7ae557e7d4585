import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readProject } from '../src/config/read-project.js';
import { UsageError } from '../src/failure.js';
import { cognate } from './run.js';

interface Spread {
  readonly models: readonly { readonly model: string; readonly test: { readonly f1: number } }[];
  readonly spread: { readonly test: { readonly mean: number; readonly deviation: number } };
}

const folder = mkdtempSync(join(tmpdir(), 'cognate-project-'));
const at = (name: string): string => join(folder, name);
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const linear = `target: { language: gl, train: gl.bio, dev: dev.bio, test: test.bio }
sources:
  - language: es
    train: [es.bio]
    test: es-test.bio
recipe: { extends: linear, params: { max_iterations: 12 } }
output: model
`;

beforeAll(async () => {
  await writeCorpus(at('gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 40));
  await writeCorpus(at('es.bio'), (await sampleCorpus('es', 'train')).slice(0, 40));
  await writeCorpus(at('dev.bio'), (await sampleCorpus('gl', 'dev')).slice(0, 30));
  await writeCorpus(at('test.bio'), (await sampleCorpus('gl', 'test')).slice(0, 30));
  await writeCorpus(at('es-test.bio'), (await sampleCorpus('es', 'test')).slice(0, 20));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** `place: path: message` of everything that is wrong with a project. */
function problems(text: string, settings: readonly string[] = []): string[] {
  return readProject(write('wrong.yaml', text), settings).problems.map(
    ({ severity, place, path, message }) =>
      `${place.replace(`${folder}/`, '')} ${severity} ${path}: ${message}`,
  );
}

describe('train by a project', () => {
  test('all of the work that it names: a model, scores on all test sets, a report; the same model as by flags', async () => {
    const { stdout } = await cognate(
      'train',
      write('cognate.yaml', linear),
      '--json',
      '--log-json',
      at('log.jsonl'),
    );
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      model: at('model'),
      seed: 1,
      sentences: { target: 40, sources: { es: 40 } },
      report: at('model.report/index.html'),
    });
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['dev', 'test']));
    expect(readdirSync(at('model')).sort()).toEqual(['README.md', 'config.json', 'model.crf']);

    const flags = ['--language', 'gl', '--source', `es=${at('es.bio')}`, '--iterations', '12', '--no-report'];
    await cognate('train', at('gl.bio'), ...flags, '--out', at('by-flags'), '--quiet');
    expect(readFileSync(at('by-flags/model.crf'))).toEqual(readFileSync(at('model/model.crf')));
    expect(existsSync(at('by-flags.report'))).toBe(false);

    const log = readFileSync(at('log.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(log.filter(({ type }) => type === 'iteration')).toHaveLength(12);
    expect(log.at(0)).toMatchObject({ type: 'start', seed: 1 });
    expect(log.at(-1)).toMatchObject({ type: 'result', result });
  });

  test('the report: figures of both kinds, all numbers, a page that loads nothing and shows each set', () => {
    const report = at('model.report');
    expect(readdirSync(report).sort()).toEqual(
      ['index.html', 'report.json']
        .concat(['labels', 'languages', 'loss'].flatMap((name) => [`${name}.png`, `${name}.svg`]))
        .sort(),
    );
    const page = readFileSync(join(report, 'index.html'), 'utf8');
    expect(page).toContain('Named entities: Galician (gl)');
    for (const part of [
      'Test set',
      'Development set',
      'By language',
      'Confusion',
      'Most frequent mistakes',
      'max_iterations: 12',
    ])
      expect(page).toContain(part);
    expect(page).not.toMatch(/<(?:script|link|img|iframe)|(?:src|href)=|url\(|@import/iu);
    const png = readFileSync(join(report, 'loss.png'));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    // IHDR: twice the 720 pixels of the SVG.
    expect(png.readUInt32BE(16)).toBe(1440);
    const data = JSON.parse(readFileSync(join(report, 'report.json'), 'utf8'));
    expect(Object.keys(data.test.perLanguage)).toEqual(['es', 'gl']);
    expect(data.losses).toHaveLength(12);
  });

  test('several seeds: a model each, and the mean; cut off, the same command does the rest', async () => {
    const args = [
      'train',
      at('cognate.yaml'),
      '--set',
      'seeds=[3,4]',
      'target.sentences=20',
      '--out',
      at('seeds'),
      '--no-report',
    ];
    const { models, spread }: Spread = JSON.parse((await cognate(...args, '--json', '--quiet')).stdout);
    expect(models.map(({ model }) => model)).toEqual([at('seeds/seed-3'), at('seeds/seed-4')]);
    const [a, b] = models.map(({ test: scores }) => scores.f1);
    expect(spread.test.mean).toBeCloseTo((a + b) / 2, 12);
    expect(spread.test.deviation).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);

    rmSync(at('seeds/seed-4'), { recursive: true });
    const kept = readFileSync(at('seeds/seed-3/model.crf'));
    const again = await cognate(...args);
    expect(again.stderr).toContain('seed 3: is there already');
    expect(again.stdout).toContain('Test F1 over 2 seeds');
    expect(readFileSync(at('seeds/seed-3/model.crf'))).toEqual(kept);
    const other = ['--set', 'seeds=[3,4]', 'target.sentences=21', '--out', at('seeds'), '--no-report'];
    await expect(cognate('train', at('cognate.yaml'), ...other)).rejects.toThrow(
      /seeds holds models of another project: choose another output, or --force/,
    );
  });

  test('flags that a project says itself, recipes and wrong settings are refused', async () => {
    const project = at('cognate.yaml');
    await expect(cognate('train', project, '--language', 'es')).rejects.toThrow(UsageError);
    await expect(cognate('train', project)).rejects.toThrow(
      /model exists already: choose another output, or --force/,
    );
    const recipe = write('recipe.yaml', 'extends: fast\ntraining: { epochs: 2 }\n');
    await expect(cognate('train', recipe)).rejects.toThrow(
      /expected a project, .* got a recipe: cognate train CORPUS --config/,
    );
    await expect(
      cognate('train', project, '--set', 'recipe.params.c3=1', 'outptu=x', '--out', at('never')),
    ).rejects.toThrow(
      /^--set outptu: there is no such field; .*Did you mean output\?\n--set recipe\.params\.c3: there is no such field; .*\n2 problems/s,
    );
    expect(existsSync(at('never'))).toBe(false);
  });
});

describe('a project', () => {
  test('that is wrong says everything at once, with lines and columns', () => {
    expect(
      problems(`target:
  language: gl
  train: gone.bio
  devel: dev.bio
sources:
  - { language: es, train: es.bio, mu: much }
recipe:
  extends: fast
  training:
    epoch: 3
    optimizer: { name: adma }
`),
    ).toEqual([
      'wrong.yaml:4:3 error target.devel: there is no such field; expected language, train, dev, test, unlabelled, sentences, read. Did you mean dev?',
      'wrong.yaml:6:36 error sources.0.mu: expected a number, got "much"',
      'wrong.yaml:1:1 error output: expected a string, got nothing',
      'wrong.yaml:11:18 error recipe.training.optimizer.name: expected one of adadelta, adam, sgd, got "adma". Did you mean adam?',
      expect.stringMatching(
        /^wrong\.yaml:10:5 error recipe\.training\.epoch: there is no such field; .*Did you mean epochs\?$/,
      ),
      expect.stringMatching(
        /^wrong\.yaml:3:3 error target\.train: expected a file, got nothing at .*gone\.bio$/,
      ),
    ]);
  });

  test.each([
    [
      'sources: [{ language: gl, train: es.bio }]',
      /error sources\.0\.language: expected another language than target\.language/,
    ],
    ['recipe: nope', /error recipe: expected a configuration file or one of linear/],
    [
      'recipe: { extends: fast, training: { mu: { pt: 1 } } }',
      /error recipe\.training\.mu\.pt: expected no language/,
    ],
    ['threads: 2', /error threads: is for neural models; the recipe is a linear one/],
    ['seeds: [1, 1]', /error seeds\.1: expected seeds that differ, got 1 twice/],
    ['recipe: fast', /warning recipe\.training\.patience: has no effect without target\.dev/],
    ['read: { format: conl }', /error read\.format: expected one of conll, .*Did you mean conll\?/],
    ['read: { mpa: {} }', /error read\.mpa: there is no such field; .*Did you mean map\?/],
    [
      'sources: [{ language: Galacian, train: es.bio }]',
      /warning sources\.0\.language: Galacian is no code of a language, .*Did you mean Galician\?/,
    ],
  ])('%s', (line, message) => {
    const found = problems(`target: { language: gl, train: gl.bio }\noutput: out\n${line}\n`);
    expect(found.join('\n')).toMatch(message);
  });

  test('an optimiser of another kind replaces that of the recipe which is extended', () => {
    const { project, problems: none } = readProject(
      write(
        'sgd.yaml',
        'target: { language: gl, train: gl.bio, dev: dev.bio }\nrecipe: { extends: fast, training: { optimizer: { name: sgd, learningRate: 0.1 } } }\noutput: x\n',
      ),
    );
    expect(none).toEqual([]);
    expect(project?.recipe).toMatchObject({
      training: { optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 }, batch: 16 },
    });
  });

  test('may be JSON, with the schema for editors in it', async () => {
    const json = {
      $schema: 'x.json',
      target: { language: 'gl', train: 'gl.bio' },
      recipe: 'linear',
      output: 'json-model',
    };
    const { stdout } = await cognate(
      'debug',
      'config',
      write('project.json', JSON.stringify(json, undefined, '\t')),
    );
    expect(parse(stdout)).toMatchObject({
      target: json.target,
      recipe: { model: 'linear', params: { c1: 0.05 } },
    });
    const wrong = write('wrong.json', JSON.stringify({ ...json, otput: 1 }, undefined, '\t'));
    await expect(cognate('train', wrong, '--set', 'recipe.params.max_iterations=1')).rejects.toThrow(
      /wrong\.json:\d+:\d+: otput: there is no such field/,
    );
  });
});

describe('debug config', () => {
  test('prints a project that reads the same again; exit by error', async () => {
    const { stdout, stderr } = await cognate(
      'debug',
      'config',
      at('cognate.yaml'),
      '--set',
      'output=elsewhere',
    );
    expect(stderr).toBe('No problem found.\n');
    const again = await cognate('debug', 'config', write('complete.yaml', stdout));
    expect(again.stdout).toBe(stdout);
    await expect(cognate('debug', 'config', write('wrong.yaml', 'output: x'))).rejects.toThrow(
      /^1 error in .*wrong\.yaml$/,
    );
  });

  test('recipes, by name and by file', async () => {
    expect(parse((await cognate('debug', 'config', 'paper')).stdout)).toMatchObject({
      network: { sentence: { layers: 2 } },
    });
    const file = write('deep.yaml', 'extends: recipe.yaml\nnetwork: { words: { size: 7 } }\n');
    expect(parse((await cognate('debug', 'config', file)).stdout)).toMatchObject({
      training: { epochs: 2, batch: 16 },
      network: { words: { size: 7 }, sentence: { size: 64 } },
    });
    write('loop.yaml', 'extends: loop.yaml\n');
    await expect(cognate('debug', 'config', at('loop.yaml'))).rejects.toThrow(/loop\.yaml: extends itself/);
    write('bad.yaml', 'model: linear\nparams: { c1: -1 }\n');
    await expect(cognate('debug', 'config', at('bad.yaml'))).rejects.toThrow(/^1 error in .*bad\.yaml$/);
  });
});
