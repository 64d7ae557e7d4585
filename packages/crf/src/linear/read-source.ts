import type { Breathe } from './breathe.js';
import { CrfInputError, show } from './errors.js';

/**
 * Hands each item of an iterable or async iterable to `take`. An abort ends it even while the source lets it wait; the
 * source is closed then, as it is when `take` throws.
 */
export async function readSource<T>(
  name: string,
  source: Iterable<T> | AsyncIterable<T>,
  take: (item: T) => void,
  breathe: Breathe,
  signal: AbortSignal | undefined,
): Promise<void> {
  const given: unknown = source;
  const iterable = typeof given === 'object' && given !== null;
  if (iterable && Symbol.asyncIterator in given) {
    for await (const item of abortable((given as AsyncIterable<T>)[Symbol.asyncIterator](), signal)) {
      take(item);
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
  } else if (iterable && Symbol.iterator in given) {
    for (const item of given as Iterable<T>) {
      take(item);
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
  } else {
    throw noSource(name, given);
  }
}

/** The items of an async iterator. An abort ends it even while the source lets it wait; the source is closed then. */
async function* abortable<T>(
  iterator: AsyncIterator<T, unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  // Not a race between promises: one that is never settled would collect a reaction for every item.
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  let open = true;
  try {
    for (;;) {
      // An abort while an item was worked on woke nobody.
      signal?.throwIfAborted();
      const next = await new Promise<IteratorResult<T, unknown> | undefined>((resolve, reject) => {
        wake = () => {
          resolve(undefined);
        };
        iterator.next().then(resolve, reject);
      });
      signal?.throwIfAborted();
      if (next === undefined || next.done === true) {
        open = false;
        return;
      }
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs would make this hang as well.
    if (open) iterator.return?.().catch(() => undefined);
  }
}

/** The items of an iterable or async iterable, one when it is asked for; an abort ends it as it ends `readSource`. */
export async function* itemsOf<T>(
  name: string,
  source: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const given: unknown = source;
  const iterable = typeof given === 'object' && given !== null;
  if (iterable && Symbol.asyncIterator in given) {
    yield* abortable((given as AsyncIterable<T>)[Symbol.asyncIterator](), signal);
  } else if (iterable && Symbol.iterator in given) {
    for (const item of given as Iterable<T>) {
      signal?.throwIfAborted();
      yield item;
    }
  } else {
    throw noSource(name, given);
  }
}

const noSource = (name: string, given: unknown): CrfInputError =>
  new CrfInputError(`${name}: expected an iterable or async iterable of sequences, got ${show(given)}`);

/** Refuses what cannot abort anything, such as the controller in the place of its signal; throws the reason of an abort that has come. */
export function checkSignal(signal: AbortSignal | undefined): void {
  const given = signal as { readonly throwIfAborted?: unknown } | undefined;
  if (given && typeof given.throwIfAborted !== 'function') {
    throw new CrfInputError(`signal: expected an AbortSignal, got ${show(given)}`);
  }
  signal?.throwIfAborted();
}
