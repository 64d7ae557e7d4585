import type { Attributes } from '../../attributes.js';
import type { Breathe } from '../../breathe.js';
import { valueOf } from '../layout.js';
import type { TaggingMemory } from '../memory.js';
import { BatchBuilder } from './batch-builder.js';
import { UNDECIDED } from './messages.js';
import { Pool } from './pool.js';

/** Batches that are under way for each thread: one that it works on, one that waits. */
const BATCHES_A_THREAD = 2;

/** Sequences that may wait for the same batch. */
const GROUP = 4096;

/** Sequences in their order; `isPacked` says which of them are in the batch that a thread tags. */
interface Group {
  readonly sequences: (readonly Attributes[])[];
  readonly isPacked: boolean[];
  tags: Promise<Uint16Array> | undefined;
}

const emptyGroup = (): Group => ({ sequences: [], isPacked: [], tags: undefined });

/**
 * The tags of sequences by so many other threads, in the order of the sequences; this thread writes them down for those. `here` tags one
 * on this thread, with its result or its error: those that cannot be given to others, and all that is left when a thread has failed.
 */
export async function* tagInPool(
  source: AsyncIterable<readonly Attributes[]>,
  memory: TaggingMemory,
  tagNames: readonly string[],
  threads: number,
  here: (sequence: readonly Attributes[]) => string[],
  signal: AbortSignal | undefined,
  breathe: Breathe,
): AsyncGenerator<string[], void, undefined> {
  const pool = startPool(memory, threads);
  const onAbort = (): void => {
    pool?.fail(signal?.reason);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const builder = new BatchBuilder(valueOf(memory.functions.maxTokens));
    const underWay: Group[] = [];
    let group = emptyGroup();
    const send = (): void => {
      if (group.sequences.length === 0) return;
      if (!builder.isEmpty) group.tags = pool?.tag(builder.take());
      underWay.push(group);
      group = emptyGroup();
    };
    for await (const sequence of source) {
      let added = pool ? builder.add(sequence) : 'unfit';
      if (added === 'full') {
        send();
        added = builder.add(sequence);
      }
      group.sequences.push(sequence);
      group.isPacked.push(added === 'added');
      // Not by number alone: those that no thread can be given come out in time, too.
      if (builder.isEmpty || group.sequences.length >= GROUP) send();
      while (underWay.length > BATCHES_A_THREAD * threads) yield* results(underWay.shift());
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    send();
    while (underWay.length > 0) yield* results(underWay.shift());
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await pool?.close();
  }

  async function* results(group: Group | undefined): AsyncGenerator<string[], void, undefined> {
    if (group === undefined) return;
    let tags: Uint16Array | undefined;
    try {
      tags = await group.tags;
    } catch {
      // Unless it was an abort, this thread does what another could not.
      signal?.throwIfAborted();
    }
    let at = 0;
    for (const [i, sequence] of group.sequences.entries()) {
      // The caller may abort when all has been read and answered.
      signal?.throwIfAborted();
      // A group that is tagged here, and a fast reader of results, would hold the thread.
      const pause = breathe();
      if (pause !== undefined) await pause;
      if (tags === undefined || !group.isPacked[i]) {
        yield here(sequence);
        continue;
      }
      const end = at + sequence.length;
      yield tags[at] === UNDECIDED
        ? here(sequence)
        : Array.from(tags.subarray(at, end), (tag) => tagNames[tag]);
      at = end;
    }
  }
}

/** Undefined where the host forbids it, as a page may: then this thread does all. */
function startPool(memory: TaggingMemory, threads: number): Pool | undefined {
  try {
    return new Pool(memory, threads);
  } catch {
    return undefined;
  }
}
