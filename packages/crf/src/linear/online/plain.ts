import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import { chainPass } from '../kernel/chain-pass.js';
import { arrange, type Arrangement } from './arrange.js';
import type { Difference } from './difference.js';
import { shrinkRun, type OnlineKernel } from './kernel.js';

/** The kernel in plain TypeScript: the reference for every other, and what runs where they cannot. */
export function plainOnlineKernel(corpus: Corpus, features: FeatureSet): OnlineKernel {
  const arrangement = arrange(corpus, features);
  const { numTags, stride, maxLength, sequenceOffsets, tags } = arrangement;
  const { weights, transitionStart, transitionCells } = arrangement;
  const chain = chainPass(numTags, maxLength);
  const scores = new Float64Array(maxLength * stride); // [t * stride + tag], then probabilities, then steps
  const transitions = new Float64Array(numTags * numTags); // [from * numTags + to]
  const best = new Float64Array(maxLength * stride); // [t * stride + tag], score of the best path that ends there
  const back = new Uint16Array(maxLength * numTags); // [t * numTags + tag], the tag before
  const path = new Int32Array(maxLength);
  // Of dense rows, compressed rows, transitions.
  const squares = new Float64Array(arrangement.denseRows + arrangement.compressedRows + numTags * stride);
  const firstTransition = arrangement.denseRows + arrangement.compressedRows;
  const isCell = new Uint8Array(numTags * stride); // whether a transition is a feature
  for (const cell of transitionCells) isCell[cell] = 1;
  // [transition features], from * numTags + to: the cells of `transitions` that are features.
  const cells = Int32Array.from(
    transitionCells,
    (cell) => Math.floor(cell / stride) * numTags + (cell % stride),
  );

  function loadTransitions(scale: number): void {
    for (let k = 0; k < cells.length; k++) {
      transitions[cells[k]] = scale * weights[transitionStart + transitionCells[k]];
    }
  }

  function scoreOf(from: number, to: number): number {
    let path = 0;
    for (let t = from, o = 0; t < to; t++, o += stride) {
      path += scores[o + tags[t]];
      if (t > from) path += transitions[tags[t - 1] * numTags + tags[t]];
    }
    return path;
  }

  /** Probabilities into `scores`; gives the sequence's loss. */
  function infer(sequence: number, scale: number): number {
    const from = sequenceOffsets[sequence];
    const to = sequenceOffsets[sequence + 1];
    const end = (to - from) * stride;
    scoreRows(arrangement, from, to, scores);
    if (scale !== 1) for (let i = 0; i < end; i++) scores[i] *= scale;
    loadTransitions(scale);
    if (!chain.begin(transitions)) return NaN;
    const score = scoreOf(from, to);
    return chain.run(to - from, scores, 1) - score;
  }

  /** `scores`, probabilities, becomes factor times the slope of log p by the state scores. */
  function slopes(sequence: number, factor: number): void {
    const from = sequenceOffsets[sequence];
    const length = sequenceOffsets[sequence + 1] - from;
    for (let i = 0, end = length * stride; i < end; i++) scores[i] *= -factor;
    for (let t = 0, o = 0; t < length; t++, o += stride) scores[o + tags[from + t]] += factor;
  }

  return {
    name: 'plain',
    notes: [],
    weights,
    places: arrangement.places,
    path,
    lengthOf: (sequence) => sequenceOffsets[sequence + 1] - sequenceOffsets[sequence],
    descend(sequence, scale, gain, weight) {
      const from = sequenceOffsets[sequence];
      const to = sequenceOffsets[sequence + 1];
      const loss = infer(sequence, scale);
      const factor = gain * weight;
      slopes(sequence, factor);
      addToRows(arrangement, from, to, scores);
      const expected = chain.expectedTransitions();
      for (let k = 0; k < cells.length; k++) {
        weights[transitionStart + transitionCells[k]] -= factor * expected[cells[k]];
      }
      for (let t = from + 1; t < to; t++) {
        weights[transitionStart + tags[t - 1] * stride + tags[t]] += factor;
      }
      return weight * loss;
    },
    startAdaptive() {
      squares.fill(1);
    },
    squares: [squares],
    descendAdaptively(sequence, eta, weight) {
      const from = sequenceOffsets[sequence];
      const to = sequenceOffsets[sequence + 1];
      const loss = infer(sequence, 1);
      slopes(sequence, weight);
      addToRowsAdaptively(arrangement, from, to, scores, eta, squares);
      const expected = chain.expectedTransitions();
      for (let t = from + 1; t < to; t++) expected[tags[t - 1] * numTags + tags[t]] -= 1;
      for (let k = 0; k < cells.length; k++) {
        const slope = weight * expected[cells[k]];
        const square = (squares[firstTransition + transitionCells[k]] += 0.5 * slope * slope);
        weights[transitionStart + transitionCells[k]] -= (eta / Math.sqrt(square)) * slope;
      }
      return weight * loss;
    },
    shrink(eta, c1, c2) {
      const { denseRows, compressedRows, rowStarts } = arrangement;
      for (let row = 0; row < denseRows; row++) {
        shrinkRun(weights, row * stride, (row + 1) * stride, eta / Math.sqrt(squares[row]), c1, c2);
      }
      for (let row = 0; row < compressedRows; row++) {
        const rate = eta / Math.sqrt(squares[denseRows + row]);
        shrinkRun(weights, rowStarts[row], rowStarts[row + 1], rate, c1, c2);
      }
      for (const cell of transitionCells) {
        const at = transitionStart + cell;
        shrinkRun(weights, at, at + 1, eta / Math.sqrt(squares[firstTransition + cell]), c1, c2);
      }
    },
    decode(sequence) {
      const from = sequenceOffsets[sequence];
      const length = sequenceOffsets[sequence + 1] - from;
      scoreRows(arrangement, from, from + length, scores);
      loadTransitions(1);
      for (let j = 0; j < numTags; j++) best[j] = scores[j];
      for (let t = 1, o = stride; t < length; t++, o += stride) {
        for (let j = 0; j < numTags; j++) {
          let top = best[o - stride] + transitions[j];
          let before = 0;
          for (let i = 1, cell = numTags + j; i < numTags; i++, cell += numTags) {
            const score = best[o - stride + i] + transitions[cell];
            if (score > top) {
              top = score;
              before = i;
            }
          }
          back[t * numTags + j] = before;
          best[o + j] = top + scores[o + j];
        }
      }
      const last = (length - 1) * stride;
      let tag = 0;
      for (let j = 1; j < numTags; j++) if (best[last + j] > best[last + tag]) tag = j;
      const top = best[last + tag];
      for (let t = length - 1; t >= 0; t--) {
        path[t] = tag;
        tag = back[t * numTags + tag];
      }
      return top;
    },
    scoreOfTags: (sequence) => scoreOf(sequenceOffsets[sequence], sequenceOffsets[sequence + 1]),
    compare(sequence, into) {
      const from = sequenceOffsets[sequence];
      const length = sequenceOffsets[sequence + 1] - from;
      into.count = 0;
      let different = 0;
      for (let t = 0; t < length; t++) {
        const gold = tags[from + t];
        const other = path[t];
        if (gold !== other) {
          different++;
          compareRows(arrangement, from + t, gold, other, into);
        }
        if (t === 0) continue;
        const goldCell = tags[from + t - 1] * stride + gold;
        const otherCell = path[t - 1] * stride + other;
        if (goldCell === otherCell) continue;
        if (isCell[goldCell] === 1) into.push(transitionStart + goldCell, 1);
        if (isCell[otherCell] === 1) into.push(transitionStart + otherCell, -1);
      }
      return different;
    },
    close() {
      // Nothing but memory is held.
    },
  };
}

/** The features of a token with one tag less those with another. */
function compareRows(
  { stride, dense, compressed, rowStarts, rowTags }: Arrangement,
  token: number,
  gold: number,
  other: number,
  into: Difference,
): void {
  for (let i = dense.offsets[token]; i < dense.offsets[token + 1]; i++) {
    const value = dense.values === undefined ? 1 : dense.values[i];
    into.push(dense.rows[i] * stride + gold, value);
    into.push(dense.rows[i] * stride + other, -value);
  }
  const shift = rowStarts[0];
  for (let i = compressed.offsets[token]; i < compressed.offsets[token + 1]; i++) {
    const value = compressed.values === undefined ? 1 : compressed.values[i];
    for (let q = rowStarts[compressed.rows[i]], end = rowStarts[compressed.rows[i] + 1]; q < end; q++) {
      const tag = rowTags[q - shift];
      if (tag === gold) into.push(q, value);
      else if (tag === other) into.push(q, -value);
    }
  }
}

/** scores [tokens * stride] = the state scores of tokens `from` to `to`; the padding gets 0. */
function scoreRows(arrangement: Arrangement, from: number, to: number, scores: Float64Array): void {
  const { stride, weights, dense, compressed, rowStarts, rowTags } = arrangement;
  const { offsets, rows, values } = dense;
  for (let t = from, o = 0; t < to; t++, o += stride) {
    const first = offsets[t];
    const end = offsets[t + 1];
    for (let j = 0; j < stride; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      if (values === undefined) {
        for (let i = first; i < end; i++) {
          const q = rows[i] * stride + j;
          s0 += weights[q];
          s1 += weights[q + 1];
          s2 += weights[q + 2];
          s3 += weights[q + 3];
        }
      } else {
        for (let i = first; i < end; i++) {
          const q = rows[i] * stride + j;
          const value = values[i];
          s0 += value * weights[q];
          s1 += value * weights[q + 1];
          s2 += value * weights[q + 2];
          s3 += value * weights[q + 3];
        }
      }
      scores[o + j] = s0;
      scores[o + j + 1] = s1;
      scores[o + j + 2] = s2;
      scores[o + j + 3] = s3;
    }
  }
  const shift = rowStarts[0];
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = compressed.offsets[t]; i < compressed.offsets[t + 1]; i++) {
      const row = compressed.rows[i];
      const value = compressed.values === undefined ? 1 : compressed.values[i];
      for (let q = rowStarts[row], end = rowStarts[row + 1]; q < end; q++) {
        scores[o + rowTags[q - shift]] += value * weights[q];
      }
    }
  }
}

/** Adds steps [tokens * stride] of tokens `from` to `to` to the weights of their attributes. */
function addToRows(arrangement: Arrangement, from: number, to: number, steps: Float64Array): void {
  const { stride, weights, dense, compressed, rowStarts, rowTags } = arrangement;
  const { offsets, rows, values } = dense;
  for (let t = from, o = 0; t < to; t++, o += stride) {
    const first = offsets[t];
    const end = offsets[t + 1];
    for (let j = 0; j < stride; j += 4) {
      const d0 = steps[o + j];
      const d1 = steps[o + j + 1];
      const d2 = steps[o + j + 2];
      const d3 = steps[o + j + 3];
      if (values === undefined) {
        for (let i = first; i < end; i++) {
          const q = rows[i] * stride + j;
          weights[q] += d0;
          weights[q + 1] += d1;
          weights[q + 2] += d2;
          weights[q + 3] += d3;
        }
      } else {
        for (let i = first; i < end; i++) {
          const q = rows[i] * stride + j;
          const value = values[i];
          weights[q] += value * d0;
          weights[q + 1] += value * d1;
          weights[q + 2] += value * d2;
          weights[q + 3] += value * d3;
        }
      }
    }
  }
  const shift = rowStarts[0];
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = compressed.offsets[t]; i < compressed.offsets[t + 1]; i++) {
      const row = compressed.rows[i];
      const value = compressed.values === undefined ? 1 : compressed.values[i];
      for (let q = rowStarts[row], end = rowStarts[row + 1]; q < end; q++) {
        weights[q] += value * steps[o + rowTags[q - shift]];
      }
    }
  }
}

/** The same, each row at the rate that its squares give. */
function addToRowsAdaptively(
  arrangement: Arrangement,
  from: number,
  to: number,
  steps: Float64Array,
  eta: number,
  squares: Float64Array,
): void {
  const { numTags, stride, weights, dense, compressed, rowStarts, rowTags, denseRows } = arrangement;
  const shift = rowStarts[0];
  for (let t = from, o = 0; t < to; t++, o += stride) {
    let length = 0;
    for (let j = 0; j < numTags; j++) length += steps[o + j] * steps[o + j];
    length *= 0.5;
    for (let i = dense.offsets[t]; i < dense.offsets[t + 1]; i++) {
      const row = dense.rows[i];
      const value = dense.values === undefined ? 1 : dense.values[i];
      const square = (squares[row] += value * value * length);
      const rate = (eta / Math.sqrt(square)) * value;
      for (let q = row * stride, s = o, end = q + stride; q < end; q += 4, s += 4) {
        weights[q] += rate * steps[s];
        weights[q + 1] += rate * steps[s + 1];
        weights[q + 2] += rate * steps[s + 2];
        weights[q + 3] += rate * steps[s + 3];
      }
    }
    for (let i = compressed.offsets[t]; i < compressed.offsets[t + 1]; i++) {
      const row = compressed.rows[i];
      const value = compressed.values === undefined ? 1 : compressed.values[i];
      // Of the whole gradient of the token, as with dense rows: a row's missing features say as much of its rate.
      const square = (squares[denseRows + row] += value * value * length);
      const rate = (eta / Math.sqrt(square)) * value;
      for (let q = rowStarts[row], end = rowStarts[row + 1]; q < end; q++) {
        weights[q] += rate * steps[o + rowTags[q - shift]];
      }
    }
  }
}
