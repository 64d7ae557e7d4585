import { Readable, type Transform } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { damaged, type Inflate } from '../input/gunzip.js';

const chunkSize = 1 << 17;

/** Undoes gzip by zlib; also several members in a row, as `cat a.gz b.gz` makes them. */
export const nodeGunzip: Inflate = (chunks, file) => through(createGunzip({ chunkSize }), chunks, file);

export const nodeInflateRaw: Inflate = (chunks, file) =>
  through(createInflateRaw({ chunkSize }), chunks, file);

async function* through(
  transform: Transform,
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  let failure: Error | undefined; // of the source itself: to be told as it is
  source.on('error', (error) => {
    failure = error;
    transform.destroy(error);
  });
  source.pipe(transform);
  try {
    yield* transform as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw failure ?? damaged(file, error);
  } finally {
    source.destroy();
    transform.destroy();
  }
}
