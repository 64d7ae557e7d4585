import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { readWordVectors, type ReadVectorsOptions, type WordVectors } from '../neural/word-vectors.js';

/**
 * Reads word vectors from a `.vec` or `.vec.gz` file; see `readWordVectors`. Ends before the end of the file where enough words have been kept.
 *
 * @throws TaggerError (as a rejection) for a line that is none, with file and number; what the file system and gunzip throw
 */
export async function loadWordVectors(path: string, options: ReadVectorsOptions = {}): Promise<WordVectors> {
  const file = createReadStream(path);
  const named = { name: path, ...options };
  if (!path.endsWith('.gz')) return readWordVectors(file, named);
  const bytes = createGunzip();
  file.on('error', (error) => bytes.destroy(error));
  file.pipe(bytes);
  try {
    return await readWordVectors(bytes, named);
  } finally {
    file.destroy();
    bytes.destroy();
  }
}
