import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '../random/random-stream.js';

/**
 * Inverted dropout: each number of `x` is 0 with probability `rate`, and the others grow by 1 / (1 - rate), so that nothing is to be
 * done when the model is used. Srivastava and others, JMLR 2014. With rate 0 it gives `x` itself.
 *
 * Draws from `stream`, one word for two numbers.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, stream: RandomStream): T {
  if (checkRate(rate) === 0) return x;
  return tf.tidy(() => tf.mul(x, tf.tensor(dropoutMask(x.size, rate, stream), x.shape, 'float32')));
}

/**
 * Variational dropout (Gal and Ghahramani, NIPS 2016) for ragged rows: each sequence has one mask over the columns, the same at all
 * of its rows. `x` is `[sum(lengths), columns]`.
 *
 * Throws a RangeError if the lengths don't add up to the rows.
 */
export function variationalDropout(
  x: tf.Tensor2D,
  lengths: Int32Array,
  rate: number,
  stream: RandomStream,
): tf.Tensor2D {
  const [rows, columns] = x.shape;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== rows || lengths.some((length) => length < 0)) {
    throw new RangeError(`lengths: expected them to add up to the ${rows} rows of x, got ${total}`);
  }
  if (checkRate(rate) === 0) return x;
  const masks = dropoutMask(lengths.length * columns, rate, stream);
  const each = new Float32Array(rows * columns);
  let row = 0;
  lengths.forEach((length, sequence) => {
    const mask = masks.subarray(sequence * columns, (sequence + 1) * columns);
    for (const end = row + length; row < end; row++) each.set(mask, row * columns);
  });
  return tf.tidy(() => tf.mul(x, tf.tensor2d(each, [rows, columns], 'float32')));
}

/**
 * Factors for inverted dropout: 0 with probability `rate`, else what makes their mean 1. The probability is the nearest multiple of
 * 2^-16.
 */
export function dropoutMask(size: number, rate: number, stream: RandomStream): Float32Array {
  const mask = new Float32Array(size);
  // Something has to be left to grow.
  const below = Math.min(Math.round(checkRate(rate) * 65536), 65535);
  const kept = 65536 / (65536 - below);
  let word = 0;
  for (let i = 0; i < size; i++) {
    word = i % 2 === 0 ? stream.word() : word >>> 16;
    mask[i] = (word & 0xffff) < below ? 0 : kept;
  }
  return mask;
}

/**
 * Dropout of whole words or characters: a copy of `ids` in which each is `replacement`, the number of the unknown one, with
 * probability `rate`. So its vector is trained, and others aren't relied on alone.
 *
 * `rate` may depend on the id, as where rare words are dropped more often (Kiperwasser and Goldberg, TACL 2016).
 */
export function dropIds(
  ids: Int32Array,
  rate: number | ((id: number) => number),
  replacement: number,
  stream: RandomStream,
): Int32Array {
  const rateOf = typeof rate === 'number' ? () => rate : rate;
  // One draw for each, dropped or not, so that rates don't shift what later ids draw.
  return ids.map((id) => (stream.next() < checkShare(rateOf(id)) ? replacement : id));
}

function checkRate(rate: number): number {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`rate: expected a number of at least 0 and below 1, got ${String(rate)}`);
  }
  return rate;
}

function checkShare(rate: number): number {
  if (!(rate >= 0 && rate <= 1)) {
    throw new RangeError(`rate: expected a number from 0 to 1, got ${String(rate)}`);
  }
  return rate;
}
