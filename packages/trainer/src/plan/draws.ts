import { shuffle, type Uniform } from './shuffle.js';

/** How an epoch stands to the objective `L = Σ_target log p + Σ_σ μ_σ Σ_σ log p`; `ObjectiveOptions` says more. */
export type Objective =
  | { readonly kind: 'exact'; readonly targetRepeat: number; readonly repeatWeight: 'full' | 'shared' }
  | {
      readonly kind: 'sampled';
      readonly targetShare: number;
      /** 0: as many as there are. */
      readonly sentencesPerEpoch: number;
    };

/** What an epoch takes from one corpus. */
export interface Draws {
  readonly corpus: number;
  /** What the loss of each of these sentences is multiplied by. */
  readonly weight: number;
  /** Numbers of sentences within the corpus, in no particular order; a sentence may come more than once. */
  readonly sentences: Int32Array;
}

/**
 * Chooses the sentences of one epoch and their weights. Summed over the epoch, weight times loss is
 *
 * - under `exact`, the negative objective itself, but that `targetRepeat` with `full` weight multiplies the target's sum;
 * - under `sampled`, a random variable whose mean is the negative objective: a corpus of n sentences that is drawn c times
 *   has the weight μ n / c, and each draw is any of its sentences with the same probability.
 *
 * @param corpora sizes and μ; the first is the target
 */
export function drawEpoch(
  corpora: readonly { readonly size: number; readonly mu: number }[],
  objective: Objective,
  random: Uniform,
): Draws[] {
  // A source without weight adds nothing to the objective: it would only cost time.
  const used = corpora
    .map(({ size, mu }, corpus) => ({ size, mu, corpus }))
    .filter(({ size, mu }) => size > 0 && mu > 0);
  if (objective.kind === 'exact') {
    return used.map(({ corpus, size, mu }) => {
      const times = corpus === 0 ? objective.targetRepeat : 1;
      const sentences = Int32Array.from({ length: size * times }, (_, i) => i % size);
      return { corpus, weight: objective.repeatWeight === 'shared' ? mu / times : mu, sentences };
    });
  }
  const counts = sampleCounts(used, objective);
  return used.map(({ corpus, size, mu }, i) => ({
    corpus,
    weight: (mu * size) / counts[i],
    sentences: drawEvenly(size, counts[i], random),
  }));
}

/** How often each corpus is drawn in an epoch: the target by its share, the sources by their part in the objective. */
function sampleCounts(
  corpora: readonly { readonly size: number; readonly mu: number; readonly corpus: number }[],
  { targetShare, sentencesPerEpoch }: Objective & { kind: 'sampled' },
): number[] {
  const total = sentencesPerEpoch || corpora.reduce((sum, { size }) => sum + size, 0);
  const sources = corpora.filter(({ corpus }) => corpus !== 0);
  if (sources.length === 0) return [Math.max(1, total)];
  const target = Math.max(1, Math.round(targetShare * total));
  const rest = Math.max(sources.length, total - target);
  const mass = sources.reduce((sum, { size, mu }) => sum + size * mu, 0);
  const exact = sources.map(({ size, mu }) => (rest * size * mu) / mass);
  // The largest remainders get what rounding down leaves over. At least one each, so that the mean stays right.
  const counts = exact.map((count) => Math.max(1, Math.floor(count)));
  const order = exact
    .map((count, i) => ({ i, left: count - counts[i] }))
    .sort((a, b) => b.left - a.left || a.i - b.i);
  let left = rest - counts.reduce((sum, count) => sum + count, 0);
  for (const { i } of order) {
    if (left <= 0) break;
    counts[i]++;
    left--;
  }
  return [target, ...counts];
}

/** `count` of `size` sentences: each as often as any other, or once more. */
function drawEvenly(size: number, count: number, random: Uniform): Int32Array {
  const rest = count % size;
  const sentences = Int32Array.from({ length: count }, (_, i) => i % size);
  if (rest > 0) {
    const deck = Int32Array.from({ length: size }, (_, i) => i);
    shuffle(deck, random);
    sentences.set(deck.subarray(0, rest), count - rest);
  }
  return sentences;
}
