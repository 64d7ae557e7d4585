import { sampleCorpus } from '@cognate/corpora/samples';
import { describe, expect, test } from 'vitest';
import {
  gridSettings,
  markdownResults,
  plainResults,
  resultRows,
  runTransferGrid,
  summarise,
  type TransferMode,
  type TransferRecord,
} from '../src/index.js';

const record = (f1: number, more: Partial<TransferRecord> = {}): TransferRecord => ({
  model: 'linear',
  mode: 'augmented',
  target: { language: 'gl', sentences: 100 },
  sources: [{ language: 'es', sentences: 1000 }],
  seed: undefined,
  training: { scheme: 'IOB2', targetRepeat: 1, templates: ['word[0]'], params: { c2: 1 } },
  scores: { precision: 0.5, recall: 0.25, f1, correct: 1, predicted: 2, gold: 4 },
  perLabel: {},
  dev: undefined,
  testSentences: 10,
  iterations: 5,
  trainSeconds: 1.26,
  tagSeconds: 0.5,
  ...more,
});

test('one run a row', () => {
  expect(resultRows([record(1 / 3)])[1]).toEqual([
    'linear',
    'augmented',
    'gl 100',
    'es 1000',
    '50.00',
    '25.00',
    '33.33',
    '1.3',
  ]);
  expect(markdownResults([record(1 / 3, { sources: [], mode: 'alone' })])).toBe(
    '| model | transfer | target | sources | precision | recall | F1 | train s |\n' +
      '| --- | --- | --- | --- | ---: | ---: | ---: | ---: |\n' +
      '| linear | alone | gl 100 | – | 50.00 | 25.00 | 33.33 | 1.3 |\n',
  );
});

test('runs that differ in their seed only are one row: mean and standard deviation', () => {
  const runs = [
    record(0.3, { seed: 1 }),
    record(0.9, { mode: 'alone' }),
    record(0.4, { seed: 2 }),
    record(0.5, { seed: 3 }),
  ];
  const [several, single] = summarise(runs);
  expect([several.runs, several.seeds, several.f1.mean]).toEqual([3, [1, 2, 3], expect.closeTo(0.4, 12)]);
  expect(several.f1.deviation).toBeCloseTo(0.1, 12);
  expect([single.runs, single.seeds, single.f1]).toEqual([1, [], { mean: 0.9, deviation: undefined }]);
  expect(plainResults(runs)).toBe(
    [
      'model   transfer   target  sources     precision        recall             F1  train s\n',
      'linear  augmented  gl 100  es 1000  50.00 ± 0.00  25.00 ± 0.00  40.00 ± 10.00      1.3\n',
      'linear  alone      gl 100  es 1000         50.00         25.00          90.00      1.3\n',
    ].join(''),
  );
});

test('dev scores have a column where there are some', () => {
  const [head, first, second] = resultRows([
    record(0.3, { dev: { precision: 0, recall: 0, f1: 0.2, correct: 0, predicted: 0, gold: 0 } }),
    record(NaN, { mode: 'alone' }),
  ]);
  expect(head).toContain('dev F1');
  expect([first[7], second[7], second[6]]).toEqual(['20.00', '–', '–']);
});

describe('grids', () => {
  const setting = { target: { language: 'gl', sentences: [] }, test: [] };

  test('every combination, by size, then mode, then seed', () => {
    const settings = gridSettings({
      setting,
      modes: ['alone', 'pooled'],
      targetSizes: [10, 20],
      seeds: [1, 2],
    });
    expect(settings.map(({ targetSize, mode, seed }) => [targetSize, mode, seed])).toEqual([
      [10, 'alone', 1],
      [10, 'alone', 2],
      [10, 'pooled', 1],
      [10, 'pooled', 2],
      [20, 'alone', 1],
      [20, 'alone', 2],
      [20, 'pooled', 1],
      [20, 'pooled', 2],
    ]);
    expect(gridSettings({ setting }).map(({ mode }) => mode)).toEqual(['alone', 'augmented']);
    expect(() => gridSettings({ setting, modes: ['x' as TransferMode] })).toThrow(
      'expected modes among augmented, pooled, alone, got "x"',
    );
  });

  test('runs them', async () => {
    const results = [];
    for await (const result of runTransferGrid({
      setting: {
        target: { language: 'gl', sentences: await sampleCorpus('gl', 'train') },
        sources: [{ language: 'es', sentences: (await sampleCorpus('es', 'train')).slice(0, 50) }],
        test: (await sampleCorpus('gl', 'test')).slice(0, 20),
        training: { params: { max_iterations: 5 } },
      },
      targetSizes: [10],
      seeds: [1, 2],
    }))
      results.push(result);
    expect(results.map(({ mode, seed, target }) => [mode, seed, target.sentences])).toEqual([
      ['alone', 1, 10],
      ['alone', 2, 10],
      ['augmented', 1, 10],
      ['augmented', 2, 10],
    ]);
    expect(resultRows(results)).toHaveLength(3);
  });
});
