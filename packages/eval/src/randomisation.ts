import type { Convention } from './convention.js';
import type { TagSentences } from './input.js';
import { randomBits } from './random.js';
import { countSentences, sumSentences, type Metric, type ResamplingOptions } from './sentence-counts.js';

export interface RandomisationTest {
  readonly convention: Convention;
  readonly metric: Metric;
  readonly average: 'micro' | 'macro';
  readonly samples: number;
  readonly seed: number;
  readonly sentences: number;
  readonly first: number;
  readonly second: number;
  /** first - second */
  readonly difference: number;
  /** How many samples have a difference of at least that size, to either side. */
  readonly extreme: number;
  /** Two-sided: (1 + extreme) / (samples + 1). */
  readonly pValue: number;
}

/**
 * Whether one system is better than another on the same sentences, by approximate randomisation (Noreen 1989; Yeh 2000): if the two were
 * equally good, their outputs for a sentence could be exchanged; so each sample exchanges those of each sentence with probability 1/2. The
 * p-value counts the outputs as they are among the samples, so that it is never 0.
 *
 * @throws EvaluationError where the shapes differ, without any sentence, and for options that do not fit.
 */
export function approximateRandomisation(
  gold: TagSentences,
  first: TagSentences,
  second: TagSentences,
  options: ResamplingOptions = {},
): RandomisationTest {
  const counts = countSentences(gold, [first, second], ['first', 'second'], options);
  const { width, sentences, samples, score, systems } = counts;
  const sumsFirst = sumSentences(systems[0], width);
  const sumsSecond = sumSentences(systems[1], width);
  const a = score(sumsFirst);
  const b = score(sumsSecond);

  // [row * width + column], first minus second: rows of sentences on which the systems differ. The others cannot matter.
  const gaps: number[] = [];
  for (let s = 0; s < sentences; s++) {
    const row = Array.from(
      { length: width },
      (_, c) => systems[0][s * width + c] - systems[1][s * width + c],
    );
    if (row.some((gap) => gap !== 0)) gaps.push(...row);
  }
  const table = Int32Array.from(gaps);
  const bits = randomBits(counts.seed);
  const moved = new Float64Array(width);
  const exchangedFirst = new Float64Array(width);
  const exchangedSecond = new Float64Array(width);
  const limit = Math.abs(a - b) - 1e-12; // equal differences may be rounded unequally
  let extreme = 0;
  for (let sample = 0; sample < samples; sample++) {
    moved.fill(0);
    let coins = 0;
    let left = 0;
    for (let row = 0; row < table.length; row += width) {
      if (left === 0) {
        coins = bits();
        left = 32;
      }
      if ((coins & 1) === 1) for (let c = 0; c < width; c++) moved[c] += table[row + c];
      coins >>>= 1;
      left--;
    }
    for (let c = 0; c < width; c++) {
      exchangedFirst[c] = sumsFirst[c] - moved[c];
      exchangedSecond[c] = sumsSecond[c] + moved[c];
    }
    if (Math.abs(score(exchangedFirst) - score(exchangedSecond)) >= limit) extreme++;
  }
  const { convention, metric, average, seed } = counts;
  return {
    convention,
    metric,
    average,
    samples,
    seed,
    sentences,
    first: a,
    second: b,
    difference: a - b,
    extreme,
    pValue: (1 + extreme) / (samples + 1),
  };
}
