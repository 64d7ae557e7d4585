import type { Attributes } from '../attributes.js';
import { breather } from '../breathe.js';
import { CrfInputError, show } from '../errors.js';
import { checkSignal, itemsOf } from '../read-source.js';
import { processors, whyNoWorkers } from '../threads/host.js';
import type { TaggingMemory } from './memory.js';

/** Sequences to tag: for each the attributes of its tokens. */
export type AttributeSource = Iterable<readonly Attributes[]> | AsyncIterable<readonly Attributes[]>;

export interface PredictAllOptions {
  /**
   * Threads to work on, this one among them, which prepares the attributes for the others; 1 = this one alone, and each result comes
   * before the next sequence is read. Default: 3 where there are at least 4 processors, once the input has shown to be large, else 1.
   */
  readonly threads?: number | undefined;
  /** Aborts: the iteration rejects with its reason, and no thread is left. */
  readonly signal?: AbortSignal | undefined;
}

/** More threads than this wait for the one that prepares. */
const MOST_THREADS = 3;
/** With fewer processors, which may be threads of one core, others take from this one what they give. */
const LEAST_PROCESSORS = 4;
const MAX_THREADS = 256;
/** Tokens after which threads are started unasked: it takes about fifty milliseconds. */
const LARGE = 1 << 15;

/** What `predictAll` needs of a model. */
export interface PredictingModel {
  readonly tags: readonly string[];
  /** Where threads can be given it: see `Tagger`. */
  readonly memory: TaggingMemory | undefined;
  /** The best tags of one sequence; `index` is its number, for messages. */
  predict(sequence: readonly Attributes[], index: number): string[];
}

/** The best tags of each sequence, in their order; see `LinearCrf.predictAll`. */
export async function* predictAll(
  model: PredictingModel,
  source: AttributeSource,
  { threads, signal }: PredictAllOptions,
): AsyncGenerator<string[], void, undefined> {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS)) {
    throw new CrfInputError(
      `threads: expected a whole number from 1 to ${MAX_THREADS}, got ${show(threads)}`,
    );
  }
  checkSignal(signal);
  const breathe = breather(signal);
  const items = itemsOf('sequences', source, signal);
  // Whatever is tagged on this thread is the next to come out.
  let index = 0;
  const here = (sequence: readonly Attributes[]): string[] => model.predict(sequence, index);
  const { memory } = model;
  const canStart = memory !== undefined && whyNoWorkers() === undefined;
  const most = canStart ? (threads ?? (processors() < LEAST_PROCESSORS ? 1 : MOST_THREADS)) : 1;
  try {
    let left = most === 1 ? Infinity : threads === undefined ? LARGE : 0;
    while (left > 0) {
      const next = await items.next();
      if (next.done === true) return;
      const tags = here(next.value);
      left -= tags.length;
      index++;
      yield tags;
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    if (memory === undefined) return;
    const { tagInPool } = await import('./pool/tag-in-pool.js');
    for await (const tags of tagInPool(items, memory, model.tags, most - 1, here, signal, breathe)) {
      index++;
      yield tags;
    }
  } finally {
    await items.return();
  }
}
