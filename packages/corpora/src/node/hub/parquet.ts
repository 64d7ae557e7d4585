import { open } from 'node:fs/promises';
import { CorpusError } from '../../errors.js';

/** A column of class labels: its names by number, as the `datasets` library writes them beside the data. */
function namesOf(feature: unknown): readonly string[] | undefined {
  if (typeof feature !== 'object' || feature === null) return undefined;
  if ('names' in feature && Array.isArray(feature.names)) return feature.names as string[];
  if ('feature' in feature) return namesOf(feature.feature);
  return Array.isArray(feature) ? namesOf(feature[0]) : undefined;
}

/** Rows of one file, and what it says of its tags. */
export interface ParquetRows {
  readonly columns: readonly string[];
  /** Names of class labels, by column. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly rows: () => AsyncGenerator<Record<string, unknown>[]>;
}

const rowsAtATime = 2000;

/** Opens a parquet file: its columns now, its rows as they are asked for, some thousand at a time. */
export async function openParquet(path: string, file: string): Promise<ParquetRows> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const damaged = (cause: unknown): CorpusError =>
    new CorpusError({
      file,
      expected: 'a sound parquet file',
      actual: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  const bytes = await randomAccess(path);
  try {
    const metadata = await parquetMetadataAsync(bytes).catch((cause: unknown) => {
      throw damaged(cause);
    });
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const described = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
    const total = Number(metadata.num_rows);
    return {
      columns,
      names: described === undefined ? new Map() : readNames(described),
      rows: async function* () {
        const again = await randomAccess(path);
        try {
          for (let start = 0; start < total; start += rowsAtATime) {
            const end = Math.min(total, start + rowsAtATime);
            yield await parquetReadObjects({ file: again, metadata, rowStart: start, rowEnd: end }).catch(
              (cause: unknown) => {
                throw damaged(cause);
              },
            );
          }
        } finally {
          await again.close();
        }
      },
    };
  } finally {
    await bytes.close();
  }
}

function readNames(described: string): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  try {
    const { info } = JSON.parse(described) as { info?: { features?: Record<string, unknown> } };
    for (const [column, feature] of Object.entries(info?.features ?? {})) {
      const found = namesOf(feature);
      if (found !== undefined) names.set(column, found);
    }
  } catch {
    // A note that is no JSON is none of ours.
  }
  return names;
}

async function randomAccess(path: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start: number, end: number = size): Promise<ArrayBuffer> => {
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
    close: () => handle.close(),
  };
}
