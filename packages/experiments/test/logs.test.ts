import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PlannedRun, RunRecord } from '../src/index.js';
import { readRunLog, RunLog, writeWhole } from '../src/node/run-log.js';
import { logTestRead } from '../src/node/test-reads.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const split = { sentences: 1, tokens: 2, seconds: 1, scores: { f1: 1 }, perLabel: {}, counts: [1, 1, 1] };
const record = (key: string): RunRecord =>
  ({
    key,
    grid: 'tiny',
    sizeName: '1',
    setting: {
      data: 'x',
      digests: {},
      limits: {},
      target: 'gl',
      language: 'gl',
      sources: ['es'],
      size: 1,
      of: 1,
      sourceSize: 'full',
      recipe: 'linear',
      training: { model: 'linear' },
      seed: 1,
      draw: 0,
      script: 'original',
      threads: 1,
    },
    date: '2026-01-01T00:00:00.000Z',
    versions: { node: '20' },
    machine: { cpu: 'one', processors: 1 },
    jobs: 1,
    trainedOn: { gl: { sentences: 1, tokens: 2 }, es: { sentences: 1, tokens: 2 } },
    facts: {},
    trainSeconds: 1,
    modelBytes: 1,
    weights: 1,
    dev: split,
  }) as unknown as RunRecord;

test('a half line in the middle of a program, as of a full disk, spoils no record after it', async () => {
  const file = join(folder, 'runs.jsonl');
  const log = new RunLog(file);
  await log.add(record('a'));
  appendFileSync(file, '{"key":"half');
  await log.add(record('b'));
  const { records, faults } = await readRunLog(file);
  expect(records.map(({ key }) => key)).toEqual(['a', 'b']);
  expect(faults.map(({ line }) => line)).toEqual([2]);
});

test('a note of a reading stands on a line of its own, whatever half line is before it', async () => {
  const file = join(folder, 'test-reads.jsonl');
  writeFileSync(file, '{"date":"half');
  await logTestRead(file, 'tiny', 'a', record('a') as unknown as PlannedRun);
  const [, note, after] = readFileSync(file, 'utf8').split('\n');
  expect(JSON.parse(note)).toMatchObject({ grid: 'tiny', key: 'a', target: 'gl' });
  expect(after).toBe('');
});

test('of records only those count that a report can be made of', async () => {
  const file = join(folder, 'faulty.jsonl');
  const without = (field: string): object => ({ ...record('a'), [field]: undefined });
  const fields = ['date', 'versions', 'trainedOn', 'machine', 'jobs', 'facts', 'modelBytes', 'weights'];
  const wrong = [...fields.map(without), { ...record('a'), trainedOn: { gl: { sentences: 1, tokens: 2 } } }];
  const good = [record('b'), { ...record('c'), partOfTraining: true, nearness: { es: { script: 1 } } }];
  writeFileSync(file, [...wrong, ...good].map((one) => `${JSON.stringify(one)}\n`).join(''));
  const { records, faults } = await readRunLog(file);
  expect(records.map(({ key }) => key)).toEqual(['b', 'c']);
  expect(faults.map(({ problem }) => problem.split(':')[0])).toEqual([...fields, 'trainedOn']);
});

test('a file that cannot be written leaves no part of it', async () => {
  const place = join(folder, 'whole');
  // A folder cannot be replaced by a file.
  mkdirSync(join(place, 'report.md'), { recursive: true });
  await expect(writeWhole(join(place, 'report.md'), 'x')).rejects.toThrow();
  expect(readdirSync(place)).toEqual(['report.md']);
});
