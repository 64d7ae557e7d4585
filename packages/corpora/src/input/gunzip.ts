import { CorpusError } from '../errors.js';
import { streamChunks } from './chunks.js';

/** Undoes a compression; the node entry has its own, which is faster. */
export type Inflate = (chunks: AsyncIterable<Uint8Array>, file?: string) => AsyncIterable<Uint8Array>;

/** Undoes gzip by the host's DecompressionStream, which browsers, Deno and Node have. */
export const gunzip: Inflate = (chunks, file) => decompress(chunks, 'gzip', file);

/** Undoes the compression of a zip's members. */
export const inflateRaw: Inflate = (chunks, file) => decompress(chunks, 'deflate-raw', file);

async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  format: CompressionFormat,
  file: string | undefined,
): AsyncGenerator<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') {
    throw new CorpusError({ file, expected: 'a host with DecompressionStream', actual: 'one without' });
  }
  const iterator = chunks[Symbol.asyncIterator]();
  let failure: { error: unknown } | undefined;
  const compressed = new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        failure = { error }; // of the source itself: to be told as it is
        controller.error(error);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  try {
    yield* streamChunks(compressed.pipeThrough(new DecompressionStream(format)));
  } catch (error) {
    throw failure ? failure.error : damaged(file, error);
  }
}

/** The error for compressed data that cannot be undone. */
export function damaged(file: string | undefined, cause: unknown): CorpusError {
  return new CorpusError({
    file,
    expected: 'sound compressed data',
    actual: `"${cause instanceof Error ? cause.message : String(cause)}"`,
    hint: 'the file is damaged or cut off',
    cause,
  });
}
