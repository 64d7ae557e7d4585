import { expect, test } from 'vitest';
import { planGrid, readGrid, sampleData, type RunRecord } from '../src/index.js';
import { cellsOf, makeReport, runsCsv, type Report } from '../src/report.js';
import { madeRecord, type Made } from './fixtures/records.js';

const reportOf = (section: object, records: readonly RunRecord[]): Report =>
  makeReport(
    readGrid({
      name: 'made-up',
      title: 'Made up',
      data: { kind: 'samples' },
      recipes: { linear: 'linear', neural: 'neural' },
      runs: [{ recipes: ['linear'] }, { recipes: ['neural'], sharing: ['all', 'none'] }],
      report: [section],
    }),
    records,
  );

const tableOf = (section: object, records: readonly RunRecord[], index = 0) =>
  reportOf(section, records).sections[0].tables[index];

/** A record with other fields in its setting. */
const made = (one: Made, setting: object = {}): RunRecord => {
  const record = madeRecord(one);
  return { ...record, setting: { ...record.setting, ...setting } };
};

const f1 = (found: number): number => (200 * found) / (10 + found);
const gap = (found: number, base: number): string => {
  const points = f1(found) - f1(base);
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;
};

test('runs on other corpora, limits, data or threads are no further seeds of a setting', () => {
  const neural: Made = { model: 'neural' };
  const cells = cellsOf([
    made(neural),
    made({ ...neural, seed: 2 }),
    made(neural, { digests: { train: 'changed' } }),
    made(neural, { limits: { dev: 200 } }),
    made(neural, { data: 'others' }),
    made(neural, { threads: 2 }),
  ]);
  expect(cells.map(({ records }) => records.length)).toEqual([2, 1, 1, 1, 1]);
});

test('draws of one corpus are one setting, though draw 0 alone may have a sample with a name', () => {
  const digests = { train: 'a', dev: 'b' };
  const draw0 = (sample: string) => made({}, { digests: { ...digests, 'train-100': sample } });
  expect(cellsOf([draw0('c'), made({ draw: 1 }, { digests }), made({ draw: 2 }, { digests })])).toHaveLength(
    1,
  );
  expect(cellsOf([made({ draw: 1 }, { digests }), draw0('c')])).toHaveLength(1);
  expect(cellsOf([draw0('c'), draw0('changed')])).toHaveLength(2);
});

test('tables of scores tell such settings apart', () => {
  const { head, rows } = tableOf({ kind: 'scores' }, [
    made({}, { digests: { train: '0123456789' } }),
    made({}, { digests: { train: 'abcdef0123' } }),
  ]);
  const column = head.indexOf('runs on');
  expect(rows.map((row) => row[column])).toEqual(['train 0123456', 'train abcdef0']);
});

test('an ablation compares with the base that is the same in all else', () => {
  const text = { unlabelled: true };
  const { rows } = tableOf({ kind: 'ablation', by: 'variant', against: 'as it is' }, [
    made({ found: 5 }),
    made({ found: 7 }, text),
    made({ found: 3, variant: 'less' }),
    made({ found: 4, variant: 'less' }, text),
  ]);
  expect(rows.filter(([, setting]) => setting !== 'mean').map((row) => [row[0], row[1], row[4]])).toEqual([
    ['as it is', 'gl –, linear', ''],
    ['as it is', 'gl –, linear, with text without tags', ''],
    ['less', 'gl –, linear', gap(3, 5)],
    ['less', 'gl –, linear, with text without tags', gap(4, 7)],
  ]);
});

test('an ablation tells apart sizes and μ that a grid sweeps; a variant may have a μ of its own', () => {
  const source: Made = { model: 'neural', sources: ['es'] };
  const section = { kind: 'ablation', by: 'variant', against: 'as it is' };
  const differences = (records: RunRecord[]) =>
    tableOf(section, records)
      .rows.filter(([name, setting]) => name === 'less' && setting !== 'mean')
      .map((row) => [row[1], row[4]]);
  expect(
    differences([
      made({ ...source, found: 5, mu: 0.5 }),
      made({ ...source, found: 7, mu: 1 }),
      made({ ...source, found: 8, size: 200 }),
      made({ ...source, found: 3, mu: 0.5, variant: 'less' }),
      made({ ...source, found: 4, mu: 1, variant: 'less' }),
      made({ ...source, found: 6, size: 200, variant: 'less' }),
    ]),
  ).toEqual([
    ['gl ← es, neural, 100 sentences, μ 0.5', gap(3, 5)],
    ['gl ← es, neural, 100 sentences, μ 1', gap(4, 7)],
    ['gl ← es, neural, 200 sentences, μ 1', gap(6, 8)],
  ]);
  expect(
    differences([made({ ...source, found: 5 }), made({ ...source, found: 3, mu: 0.1, variant: 'less' })]),
  ).toEqual([['gl ← es, neural', gap(3, 5)]]);
});

test('crossings are of curves that are the same in all but the recipe', () => {
  const curve = (more: Made, setting: object, lead: readonly [number, number]) =>
    ([100, 1000] as const).flatMap((size, index) => [
      made({ ...more, size, found: 5 }, setting),
      made({ ...more, size, model: 'neural', found: 5 + lead[index] }, setting),
    ]);
  const { rows } = tableOf({ kind: 'crossover', first: 'linear', second: 'neural' }, [
    ...curve({ sources: ['es'] }, {}, [-1, 1]),
    ...curve({ sources: ['es'], script: 'Latin' }, {}, [1, 2]),
    ...curve({ sources: ['es'] }, { sourceSize: 50 }, [-2, -1]),
    ...curve({ sources: ['es'] }, { unlabelled: true }, [2, 3]),
  ]);
  expect(rows.map((row) => [row[1], row[3], row[4]])).toEqual([
    ['es', gap(4, 5), gap(6, 5)],
    ['es, in Latin script', gap(6, 5), gap(7, 5)],
    ['es, 50 of each source', gap(3, 5), gap(4, 5)],
    ['es, with text without tags', gap(7, 5), gap(8, 5)],
  ]);
});

test('a line of a figure has one value at each x', () => {
  const source: Made = { model: 'neural', sources: ['es'] };
  const records = [
    made({ ...source, mu: 0.1 }),
    made({ ...source, mu: 1 }),
    made({ ...source, mu: 1, size: 200 }),
    made({ ...source, mu: 1 }, { sourceSize: 50 }),
    made({ ...source, mu: 1 }, { unlabelled: true }),
  ];
  for (const x of ['size', 'mu'] as const) {
    const [{ figures }] = reportOf({ kind: 'curve', x }, records).sections;
    const { values } = figures[0].spec.data as { values: { series: string; x: number }[] };
    expect(new Set(values.map(({ series, x: at }) => `${series} ${at}`)).size).toBe(5);
  }
  expect(tableOf({ kind: 'curve', x: 'mu' }, records).rows.map(([, trained]) => trained)).toEqual([
    'neural + es, 100 sentences',
    'neural + es, 200 sentences',
    'neural + es, 100 sentences, 50 of each source',
    'neural + es, 100 sentences, with text without tags',
  ]);
});

test('bars and gains are of one setting each', () => {
  const records = [
    made({ found: 4 }),
    made({ found: 6 }, { unlabelled: true }),
    made({ found: 5, sources: ['es'] }),
    made({ found: 8, sources: ['es'] }, { unlabelled: true }),
  ];
  const [{ figures }] = reportOf({ kind: 'bars', by: 'sources' }, records).sections;
  const [part] = (figures[0].spec as { concat: { data: { values: { bar: string; series: string }[] } }[] })
    .concat;
  expect(new Set(part.data.values.map(({ bar, series }) => `${bar} ${series}`)).size).toBe(4);
  expect(tableOf({ kind: 'relatedness' }, records).rows.map((row) => [row[1], row[5]])).toEqual([
    ['linear', gap(5, 4)],
    ['linear, with text without tags', gap(8, 6)],
  ]);
});

test("the paper's hundred sentences are a hundred, without text and with one weight of the sources", () => {
  const { rows } = tableOf({ kind: 'paper', linear: 'linear', neural: 'neural' }, [
    made({ found: 1, size: 50 }),
    made({ found: 2 }, { unlabelled: true }),
    made({ found: 5 }),
    made({ found: 6, sources: ['es'], model: 'neural', mu: 0.1 }),
    made({ found: 7, sources: ['es'], model: 'neural', mu: 1 }),
    made({ found: 3, sources: ['es'] }, { sourceSize: 50 }),
  ]);
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ['gl –', f1(5).toFixed(2), '–'],
    ['gl ← es', '–', f1(7).toFixed(2)],
  ]);
});

test('sharing "none" shares nothing, and is not what has no sharing', () => {
  const neural: Made = { model: 'neural', sources: ['es'] };
  const section = { kind: 'significance', first: { sharing: 'all' }, second: { sharing: 'none' } };
  const records = [
    made({ ...neural, sharing: 'all', found: 7 }),
    made({ ...neural, found: 6 }),
    made({ ...neural, sharing: 'none', found: 4 }),
  ];
  const seconds = (runs: RunRecord[], second: string) =>
    tableOf({ ...section, second: { sharing: second } }, runs).rows.map((row) => row[4]);
  expect(seconds(records, 'none')).toEqual([f1(4).toFixed(2)]);
  expect(seconds(records, 'as it is')).toEqual([f1(6).toFixed(2)]);
  // Where nothing has this name, it is what has no sharing.
  expect(seconds(records.slice(0, 2), 'none')).toEqual([f1(6).toFixed(2)]);
});

test('`--only sharing=none` asks for runs that share nothing, where a grid has such', async () => {
  const planned = async (sharing: string[], asked: string) => {
    const recipes = { neural: 'neural' };
    const runs = [
      { targets: ['uk'], sources: ['each'], recipes: ['neural'], sharing },
      { targets: ['uk'], sources: ['each'], recipes: ['neural'] },
    ];
    const grid = readGrid({ name: 'a', title: 'A', data: { kind: 'samples' }, recipes, runs });
    const all = await planGrid({ grid, data: sampleData(), only: { sharing: [asked] } });
    return all.map(({ setting }) => setting.sharing);
  };
  expect(await planned(['all', 'none'], 'none')).toEqual(['none']);
  expect(await planned(['all', 'none'], 'as it is')).toEqual([undefined]);
  expect(await planned(['all'], 'none')).toEqual([undefined]);
});

test('lines of runs tell which had text without tags', () => {
  const [head, ...lines] = runsCsv([made({}), made({}, { unlabelled: true })])
    .trimEnd()
    .split('\r\n');
  const column = head.split(',').indexOf('unlabelled');
  expect(lines.map((line) => line.split(',')[column])).toEqual(['false', 'true']);
});

test('a measure that is the same for all pairs has a row that says so', () => {
  const near = (characters: number) => ({ characters, vocabulary: 0.5, entities: 0.5, script: 1 });
  const pair = (source: string, found: number, nearness: object | undefined) =>
    madeRecord({
      sources: [source],
      found,
      more: { nearness: nearness && { [source]: nearness } } as object,
    });
  const records = [
    made({ found: 4 }),
    pair('es', 8, near(0.9)),
    pair('ca', 7, near(0.8)),
    pair('it', 5, near(0.1)),
  ];
  const rows = tableOf({ kind: 'relatedness' }, records, 1).rows;
  const of = (name: string) => rows.find((row) => row[2] === name)?.slice(3);
  expect(of('characters')).toEqual(['3', '1.00', expect.any(String)]);
  expect(of('vocabulary')).toEqual(['3', 'constant', '–']);
  expect(of('script')).toEqual(['3', 'constant', '–']);
  const fewer = tableOf({ kind: 'relatedness' }, [...records.slice(0, 3), pair('it', 5, undefined)], 1).rows;
  expect(fewer.find((row) => row[2] === 'characters')?.slice(3)).toEqual(['2', '–', '–']);
});
