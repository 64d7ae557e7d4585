import type { Convention } from './convention.js';
import { EvaluationError, shown } from './errors.js';
import type { TagSentences } from './input.js';
import { randomBits } from './random.js';
import {
  countSentences,
  sumSentences,
  type Metric,
  type ResamplingOptions,
  type SentenceCounts,
} from './sentence-counts.js';

export interface BootstrapOptions extends ResamplingOptions {
  /** The probability that the interval is to have, between 0 and 1; by default 0.95. */
  readonly confidence?: number | undefined;
}

/** The part of the samples' distribution that holds `confidence` of it, cut off equally at both ends (percentile interval). */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
}

interface Resampled {
  readonly convention: Convention;
  readonly metric: Metric;
  readonly average: 'micro' | 'macro';
  readonly samples: number;
  readonly seed: number;
  readonly sentences: number;
}

export interface BootstrapInterval extends Resampled {
  /** On the sentences as they are. */
  readonly score: number;
  /** The standard deviation of the samples' scores. */
  readonly standardError: number;
  readonly interval: Interval;
}

export interface PairedBootstrap extends Resampled {
  /** On the sentences as they are. */
  readonly first: number;
  readonly second: number;
  /** first - second */
  readonly difference: number;
  /** Of the difference. */
  readonly interval: Interval;
  /** In how many samples each system has the higher score (Koehn 2004). They and `ties` add up to `samples`. */
  readonly wins: { readonly first: number; readonly second: number };
  readonly ties: number;
  /**
   * Two-sided: how often a sample's difference lies at least as far from the true one as that lies from 0,
   * (1 + #{|d* - d| >= |d|}) / (samples + 1).
   */
  readonly pValue: number;
}

/** Differences are quotients of small whole numbers; two that differ by less than this are the same one rounded twice. */
const rounding = 1e-12;

/**
 * A confidence interval of a score: sentences are drawn with replacement, as many as there are, `samples` times (Efron and Tibshirani
 * 1993, chapter 13).
 *
 * @throws EvaluationError where the shapes differ, without any sentence, and for options that do not fit.
 */
export function bootstrapInterval(
  gold: TagSentences,
  predicted: TagSentences,
  options: BootstrapOptions = {},
): BootstrapInterval {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const counts = countSentences(gold, [predicted], ['predicted'], options);
  const scores = new Float64Array(counts.samples);
  draw(counts, (sample, [score]) => {
    scores[sample] = score;
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance =
    scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length - 1);
  return {
    ...header(counts),
    score: counts.score(sumSentences(counts.systems[0], counts.width)),
    standardError: Math.sqrt(variance),
    interval: percentileInterval(scores, confidence),
  };
}

/**
 * Whether one system is better than another on the same sentences, by the paired bootstrap: sentences are drawn with replacement, and each
 * sample is scored for both systems. The p-value shifts the samples' differences to a mean of no difference (Efron and Tibshirani 1993,
 * chapter 16; Berg-Kirkpatrick, Burkett and Klein 2012), takes both sides, and counts the observed difference among the samples, so that it is
 * never 0 (Davison and Hinkley 1997, section 4.2).
 *
 * @throws EvaluationError where the shapes differ, without any sentence, and for options that do not fit.
 */
export function pairedBootstrap(
  gold: TagSentences,
  first: TagSentences,
  second: TagSentences,
  options: BootstrapOptions = {},
): PairedBootstrap {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const counts = countSentences(gold, [first, second], ['first', 'second'], options);
  const [a, b] = counts.systems.map((table) => counts.score(sumSentences(table, counts.width)));
  const difference = a - b;
  const differences = new Float64Array(counts.samples);
  const wins = { first: 0, second: 0 };
  let extreme = 0;
  draw(counts, (sample, [x, y]) => {
    const delta = x - y;
    differences[sample] = delta;
    if (delta > rounding) wins.first++;
    else if (delta < -rounding) wins.second++;
    if (Math.abs(delta - difference) >= Math.abs(difference) - rounding) extreme++;
  });
  return {
    ...header(counts),
    first: a,
    second: b,
    difference,
    interval: percentileInterval(differences, confidence),
    wins,
    ties: counts.samples - wins.first - wins.second,
    pValue: (1 + extreme) / (counts.samples + 1),
  };
}

/** Draws the samples and gives the scores of all systems on each. */
function draw(counts: SentenceCounts, take: (sample: number, scores: readonly number[]) => void): void {
  const { systems, width, sentences, samples, score } = counts;
  const bits = randomBits(counts.seed);
  const drawn = new Int32Array(sentences);
  const sums = systems.map(() => new Float64Array(width));
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < sentences; i++) drawn[i] = Math.floor((bits() / 2 ** 32) * sentences) * width;
    const scores = systems.map((table, system) => {
      const sum = sums[system].fill(0);
      if (width === 3) sumThree(table, drawn, sum);
      else sumRows(table, drawn, sum);
      return score(sum);
    });
    take(sample, scores);
  }
}

/** Adds up the rows that start at the given places. */
function sumRows(table: Int32Array, rows: Int32Array, sum: Float64Array): void {
  const width = sum.length;
  for (const row of rows) {
    for (let column = 0; column < width; column++) sum[column] += table[row + column];
  }
}

/** The same for rows of three numbers, which is what micro scores need: several times as fast. */
function sumThree(table: Int32Array, rows: Int32Array, sum: Float64Array): void {
  let correct = 0;
  let predicted = 0;
  let gold = 0;
  for (const row of rows) {
    correct += table[row];
    predicted += table[row + 1];
    gold += table[row + 2];
  }
  sum[0] = correct;
  sum[1] = predicted;
  sum[2] = gold;
}

/** Quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default of R and NumPy). */
function percentileInterval(values: Float64Array, confidence: number): Interval {
  const sorted = values.slice().sort();
  const quantile = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  };
  return { low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2), confidence };
}

function checkConfidence(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError(`expected confidence between 0 and 1, got ${shown(confidence)}`);
  }
  return confidence;
}

function header({ convention, metric, average, samples, seed, sentences }: SentenceCounts): Resampled {
  return { convention, metric, average, samples, seed, sentences };
}
