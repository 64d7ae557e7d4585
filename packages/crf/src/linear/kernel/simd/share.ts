import { logPass, MAX_SCALED_SPREAD, type ChainPass } from '../chain-pass.js';
import { instantiate, setPlan, type SimdFunctions } from './exports.js';
import type { Problem } from './problem.js';

/** One thread's part of the work on a problem. */
export class Share {
  readonly functions: SimdFunctions;
  readonly #problem: Problem;
  readonly #thread: number;
  readonly #buffer: ArrayBufferLike;
  /** In the place of the module's own passes while transition weights are too far apart for these. */
  #logPass: ChainPass | undefined;
  #logarithmic = false;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, problem: Problem, thread: number) {
    const exports = instantiate(module, memory);
    setPlan(exports, { ...problem.common, ...problem.threads[thread] });
    this.functions = exports as unknown as SimdFunctions;
    this.#problem = problem;
    this.#thread = thread;
    this.#buffer = memory.buffer;
  }

  /** The features that this thread takes care of, `k` of `n` equal parts. */
  range(): [from: number, to: number] {
    const { numFeatures, threads } = this.#problem;
    const part = (k: number): number => Math.floor((numFeatures * k) / threads.length);
    return [part(this.#thread), part(this.#thread + 1)];
  }

  /** Puts this thread's range of weights [numFeatures] where the passes read them. */
  load(weights: number): void {
    const { common, places } = this.#problem;
    this.functions.scatter(common.table, places, weights, ...this.range());
  }

  /** Once all weights are loaded: forgets the expected frequencies. False if the transition weights are not finite. */
  begin(): boolean {
    const { common, threads } = this.#problem;
    this.functions.clear(threads[this.#thread].expected, 0, common.onceBase);
    const spread = this.functions.beginChain(1);
    this.#logarithmic = spread > MAX_SCALED_SPREAD;
    if (this.#logarithmic) this.#beginLogarithmic();
    return !Number.isNaN(spread);
  }

  /** The loss of sequences `from` to `to`; adds up their expected frequencies. */
  run(from: number, to: number): number {
    return this.#logarithmic ? this.#runLogarithmic(from, to) : this.functions.run(from, to);
  }

  /** After all sequences: the expected frequencies of transitions join the others. */
  end(): void {
    if (!this.#logarithmic) {
      this.functions.endChain();
      return;
    }
    const { numTags, stride } = this.#problem.common;
    const expected = this.#numbers(this.#problem.threads[this.#thread].expected, numTags * stride);
    const transitions = this.#logPass?.expectedTransitions() ?? new Float64Array(0);
    for (let i = 0; i < numTags; i++) {
      expected.set(transitions.subarray(i * numTags, (i + 1) * numTags), i * stride);
    }
  }

  /** Once all threads have ended: this thread's range of the gradient [numFeatures]. */
  collect(gradient: number): void {
    const { common, places, observed, threads, expectedBytes } = this.#problem;
    const { onceBase, onceExpected } = common;
    const { expected } = threads[0];
    this.functions.collect(
      gradient,
      observed,
      places,
      expected,
      expectedBytes,
      threads.length,
      onceBase,
      onceExpected,
      ...this.range(),
    );
  }

  #beginLogarithmic(): void {
    const { common, maxLength } = this.#problem;
    const { numTags, stride } = common;
    this.#logPass ??= logPass(numTags, stride, maxLength);
    this.#logPass.begin(this.#transitions());
  }

  /** [numTags * numTags] */
  #transitions(): Float64Array {
    const { numTags, stride, table } = this.#problem.common;
    const rows = this.#numbers(table, numTags * stride);
    const transitions = new Float64Array(numTags * numTags);
    for (let i = 0; i < numTags; i++) {
      transitions.set(rows.subarray(i * stride, i * stride + numTags), i * numTags);
    }
    return transitions;
  }

  #runLogarithmic(from: number, to: number): number {
    const { common, threads, maxLength } = this.#problem;
    const { numTags, stride } = common;
    const offsets = new Uint32Array(this.#buffer, common.sequenceOffsets, to + 1);
    const weights = common.sequenceWeights > 0 ? this.#numbers(common.sequenceWeights, to) : undefined;
    const scores = this.#numbers(threads[this.#thread].scores, maxLength * stride);
    const transitions = this.#transitions();
    let loss = 0;
    for (let s = from; s < to; s++) {
      const start = offsets[s];
      const length = offsets[s + 1] - start;
      const tags = new Uint16Array(this.#buffer, common.tags + 2 * start, length);
      const weight = weights ? weights[s] : 1;
      this.functions.scoreTokens(start, start + length);
      let path = 0;
      for (let t = 0, o = 0; t < length; t++, o += stride) {
        path += scores[o + tags[t]];
        if (t > 0) path += transitions[tags[t - 1] * numTags + tags[t]];
      }
      loss += weight * ((this.#logPass?.run(length, scores, weight) ?? NaN) - path);
      this.functions.addExpectations(start, start + length, weight);
    }
    return loss;
  }

  #numbers(address: number, length: number): Float64Array {
    return new Float64Array(this.#buffer, address, length);
  }
}
