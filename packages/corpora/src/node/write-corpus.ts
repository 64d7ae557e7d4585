import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';
import { formatBytes, type WriteFormat, type WriteOptions } from '../write/write.js';
import { fileError, standardStream } from './files.js';

/** What was written. */
export interface WriteResult {
  readonly sentences: number;
  readonly tokens: number;
}

/**
 * Writes a corpus to a file, or to standard output (`-`). The format is JSONL for names in `.jsonl` or `.ndjson`, else columns, unless
 * option `format` says so; a name in `.gz` is gzipped. The file appears when it is complete: it is written under another name beside
 * its place, renamed at the end, and taken away after an error.
 *
 * @throws CorpusError for sentences that the format cannot hold, and for a file that cannot be written; what the sentences' source
 *   throws.
 */
export async function writeCorpus(
  path: string,
  sentences: Sentences,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const written = { sentences: 0, tokens: 0 };
  const counted = { batches: () => counting(sentences, written), [Symbol.asyncIterator]: neverOneByOne };
  const bytes = formatBytes(counted, { ...options, format: options.format ?? formatOf(path) });
  if (path === standardStream) {
    await pipeline(bytes, process.stdout, { end: false });
    return written;
  }
  // The file behind a symbolic link is written, not the link replaced.
  const target = await realpath(path).catch(() => path);
  const partial = `${target}.${randomUUID()}.partial`;
  try {
    const output = createWriteStream(partial, { flags: 'wx' });
    const source = Readable.from(bytes, { objectMode: false });
    if (path.endsWith('.gz')) await pipeline(source, createGzip(), output);
    else await pipeline(source, output);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw isSystemError(error) ? fileError(path, error) : error;
  }
  return written;
}

/** The format that a file's name stands for. */
export function formatOf(path: string): WriteFormat {
  return /\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(path) ? 'jsonl' : 'conll';
}

async function* counting(
  sentences: Sentences,
  written: { sentences: number; tokens: number },
): AsyncGenerator<readonly Sentence[]> {
  for await (const batch of batchesOf(sentences)) {
    written.sentences += batch.length;
    for (const { tokens } of batch) written.tokens += tokens.length;
    yield batch;
  }
}

const neverOneByOne = (): AsyncIterator<Sentence> => {
  throw new Error('batches are read');
};

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
