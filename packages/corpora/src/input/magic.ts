import { CorpusError } from '../errors.js';

/** How many bytes {@link containerOf} wants to see: a tar header says what it is at byte 257. */
export const magicLength = 512;

export type Container = 'gzip' | 'zip' | 'tar' | undefined;

const signatures: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { name: 'Zstandard', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'RAR', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { name: 'Parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
  { name: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
];

const startsWith = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  head.length >= at + bytes.length && bytes.every((byte, index) => head[at + index] === byte);

/**
 * What the first bytes of a file say that it is packed in.
 *
 * @throws CorpusError for what is not read here (xz, bzip2, Parquet and the like).
 */
export function containerOf(head: Uint8Array, file?: string): Container {
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (startsWith(head, [0x75, 0x73, 0x74, 0x61, 0x72], 257)) return 'tar';
  const other = signatures.find(({ name, bytes }) => {
    // "BZh" could start a text; a bzip2 file goes on with a digit and the digits of pi.
    return startsWith(head, bytes) && (name !== 'bzip2' || startsWith(head, [0x31, 0x41, 0x59, 0x26], 4));
  });
  if (other) {
    throw new CorpusError({
      file,
      expected: 'text, gzip, tar or zip',
      actual: `${other.name} data`,
      hint: 'unpack or convert it first',
    });
  }
  return undefined;
}
