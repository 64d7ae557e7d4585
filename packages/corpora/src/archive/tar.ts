import { CorpusError } from '../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ArchiveMember } from './member.js';

const blockSize = 512;
/** A name of this length is no name. */
const maxExtension = 1 << 20;

/**
 * The files of a tar archive, in order, without reading any of it ahead. Each one's bytes are to be read before the next is asked
 * for; what is left of them is skipped. Knows ustar, GNU's and POSIX's long names, and sizes over 8 GB.
 *
 * @param chunks The archive, already unpacked where it is a `.tar.gz`.
 * @throws CorpusError for what is not a sound tar archive.
 */
export async function* tarMembers(
  chunks: AsyncIterable<Uint8Array>,
  file?: string,
): AsyncGenerator<ArchiveMember> {
  const reader = new ByteReader(chunks);
  const extended = new Map<string, string>(); // for the next member
  try {
    for (;;) {
      const header = await reader.exactly(blockSize);
      if (header.length === 0 || header.every((byte) => byte === 0)) return;
      if (header.length < blockSize) throw cutOff(file);
      checkSum(header, file);
      const type = String.fromCharCode(header[156]);
      const size = Number(extended.get('size') ?? readNumber(header, 124, 12, file));
      const padding = (blockSize - (size % blockSize)) % blockSize;
      if (type === 'L' || type === 'x' || type === 'g') {
        if (size > maxExtension) throw damagedTar(file, `a name of ${size} bytes`);
        const data = await reader.exactly(size);
        if (data.length < size) throw cutOff(file);
        await skip(reader, padding, file);
        if (type === 'L') extended.set('path', readText(data, 0, data.length));
        else if (type === 'x') readPax(data, extended);
        continue;
      }
      const name = extended.get('path') ?? memberName(header);
      extended.clear();
      if (type === '0' || type === '\0' || type === '7') {
        const body = new MemberBody(reader, size, file);
        yield { name, size, chunks: body.chunks() };
        await skip(reader, body.left + padding, file);
      } else {
        await skip(reader, size + padding, file);
      }
    }
  } finally {
    await reader.close();
  }
}

/** The bytes of one member, and how many of them are still unread. */
class MemberBody {
  left: number;
  readonly #reader: ByteReader;
  readonly #file: string | undefined;

  constructor(reader: ByteReader, size: number, file: string | undefined) {
    this.#reader = reader;
    this.left = size;
    this.#file = file;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (this.left > 0) {
      const part = await this.#reader.some(this.left);
      if (part.length === 0) throw cutOff(this.#file);
      this.left -= part.length;
      yield part;
    }
  }
}

async function skip(reader: ByteReader, length: number, file: string | undefined): Promise<void> {
  for (let left = length; left > 0;) {
    const part = await reader.some(left);
    if (part.length === 0) throw cutOff(file);
    left -= part.length;
  }
}

function checkSum(header: Uint8Array, file: string | undefined): void {
  let sum = 0;
  for (let at = 0; at < blockSize; at++) sum += at >= 148 && at < 156 ? 32 : header[at];
  if (sum !== readNumber(header, 148, 8, file)) throw damagedTar(file, 'a header with a wrong checksum');
}

/** Octal digits, or GNU's base 256 where the first bit is set. */
function readNumber(header: Uint8Array, at: number, length: number, file: string | undefined): number {
  if ((header[at] & 0x80) !== 0) {
    let value = header[at] & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + header[at + i];
    if (Number.isSafeInteger(value)) return value;
  }
  const digits = readText(header, at, length).trim();
  if (/^[0-7]+$/.test(digits)) return parseInt(digits, 8);
  throw damagedTar(file, 'a header without a number where one must be');
}

/** Up to the first zero byte. */
function readText(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function memberName(header: Uint8Array): string {
  const name = readText(header, 0, 100);
  // GNU's own headers ("ustar  ") keep other things where POSIX has the prefix.
  const prefix = header[262] === 0 ? readText(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of `length key=value\n`. */
function readPax(data: Uint8Array, into: Map<string, string>): void {
  const text = new TextDecoder();
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(32, at);
    const length = Number(text.decode(data.subarray(at, Math.max(at, space))));
    if (space < 0 || !Number.isInteger(length) || length <= 0) return;
    const record = text.decode(data.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    into.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
}

const damagedTar = (file: string | undefined, actual: string): CorpusError =>
  new CorpusError({ file, expected: 'a sound tar archive', actual });

const cutOff = (file: string | undefined): CorpusError => damagedTar(file, 'one that is cut off');
