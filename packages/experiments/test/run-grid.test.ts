import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleCorpus } from '@cognate/corpora/samples';
import { subsample } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { selectBackend } from '@cognate/nn';
import { LinearTagger } from '@cognate/tagger';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { GridError, readGrid, sampleData, type Grid, type RunRecord } from '../src/index.js';
import {
  FolderInUseError,
  folderData,
  performRun,
  readRunLog,
  runGrid,
  type GridEvent,
  type Perform,
  type RunOrder,
} from '../src/node.js';

const folders: string[] = [];
let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'cognate-grid-'));
  folders.push(out);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const grid: Grid = readGrid({
  name: 'tiny',
  title: 'Tiny',
  data: { kind: 'samples' },
  recipes: { linear: { from: 'linear', set: { 'params.max_iterations': 5 } } },
  limits: { full: 300, source: 40, dev: 30, test: 60 },
  runs: [{ targets: ['gl'], sources: ['none', ['es']], sizes: [40], draws: [0, 1], recipes: ['linear'] }],
});
const data = sampleData();
/** In this process: what a process of its own does the command line's tests see. */
const run = (more: object = {}) => runGrid({ grid, data, out, perform: performRun, ...more });
const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(join(out, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('runs', () => {
  test('say everything that they were, and score what the tagger predicts', async () => {
    const { records, failures } = await run();
    expect(failures).toEqual([]);
    expect(records.map(({ setting: { sources, draw } }) => [sources.join(), draw])).toEqual([
      ['', 0],
      ['', 1],
      ['es', 0],
      ['es', 1],
    ]);
    const [, drawn, , both] = records;
    expect(drawn).toMatchObject({
      grid: 'tiny',
      setting: {
        data: 'embedded samples',
        target: 'gl',
        size: 40,
        of: 300,
        seed: 1,
        training: { model: 'linear' },
      },
      trainedOn: { gl: { sentences: 40 } },
      facts: { iterations: 5 },
      jobs: 1,
    });
    expect(drawn.versions).toHaveProperty('node');
    expect(drawn.versions).toHaveProperty('@cognate/crf');
    expect(drawn.versions).toHaveProperty('@cognate/char-encoder');
    expect(both.trainedOn).toMatchObject({ gl: { sentences: 40 }, es: { sentences: 40 } });

    // The same by hand.
    const train = subsample((await sampleCorpus('gl', 'train')).slice(0, 300), 40, 1);
    const tagger = await LinearTagger.train(
      train.map((sentence) => ({ ...sentence, language: 'gl' })),
      { language: 'gl', params: { max_iterations: 5 }, augment: false },
    );
    const test60 = subsample(await sampleCorpus('gl', 'test'), 60, 13, { order: 'corpus' });
    const predicted = test60.map(({ tokens }) => tagger.predictTags(tokens));
    const gold = test60.map(({ tags = [] }) => tags);
    const { micro } = evaluate(gold, predicted, { scheme: 'IOB2' });
    expect(drawn.test?.scores).toEqual(micro);
    const { counts = [], predictions = [] } = drawn.test ?? {};
    expect(predictions).toHaveLength(60);
    const sum = (offset: number): number =>
      counts.filter((_, index) => index % 3 === offset).reduce((a, b) => a + b, 0);
    expect([sum(0), sum(1), sum(2)]).toEqual([micro.correct, micro.predicted, micro.gold]);
    const [words] = predictions[predictions.findIndex((text) => text !== '')].split(';');
    expect(words).toMatch(/^\d+-\d+ (?:PER|LOC|ORG)$/u);
  });

  test('that are finished are not repeated; a grid that has grown does the rest', async () => {
    await run({ only: { draw: ['0'] } });
    const done: string[] = [];
    const onEvent = (event: GridEvent): void => {
      if (event.type === 'end') done.push(`${event.run.setting.sources.join()} ${event.run.setting.draw}`);
    };
    const { records } = await run({ onEvent });
    expect(done).toEqual([' 1', 'es 1']);
    expect(records).toHaveLength(4);
    expect(lines('runs.jsonl')).toHaveLength(4);
    const again: GridEvent[] = [];
    await run({ onEvent: (event: GridEvent) => again.push(event) });
    expect(again).toMatchObject([{ type: 'plan', runs: 4, finished: 4 }]);
  });

  test('that are known from another grid are taken over; those that it judged on no test set are not', async () => {
    const { records: known } = await run({ only: { sources: ['none'] } });
    const elsewhere = join(out, 'elsewhere');
    const done: string[] = [];
    const onEvent = (event: GridEvent): void => {
      if (event.type === 'end') done.push(`${event.run.setting.sources.join()} ${event.run.setting.draw}`);
    };
    const untested = known.map((record) => ({ ...record, test: undefined }));
    const { records } = await run({ out: elsewhere, known: [known[0], ...untested], onEvent });
    expect(done).toEqual([' 1', 'es 0', 'es 1']);
    expect(records.map(({ key }) => key).slice(0, 2)).toEqual(known.map(({ key }) => key));
    expect(lines('elsewhere/runs.jsonl')).toHaveLength(4);
    // No test set is read for a run that is known.
    expect(lines('elsewhere/test-reads.jsonl')).toHaveLength(3);
  });

  test('are called as the grid calls them, whatever grid made them', async () => {
    const only = { draw: ['0'], sources: ['none'] };
    const { records: known } = await run({ only });
    const all = readGrid({ ...grid, runs: [{ targets: ['gl'], sizes: ['full'], recipes: ['linear'] }] });
    const same = { ...all, limits: { ...all.limits, full: 300 } };
    const { records: numbered } = await run({
      grid: { ...same, runs: [{ ...all.runs[0], sizes: [300, 'full'] as const }] },
      out: join(out, 'numbered'),
    });
    const { records } = await run({ grid: same, known: [...known, ...numbered], out: join(out, 'all') });
    expect([numbered[0].sizeName, records[0].sizeName]).toEqual(['300', 'full']);
    expect(records[0].key).toBe(numbered[0].key);
    expect(records[0].date).toBe(numbered[0].date);
  });

  test('that lack the nearness that a grid asks for get it without being trained again', async () => {
    const only = { draw: ['0'] };
    const { records: known } = await run({ only });
    const measuring = { ...grid, measures: true };
    const perform: Perform = () => Promise.reject(new Error('trained again'));
    const elsewhere = join(out, 'elsewhere');
    for (const more of [{}, { known, out: elsewhere }]) {
      const { records, failures } = await run({ grid: measuring, only, perform, ...more });
      expect(failures).toEqual([]);
      expect(records.map(({ nearness }) => Object.keys(nearness ?? {}))).toEqual([[], ['es']]);
      expect(records[1]).toMatchObject(known[1]);
    }
    const again: GridEvent[] = [];
    const onEvent = (event: GridEvent) => again.push(event);
    const afresh = await run({ grid: measuring, only, out: join(out, 'afresh') });
    const { records } = await run({ grid: measuring, only, out: elsewhere, onEvent });
    expect(again).toMatchObject([{ type: 'plan', runs: 2, finished: 2 }]);
    expect(records[1].nearness).toEqual(afresh.records[1].nearness);
  });

  test('that were beside others are not taken over where time is measured', async () => {
    const only = { draw: ['0'] };
    const { records: known } = await run({ only });
    const crowded = [{ ...known[0], jobs: 2 }, known[1]];
    const done: string[] = [];
    const onEvent = (event: GridEvent): void => {
      if (event.type === 'end') done.push(event.run.setting.sources.join());
    };
    const timed = { ...grid, sideBySide: false };
    await run({ grid: timed, only, out: join(out, 'elsewhere'), known: crowded, onEvent });
    expect(done).toEqual(['']);
  });

  test('of ensembles with the same members train these once where there is a folder for them', async () => {
    const members = join(out, 'members');
    const linear = { model: 'linear', params: { max_iterations: 5 } };
    const pool = (weight: number) => ({
      model: 'ensemble',
      members: [
        { name: 'one', weight, recipe: linear },
        { name: 'two', recipe: { ...linear, templates: ['word', 'suffix3'] } },
        {
          name: 'network',
          recipe: {
            model: 'neural',
            network: {
              characters: { kind: 'none' },
              words: { size: 4 },
              sentence: { size: 4, layers: 1 },
              hidden: { size: 4 },
            },
            training: { epochs: 1 },
          },
        },
      ],
    });
    const ensembles = readGrid({
      ...grid,
      recipes: { even: 'even', odd: 'odd' },
      runs: [{ targets: ['gl'], sizes: [40], recipes: ['even', 'odd'] }],
    });
    const loadConfig = (name: string): unknown => pool(name === 'even' ? 1 : 3);
    await run({ grid: ensembles, loadConfig, members, only: { recipe: ['even'] } });
    const files = readdirSync(members).sort();
    expect(files).toHaveLength(3);
    const written = files.map((name) => statSync(join(members, name)).mtimeMs);
    const { records } = await run({ grid: ensembles, loadConfig, members });
    expect(readdirSync(members).sort()).toEqual(files);
    expect(files.map((name) => statSync(join(members, name)).mtimeMs)).toEqual(written);
    // Seconds of a training that found all members trained are those of none.
    expect(records.map(({ partOfTraining }) => partOfTraining)).toEqual([undefined, true]);
    // A network that computed with other kernels is another one, where the host has such; a linear model is the same.
    const { kernels } = await selectBackend({ relaxedSimd: true });
    const relaxed = { relaxedSimd: true, only: { recipe: ['even'] }, out: join(out, 'relaxed') };
    await run({ grid: ensembles, loadConfig, members, ...relaxed });
    expect(readdirSync(members)).toHaveLength(kernels === 'relaxed-simd' ? 4 : 3);
    const afresh = await run({ grid: ensembles, loadConfig, out: join(out, 'afresh') });
    expect(afresh.records.map(({ partOfTraining }) => partOfTraining)).toEqual([undefined, undefined]);
    expect(records.map(({ test: judged }) => judged?.predictions)).toEqual(
      afresh.records.map(({ test: judged }) => judged?.predictions),
    );
  });

  test('note each reading of a test set; development runs read none, and do not count as finished afterwards', async () => {
    const only = { draw: ['0'], sources: ['none'] };
    const { records } = await run({ only, devOnly: true });
    expect(records[0].test).toBeUndefined();
    expect(records[0].dev.scores.gold).toBeGreaterThan(0);
    expect(existsSync(join(out, 'test-reads.jsonl'))).toBe(false);
    const [judged] = (await run({ only })).records;
    expect(judged).toEqual({ ...records[0], test: expect.anything() as unknown });
    expect(readdirSync(join(out, 'models'))).toEqual([]);
    expect(lines('test-reads.jsonl')).toMatchObject([
      { grid: 'tiny', target: 'gl', run: 'gl, 40 sentences, linear, seed 1', key: records[0].key },
    ]);
    // Nothing is left to do for either, and no test set is read once more.
    await run({ only, devOnly: true });
    await run({ only });
    expect(lines('test-reads.jsonl')).toHaveLength(1);
    expect((await readRunLog(join(out, 'runs.jsonl'))).records[0].test).toBeDefined();
  });

  test('go on after a program that was killed in the middle of a line', async () => {
    const only = { sources: ['none'] };
    await run({ only });
    const file = join(out, 'runs.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, -200));
    const events: GridEvent[] = [];
    const { records } = await run({ only, onEvent: (event: GridEvent) => events.push(event) });
    expect(events[0]).toMatchObject({
      type: 'plan',
      finished: 1,
      faults: [{ line: 2, problem: 'expected a line of JSON' }],
    });
    expect(records).toHaveLength(2);
    expect((await readRunLog(file)).records).toHaveLength(2);
  });

  test('that fail keep no other from being done, and are tried again', async () => {
    let broken = true;
    const perform: Perform = (order, performing) =>
      broken && order.run.setting.draw === 1
        ? Promise.reject(new Error('no memory'))
        : performRun(order, performing);
    const only = { sources: ['none'] };
    const { records, failures } = await run({ perform, only });
    expect(failures.map(({ error }) => error.message)).toEqual(['no memory']);
    expect(records).toHaveLength(1);
    broken = false;
    expect((await run({ perform, only })).records).toHaveLength(2);
  });

  test('that fail are not finished because their development set was read before', async () => {
    const only = { sources: ['none'] };
    await run({ only, devOnly: true });
    const perform: Perform = (order, performing) =>
      order.run.setting.draw === 1 ? Promise.reject(new Error('no memory')) : performRun(order, performing);
    const { records, failures } = await run({ perform, only });
    expect(failures).toHaveLength(1);
    expect(records.map(({ setting, test: judged }) => [setting.draw, judged !== undefined])).toEqual([
      [0, true],
    ]);
  });

  test('are side by side, as many as are wanted, unless the grid measures time', async () => {
    const most = async (sideBySide: boolean): Promise<number> => {
      let under = 0;
      let highest = 0;
      const perform: Perform = async ({ run: { setting } }) => {
        highest = Math.max(highest, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under--;
        return { key: 'none', setting } as RunRecord;
      };
      const folder = mkdtempSync(join(tmpdir(), 'cognate-grid-'));
      folders.push(folder);
      await runGrid({ grid: { ...grid, sideBySide }, data, out: folder, jobs: 3, perform });
      return highest;
    };
    expect([await most(true), await most(false)]).toEqual([3, 1]);
  });

  test('stop by a signal: what was finished is kept', async () => {
    const controller = new AbortController();
    const onEvent = ({ type }: GridEvent): void => {
      if (type === 'end') controller.abort(new Error('enough'));
    };
    await expect(run({ signal: controller.signal, onEvent })).rejects.toThrow('enough');
    expect(lines('runs.jsonl')).toHaveLength(1);
    expect((await run()).records).toHaveLength(4);
  });

  test('are not run in one folder by two programs', async () => {
    writeFileSync(join(out, '.lock'), String(process.pid));
    await expect(run()).rejects.toThrow(FolderInUseError);
    // A program that is gone has no lock.
    writeFileSync(join(out, '.lock'), '999999999');
    expect((await run({ only: { draw: ['0'], sources: ['none'] } })).records).toHaveLength(1);
    expect(existsSync(join(out, '.lock'))).toBe(false);
  });

  test('of foreign lines only the good ones count', async () => {
    await run({ only: { draw: ['0'], sources: ['none'] } });
    appendFileSync(join(out, 'runs.jsonl'), '{"key":"x"}\n\n[1,2]\n');
    const { records, faults } = await readRunLog(join(out, 'runs.jsonl'));
    expect(records).toHaveLength(1);
    expect(faults.map(({ line }) => line)).toEqual([2, 4]);
    expect(faults[0].problem).toContain('grid: ');
  });
});

test('test sets that runs will read are looked for before anything is trained', async () => {
  const corpora = join(out, 'corpora');
  const place = (target: string): string => join(corpora, target, 'test.bio');
  for (const target of ['ca', 'gl', 'uk']) {
    mkdirSync(join(corpora, target), { recursive: true });
    for (const name of ['train-full', 'dev', 'test'])
      writeFileSync(join(corpora, target, `${name}.bio`), 'Ana\tB-PER\nvive\tO\n\nCasa\tO\n\n');
  }
  rmSync(place('gl'));
  rmSync(place('uk'));
  mkdirSync(place('uk'));
  const small = readGrid({
    ...grid,
    data: { kind: 'folder', folder: corpora },
    runs: [{ sizes: [1], recipes: ['linear'] }],
  });
  const folder = folderData(corpora);
  const performed: RunOrder[] = [];
  const perform: Perform = (order, performing) => {
    performed.push(order);
    return performRun(order, performing);
  };
  const all = { grid: small, data: folder, perform };
  const started = run(all);
  await expect(started).rejects.toThrow(GridError);
  await expect(started).rejects.toThrow(
    `gl: expected a test set, ${place('gl')}, found none; uk: expected a test set, ${place('uk')}, found what is no file. Runs on`,
  );
  expect(performed).toEqual([]);
  expect(existsSync(join(out, '.lock'))).toBe(false);
  expect((await run({ ...all, only: { target: ['ca'] } })).records).toHaveLength(1);
  expect((await run({ ...all, devOnly: true })).records).toHaveLength(3);

  // Whoever does a run alone hears of it as soon.
  const [order] = performed.filter(({ run: { setting } }) => setting.target === 'gl');
  const progress: number[] = [];
  const alone = performRun({ ...order, devOnly: false }, { onProgress: (done) => progress.push(done) });
  await expect(alone).rejects.toThrow(`gl: expected a test set, ${place('gl')}, found none`);
  expect(progress).toEqual([]);

  // What has read its test set does not need it again.
  rmSync(place('ca'));
  const { records, failures } = await run({ ...all, only: { target: ['ca'] } });
  expect([records.length, failures.length]).toEqual([1, 0]);
});

test('a neural run in Latin letters, from checkpoints that are gone afterwards', async () => {
  const neural = readGrid({
    ...grid,
    report: undefined,
    quick: undefined,
    measures: true,
    recipes: {
      tiny: {
        from: 'neural',
        set: {
          network: {
            characters: { embedding: 4, size: 4 },
            words: { size: 4 },
            sentence: { size: 4, layers: 1 },
            language: { size: 2 },
            hidden: { size: 4 },
          },
          training: { epochs: 1, optimizer: { name: 'adam' } },
        },
      },
    },
    limits: { full: 60, source: 40, dev: 20, test: 20 },
    runs: [
      { targets: ['mr'], sources: [['ur']], scripts: ['original', 'Latin'], sizes: [20], recipes: ['tiny'] },
    ],
  });
  const { records } = await run({ grid: neural });
  expect(records.map(({ setting }) => setting.script)).toEqual(['original', 'Latin']);
  const [original, latin] = records.map(({ nearness }) => nearness?.ur);
  expect(original).toMatchObject({ script: 0, vocabulary: 0 });
  expect(latin?.script).toBeGreaterThan(0.9);
  expect(latin?.characters).toBeGreaterThan(0.3);
  expect(records[0].facts).toMatchObject({ epochs: 1, keptEpoch: 1 });
  expect(records[0].modelBytes).toBeGreaterThan(1000);
  expect(existsSync(join(out, 'checkpoints', records[0].key))).toBe(false);

  // On the development set first: what was trained reads the test set then, and is gone afterwards.
  const chosen = join(out, 'chosen');
  const model = join(chosen, 'models', records[1].key);
  const only = { script: ['Latin'] };
  const trainings: string[] = [];
  const onEvent = (event: GridEvent): void => {
    if (event.type === 'progress') trainings.push(event.key);
  };
  const [untested] = (await run({ grid: neural, only, out: chosen, devOnly: true, onEvent })).records;
  expect([untested.test, existsSync(model)]).toEqual([undefined, true]);
  expect(existsSync(join(chosen, 'checkpoints', untested.key))).toBe(false);
  expect(new Set(trainings.splice(0))).toEqual(new Set([untested.key]));
  const [tested] = (await run({ grid: neural, only, out: chosen, onEvent })).records;
  expect(trainings).toEqual([]);
  expect(tested).toEqual({ ...untested, test: expect.anything() as unknown });
  expect(tested.test?.predictions).toEqual(records[1].test?.predictions);
  expect(lines('chosen/test-reads.jsonl')).toHaveLength(1);
  expect(existsSync(model)).toBe(false);

  // Killed before the record was in the log: nothing is trained again.
  const unlogged = join(out, 'unlogged');
  const perform: Perform = async (order, performing) => {
    await performRun(order, performing);
    throw new Error('killed');
  };
  const { failures } = await run({ grid: neural, only, perform, out: unlogged });
  expect(failures).toHaveLength(1);
  const checkpoints = join(unlogged, 'checkpoints', records[1].key);
  expect(existsSync(checkpoints)).toBe(true);
  const { records: resumed } = await run({ grid: neural, only, out: unlogged });
  expect([resumed[0].partOfTraining, records[1].partOfTraining]).toEqual([true, undefined]);
  expect(resumed[0].test?.predictions).toEqual(records[1].test?.predictions);
  expect(existsSync(checkpoints)).toBe(false);
});

test('an ensemble trains itself on the rest of the target; members that are trained are kept over an interruption', async () => {
  const network = {
    characters: { embedding: 4, size: 4 },
    words: { size: 4 },
    sentence: { size: 4, layers: 1 },
    language: { size: 2 },
    hidden: { size: 4 },
  };
  const recipe = {
    model: 'ensemble',
    members: [
      { name: 'linear', recipe: { model: 'linear', params: { max_iterations: 3 } } },
      { name: 'network', recipe: { model: 'neural', network, training: { epochs: 1 } } },
    ],
    selfTraining: { rounds: 1 },
  };
  const pool = readGrid({
    ...grid,
    report: undefined,
    quick: undefined,
    recipes: { pool: 'pool' },
    limits: { full: 60, source: 40, dev: 20, test: 20, unlabelled: 30 },
    runs: [{ targets: ['gl'], sources: [['es']], sizes: [20], recipes: ['pool'], unlabelled: [true] }],
  });
  const loadConfig = () => recipe;
  const controller = new AbortController();
  const onEvent = (event: GridEvent): void => {
    // Two of the four trainings are done.
    if (event.type === 'progress' && event.done > event.total / 2) controller.abort(new Error('enough'));
  };
  const first = run({ grid: pool, loadConfig, onEvent, signal: controller.signal });
  await expect(first).rejects.toThrow('enough');
  const [key] = readdirSync(join(out, 'checkpoints'));
  expect(readdirSync(join(out, 'checkpoints', key))).toEqual(
    expect.arrayContaining(['linear-round-0.model', 'network-round-0.model']),
  );
  const { records } = await run({ grid: pool, loadConfig });
  expect(records[0]).toMatchObject({
    key,
    facts: { members: 2, rounds: 1, unlabelled: 30 },
    partOfTraining: true,
  });
  expect(existsSync(join(out, 'checkpoints', key))).toBe(false);
});
