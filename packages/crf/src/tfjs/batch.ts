import type { Tensor } from '@tensorflow/tfjs-core';
import type { TransitionConstraints, TransitionScores } from '../lattice/index.js';

/** The scores of transitions as tensors of a graph. */
export interface CrfTransitions {
  /** `[numTags, numTags]`: row `from`, column `to`. */
  readonly transitions: Tensor;
  /** `[numTags]`: added for the tag of a sentence's first token; without it, nothing is. */
  readonly start?: Tensor | undefined;
  /** `[numTags]`: added for the tag of a sentence's last token; without it, nothing is. */
  readonly end?: Tensor | undefined;
}

export interface CrfBatchOptions {
  /**
   * Which tags may follow each other, start and end a sentence: paths that break it count as if they scored -Infinity. A
   * `TransitionMask` of `@cognate/tag-scheme` fits.
   */
  readonly mask?: TransitionConstraints | undefined;
}

/** Where the sentences of a batch stand among the rows of its emissions. */
export interface BatchLayout {
  readonly numTags: number;
  /** `[sentence]`: number of tokens. */
  readonly lengths: Int32Array;
  /** `[sentence]`: the row of the first token. */
  readonly starts: Int32Array;
  /** Rows in all: where the emissions are padded, more than there are tokens. */
  readonly rows: number;
}

/**
 * Checks the shapes of a batch and finds its sentences.
 *
 * @param emissions `[sum of lengths, numTags]`, or padded: `[lengths.length, at least the longest, numTags]`
 */
export function readLayout(
  emissions: Tensor,
  lengths: ArrayLike<number>,
  { transitions, start, end }: CrfTransitions,
): BatchLayout {
  const { shape } = emissions;
  if (shape.length !== 2 && shape.length !== 3)
    throw new RangeError(
      `emissions: expected a tensor [tokens, tags] or [sentences, longest, tags], got shape [${shape.join(', ')}]`,
    );
  const numTags = shape[shape.length - 1];
  if (numTags < 1) throw new RangeError('emissions: expected at least one tag, got none');
  checkShape('transitions', transitions, [numTags, numTags]);
  if (start) checkShape('start', start, [numTags]);
  if (end) checkShape('end', end, [numTags]);

  const count = lengths.length;
  const starts = new Int32Array(count);
  const padded = shape.length === 3;
  let sum = 0;
  for (let s = 0; s < count; s++) {
    const length = lengths[s];
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`lengths[${s}]: expected a whole number of at least 0, got ${String(length)}`);
    if (padded && length > shape[1])
      throw new RangeError(
        `lengths[${s}]: expected at most the ${shape[1]} rows of a sentence, got ${length}`,
      );
    starts[s] = padded ? s * shape[1] : sum;
    sum += length;
  }
  if (padded && shape[0] !== count)
    throw new RangeError(`lengths: expected one for each of ${shape[0]} sentences, got ${count}`);
  if (!padded && shape[0] !== sum)
    throw new RangeError(`lengths: expected a sum of ${shape[0]}, the rows of emissions, got ${sum}`);
  const rows = padded ? shape[0] * shape[1] : sum;
  return { numTags, lengths: Int32Array.from(lengths), starts, rows };
}

function checkShape(name: string, tensor: Tensor, expected: readonly number[]): void {
  if (tensor.shape.length !== expected.length || tensor.shape.some((size, axis) => size !== expected[axis]))
    throw new RangeError(
      `${name}: expected a tensor of shape [${expected.join(', ')}], got [${tensor.shape.join(', ')}]`,
    );
}

/** The values of a tensor, on the host. A backend that only has asynchronous reads cannot serve here. */
export const valuesOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

export const transitionValues = (numTags: number, scores: CrfTransitions): TransitionScores => ({
  numTags,
  transitions: valuesOf(scores.transitions),
  startTransitions: scores.start && valuesOf(scores.start),
  endTransitions: scores.end && valuesOf(scores.end),
});

/** Runs what concerns one sentence; an error then says which it was. */
export function inSentence<T>(sentence: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error) error.message = `sentence ${sentence}: ${error.message}`;
    throw error;
  }
}
