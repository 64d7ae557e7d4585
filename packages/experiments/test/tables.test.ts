import { expect, test } from 'vitest';
import { markdownResults, plainResults, resultRows, summarise, type TransferRecord } from '../src/index.js';

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
