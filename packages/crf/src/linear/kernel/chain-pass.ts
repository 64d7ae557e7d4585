import { exp } from '../../lattice/exp.js';
import { padded } from './state-rows.js';

/**
 * Forward-backward over one sequence after the other, at fixed transition weights: log partition, tag probabilities, and
 * the expected transitions added up over all sequences.
 */
export interface ChainPass {
  /** Sets the transition weights [numTags * numTags] and the expected transitions to 0. False if they are not finite. */
  begin(transitions: Float64Array): boolean;
  /**
   * Gives the log partition of a sequence of `length` tokens with state scores [length * stride] and overwrites these by
   * the probabilities of the tags. Its expected transitions count `weight` times.
   */
  run(length: number, scores: Float64Array, weight: number): number;
  /** The expected transitions since `begin` [numTags * numTags]. */
  expectedTransitions(): Float64Array;
}

/**
 * Up to this difference R between transition weights the scaled pass is exact to rounding, whatever the state scores. Each
 * forward vector is scaled to sum 1 and each row of state factors to maximum 1. A tag lost to underflow is below e^-708 of
 * the best factor of its position, so below e^(R - 708) of the position's total, as any tag is reached with at least e^-R;
 * and the rest of the chain can favour one tag of a position over another by e^R at most. So what is lost has a
 * probability below e^(2R - 708), and every quotient stays finite. With a wider spread the pass works with logarithms.
 */
export const MAX_SCALED_SPREAD = 300;

export function chainPass(numTags: number, maxLength: number): ChainPass {
  const stride = padded(numTags);
  const scaled = scaledPass(numTags, stride, maxLength);
  const logarithmic = logPass(numTags, stride, maxLength);
  let current: ChainPass = scaled;
  return {
    begin(transitions) {
      let highest = -Infinity;
      let lowest = Infinity;
      for (let cell = 0; cell < transitions.length; cell++) {
        const weight = transitions[cell];
        if (!Number.isFinite(weight)) return false;
        if (weight > highest) highest = weight;
        if (weight < lowest) lowest = weight;
      }
      current = highest - lowest <= MAX_SCALED_SPREAD ? scaled : logarithmic;
      return current.begin(transitions);
    },
    run: (length, scores, weight) => current.run(length, scores, weight),
    expectedTransitions: () => current.expectedTransitions(),
  };
}

function scaledPass(numTags: number, stride: number, maxLength: number): ChainPass {
  const factors = new Float64Array(numTags * stride); // [from * stride + to], e^(weight - highest weight)
  const factorsByTo = new Float64Array(numTags * stride); // [to * stride + from]
  const pairs = new Float64Array(stride * stride); // [from * stride + to], expected transitions before their factor
  const expected = new Float64Array(numTags * numTags);
  const alpha = new Float64Array(maxLength * stride); // [t * stride + tag], each position sums to 1
  const ahead = new Float64Array(maxLength * stride); // [t * stride + tag], state factor × beta / scale
  const scales = new Float64Array(maxLength); // [t]
  let highest = 0;

  /** Forward; the state scores become factors. Gives the log partition. */
  function forward(length: number, scores: Float64Array): number {
    let logPartition = (length - 1) * highest;
    for (let t = 0, o = 0; t < length; t++, o += stride) {
      let top = scores[o];
      for (let j = 1; j < numTags; j++) if (scores[o + j] > top) top = scores[o + j];
      let sum = 0;
      for (let j = 0; j < numTags; j++) scores[o + j] = exp(scores[o + j] - top);
      for (let j = numTags; j < stride; j++) scores[o + j] = 0;
      if (t === 0) {
        for (let j = 0; j < numTags; j++) sum += alpha[j] = scores[j];
        for (let j = numTags; j < stride; j++) alpha[j] = 0;
      } else {
        const before = o - stride;
        for (let j = 0; j < stride; j += 4) {
          let a0 = 0;
          let a1 = 0;
          let a2 = 0;
          let a3 = 0;
          for (let i = 0, q = j; i < numTags; i++, q += stride) {
            const x = alpha[before + i];
            a0 += x * factors[q];
            a1 += x * factors[q + 1];
            a2 += x * factors[q + 2];
            a3 += x * factors[q + 3];
          }
          sum += alpha[o + j] = a0 * scores[o + j];
          sum += alpha[o + j + 1] = a1 * scores[o + j + 1];
          sum += alpha[o + j + 2] = a2 * scores[o + j + 2];
          sum += alpha[o + j + 3] = a3 * scores[o + j + 3];
        }
      }
      const scale = 1 / sum;
      scales[t] = scale;
      logPartition += Math.log(sum) + top;
      for (let j = 0; j < stride; j++) alpha[o + j] *= scale;
    }
    return logPartition;
  }

  /** Backward; the state factors become probabilities. */
  function backward(length: number, scores: Float64Array): void {
    const last = (length - 1) * stride;
    for (let j = 0; j < stride; j++) {
      ahead[last + j] = scores[last + j] * scales[length - 1];
      scores[last + j] = alpha[last + j];
    }
    for (let t = length - 2, o = last - stride; t >= 0; t--, o -= stride) {
      const scale = scales[t];
      const after = o + stride;
      for (let i = 0; i < stride; i += 4) {
        let b0 = 0;
        let b1 = 0;
        let b2 = 0;
        let b3 = 0;
        for (let j = 0, q = i; j < numTags; j++, q += stride) {
          const x = ahead[after + j];
          b0 += x * factorsByTo[q];
          b1 += x * factorsByTo[q + 1];
          b2 += x * factorsByTo[q + 2];
          b3 += x * factorsByTo[q + 3];
        }
        ahead[o + i] = b0 * scores[o + i] * scale;
        ahead[o + i + 1] = b1 * scores[o + i + 1] * scale;
        ahead[o + i + 2] = b2 * scores[o + i + 2] * scale;
        ahead[o + i + 3] = b3 * scores[o + i + 3] * scale;
        scores[o + i] = b0 * alpha[o + i];
        scores[o + i + 1] = b1 * alpha[o + i + 1];
        scores[o + i + 2] = b2 * alpha[o + i + 2];
        scores[o + i + 3] = b3 * alpha[o + i + 3];
      }
    }
  }

  /** pairs += weight · alphaᵀ · ahead, shifted by one position: two tags by four at a time, in registers over the positions. */
  function addPairs(length: number, weight: number): void {
    const end = (length - 1) * stride;
    for (let i = 0; i < stride; i += 2) {
      for (let j = 0; j < stride; j += 4) {
        let a0 = 0;
        let a1 = 0;
        let a2 = 0;
        let a3 = 0;
        let b0 = 0;
        let b1 = 0;
        let b2 = 0;
        let b3 = 0;
        for (let o = 0; o < end; o += stride) {
          const x = alpha[o + i];
          const y = alpha[o + i + 1];
          const q = o + stride + j;
          const r0 = ahead[q];
          const r1 = ahead[q + 1];
          const r2 = ahead[q + 2];
          const r3 = ahead[q + 3];
          a0 += x * r0;
          a1 += x * r1;
          a2 += x * r2;
          a3 += x * r3;
          b0 += y * r0;
          b1 += y * r1;
          b2 += y * r2;
          b3 += y * r3;
        }
        const p = i * stride + j;
        pairs[p] += weight * a0;
        pairs[p + 1] += weight * a1;
        pairs[p + 2] += weight * a2;
        pairs[p + 3] += weight * a3;
        pairs[p + stride] += weight * b0;
        pairs[p + stride + 1] += weight * b1;
        pairs[p + stride + 2] += weight * b2;
        pairs[p + stride + 3] += weight * b3;
      }
    }
  }

  return {
    begin(transitions) {
      highest = -Infinity;
      for (let cell = 0; cell < transitions.length; cell++) {
        if (transitions[cell] > highest) highest = transitions[cell];
      }
      for (let i = 0; i < numTags; i++) {
        for (let j = 0; j < numTags; j++) {
          const factor = exp(transitions[i * numTags + j] - highest);
          factors[i * stride + j] = factor;
          factorsByTo[j * stride + i] = factor;
        }
      }
      pairs.fill(0);
      return true;
    },
    run(length, scores, weight) {
      const logPartition = forward(length, scores);
      backward(length, scores);
      addPairs(length, weight);
      return logPartition;
    },
    expectedTransitions() {
      for (let i = 0; i < numTags; i++) {
        for (let j = 0; j < numTags; j++) {
          expected[i * numTags + j] = pairs[i * stride + j] * factors[i * stride + j];
        }
      }
      return expected;
    },
  };
}

export function logPass(numTags: number, stride: number, maxLength: number): ChainPass {
  let weights = new Float64Array(0); // [from * numTags + to]
  const expected = new Float64Array(numTags * numTags);
  const terms = new Float64Array(numTags);
  let alpha = new Float64Array(0); // [t * stride + tag], logarithms
  let beta = alpha; // [t * stride + tag], logarithms
  return {
    begin(transitions) {
      // Rarely needed, so made when it is.
      if (alpha.length === 0) {
        alpha = new Float64Array(maxLength * stride);
        beta = new Float64Array(maxLength * stride);
      }
      weights = transitions.slice();
      expected.fill(0);
      return true;
    },
    run(length, scores, weight) {
      for (let j = 0; j < numTags; j++) alpha[j] = scores[j];
      for (let t = 1, o = stride; t < length; t++, o += stride) {
        for (let j = 0; j < numTags; j++) {
          for (let i = 0; i < numTags; i++) terms[i] = alpha[o - stride + i] + weights[i * numTags + j];
          alpha[o + j] = logSumExp(terms) + scores[o + j];
        }
      }
      const last = (length - 1) * stride;
      for (let j = 0; j < numTags; j++) {
        terms[j] = alpha[last + j];
        beta[last + j] = 0;
      }
      const logPartition = logSumExp(terms);
      for (let o = last - stride; o >= 0; o -= stride) {
        const after = o + stride;
        for (let i = 0; i < numTags; i++) {
          for (let j = 0; j < numTags; j++) {
            terms[j] = weights[i * numTags + j] + scores[after + j] + beta[after + j];
            expected[i * numTags + j] += weight * Math.exp(alpha[o + i] + terms[j] - logPartition);
          }
          beta[o + i] = logSumExp(terms);
        }
      }
      for (let o = 0; o <= last; o += stride) {
        for (let j = 0; j < numTags; j++) scores[o + j] = Math.exp(alpha[o + j] + beta[o + j] - logPartition);
        for (let j = numTags; j < stride; j++) scores[o + j] = 0;
      }
      return logPartition;
    },
    expectedTransitions: () => expected,
  };
}

function logSumExp(terms: Float64Array): number {
  let top = -Infinity;
  for (let i = 0; i < terms.length; i++) if (terms[i] > top) top = terms[i];
  if (top === -Infinity) return top;
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum += Math.exp(terms[i] - top);
  return top + Math.log(sum);
}
