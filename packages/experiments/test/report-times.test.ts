import { expect, test } from 'vitest';
import { makeReport } from '../src/report/make-report.js';
import { runsCsv } from '../src/report/runs-csv.js';
import { readGrid, type RunRecord } from '../src/index.js';

test('seconds of trainings that were done in part before are in no column', () => {
  const grid = readGrid({
    name: 'tiny',
    title: 'Tiny',
    data: { kind: 'samples' },
    recipes: { linear: 'linear' },
    runs: [{ recipes: ['linear'] }],
    report: [{ kind: 'scores' }, { kind: 'efficiency' }],
  });
  const record = (size: number, seed: number, trainSeconds: number, partOfTraining?: true): RunRecord =>
    ({
      setting: { target: 'gl', sources: [], size, recipe: 'linear', training: { model: 'linear' }, seed },
      ...{ sizeName: String(size), date: '2026-01-01', versions: {}, machine: {}, jobs: 1 },
      ...{
        trainedOn: { gl: { sentences: size, tokens: size } },
        trainSeconds,
        cpuSeconds: trainSeconds + 1,
        partOfTraining,
        modelBytes: 1,
      },
      dev: { tokens: 1, seconds: 1, scores: { f1: 1 }, counts: [] },
    }) as unknown as RunRecord;
  const records = [record(1, 1, 8), record(1, 2, 2, true), record(2, 1, 2, true)];
  const { sections } = makeReport(grid, records);
  for (const { tables } of sections) {
    const [{ head, rows }] = tables;
    const column = head.findIndex((name) => name.startsWith('training'));
    expect(rows.map((row) => row[column])).toEqual(['8', '–']);
  }
  const [head, ...lines] = runsCsv(records)
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  for (const name of ['train_seconds', 'cpu_seconds'])
    expect(lines.map((line) => line[head.indexOf(name)])).toEqual([
      name === 'train_seconds' ? '8' : '9',
      '',
      '',
    ]);
});
