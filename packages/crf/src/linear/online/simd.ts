import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import { logPass, MAX_SCALED_SPREAD, type ChainPass } from '../kernel/chain-pass.js';
import { MAX_PAGES } from '../kernel/simd/arena.js';
import { instantiate, setPlan, type SimdFunctions } from '../kernel/simd/exports.js';
import { compileModule } from '../kernel/simd/module.js';
import { layOut, type Problem } from '../kernel/simd/problem.js';
import type { Difference } from './difference.js';
import { shrinkRun, type OnlineKernel } from './kernel.js';

/**
 * The kernel in WebAssembly with SIMD, on a problem that lies in memory as for the batch kernel. Its weights are the table; see
 * assembly/online.ts and assembly/plan.ts for what stands where.
 */
class SimdOnlineKernel implements OnlineKernel {
  readonly name = 'simd';
  readonly notes: readonly string[] = [];
  readonly weights: Float64Array;
  readonly places: Uint32Array;
  readonly path: Int32Array;
  readonly #functions: SimdFunctions;
  readonly #problem: Problem;
  readonly #sequenceOffsets: Uint32Array;
  readonly #tags: Uint16Array;
  readonly #scores: Float64Array; // [t * stride + tag]
  readonly #expected: Float64Array; // the expected transitions [from * stride + to], then squares, by place
  readonly #onceSquares: Float64Array;
  readonly #cells: Uint32Array; // [transition features], from * stride + to
  readonly #cellSquares: Float64Array; // [numTags * stride]
  readonly #lists: Lists;
  #logPass: ChainPass | undefined;

  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    problem: Problem,
    features: FeatureSet,
    numSequences: number,
  ) {
    const exports = instantiate(module, memory);
    const { common, threads, size, maxLength, numFeatures } = problem;
    const { numTags, stride, onceBase } = common;
    setPlan(exports, { ...common, ...threads[0] });
    this.#functions = exports as unknown as SimdFunctions;
    this.#problem = problem;
    const f64 = (address: number, length: number) => new Float64Array(memory.buffer, address, length);
    this.weights = f64(common.table, size);
    this.places = new Uint32Array(memory.buffer, problem.places, numFeatures);
    this.path = new Int32Array(memory.buffer, threads[0].scales, maxLength);
    this.#sequenceOffsets = new Uint32Array(memory.buffer, common.sequenceOffsets, numSequences + 1);
    const numTokens = this.#sequenceOffsets[numSequences];
    this.#tags = new Uint16Array(memory.buffer, common.tags, numTokens);
    this.#scores = f64(threads[0].scores, maxLength * stride);
    this.#expected = f64(threads[0].expected, onceBase);
    this.#onceSquares = f64(common.onceExpected, size - onceBase);
    this.#cells = this.places.subarray(features.numStateFeatures);
    this.#cellSquares = new Float64Array(numTags * stride);
    this.#lists = new Lists(memory.buffer, problem, numTokens);
    // By -0 the functions know what is no feature.
    this.weights.fill(-0);
    for (let k = 0; k < numFeatures; k++) this.weights[this.places[k]] = 0;
  }

  lengthOf(sequence: number): number {
    return this.#sequenceOffsets[sequence + 1] - this.#sequenceOffsets[sequence];
  }

  descend(sequence: number, scale: number, gain: number, weight: number): number {
    const loss = this.#infer(sequence, scale);
    const factor = gain * weight;
    this.#functions.slopes(sequence, factor);
    this.#functions.descend(sequence);
    const { stride } = this.#problem.common;
    const { weights } = this;
    const cells = this.#cells;
    for (let k = 0; k < cells.length; k++) weights[cells[k]] -= factor * this.#expected[cells[k]];
    const tags = this.#tags;
    for (let t = this.#sequenceOffsets[sequence] + 1; t < this.#sequenceOffsets[sequence + 1]; t++) {
      weights[tags[t - 1] * stride + tags[t]] += factor;
    }
    return weight * loss;
  }

  startAdaptive(): void {
    this.#functions.startSquares();
    this.#expected.fill(1);
    this.#onceSquares.fill(1);
    this.#cellSquares.fill(1);
  }

  get squares(): readonly Float64Array[] {
    return [this.#expected, this.#onceSquares, this.#cellSquares];
  }

  descendAdaptively(sequence: number, eta: number, weight: number): number {
    const loss = this.#infer(sequence, 1);
    this.#functions.slopes(sequence, weight);
    this.#functions.descendAdaptively(sequence, eta);
    const { stride } = this.#problem.common;
    const expected = this.#expected;
    const tags = this.#tags;
    for (let t = this.#sequenceOffsets[sequence] + 1; t < this.#sequenceOffsets[sequence + 1]; t++) {
      expected[tags[t - 1] * stride + tags[t]] -= 1;
    }
    const cells = this.#cells;
    const squares = this.#cellSquares;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k];
      const slope = weight * expected[cell];
      squares[cell] += 0.5 * slope * slope;
      this.weights[cell] -= (eta / Math.sqrt(squares[cell])) * slope;
    }
    return weight * loss;
  }

  shrink(eta: number, c1: number, c2: number): void {
    const { denseEnd, sparseRows, size } = this.#problem;
    this.#functions.shrink(eta, c1, c2, denseEnd, sparseRows, size);
    for (const cell of this.#cells) {
      shrinkRun(this.weights, cell, cell + 1, eta / Math.sqrt(this.#cellSquares[cell]), c1, c2);
    }
  }

  decode(sequence: number): number {
    return this.#functions.decode(sequence);
  }

  scoreOfTags(sequence: number): number {
    return this.#scoreOfTags(sequence, 1);
  }

  compare(sequence: number, into: Difference): number {
    const { stride } = this.#problem.common;
    const { path, weights } = this;
    const tags = this.#tags;
    const from = this.#sequenceOffsets[sequence];
    const length = this.lengthOf(sequence);
    const pushFeature = (place: number, value: number): void => {
      if (!Object.is(weights[place], -0)) into.push(place, value);
    };
    into.count = 0;
    let different = 0;
    for (let t = 0; t < length; t++) {
      const gold = tags[from + t];
      const other = path[t];
      if (gold !== other) {
        different++;
        this.#lists.compare(from + t, gold, other, into, pushFeature);
      }
      if (t === 0) continue;
      const goldCell = tags[from + t - 1] * stride + gold;
      const otherCell = path[t - 1] * stride + other;
      if (goldCell === otherCell) continue;
      pushFeature(goldCell, 1);
      pushFeature(otherCell, -1);
    }
    return different;
  }

  close(): void {
    // Nothing but memory is held.
  }

  /** -log p of a sequence; its probabilities and expected transitions are in their places. */
  #infer(sequence: number, scale: number): number {
    const spread = this.#functions.beginChain(scale);
    if (spread <= MAX_SCALED_SPREAD) return this.#functions.infer(sequence, scale);
    return Number.isNaN(spread) ? NaN : this.#inferByLogarithms(sequence, scale);
  }

  #inferByLogarithms(sequence: number, scale: number): number {
    const { common, maxLength } = this.#problem;
    const { numTags, stride } = common;
    const from = this.#sequenceOffsets[sequence];
    const length = this.lengthOf(sequence);
    this.#functions.scoreTokens(from, from + length);
    for (let i = 0; i < length * stride; i++) this.#scores[i] *= scale;
    const path = this.#scoreOfTags(sequence, scale);
    const transitions = new Float64Array(numTags * numTags);
    for (let cell = 0; cell < transitions.length; cell++) {
      transitions[cell] = scale * this.weights[Math.floor(cell / numTags) * stride + (cell % numTags)];
    }
    const pass = (this.#logPass ??= logPass(numTags, stride, maxLength));
    pass.begin(transitions);
    const loss = pass.run(length, this.#scores, 1) - path;
    const expected = pass.expectedTransitions();
    for (let i = 0; i < numTags; i++) {
      this.#expected.set(expected.subarray(i * numTags, (i + 1) * numTags), i * stride);
    }
    return loss;
  }

  #scoreOfTags(sequence: number, transitionScale: number): number {
    const { stride } = this.#problem.common;
    const tags = this.#tags;
    const from = this.#sequenceOffsets[sequence];
    const to = this.#sequenceOffsets[sequence + 1];
    let score = 0;
    for (let t = from, o = 0; t < to; t++, o += stride) {
      score += this.#scores[o + tags[t]];
      if (t > from) score += transitionScale * this.weights[tags[t - 1] * stride + tags[t]];
    }
    return score;
  }
}

/** Builds a kernel of its own; undefined where the data do not fit into the memory that WebAssembly can address. */
export async function simdOnlineKernel(
  corpus: Corpus,
  features: FeatureSet,
): Promise<SimdOnlineKernel | undefined> {
  const { problem, write } = layOut(corpus, features, 1, 0);
  if (problem.pages > MAX_PAGES) return undefined;
  const module = await compileModule(false);
  const memory = new WebAssembly.Memory({ initial: problem.pages, maximum: 65536 });
  write(memory);
  return new SimdOnlineKernel(module, memory, problem, features, corpus.numSequences);
}

/** The attributes of each token, in the lists of the problem. */
class Lists {
  readonly #buffer: ArrayBufferLike;
  readonly #problem: Problem;
  readonly #denseOffsets: Uint32Array;
  readonly #loneOffsets: Uint32Array;
  readonly #onceOffsets: Uint32Array;
  readonly #sparseOffsets: Uint32Array | undefined;

  constructor(buffer: ArrayBufferLike, problem: Problem, numTokens: number) {
    const { common } = problem;
    const offsets = (address: number) => new Uint32Array(buffer, address, numTokens + 1);
    this.#buffer = buffer;
    this.#problem = problem;
    this.#denseOffsets = offsets(common.denseOffsets);
    this.#loneOffsets = offsets(common.loneOffsets);
    this.#onceOffsets = offsets(common.onceOffsets);
    this.#sparseOffsets = common.sparseOffsets > 0 ? offsets(common.sparseOffsets) : undefined;
  }

  /** The features of a token with its own tag less those with another. */
  compare(
    token: number,
    gold: number,
    other: number,
    into: Difference,
    pushFeature: (place: number, value: number) => void,
  ): void {
    const { common } = this.#problem;
    const dense = this.#part(this.#denseOffsets, token, common.densePlaces, common.denseValues);
    for (let i = 0; i < dense.items.length; i++) {
      const value = dense.values ? dense.values[i] : 1;
      pushFeature(dense.items[i] + gold, value);
      pushFeature(dense.items[i] + other, -value);
    }
    const lone = this.#part(this.#loneOffsets, token, common.lonePlaces, common.loneValues);
    for (let i = 0; i < lone.items.length; i++) into.push(lone.items[i], lone.values ? lone.values[i] : 1);
    const once = this.#part(this.#onceOffsets, token, 0, common.onceValues);
    for (let i = 0; i < once.count; i++) {
      into.push(common.onceBase + once.first + i, once.values ? once.values[i] : 1);
    }
    if (this.#sparseOffsets) this.#compareSparse(this.#sparseOffsets, token, gold, other, into);
  }

  #compareSparse(offsets: Uint32Array, token: number, gold: number, other: number, into: Difference): void {
    const { common } = this.#problem;
    const { items: rows, values } = this.#part(offsets, token, common.sparseRows, common.sparseValues);
    for (let i = 0; i < rows.length; i++) {
      const value = values ? values[i] : 1;
      const [start, end] = new Uint32Array(this.#buffer, common.sparseStarts + 4 * rows[i], 2);
      const rowTags = new Uint16Array(
        this.#buffer,
        common.sparseTags + 2 * (start - common.sparseBase),
        end - start,
      );
      for (let r = 0; r < rowTags.length; r++) {
        if (rowTags[r] === gold) into.push(start + r, value);
        else if (rowTags[r] === other) into.push(start + r, -value);
      }
    }
  }

  /** What a list has for a token: numbers, and values unless all are 1. */
  #part(
    offsets: Uint32Array,
    token: number,
    items: number,
    values: number,
  ): { first: number; count: number; items: Uint32Array; values: Float64Array | undefined } {
    const first = offsets[token];
    const count = offsets[token + 1] - first;
    return {
      first,
      count,
      items: new Uint32Array(this.#buffer, items + 4 * first, items > 0 ? count : 0),
      values: values > 0 ? new Float64Array(this.#buffer, values + 8 * first, count) : undefined,
    };
  }
}
