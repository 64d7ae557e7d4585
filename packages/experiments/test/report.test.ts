import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairedBootstrap, approximateRandomisation } from '@cognate/eval';
import { seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { readGrid, type RunRecord } from '../src/index.js';
import { writeReport } from '../src/node.js';
import {
  compareRuns,
  crossover,
  csv,
  htmlReport,
  makeReport,
  markdownReport,
  publishedRows,
  runsCsv,
  type Report,
} from '../src/report.js';
import { madeRecord, type Made } from './fixtures/records.js';

const reportOf = (section: object, records: readonly RunRecord[], more: object = {}): Report =>
  makeReport(
    readGrid({
      name: 'made-up',
      title: 'Made up',
      answers: 'What is\nthe question?',
      data: { kind: 'samples' },
      recipes: { linear: 'linear', neural: 'neural' },
      runs: [{ recipes: ['linear'] }, { recipes: ['neural'], sharing: ['all', 'none'] }],
      report: [section],
      ...more,
    }),
    records,
  );

const made = (...all: Made[]): RunRecord[] => all.map((one) => madeRecord(one));

describe('a table of scores', () => {
  test('has a row for each setting: mean and standard deviation over seeds and draws', () => {
    const report = reportOf(
      { kind: 'scores' },
      made({ found: 4 }, { found: 6, draw: 1 }, { sources: ['es'], found: 8 }),
    );
    const [{ tables }] = report.sections;
    expect(tables[0].head).toEqual([
      'target',
      'sources',
      'recipe',
      'sentences',
      'runs',
      'dev F1',
      'test F1',
      'training s',
    ]);
    // Recall 0.4 and 0.6 at precision 1: F1 8/14 and 12/16; 16/18.
    const [a, b] = [8 / 14, 12 / 16];
    const deviation = Math.sqrt(((a - (a + b) / 2) ** 2 + (b - (a + b) / 2) ** 2) / 1);
    expect(tables[0].rows).toEqual([
      [
        'gl',
        '–',
        'linear',
        '100',
        '2',
        ...Array<string>(2).fill(`${(50 * (a + b)).toFixed(2)} ± ${(100 * deviation).toFixed(2)}`),
        '2',
      ],
      ['gl', 'es', 'linear', '100', '1', '88.89', '88.89', '2'],
    ]);
  });

  test('shows what tells settings apart, and nothing else', () => {
    const report = reportOf(
      { kind: 'scores' },
      made(
        { model: 'neural', mu: 0.1, sources: ['es'] },
        { model: 'neural', mu: 1, sources: ['es'], script: 'Latin' },
      ),
    );
    expect(report.sections[0].tables[0].head).toEqual(expect.arrayContaining(['μ', 'script']));
    expect(report.sections[0].tables[0].head).not.toContain('sharing');
  });

  test('is of the development corpus where not every run has read the test set', () => {
    const report = reportOf({ kind: 'scores' }, made({ found: 4 }, { found: 6, draw: 1, withTest: false }));
    expect(report.sections[0].tables[0].head).not.toContain('test F1');
    expect(report.facts.join(' ')).toContain('scores on the development sets');
  });
});

describe("the paper's table", () => {
  test('stands beside the runs, by language and source', () => {
    const report = reportOf(
      { kind: 'paper', linear: 'linear', neural: 'neural' },
      made(
        { found: 5 },
        { model: 'neural', found: 4 },
        { sources: ['es'], found: 6 },
        { target: 'es-wiki', sources: ['fr'] },
      ),
    );
    const [scores] = report.sections[0].tables;
    const f1 = (found: number): string => ((200 * found) / (10 + found)).toFixed(2);
    expect(scores.rows).toEqual([
      ['gl –', f1(5), f1(4), '–', '–', '57.64', '49.19', '87.23', '89.42'],
      ['gl ← es', f1(6), '–', '–', '–', '71.46', '76.40', '87.50', '89.46'],
      ['es-wiki ← fr', f1(5), '–', '–', '–', '–', '–', '–', '–'],
    ]);
  });

  test('gives what the paper claims: means over its ten pairs', () => {
    const transfer = publishedRows.filter(({ source }) => source !== undefined);
    expect(transfer).toHaveLength(10);
    const mean = (field: 'linear100' | 'neural100'): number =>
      transfer.reduce((sum, row) => sum + row[field], 0) / 10;
    // As the paper's text has them.
    expect([mean('linear100').toFixed(2), mean('neural100').toFixed(2)]).toEqual(['63.80', '70.90']);
    const records = made(
      { found: 5 },
      { model: 'neural', found: 4 },
      { sources: ['es'], found: 7 },
      { sources: ['es'], model: 'neural', found: 6 },
    );
    const [, claims] = reportOf({ kind: 'paper', linear: 'linear', neural: 'neural' }, records).sections[0]
      .tables;
    const row = (name: string) => claims.rows.find(([text]) => text === name);
    expect(row('100 sentences alone: linear over neural')).toEqual([
      ...['100 sentences alone: linear over neural', '+3.68', '5 of 5'],
      ...['+9.52', '1 of 1', 'yes'],
    ]);
    expect(row('100 sentences and a source: neural over linear')).toEqual([
      ...['100 sentences and a source: neural over linear', '+7.10', '10 of 10'],
      ...['−7.35', '0 of 1', 'no'],
    ]);
    expect(row('many sentences alone: neural over linear')?.slice(3)).toEqual(['–', '–', '–']);
  });

  test('holds in every row, in most rows or not; "little" is a band around 0', () => {
    const many = { size: 10_000, sizeName: 'full' };
    const neural = (target: string, found: number, more: Made = {}): Made[] => [
      { target, found: 5, sources: ['es'], ...more },
      { target, found, sources: ['es'], model: 'neural', ...more },
    ];
    // Of 1,000 entities, so that differences can be small.
    const found = (correct: number) => [correct, 1000, 1000];
    const source = (target: string, correct: number): Made[] =>
      [0, correct].map((more, index) => ({
        ...{ target, sources: index === 0 ? [] : ['es'], counts: found(500 + more) },
        ...many,
      }));
    const answers = (...all: Made[]) => {
      const [, claims] = reportOf({ kind: 'paper', linear: 'linear', neural: 'neural' }, made(...all))
        .sections[0].tables;
      return (name: string) => claims.rows.find(([text]) => text === name)?.slice(3);
    };
    const over = '100 sentences and a source: neural over linear';
    // The mean is above 0 in both.
    expect(answers(...neural('a', 6), ...neural('b', 4), ...neural('c', 6))(over)?.slice(1)).toEqual([
      '2 of 3',
      'in 2 of 3',
    ]);
    expect(answers(...neural('a', 10), ...neural('b', 4), ...neural('c', 4))(over)?.slice(1)).toEqual([
      '1 of 3',
      'no',
    ]);
    const little = 'many sentences: a source adds little, linear';
    expect(answers(...source('a', 9), ...source('b', -9))(little)).toEqual(['+0.00', '2 of 2', 'yes']);
    expect(answers(...source('a', 9), ...source('b', -15))(little)).toEqual(['−0.30', '1 of 2', 'yes']);
    expect(answers(...source('a', 12), ...source('b', 9))(little)).toEqual(['+1.05', '1 of 2', 'no']);
    expect(answers(...neural('a', 6, many))('many sentences and a source: neural over linear')?.[2]).toBe(
      'yes',
    );
  });

  test('the claims are those of the paper: they hold in its own rows', () => {
    const [, claims] = reportOf({ kind: 'paper', linear: 'linear', neural: 'neural' }, made({})).sections[0]
      .tables;
    for (const [name, difference, rows] of claims.rows) {
      if (name.includes('little')) expect(Math.abs(Number(difference.replace('−', '-')))).toBeLessThan(1);
      else expect(rows).toMatch(/^(\d+) of \1$/u);
    }
  });
});

describe('crossover', () => {
  const points = (...pairs: [number, number][]) => new Map(pairs);

  test('is where the second curve passes the first for good', () => {
    const first = points([100, 50], [1000, 70], [10_000, 80]);
    // Half way on the logarithmic axis.
    expect(crossover(first, points([100, 40], [1000, 80], [10_000, 90]))).toEqual({
      at: expect.closeTo(Math.sqrt(100 * 1000), 6),
    });
    // It was ahead before, but did not stay so.
    expect(crossover(first, points([100, 60], [1000, 69], [10_000, 83]))).toEqual({
      at: expect.closeTo(1000 * 10 ** 0.25, 6),
    });
  });

  test('may lie outside of what was measured', () => {
    const first = points([100, 50], [1000, 70]);
    expect(crossover(first, points([100, 60], [1000, 80]))).toEqual({ outside: 'below' });
    expect(crossover(first, points([100, 40], [1000, 60]))).toEqual({ outside: 'above' });
    expect(crossover(first, points([100, 40]))).toBeUndefined();
  });

  test('has a row for each choice of sources', () => {
    const records = [100, 1000].flatMap((size) =>
      made({ size, found: 5 }, { size, model: 'neural', found: size === 100 ? 3 : 8 }),
    );
    const [{ tables }] = reportOf({ kind: 'crossover', first: 'linear', second: 'neural' }, records).sections;
    expect(tables[0].rows).toHaveLength(1);
    expect(tables[0].rows[0].slice(0, 2)).toEqual(['gl', 'none']);
    expect(tables[0].rows[0][2]).toMatch(/^about \d+$/u);
  });
});

describe('significance', () => {
  /** Tags of sentences whose entities have one token each. */
  const tagged = () => {
    const random = seededRandom(5);
    const flip = (share: number): boolean => random() < share;
    const gold = Array.from({ length: 60 }, () => Array.from({ length: 6 }, () => (flip(0.4) ? 'B-X' : 'O')));
    const guess = (share: number): string[][] =>
      gold.map((tags) => tags.map((tag) => (flip(share) ? tag : tag === 'O' ? 'B-X' : 'O')));
    return { gold, good: guess(0.9), bad: guess(0.75) };
  };
  const countsOf = (gold: string[][], predicted: string[][]): number[] =>
    gold.flatMap((tags, s) => [
      tags.filter((tag, t) => tag === 'B-X' && predicted[s][t] === 'B-X').length,
      predicted[s].filter((tag) => tag === 'B-X').length,
      tags.filter((tag) => tag === 'B-X').length,
    ]);

  test('of counts is that of the tags they were counted from', () => {
    const { gold, good, bad } = tagged();
    const [a, b] = made({ counts: countsOf(gold, good) }, { counts: countsOf(gold, bad) });
    const compared = compareRuns([a], [b], 'test');
    const options = { scheme: 'IOB2', samples: 5000 } as const;
    const bootstrap = pairedBootstrap(gold, good, bad, options);
    expect(compared).toMatchObject({
      first: bootstrap.first,
      second: bootstrap.second,
      low: bootstrap.interval.low,
      high: bootstrap.interval.high,
      bootstrap: bootstrap.pValue,
      randomisation: approximateRandomisation(gold, good, bad, options).pValue,
    });
  });

  test('over seeds keeps what is of one sentence together: the same run twice is no more data', () => {
    const { gold, good, bad } = tagged();
    const [a, b] = made({ counts: countsOf(gold, good) }, { counts: countsOf(gold, bad) });
    const once = compareRuns([a], [b], 'test');
    const { first, second, difference, randomisation } = once ?? {};
    for (const again of [compareRuns([a, a, a], [b], 'test'), compareRuns([a, a], [b, b, b], 'test')]) {
      expect(again).toMatchObject({ first, second, difference, randomisation });
      // Drawn by other random numbers.
      expect(again?.low).toBeCloseTo(once?.low ?? NaN, 2);
      expect(again?.high).toBeCloseTo(once?.high ?? NaN, 2);
      expect(again?.bootstrap).toBeCloseTo(once?.bootstrap ?? NaN, 2);
    }
  });

  test('of equal settings is none; of other sentences it cannot be', () => {
    const [a, b] = made({ found: 5 }, { found: 5 });
    expect(compareRuns([a], [b], 'test')).toMatchObject({ difference: 0, bootstrap: 1, randomisation: 1 });
    expect(compareRuns([a], made({ counts: [1, 1, 2] }), 'test')).toBeUndefined();
    expect(compareRuns([a], made({ withTest: false }), 'test')).toBeUndefined();
  });

  test('is tested between settings that differ in what is named and in nothing else', () => {
    const records = made(
      { found: 5 },
      { model: 'neural', found: 6 },
      { sources: ['es'], found: 7 },
      { sources: ['es'], model: 'neural', found: 8 },
      { sources: ['ca'], found: 7, size: 200 },
    );
    const rows = (section: object): string[][] =>
      reportOf({ kind: 'significance', ...section }, records).sections[0].tables[0].rows.map((row) =>
        row.slice(0, 2),
      );
    expect(rows({ first: { recipe: 'neural' }, second: { recipe: 'linear' } })).toEqual([
      ['gl –, 100, neural', 'gl –, 100, linear'],
      ['gl ← es, 100, neural', 'gl ← es, 100, linear'],
    ]);
    expect(rows({ first: { transfer: true }, second: { transfer: false } })).toEqual([
      ['gl ← es, 100, linear', 'gl –, 100, linear'],
      ['gl ← es, 100, neural', 'gl –, 100, neural'],
    ]);
  });
});

test('an ablation gives the difference to one value, in each setting and on the mean', () => {
  const sharing = (name: string, target: string, found: number): Made => ({
    sharing: name,
    target,
    found,
    model: 'neural',
    sources: ['es'],
  });
  const records = made(
    sharing('all', 'gl', 5),
    sharing('none', 'gl', 3),
    sharing('all', 'uk', 6),
    sharing('none', 'uk', 2),
  );
  const [{ tables }] = reportOf({ kind: 'ablation', by: 'sharing', against: 'all' }, records).sections;
  const f1 = (found: number): number => (200 * found) / (10 + found);
  const [gl, uk] = [f1(3) - f1(5), f1(2) - f1(6)];
  expect(tables[0].rows.filter(([name]) => name === 'none').map((row) => row[4])).toEqual([
    `−${(-gl).toFixed(2)}`,
    `−${(-uk).toFixed(2)}`,
    `−${(-(gl + uk) / 2).toFixed(2)}`,
  ]);
});

test('an ablation compares runs with text without tags among themselves', () => {
  const withText = (record: RunRecord): RunRecord => ({
    ...record,
    setting: { ...record.setting, unlabelled: true },
  });
  const records = made(
    { found: 5 },
    { found: 3, sharing: 'none' },
    { found: 5, seed: 2 },
    { found: 7, seed: 2 },
  );
  const all = [records[0], records[1], withText({ ...records[3] })];
  const [{ tables }] = reportOf({ kind: 'ablation', by: 'sharing', against: 'as it is' }, all).sections;
  const f1 = (found: number): number => (200 * found) / (10 + found);
  expect(tables[0].rows.map(([name, setting, , , difference]) => [name, setting, difference])).toEqual([
    ['as it is', 'gl –, linear', ''],
    ['as it is', 'gl –, linear, with text without tags', ''],
    ['as it is', 'mean', '+0.00'],
    ['none', 'gl –, linear', `−${(f1(5) - f1(3)).toFixed(2)}`],
  ]);
});

test('curves of another script do not cross with those of the original', () => {
  const latin = (record: RunRecord): RunRecord => ({
    ...record,
    setting: { ...record.setting, script: 'Latin' },
  });
  const records = made(
    { found: 4 },
    { found: 6, size: 1000 },
    { found: 3, model: 'neural' },
    { found: 8, model: 'neural', size: 1000 },
  );
  const section = { kind: 'crossover', first: 'linear', second: 'neural' };
  const rows = (of: readonly RunRecord[]) => reportOf(section, of).sections[0].tables[0].rows;
  const worse = made({ found: 1, model: 'neural', size: 1000 }).map(latin);
  expect(rows([...records, ...worse])[0]).toEqual(rows(records)[0]);
});

test('relatedness: gains against the run without a source, distances, and the same pair in Latin letters', () => {
  const near = { characters: 0.5, vocabulary: 0.25, entities: 0.125, script: 1 };
  const pair = (source: string, found: number, more: Made = {}): Made => ({
    target: 'mr',
    sources: [source],
    found,
    more: { nearness: { [source]: near } },
    ...more,
  });
  const records = made(
    { target: 'mr', found: 4 },
    pair('hi', 6),
    pair('ur', 5),
    { target: 'mr', found: 3, script: 'Latin' },
    pair('ur', 6, { script: 'Latin' }),
  );
  const [{ tables }] = reportOf({ kind: 'relatedness' }, records).sections;
  const f1 = (found: number): number => (200 * found) / (10 + found);
  const gain = (found: number, alone: number): string => `+${(f1(found) - f1(alone)).toFixed(2)}`;
  expect(tables[0].rows.map((row) => [row[0], row[2], row[5]])).toEqual([
    ['mr ← hi', 'original', gain(6, 4)],
    ['mr ← ur', 'original', gain(5, 4)],
    ['mr ← ur', 'Latin', gain(6, 3)],
  ]);
  expect(tables[0].rows[0].slice(-5, -1)).toEqual(['0.5', '0.25', '0.125', '1']);
  expect(tables.at(-1)?.rows).toEqual([
    [
      ...['mr ← ur', 'linear', f1(4).toFixed(2), gain(5, 4), f1(3).toFixed(2), gain(6, 3), '0.25', '0.25'],
      gain(6, 5),
    ],
  ]);
});

describe('bars of recipes', () => {
  interface Part {
    readonly title: { readonly text: string };
    readonly data: { readonly values: readonly { readonly bar: string; readonly series: string }[] };
  }
  const bars = (...all: Made[]): [string, string[]][] => {
    const [{ figures }] = reportOf({ kind: 'bars', by: 'recipe' }, made(...all)).sections;
    return (figures[0].spec as { concat: Part[] }).concat.map(({ title, data }) => [
      title.text,
      data.values.map(({ bar, series }) => `${bar}: ${series}`),
    ]);
  };

  test('stand side by side for each target, whatever sources each has', () => {
    expect(
      bars(
        { sources: ['es'], found: 5 },
        { model: 'neural', sources: ['ca', 'es'], found: 6 },
        { found: 4 },
        { target: 'uk', sources: ['ru'], found: 7 },
        { size: 200, found: 5 },
      ),
    ).toEqual([
      ['100 sentences', ['gl: linear', 'gl: neural', 'gl: linear, alone', 'uk: linear']],
      ['200 sentences', ['gl: linear, alone']],
    ]);
  });

  test('say the sources where one recipe has several sets of them', () => {
    expect(bars({ sources: ['es'], found: 5 }, { sources: ['ca'], found: 6 })).toEqual([
      ['100 sentences', ['gl ← es: linear', 'gl ← ca: linear']],
    ]);
  });
});

describe('a report as files', () => {
  const records = [50, 100, 200].flatMap((size) =>
    made({ size, found: 4 }, { size, model: 'neural', found: 5 }, { size, sources: ['es'], found: 6 }),
  );
  const kinds = [
    { kind: 'scores' },
    { kind: 'paper', linear: 'linear', neural: 'neural' },
    { kind: 'curve', x: 'size', title: 'A <curve> & "more"' },
    { kind: 'curve', x: 'mu' },
    { kind: 'bars', by: 'sources' },
    { kind: 'relatedness' },
    { kind: 'efficiency' },
  ];

  test('is complete and stands by itself: tables, figures, no script and nothing from elsewhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cognate-report-'));
    try {
      const report = reportOf(kinds[0], records, { report: kinds });
      const files = (await writeReport(report, records, folder)).map((file) => file.slice(folder.length + 1));
      expect(files).toEqual(
        expect.arrayContaining([
          'report.md',
          'report.html',
          'runs.csv',
          'table-1.csv',
          'f1-over-size.svg',
          'efficiency.svg',
        ]),
      );
      const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
      const markdown = read('report.md');
      expect(markdown).toContain('# Made up\n\nWhat is the question?\n\n- Grid made-up: 9 runs.');
      for (const [, name] of markdown.matchAll(/\]\((\S+\.svg)\)/gu)) {
        const svg = read(name);
        expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/u);
        // One mark at least: a figure without data is none.
        expect(svg).toMatch(/<path aria-label|<path [^>]*aria-roledescription|mark-(?:line|rect|symbol)/u);
      }
      const html = read('report.html');
      expect(html).toContain('A &lt;curve&gt; &amp; &quot;more&quot;');
      expect(html.match(/<svg /gu)?.length).toBe(5);
      expect(html).not.toMatch(/<script|<link|<img|src=|url\(http|@import/iu);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('runs are lines of comma-separated values, whatever they hold', () => {
    const [head, first] = runsCsv(made({ variant: 'a "b", c' })).split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['grid', 'data', 'target', 'sources']);
    expect(first).toContain('"a ""b"", c"');
    expect(csv(['x'], [['=1+1'], ['-cmd'], ['-1.5'], [NaN], [2], [undefined]])).toBe(
      "x\r\n'=1+1\r\n'-cmd\r\n-1.5\r\n\r\n2\r\n\r\n",
    );
  });

  test('signs of numbers stay as they are for programs that read the values; formulas are none', () => {
    const plain = ['+1.02', '+5.74 to +10.02', '+0.10 to −3.40', '−1.00'];
    expect(csv(['x'], [plain])).toBe(`x\r\n${plain.join(',')}\r\n`);
    expect(csv(['x'], [['-1+1'], ['+A1'], ['-2 to B2'], ['@x']])).toBe(
      "x\r\n'-1+1\r\n'+A1\r\n'-2 to B2\r\n'@x\r\n",
    );
  });

  test('names with angle brackets are seen in Markdown too', () => {
    const report = reportOf(kinds[0], made({ variant: 'no <unk> | "x"', found: 1 }, { found: 2 }));
    expect(markdownReport(report)).toContain('| gl | – | linear | no \\<unk> \\| "x" | 100 | 1 |');
    expect(markdownReport(report)).toContain('| gl | – | linear | – | 100 | 1 |');
    expect(htmlReport(report, new Map())).toContain('<td>no &lt;unk&gt; | &quot;x&quot;</td>');
  });

  test('paragraphs of what a grid answers stay apart; seeds are in the order of numbers', () => {
    const records = made({ seed: 10 }, { seed: 9 }, { seed: 1 });
    const report = reportOf(kinds[0], records, { answers: 'One\n question.\n\nAnother\none.\n' });
    expect(report.answers).toBe('One question.\n\nAnother one.');
    expect(htmlReport(report, new Map())).toContain('<p>One question.</p>\n<p>Another one.</p>\n');
    expect(report.facts[2]).toContain('Seeds 1, 9, 10;');
  });

  test('runs without the scores that are asked for are not finished', () => {
    const grid = readGrid({
      name: 'a',
      title: 'A',
      data: { kind: 'samples' },
      recipes: { linear: 'linear' },
      runs: [{ recipes: ['linear'] }],
    });
    const records = made({}, { seed: 2, withTest: false });
    expect(makeReport(grid, records, { split: 'test', missing: 1 }).facts[0]).toBe(
      'Grid a: 1 run; 2 more are not finished.',
    );
    expect(makeReport(grid, records, { missing: 1 }).facts[0]).toBe(
      'Grid a: 2 runs; 1 more are not finished.',
    );
  });

  test('says how many runs are not finished; without any it has no sections', () => {
    const grid = readGrid({
      name: 'a',
      title: 'A',
      data: { kind: 'samples' },
      recipes: { linear: 'linear' },
      runs: [{ recipes: ['linear'] }],
    });
    const report = makeReport(grid, [], { missing: 3 });
    expect(report).toMatchObject({ facts: ['Grid a: 0 runs; 3 more are not finished.'], sections: [] });
    expect(markdownReport(report)).toContain('# A\n');
    expect(htmlReport(report, new Map())).toContain('<h1>A</h1>');
  });
});
