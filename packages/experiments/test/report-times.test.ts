import { expect, test } from 'vitest';
import { makeReport } from '../src/report/make-report.js';
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
        partOfTraining,
        modelBytes: 1,
      },
      dev: { tokens: 1, seconds: 1, scores: { f1: 1 }, counts: [] },
    }) as unknown as RunRecord;
  const { sections } = makeReport(grid, [record(1, 1, 8), record(1, 2, 2, true), record(2, 1, 2, true)]);
  for (const { tables } of sections) {
    const [{ head, rows }] = tables;
    const column = head.findIndex((name) => name.startsWith('training'));
    expect(rows.map((row) => row[column])).toEqual(['8', '–']);
  }
});
