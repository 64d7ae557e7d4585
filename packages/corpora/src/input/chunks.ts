import { CorpusError, shown } from '../errors.js';

/**
 * Where a corpus comes from: its whole text; its bytes; a Blob or File; or pieces of text or bytes, cut anywhere (they are
 * joined as they are: a list of lines must keep its line ends).
 */
export type CorpusSource =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array>
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

export type Chunk = string | Uint8Array;

/** The source as pieces. Streams and generators can be read once only; the others anew each time. */
export async function* chunksOf(source: CorpusSource): AsyncGenerator<Chunk> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    yield source;
  } else if (typeof Blob !== 'undefined' && source instanceof Blob) {
    yield* streamChunks(source.stream());
  } else if (hasMember(source, 'getReader')) {
    yield* streamChunks(source as ReadableStream<Uint8Array>);
  } else if (hasMember(source, Symbol.asyncIterator) || hasMember(source, Symbol.iterator)) {
    for await (const chunk of source as AsyncIterable<Chunk>) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
        throw new CorpusError({ expected: 'pieces of text or bytes as the source', actual: shown(chunk) });
      }
      yield chunk;
    }
  } else {
    throw new CorpusError({
      expected: 'text, bytes, a Blob, a stream, or an iterable of text or bytes as the source',
      actual: shown(source),
    });
  }
}

/** Plain JavaScript can pass anything. */
export const hasMember = (value: unknown, name: PropertyKey): boolean =>
  typeof value === 'object' && value !== null && name in value;

/** Not every browser lets a ReadableStream be looped over. */
export async function* streamChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** Joins what was read so far; no copy where it is one piece. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A stream whose first bytes have been looked at. */
export interface Peeked<C, T> {
  /** What the look at the first bytes gave. */
  readonly seen: T;
  /** All pieces, from the first one on. */
  readonly chunks: AsyncIterable<C>;
  /** Closes the source, where the pieces are not wanted after all. */
  close(): Promise<void>;
}

/**
 * Looks at the first bytes of a stream: at least `size` of them, if there are as many; where text comes, at what came before it and at the text. The source is closed
 * where the look throws.
 */
export async function peek<C extends Chunk, T>(
  chunks: AsyncIterable<C>,
  size: number,
  look: (head: Uint8Array, text: string) => T,
): Promise<Peeked<C, T>> {
  const iterator = chunks[Symbol.asyncIterator]();
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  const read: C[] = [];
  const bytes: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < size) {
    const next = await iterator.next();
    if (next.done === true) {
      ended = true;
      break;
    }
    read.push(next.value);
    if (typeof next.value === 'string') break;
    bytes.push(next.value);
    length += next.value.length;
  }
  try {
    const last = read.at(-1);
    return {
      seen: look(concatBytes(bytes), typeof last === 'string' ? last : ''),
      chunks: resumed(read, iterator, ended),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* resumed<C>(read: C[], iterator: AsyncIterator<C>, ended: boolean): AsyncGenerator<C> {
  let open = !ended;
  try {
    yield* read;
    while (open) {
      const next = await iterator.next();
      if (next.done === true) open = false;
      else yield next.value;
    }
  } finally {
    // Closes the source also where the reader stops early.
    if (open) await iterator.return?.();
  }
}
