import type { Repair, Scheme, Span } from '@cognate/tag-scheme';
import { chooseSchemes, zeroDivisionName, type Convention } from './convention.js';
import { EvaluationError, shown } from './errors.js';
import { checkOneOf, checkPair, checkRepair, checkScheme, type TagSentences } from './input.js';
import { eachMatch } from './matching.js';
import { readSentences } from './sentence-spans.js';

export type Metric = 'f1' | 'precision' | 'recall';

export interface ResamplingOptions {
  /** The scheme of all tags; by default the one that fits the gold tags best. */
  readonly scheme?: Scheme | undefined;
  /** What becomes of tags that break the scheme; by default `conlleval`. */
  readonly repair?: Repair | undefined;
  /** What stands for 0/0: 0 (the default) or 1. */
  readonly zeroDivision?: 0 | 1 | undefined;
  /** By default `f1`. */
  readonly metric?: Metric | undefined;
  /** Over all entities together (`micro`, the default) or the mean over the labels that occur in the sample. */
  readonly average?: 'micro' | 'macro' | undefined;
  /** How many samples to draw; by default 10,000. */
  readonly samples?: number | undefined;
  /** A whole number; by default 1. The same seed gives the same result. */
  readonly seed?: number | undefined;
}

/** What resampling works on: the counts of each sentence, and how to make a score of their sums. */
export interface SentenceCounts {
  readonly convention: Convention;
  readonly metric: Metric;
  readonly average: 'micro' | 'macro';
  readonly samples: number;
  readonly seed: number;
  readonly sentences: number;
  /** Numbers of one system: labels * 3. */
  readonly width: number;
  /** For each system: [sentence * width + label * 3 + (0 correct, 1 predicted, 2 gold)]; one label for `micro`. */
  readonly systems: readonly Int32Array[];
  /** The score of sums over sentences, [label * 3 + (0 correct, 1 predicted, 2 gold)]. */
  readonly score: (sums: Float64Array) => number;
}

/** Checks the arguments of a resampling function and counts the entities of every sentence. */
export function countSentences(
  gold: TagSentences,
  systems: readonly TagSentences[],
  names: readonly string[],
  options: ResamplingOptions,
): SentenceCounts {
  systems.forEach((system, index) => checkPair(gold, system, names[index]));
  if (gold.length === 0)
    throw new EvaluationError('expected at least one sentence to draw samples from, got none');
  const { metric = 'f1', average = 'micro', samples = 10_000, seed = 1, zeroDivision = 0 } = options;
  checkOneOf(metric, ['f1', 'precision', 'recall'], 'metric');
  checkOneOf(average, ['micro', 'macro'], 'average');
  checkOneOf(zeroDivision, [0, 1], 'zeroDivision');
  if (!Number.isInteger(samples) || samples < 1) {
    throw new EvaluationError(`expected samples as a whole number from 1, got ${shown(samples)}`);
  }
  const repair = checkRepair(options.repair ?? 'conlleval');
  const chosen = chooseSchemes(gold, checkScheme(options.scheme, 'scheme'));
  const goldSpans = readSentences(gold, chosen.scheme, repair, 'gold');
  const systemSpans = systems.map((system, index) =>
    readSentences(system, chosen.scheme, repair, names[index]),
  );

  const labels = new Map<string, number>();
  if (average === 'macro') {
    for (const { spans } of [goldSpans, ...systemSpans]) {
      for (const { label } of spans.flat()) if (!labels.has(label)) labels.set(label, labels.size);
    }
  }
  const width = 3 * Math.max(1, labels.size);
  const columnOf = ({ label }: Span): number => 3 * (labels.get(label) ?? 0);
  const counts = systemSpans.map(({ spans }) => {
    const table = new Int32Array(gold.length * width);
    for (let s = 0; s < gold.length; s++) {
      const goldHere = goldSpans.spans[s];
      for (const span of goldHere) table[s * width + columnOf(span) + 2]++;
      for (const span of spans[s]) table[s * width + columnOf(span) + 1]++;
      eachMatch(goldHere, spans[s], (index) => {
        table[s * width + columnOf(goldHere[index])]++;
      });
    }
    return table;
  });
  return {
    convention: {
      scorer: 'cognate',
      mode: repair,
      ...chosen,
      zeroDivision: zeroDivisionName(zeroDivision),
      repaired: {
        gold: goldSpans.repaired,
        predicted: systemSpans.reduce((sum, { repaired }) => sum + repaired, 0),
      },
    },
    metric,
    average,
    samples,
    seed,
    sentences: gold.length,
    width,
    systems: counts,
    score:
      average === 'micro'
        ? scorer(metric, zeroDivision)
        : macroScorer(scorer(metric, zeroDivision), zeroDivision),
  };
}

type ScoreAt = (sums: Float64Array, column?: number) => number;

function scorer(metric: Metric, zeroDivision: number): ScoreAt {
  const divide = (part: number, whole: number): number => (whole === 0 ? zeroDivision : part / whole);
  switch (metric) {
    case 'precision':
      return (sums, column = 0) => divide(sums[column], sums[column + 1]);
    case 'recall':
      return (sums, column = 0) => divide(sums[column], sums[column + 2]);
    case 'f1':
      return (sums, column = 0) => divide(2 * sums[column], sums[column + 1] + sums[column + 2]);
  }
}

function macroScorer(score: ScoreAt, zeroDivision: number): (sums: Float64Array) => number {
  return (sums) => {
    let total = 0;
    let labels = 0;
    for (let column = 0; column < sums.length; column += 3) {
      if (sums[column + 1] + sums[column + 2] === 0) continue;
      total += score(sums, column);
      labels++;
    }
    return labels === 0 ? zeroDivision : total / labels;
  };
}

/** The sums over all sentences. */
export function sumSentences(table: Int32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let i = 0; i < table.length; i++) sums[i % width] += table[i];
  return sums;
}
