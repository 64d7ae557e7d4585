import type { Corpus } from '../../corpus.js';
import type { FeatureSet } from '../../features.js';
import { arrange, DENSE, LONE, NONE, ONCE, SPARSE } from './arrange.js';
import { Layout, type Kind } from './arena.js';
import type { CommonPlan, ThreadPlan } from './exports.js';

/** A training set in the memory of the kernels: addresses and counts. Nothing but numbers, to be handed to a thread. */
export interface Problem {
  readonly common: CommonPlan;
  readonly threads: readonly ThreadPlan[];
  /** [threads + 1]: thread `k` works on the sequences shares[k] .. shares[k + 1]. */
  readonly shares: readonly number[];
  readonly numFeatures: number;
  /** Places in the table, and where its dense rows end. */
  readonly size: number;
  readonly denseEnd: number;
  readonly sparseRows: number;
  readonly maxLength: number;
  /** u32 [numFeatures]: the place of each feature in the table. */
  readonly places: number;
  /** f64 [numFeatures] */
  readonly observed: number;
  /** Places in each thread's `expected`; between two of them there are so many bytes. */
  readonly expectedBytes: number;
  /** f64 [numFeatures] each: for vectors of the optimiser. */
  readonly vectors: readonly number[];
  /** What threads wait and leave sums for each other at; see barrier.ts. */
  readonly control: number;
  readonly pages: number;
}

/** Numbers for the threads to meet at, of 4 bytes, and for each thread some of 8. */
const CONTROL_BYTES = 64;

/**
 * Decides where everything lies. Gives the problem and a function that writes it into a memory of that many pages.
 */
export function layOut(
  corpus: Corpus,
  features: FeatureSet,
  numThreads: number,
  numVectors: number,
): { problem: Problem; write: (memory: WebAssembly.Memory) => void } {
  const { numSequences, numTokens, attributeValues, sequenceOffsets } = corpus;
  const { numTags, numFeatures } = features;
  const arrangement = arrange(corpus, features);
  const { stride, occurrences, sparseRows, sparseWeights } = arrangement;
  let maxLength = 0;
  for (let s = 0; s < numSequences; s++) {
    maxLength = Math.max(maxLength, sequenceOffsets[s + 1] - sequenceOffsets[s]);
  }

  const layout = new Layout();
  const region = (kind: Kind, length: number): number => layout.region(kind, length);
  const offsets = (): number => region('u32', numTokens + 1);
  const values = (kind: number): number => (attributeValues ? region('f64', occurrences[kind]) : 0);
  const sparse = occurrences[SPARSE] > 0;
  const control = region('f64', CONTROL_BYTES / 8 + 8 * numThreads);
  const common: CommonPlan = {
    numTags,
    stride,
    sequenceOffsets: region('u32', numSequences + 1),
    tags: region('u16', numTokens),
    sequenceWeights: corpus.weights ? region('f64', numSequences) : 0,
    denseOffsets: offsets(),
    densePlaces: region('u32', occurrences[DENSE]),
    denseValues: values(DENSE),
    loneOffsets: offsets(),
    lonePlaces: region('u32', occurrences[LONE]),
    loneValues: values(LONE),
    onceOffsets: offsets(),
    onceValues: values(ONCE),
    sparseOffsets: sparse ? offsets() : 0,
    sparseRows: region('u32', occurrences[SPARSE]),
    sparseValues: values(SPARSE),
    sparseStarts: region('u32', sparseRows + 1),
    sparseTags: region('u16', sparseWeights),
    sparseBase: arrangement.sparseBase,
    table: region('f64', arrangement.size),
    onceBase: arrangement.onceBase,
    onceExpected: region('f64', occurrences[ONCE]),
  };
  const places = region('u32', numFeatures);
  const observed = region('f64', numFeatures);
  // All threads' one after the other, so that the one that adds them up needs no list.
  const expected = Array.from({ length: numThreads }, () => region('f64', arrangement.onceBase));
  const threads = expected.map((address): ThreadPlan => ({
    expected: address,
    scores: region('f64', maxLength * stride),
    alpha: region('f64', maxLength * stride),
    ahead: region('f64', maxLength * stride),
    scales: region('f64', maxLength),
    factors: region('f64', numTags * stride),
    factorsByTo: region('f64', numTags * stride),
    pairs: region('f64', stride * stride),
  }));
  const vectors = Array.from({ length: numVectors }, () => region('f64', numFeatures));
  const problem: Problem = {
    common,
    threads,
    shares: cutShares(corpus, stride, numThreads),
    numFeatures,
    size: arrangement.size,
    denseEnd: arrangement.denseEnd,
    sparseRows,
    maxLength,
    places,
    observed,
    expectedBytes: numThreads > 1 ? expected[1] - expected[0] : 0,
    vectors,
    control,
    pages: layout.pages,
  };

  const write = ({ buffer }: WebAssembly.Memory): void => {
    const u32 = (address: number, length: number) => new Uint32Array(buffer, address, length);
    const u16 = (address: number, length: number) => new Uint16Array(buffer, address, length);
    const f64 = (address: number, length: number) => new Float64Array(buffer, address, length);
    u32(common.sequenceOffsets, numSequences + 1).set(sequenceOffsets);
    u16(common.tags, numTokens).set(corpus.tags);
    if (corpus.weights) f64(common.sequenceWeights, numSequences).set(corpus.weights);
    f64(observed, numFeatures).set(features.observed);

    const lists: (List | undefined)[] = [];
    const list = (kind: number, offsetsAt: number, placesAt: number, valuesAt: number): void => {
      lists[kind] = {
        offsets: u32(offsetsAt, numTokens + 1),
        places: placesAt > 0 ? u32(placesAt, occurrences[kind]) : undefined,
        values: valuesAt > 0 ? f64(valuesAt, occurrences[kind]) : undefined,
        end: 0,
      };
    };
    list(DENSE, common.denseOffsets, common.densePlaces, common.denseValues);
    list(LONE, common.loneOffsets, common.lonePlaces, common.loneValues);
    list(ONCE, common.onceOffsets, 0, common.onceValues);
    if (sparse) list(SPARSE, common.sparseOffsets, common.sparseRows, common.sparseValues);
    const { kinds, placeOf } = arrangement;
    const { tokenOffsets, attributeIds } = corpus;
    for (let t = 0; t < numTokens; t++) {
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const a = attributeIds[i];
        if (kinds[a] === NONE) continue;
        const items = lists[kinds[a]];
        if (items === undefined) continue;
        const end = items.end++;
        if (items.places) items.places[end] = placeOf[a];
        // Each comes once, so its place can be noted when it does.
        else placeOf[a] = arrangement.onceBase + end;
        if (items.values && attributeValues) items.values[end] = attributeValues[i];
      }
      for (const items of lists) if (items) items.offsets[t + 1] = items.end;
    }

    const { rowOffsets, rowTags, numAttributes, numStateFeatures, transitionCells } = features;
    const featurePlaces = u32(places, numFeatures);
    const sparseStarts = u32(common.sparseStarts, sparseRows + 1);
    const sparseTags = u16(common.sparseTags, sparseWeights);
    let sparseEnd = arrangement.sparseBase;
    sparseStarts[0] = sparseEnd;
    for (let a = 0; a < numAttributes; a++) {
      for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
        if (kinds[a] === SPARSE) {
          sparseTags[sparseEnd - arrangement.sparseBase] = rowTags[r];
          featurePlaces[r] = sparseEnd++;
        } else {
          featurePlaces[r] = placeOf[a] + (kinds[a] === DENSE ? rowTags[r] : 0);
        }
      }
      if (kinds[a] === SPARSE) sparseStarts[placeOf[a] + 1] = sparseEnd;
    }
    for (let k = 0; k < transitionCells.length; k++) {
      const from = Math.floor(transitionCells[k] / numTags);
      featurePlaces[numStateFeatures + k] = from * stride + (transitionCells[k] % numTags);
    }
  };
  return { problem, write };
}

/** The attributes of each token that are of one kind, while they are written. */
interface List {
  readonly offsets: Uint32Array;
  readonly places: Uint32Array | undefined;
  readonly values: Float64Array | undefined;
  end: number;
}

/** Cuts the sequences into runs that take about the same time. */
function cutShares(corpus: Corpus, stride: number, numThreads: number): number[] {
  const { numSequences, sequenceOffsets, tokenOffsets } = corpus;
  const shares = [0];
  const work = (token: number): number => tokenOffsets[token] + 3 * stride * token;
  const all = work(corpus.numTokens);
  for (let k = 1, s = 0; k < numThreads; k++) {
    while (s < numSequences && work(sequenceOffsets[s]) < (all * k) / numThreads) s++;
    shares.push(s);
  }
  shares.push(numSequences);
  return shares;
}
