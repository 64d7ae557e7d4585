import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGrid } from '../src/index.js';
import { writeReport } from '../src/node.js';
import { makeReport } from '../src/report.js';
import { madeRecord } from './fixtures/records.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognate-report-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const records = [madeRecord({ found: 4 }), madeRecord({ found: 5, sources: ['es'] })];
const write = (...report: object[]): Promise<string[]> => {
  const grid = readGrid({
    name: 'made-up',
    title: 'Made up',
    data: { kind: 'samples' },
    recipes: { linear: 'linear' },
    runs: [{ recipes: ['linear'] }],
    report,
  });
  return writeReport(makeReport(grid, records), records, folder);
};
const seen = (): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));
const scores = { kind: 'scores' };
const bars = { kind: 'bars', by: 'sources' };
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

test('tables and figures of sections that are gone go; a report of more sections has its own again', async () => {
  const whole = ['f1-by-sources.svg', 'report.html', 'report.md', 'runs.csv', 'table-1.csv', 'table-2.csv'];
  const files = await write(scores, bars, scores);
  expect(seen()).toEqual(whole);
  expect(files.map((file) => file.slice(folder.length + 1)).sort()).toEqual(whole);
  await write(scores);
  expect(seen()).toEqual(['report.html', 'report.md', 'runs.csv', 'table-1.csv']);
  await write(scores, bars, scores);
  expect(seen()).toEqual(whole);
});

test('whatever the report did not write stays, and what somebody has put in the place of its files', async () => {
  for (const name of ['runs.jsonl', 'table-3.csv', 'f1-by-recipe.svg', 'notes.md']) put(name, 'mine');
  await write(scores, scores, bars);
  put('table-2.csv', 'mine');
  await write(scores);
  expect(seen()).toEqual([
    ...['f1-by-recipe.svg', 'notes.md', 'report.html', 'report.md', 'runs.csv', 'runs.jsonl'],
    ...['table-1.csv', 'table-2.csv', 'table-3.csv'],
  ]);
  expect(readFileSync(join(folder, 'table-2.csv'), 'utf8')).toBe('mine');
});

test.each([
  ['broken', '[{'],
  ['no list', '{}'],
  ['of other things', '[null, 1, {"name": 3}, {"name": "table-2.csv"}]'],
])('a list of files that is %s names none', async (_, list) => {
  await write(scores, scores);
  put('.report-files.json', list);
  await write(scores);
  expect(seen()).toContain('table-2.csv');
  await write(scores, scores);
  await write(scores);
  expect(seen()).not.toContain('table-2.csv');
});

test('nothing outside of its folder is removed, and no folder', async () => {
  await write(scores, scores);
  const list = JSON.parse(readFileSync(join(folder, '.report-files.json'), 'utf8')) as { name: string }[];
  const whole = folder;
  try {
    folder = join(whole, 'inner');
    mkdirSync(join(folder, 'table-3.csv'), { recursive: true });
    const [last] = list.filter(({ name }) => name === 'table-2.csv');
    const away = { ...last, name: '../table-2.csv' };
    put('.report-files.json', JSON.stringify([away, { ...last, name: 'table-3.csv' }]));
    await write(scores);
    expect(seen()).toContain('table-3.csv');
    expect(readdirSync(whole)).toContain('table-2.csv');
  } finally {
    folder = whole;
  }
});
