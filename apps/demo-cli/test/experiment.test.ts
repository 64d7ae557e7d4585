import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleCorpus } from '@cognate/corpora/samples';
import { planGrid, quickGrid, readRecipe, type ExperimentData, type RunRecord } from '@cognate/experiments';
import { afterAll, describe, expect, test } from 'vitest';
import { startHub, wikiannFile } from '../../../packages/corpora/test/fixtures/hub-server.js';
import { readGridFile, shippedGrids } from '../src/experiment/find-grid.js';
import { loadConfig } from '../src/experiment/load-config.js';
import { shippedConfigs } from '../src/shipped.js';
import { cognate, spawnCognate, startCognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-experiment-'));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const tiny = `
name: tiny
title: Tiny
answers: Nothing.
data: { kind: samples }
recipes: { linear: { from: linear, set: { params.max_iterations: 3 } } }
limits: { full: 200, source: 20, dev: 20, test: 20 }
runs:
  - { targets: [gl, uk], sources: [none, each], sizes: [20], recipes: [linear] }
quick:
  runs:
    - { targets: [uk], sources: [none], sizes: [20], recipes: [linear] }
`;
writeFileSync(at('tiny.yaml'), tiny);
const records = (out: string): RunRecord[] =>
  readFileSync(join(out, 'runs.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunRecord);

describe('grids that come with the program', () => {
  /** Targets as in the folder of the uniform splits, without the files. */
  const folderLike: ExperimentData = {
    name: 'folder bench',
    choice: { kind: 'folder' },
    targets: () =>
      Promise.resolve(
        Object.entries({
          ...{ 'es-wiki': ['fr'], gl: ['ca', 'es', 'fr', 'it', 'ro'], mr: ['hi', 'ur'], 'nl-wiki': ['en'] },
          ...{ stq: ['nl'], tl: ['ceb'], uk: ['ru'] },
        }).map(([name, sources]) => ({ name, language: name.split('-')[0], sources })),
      ),
    read: ({ name }) =>
      Promise.resolve(
        Array.from({ length: ['stq', 'tl'].includes(name) ? 100 : 3000 }, () => ({
          tokens: ['a'],
          tags: ['O'],
        })),
      ),
    readTest: () => Promise.reject(new Error('no plan reads a test set')),
    digest: (target, part) => Promise.resolve(JSON.stringify([target, part])),
  };

  test.each(shippedGrids())('%s fits its data and its configurations, in both sizes', async (name) => {
    const grid = readGridFile(name);
    expect([grid.name, grid.answers.length > 100, grid.report.length > 0]).toEqual([name, true, true]);
    const data =
      grid.data.kind === 'hub'
        ? { ...folderLike, targets: () => Promise.resolve(hubTargets(grid.data)) }
        : folderLike;
    const [whole, quick] = await Promise.all(
      [grid, quickGrid(grid)].map((sized) => planGrid({ grid: sized, data, loadConfig })),
    );
    expect(whole.length).toBeGreaterThan(quick.length);
    expect(quick.length).toBeGreaterThan(5);
    expect(quick.length).toBeLessThan(60);
  });

  const hubTargets = (data: unknown) =>
    Object.entries((data as { pairs: Record<string, string[]> }).pairs).map(([name, sources]) => ({
      name,
      language: name,
      sources,
    }));

  test("the paper's table has every target alone, with each source, and with all", async () => {
    const planned = await planGrid({ grid: readGridFile('paper-table'), data: folderLike, loadConfig });
    const of = (recipe: string) => planned.filter(({ setting }) => setting.recipe === recipe);
    // 100: 7 alone, 12 with one source, 2 with all of several; full: 5 alone and 10 with one, as two targets have no more than 100.
    expect(of('linear')).toHaveLength(7 + 12 + 2 + 5 + 10);
    // Three seeds where a training is short: a hundred sentences with one source at most.
    expect(of('neural')).toHaveLength(3 * (7 + 12) + 2 + 5 + 10);
  });

  test('configurations are recipes, whatever kind they are of', () => {
    for (const name of [...shippedConfigs(), 'linear'])
      expect(readRecipe(loadConfig(name))).toHaveProperty('model');
  });

  test('are listed, and told in full', async () => {
    const { stdout } = await cognate('experiment', 'list');
    for (const name of shippedGrids()) expect(stdout).toContain(name);
    expect((await cognate('experiment', 'list', 'mu')).stdout).toContain(
      'How much should a sentence of a source count',
    );
    expect(JSON.parse((await cognate('experiment', 'list', 'mu', '--json')).stdout)).toMatchObject({
      name: 'mu',
    });
  });
});

describe('cognate experiment', () => {
  test('says which runs there are', async () => {
    const { stdout } = await cognate(
      'experiment',
      'run',
      at('tiny.yaml'),
      '--dry-run',
      '--only',
      'target=gl',
      'sources=none,es',
    );
    expect(stdout).toBe('gl, 20 sentences, linear, seed 1\ngl + es, 20 sentences, linear, seed 1\n');
    expect((await cognate('experiment', 'run', at('tiny.yaml'), '--quick', '--dry-run')).stdout).toBe(
      'uk, 20 sentences, linear, seed 1\n',
    );
  });

  test('takes values of a field together, however they are given, and says when they leave no run', async () => {
    const sharing = tiny
      .replace('{ linear: { from: linear, set: { params.max_iterations: 3 } } }', '{ linear: fast }')
      .replace('recipes: [linear] }', 'recipes: [linear], sharing: [all, "only output, transitions"] }');
    writeFileSync(at('sharing.yaml'), sharing);
    writeFileSync(at('two.yaml'), tiny.replace('[none, each]', '[[es, ca]]').replace('[gl, uk]', '[gl]'));
    const dry = async (grid: string, ...only: string[]): Promise<string> =>
      (await cognate('experiment', 'run', at(grid), '--dry-run', '--only', ...only)).stdout;
    const names = await dry('tiny.yaml', 'target=gl', 'target=uk', 'sources=none');
    expect(names).toBe('gl, 20 sentences, linear, seed 1\nuk, 20 sentences, linear, seed 1\n');
    expect(await dry('two.yaml', 'sources=ca+es')).toBe('gl + es + ca, 20 sentences, linear, seed 1\n');
    expect(await dry('sharing.yaml', 'sharing=only output, transitions', 'target=uk', 'sources=none')).toBe(
      'uk, 20 sentences, linear, sharing only output, transitions, seed 1\n',
    );
    const nothing = '--only unlabelled=true: expected to leave some runs of tiny, got none';
    await expect(dry('tiny.yaml', 'unlabelled=true')).rejects.toThrow(nothing);
    const run = cognate('experiment', 'run', at('tiny.yaml'), '--out', at('no'), '--only', 'unlabelled=true');
    await expect(run).rejects.toThrow(nothing);
    expect(existsSync(join(at('no'), 'report.md'))).toBe(false);
    for (const wrong of ['targets', 'target', 'target='])
      await expect(dry('tiny.yaml', wrong)).rejects.toThrow(
        `expected --only FIELD=VALUES with a field of target, recipe, size, sources, script, variant, sharing, seed, draw, unlabelled, got "${wrong}"`,
      );
  });

  test('takes another configuration for a recipe, and keeps what the grid sets in it', async () => {
    writeFileSync(at('mine.yaml'), 'model: neural\n');
    const args = ['experiment', 'run', at('set.yaml'), '--dry-run'];
    writeFileSync(
      at('set.yaml'),
      tiny.replace(/linear: .*/u, 'linear: { from: linear, set: { training.epochs: 2 } } }'),
    );
    // What is set is no setting of the linear model, but one of the network.
    await expect(cognate(...args)).rejects.toThrow('training');
    const { stdout } = await cognate(...args, '--only', 'target=uk', '--recipe', `linear=${at('mine.yaml')}`);
    expect(stdout).toContain('uk, 20 sentences, linear, seed 1\n');
    for (const wrong of ['neural=paper', 'linear=', 'linear', 'linearx'])
      await expect(cognate(...args, '--recipe', wrong)).rejects.toThrow(
        `expected --recipe NAME=CONFIG with a name of linear, got "${wrong}"`,
      );
  });

  test('says what is wrong, and where', async () => {
    writeFileSync(at('wrong.yaml'), tiny.replace('sizes: [20]', 'sizes: [many]'));
    const run = (...args: string[]) => cognate('experiment', 'run', ...args);
    await expect(run(at('wrong.yaml'))).rejects.toThrow(`${at('wrong.yaml')}: runs.0.sizes.0: `);
    await expect(run(at('tiny.yaml'), '--known', at('nowhere.jsonl'))).rejects.toThrow(
      `--known ${at('nowhere.jsonl')}: expected a file of runs, found none`,
    );
    await expect(run('no-grid')).rejects.toThrow('expected a file of a grid, or one of ');
    await expect(run(at('tiny.yaml'), '--only', 'colour=red')).rejects.toThrow(
      'expected --only FIELD=VALUES with a field of target',
    );
    await expect(run(at('tiny.yaml'), '--data', at('nowhere'))).rejects.toThrow(
      `expected a folder of corpora, got ${at('nowhere')}`,
    );
    await expect(cognate('experiment', 'report', at('tiny.yaml'), '--out', at('nothing'))).rejects.toThrow(
      'expected finished runs, found none',
    );
  });

  test('does runs in processes of their own, goes on after it was killed, and reports', async () => {
    const out = at('killed');
    const args = ['experiment', 'run', at('tiny.yaml'), '--out', out, '--only', 'target=uk'];
    const child = await startCognate(args);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!said.includes('[1/2]')) await once(child.stderr, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(records(out)).toHaveLength(1);

    const done = await spawnCognate([...args, '--jobs', '2']);
    expect([done.code, done.stderr.split('\n')[0]]).toEqual([0, '2 runs, 1 of them finished before']);
    const [, helped] = records(out);
    expect(helped.setting.sources).toEqual(['ru']);
    expect([helped.peakMb! > 30, helped.cpuSeconds! > 0]).toEqual([true, true]);
    expect(done.stdout).toContain(`2 of 2 runs are finished: ${out}\nReport: ${join(out, 'report.md')}`);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<h1>Tiny</h1>');

    const { stdout } = await cognate('experiment', 'report', at('tiny.yaml'), '--out', out, '--print');
    expect(stdout).toContain('- Grid tiny: 2 runs; 6 more are not finished.');

    // A report of some runs does not take the place of that of all.
    const one = await spawnCognate([...args.slice(0, 5), '--only', 'target=gl', 'sources=none']);
    expect(one.stdout).toContain(`1 of 1 runs are finished: ${out}\n`);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain(
      '- Grid tiny: 3 runs; 5 more are not finished.',
    );
  });

  test('names the runs that a report is of where the rest of the grid cannot be looked at', async () => {
    const corpora = at('corpora');
    const bio = 'Ana\tB-PER\nvive\tO\n\nCasa\tO\n\n';
    for (const target of ['gl', 'uk']) {
      mkdirSync(join(corpora, target), { recursive: true });
      for (const name of ['train-full', 'dev', 'test'])
        writeFileSync(join(corpora, target, `${name}.bio`), bio);
    }
    writeFileSync(join(corpora, 'uk', 'train-full.bio'), '');
    const out = at('part');
    const grid = at('alone.yaml');
    writeFileSync(grid, tiny.replace('[none, each]', '[none]'));
    const args = ['experiment', 'run', grid, '--data', corpora, '--out', out, '--only', 'target=gl'];
    const { code } = await spawnCognate(args);
    expect(code).toBe(0);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(
      /^- Only runs with target gl: the rest of the grid could not be looked at \(.*uk.*\)\.$/mu,
    );
  });

  test('is interrupted by Ctrl-C with a word on how to go on', async () => {
    const out = at('interrupted');
    const slow = tiny
      .replace('params.max_iterations: 3', 'params.max_iterations: 100000, params.c2: 0, params.c1: 0')
      .replaceAll('20 }', '200 }')
      .replace('sizes: [20]', 'sizes: [200]');
    writeFileSync(at('slow.yaml'), slow);
    const child = await startCognate([
      'experiment',
      'run',
      at('slow.yaml'),
      '--out',
      out,
      '--dev-only',
      '--only',
      'target=gl',
    ]);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!said.includes('runs, 0 of them finished before')) await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(said).toContain('interrupted; the same command goes on from where it stopped');
    expect(existsSync(join(out, '.lock'))).toBe(false);
    expect(existsSync(join(out, 'test-reads.jsonl'))).toBe(false);
  });

  test('paper-wikiann takes its corpora from the hub, West Frisian and Dutch too, and shows the published row', async () => {
    const names = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC'];
    const file = async (language: string, split: 'train' | 'dev' | 'test', size: number): Promise<Buffer> =>
      wikiannFile(
        (await sampleCorpus(language, split))
          .slice(0, size)
          .map(({ tokens, tags = [] }) => ({ tokens, tags: tags.map((tag) => names.indexOf(tag)) })),
        names,
      );
    const dev = await sampleCorpus('fy', 'dev');
    const files: Record<string, Buffer> = {
      'fy/train-00000-of-00001.parquet': await file('fy', 'train', 60),
      'fy/validation-00000-of-00001.parquet': await file('fy', 'dev', 30),
      'fy/test-00000-of-00001.parquet': await file('fy', 'test', 30),
      // One sentence of the target's development set has slipped in: it must not be trained on.
      'nl/train-00000-of-00001.parquet': wikiannFile(
        [dev[0], ...(await sampleCorpus('nl', 'train')).slice(0, 80)].map(({ tokens, tags = [] }) => ({
          tokens,
          tags: tags.map((tag) => names.indexOf(tag)),
        })),
        names,
      ),
      'nl/validation-00000-of-00001.parquet': await file('nl', 'dev', 5),
      'nl/test-00000-of-00001.parquet': await file('nl', 'test', 5),
    };
    const hub = await startHub(files, 'unimelb-nlp/wikiann');
    const out = at('hub');
    try {
      const { code, stderr } = await spawnCognate(
        ['experiment', 'run', 'paper-wikiann', '--only', 'target=fy', 'recipe=linear', '--out', out],
        '',
        { HF_ENDPOINT: hub.url, HF_HUB_CACHE: at('cache') },
      );
      expect([code, stderr]).toEqual([0, expect.stringContaining('[2/2] fy + nl, all 60 sentences, linear')]);
    } finally {
      await hub.close();
    }
    const [alone, helped] = records(out);
    expect(alone.setting).toMatchObject({
      data: 'hub unimelb-nlp/wikiann',
      size: 60,
      digests: { train: `train of fy at ${'a'.repeat(40)}`, dev: `validation of fy at ${'a'.repeat(40)}` },
    });
    expect(helped.trainedOn.nl.sentences).toBe(80);
    const report = readFileSync(join(out, 'report.md'), 'utf8');
    expect(report).toContain('- Targets: fy; others of the grid have no runs here.');
    // Fewer than a hundred are all that there are: they have their column, not none.
    expect(report).toMatch(
      /\| fy ← nl \| – \| – \| \d+\.\d+ \|.*\| 68\.15 \| 72\.12 \| 90\.94 \| 91\.01 \|/u,
    );
    // Each file once, however many processes wanted it.
    const downloads = hub.requests.filter((url) => url.includes('/resolve/'));
    expect(new Set(downloads).size).toBe(downloads.length);
  });
});
