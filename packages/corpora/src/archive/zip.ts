import { CorpusError } from '../errors.js';
import { inflateRaw, type Inflate } from '../input/gunzip.js';
import type { ArchiveMember } from './member.js';

/** Bytes at any place: a file, a Blob, an array. */
export interface RandomAccess {
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;
const maxComment = 0xffff;
/** A directory of this size is no directory. */
const maxDirectory = 1 << 26;
const pieceSize = 1 << 17;

const stored = 0;
const deflated = 8;

/**
 * The files of a zip archive, by its central directory. Stored and deflated members are read, also where sizes need 64 bits;
 * encrypted ones are not.
 *
 * @throws CorpusError for what is not a sound zip archive.
 */
export async function zipMembers(
  archive: Blob | Uint8Array | RandomAccess,
  { file, inflate = inflateRaw }: { file?: string | undefined; inflate?: Inflate } = {},
): Promise<ArchiveMember[]> {
  const bytes = randomAccess(archive);
  const { start, size, count } = await findDirectory(bytes, file);
  if (size > maxDirectory || start + size > bytes.size) throw damagedZip(file, 'a directory that cannot be');
  const directory = viewOf(await bytes.read(start, start + size));
  const members: ArchiveMember[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || directory.getUint32(at, true) !== entrySignature) {
      throw damagedZip(file, `a directory that breaks off at entry ${i}`);
    }
    const entry = readEntry(directory, at, file);
    at = entry.next;
    if (!entry.name.endsWith('/')) {
      members.push({ name: entry.name, size: entry.size, chunks: memberChunks(bytes, entry, file, inflate) });
    }
  }
  return members;
}

interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of the local header. */
  readonly start: number;
  readonly next: number;
}

function readEntry(view: DataView, at: number, file: string | undefined): Entry {
  const flags = view.getUint16(at + 8, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const extraStart = at + 46 + nameLength;
  const next = extraStart + extraLength + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw damagedZip(file, 'a directory that is cut off');
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
  // Sizes that do not fit into 32 bits stand in an extra field, in this order, each only if needed.
  const extraEnd = extraStart + extraLength;
  let wide = zip64Field(view, extraStart, extraEnd);
  const wideOr = (narrow: number): number => {
    if (narrow !== 0xffffffff) return narrow;
    if (wide + 8 > extraEnd) throw damagedZip(file, 'sizes without their field');
    wide += 8;
    return Number(view.getBigUint64(wide - 8, true));
  };
  const size = wideOr(view.getUint32(at + 24, true));
  const packedSize = wideOr(view.getUint32(at + 20, true));
  const start = wideOr(view.getUint32(at + 42, true));
  return {
    name,
    encrypted: (flags & 1) !== 0,
    method: view.getUint16(at + 10, true),
    packedSize,
    size,
    start,
    next,
  };
}

/** Where the field of 64-bit sizes starts; at the end where there is none. */
function zip64Field(view: DataView, start: number, end: number): number {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return end;
}

async function findDirectory(
  bytes: RandomAccess,
  file: string | undefined,
): Promise<{ start: number; size: number; count: number }> {
  const tailStart = Math.max(0, bytes.size - endSize - maxComment);
  const tail = viewOf(await bytes.read(tailStart, bytes.size));
  for (let at = tail.byteLength - endSize; at >= 0; at--) {
    if (tail.getUint32(at, true) !== endSignature) continue;
    const narrow = {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      start: tail.getUint32(at + 16, true),
    };
    if (narrow.count !== 0xffff && narrow.size !== 0xffffffff && narrow.start !== 0xffffffff) return narrow;
    if (at < 20 || tail.getUint32(at - 20, true) !== locator64Signature) return narrow;
    const end64 = Number(tail.getBigUint64(at - 12, true));
    if (end64 + 56 > bytes.size) throw damagedZip(file, 'a directory that is cut off');
    const view = viewOf(await bytes.read(end64, end64 + 56));
    if (view.getUint32(0, true) !== end64Signature)
      throw damagedZip(file, 'a directory that cannot be found');
    return {
      count: Number(view.getBigUint64(32, true)),
      size: Number(view.getBigUint64(40, true)),
      start: Number(view.getBigUint64(48, true)),
    };
  }
  throw damagedZip(file, 'one without a directory (cut off?)');
}

async function* memberChunks(
  bytes: RandomAccess,
  entry: Entry,
  file: string | undefined,
  inflate: Inflate,
): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) {
    throw new CorpusError({
      file,
      expected: 'a member that is not encrypted',
      actual: `"${entry.name}", which is`,
    });
  }
  if (entry.method !== stored && entry.method !== deflated) {
    throw new CorpusError({
      file,
      expected: 'a stored or deflated member',
      actual: `"${entry.name}" in compression method ${entry.method}`,
    });
  }
  const header = viewOf(await bytes.read(entry.start, Math.min(bytes.size, entry.start + 30)));
  if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature) {
    throw damagedZip(file, `one in which "${entry.name}" is not where the directory says`);
  }
  const start = entry.start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const end = start + entry.packedSize;
  if (end > bytes.size) throw damagedZip(file, `one in which "${entry.name}" is cut off`);
  const packed = pieces(bytes, start, end);
  let size = 0;
  for await (const chunk of entry.method === stored ? packed : inflate(packed, file)) {
    size += chunk.length;
    if (size > entry.size) break;
    yield chunk;
  }
  if (size !== entry.size)
    throw damagedZip(file, `one in which "${entry.name}" has another size than the directory says`);
}

async function* pieces(bytes: RandomAccess, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += pieceSize) yield await bytes.read(at, Math.min(end, at + pieceSize));
}

function randomAccess(archive: Blob | Uint8Array | RandomAccess): RandomAccess {
  if (archive instanceof Uint8Array) {
    return { size: archive.length, read: (start, end) => Promise.resolve(archive.subarray(start, end)) };
  }
  if (!(archive instanceof Blob)) return archive;
  return {
    size: archive.size,
    read: async (start, end) => new Uint8Array(await archive.slice(start, end).arrayBuffer()),
  };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const damagedZip = (file: string | undefined, actual: string): CorpusError =>
  new CorpusError({ file, expected: 'a sound zip archive', actual });
