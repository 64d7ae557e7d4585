import { CorpusError, shown } from '../errors.js';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';
import { mix32 } from './hash.js';

/** A sentence in a sample, with the number that chose it. */
interface Chosen {
  readonly sentence: Sentence;
  readonly index: number;
  readonly priority: number;
}

export interface SubsampleOptions {
  /** `random`: a smaller sample with the same seed is the start of a larger one (default). `corpus`: as in the corpus. */
  readonly order?: 'random' | 'corpus';
}

/**
 * A random sample of a corpus, without repetition. Each sentence gets a number that depends only on the seed and its place in the
 * corpus, and those with the smallest are taken: so with one seed the 100 are among the 1,000, and a stream gives the same as
 * an array.
 *
 * @param size How many sentences; all of them, shuffled, where the corpus has no more.
 * @param seed A whole number; the low 32 bits count.
 */
export function subsample(
  sentences: Iterable<Sentence>,
  size: number,
  seed: number,
  options: SubsampleOptions = {},
): Sentence[] {
  const sampler = new Sampler(size, seed);
  for (const sentence of sentences) sampler.add(sentence);
  return sampler.result(options);
}

/** The same for a corpus that is read along the way; memory for the sample only. */
export async function streamSubsample(
  sentences: Sentences,
  size: number,
  seed: number,
  options: SubsampleOptions = {},
): Promise<Sentence[]> {
  const sampler = new Sampler(size, seed);
  for await (const batch of batchesOf(sentences)) for (const sentence of batch) sampler.add(sentence);
  return sampler.result(options);
}

/** Keeps those with the smallest numbers in a heap whose root is the first to go. */
class Sampler {
  readonly #size: number;
  readonly #key: number;
  readonly #heap: Chosen[] = [];
  #index = 0;

  constructor(size: number, seed: number) {
    if (!Number.isInteger(size) || size < 0) {
      throw new CorpusError({ expected: 'a whole number from 0 as size of the sample', actual: shown(size) });
    }
    if (!Number.isInteger(seed))
      throw new CorpusError({ expected: 'a whole number as seed', actual: shown(seed) });
    this.#size = size;
    this.#key = mix32(seed ^ 0x5bf03635);
  }

  add(sentence: Sentence): void {
    const index = this.#index++;
    const priority = priorityOf(this.#key, index);
    const heap = this.#heap;
    if (heap.length < this.#size) {
      heap.push({ sentence, index, priority });
      this.#rise(heap.length - 1);
    } else if (heap.length > 0 && before(priority, index, heap[0])) {
      heap[0] = { sentence, index, priority };
      this.#sink();
    }
  }

  result({ order = 'random' }: SubsampleOptions): Sentence[] {
    const chosen = [...this.#heap];
    chosen.sort(
      order === 'corpus'
        ? (a, b) => a.index - b.index
        : (a, b) => a.priority - b.priority || a.index - b.index,
    );
    return chosen.map(({ sentence }) => sentence);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const item = heap[from];
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(heap[parent].priority, heap[parent].index, item)) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = item;
  }

  #sink(): void {
    const heap = this.#heap;
    const item = heap[0];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = child + 1;
      if (right < heap.length && before(heap[child].priority, heap[child].index, heap[right])) child = right;
      if (!before(item.priority, item.index, heap[child])) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = item;
  }
}

/** Whether the first stands before the other; no two stand at the same place. */
const before = (priority: number, index: number, other: Chosen): boolean =>
  priority < other.priority || (priority === other.priority && index < other.index);

/** 53 bits that look random, of a place in the corpus. */
function priorityOf(key: number, index: number): number {
  const low = index >>> 0;
  const high = Math.floor(index / 0x100000000);
  const first = mix32(low ^ mix32(high ^ key));
  const second = mix32((low + 0x9e3779b9) ^ first ^ key);
  return first * 0x200000 + (second >>> 11);
}
