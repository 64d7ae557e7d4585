import { chooseMembers } from '../archive/member.js';
import { tarMembers } from '../archive/tar.js';
import { type RandomAccess, zipMembers } from '../archive/zip.js';
import { CorpusError } from '../errors.js';
import type { ReadOptions } from '../formats/options.js';
import { peek } from '../input/chunks.js';
import { containerOf, magicLength } from '../input/magic.js';
import { CorpusReader, unpack, type Part } from '../read.js';
import type { ReadReport } from '../report.js';
import type { Sentence } from '../sentence.js';
import { bratPairs } from './brat-files.js';
import { fileChunks, isFile, standardStream, withRandomAccess } from './files.js';
import { nodeGunzip, nodeInflateRaw } from './gunzip.js';

export interface ReadCorpusOptions extends ReadOptions {
  /**
   * The members of a `.tar`, `.tar.gz` or `.zip` to read, as names or patterns (`*`, `?`); several are read one after the other, in
   * the archive's order. By default the only one that is no licence or read-me. Also in the path, after `!`: `data.zip!train.conll`.
   */
  readonly member?: string | readonly string[] | undefined;
}

/**
 * Reads a corpus from a file, plain, gzipped or in an archive, or from standard input (`-`). brat's documents are read from the folder
 * that they are in, or one of them by its `.ann` or `.txt`.
 *
 * @throws CorpusError at once for wrong options; while reading for a file that is not there, and with file and line for data that does
 *   not fit.
 */
export function readCorpus(path: string, options: ReadCorpusOptions = {}): CorpusReader {
  const { member, ...rest } = options;
  const patterns = member === undefined ? undefined : typeof member === 'string' ? [member] : member;
  let stdinUsed = false;
  return new CorpusReader(async function* (report) {
    if (path !== standardStream) {
      const pairs = patterns === undefined ? await bratPairs(path, rest) : undefined;
      if (pairs === undefined) yield* fileParts(path, patterns, rest.file, report);
      else yield* pairs();
      return;
    }
    const file = rest.file ?? 'stdin';
    if (stdinUsed)
      throw new CorpusError({ file, expected: 'one loop over standard input', actual: 'another' });
    stdinUsed = true;
    if (patterns !== undefined) throw noMembers(file, 'standard input');
    yield { file, chunks: await unpack(process.stdin as AsyncIterable<Uint8Array>, nodeGunzip, file) };
  }, rest);
}

/** All sentences of a corpus at once. */
export function readAll(path: string, options: ReadCorpusOptions = {}): Promise<Sentence[]> {
  return readCorpus(path, options).toArray();
}

/** A file, or the members of an archive. A path may have a `!` itself: what exists as it stands is no member. */
async function* fileParts(
  path: string,
  patterns: readonly string[] | undefined,
  name: string | undefined,
  report: ReadReport,
): AsyncGenerator<Part> {
  const mark = path.lastIndexOf('!');
  if (mark > 0 && patterns === undefined && !(await isFile(path)) && (await isFile(path.slice(0, mark)))) {
    yield* openFile(path.slice(0, mark), [path.slice(mark + 1)], name, report);
  } else {
    yield* openFile(path, patterns, name, report);
  }
}

async function* openFile(
  path: string,
  patterns: readonly string[] | undefined,
  name = path,
  report: ReadReport,
): AsyncGenerator<Part> {
  const outer = await peek(fileChunks(path), magicLength, (head) => containerOf(head, name));
  if (outer.seen === 'zip') {
    await outer.close();
    yield* withRandomAccess(path, (archive) => zipParts(archive, patterns, name, report));
    return;
  }
  const gzipped = outer.seen === 'gzip';
  const inner = gzipped
    ? await peek(nodeGunzip(outer.chunks, name), magicLength, (head) => containerOf(head, name))
    : outer;
  if (inner.seen === 'tar') {
    await inner.close();
    yield* tarParts(path, gzipped, patterns, name, report);
    return;
  }
  if (inner.seen !== undefined || patterns !== undefined) {
    await inner.close();
    throw inner.seen === undefined
      ? noMembers(name, 'a file that is no archive')
      : new CorpusError({ file: name, expected: 'a corpus', actual: `${inner.seen} data inside gzip data` });
  }
  yield { file: name, chunks: inner.chunks };
}

async function* zipParts(
  archive: RandomAccess,
  patterns: readonly string[] | undefined,
  name: string,
  report: ReadReport,
): AsyncGenerator<Part> {
  const members = await zipMembers(archive, { file: name, inflate: nodeInflateRaw });
  const names = members.map((member) => member.name);
  const chosen = choose(names, patterns, name, report);
  for (const member of members) if (chosen.has(member.name)) yield await memberPart(name, member);
}

/** A tar archive has no directory: it is gone through once for the names, and again for the members. */
async function* tarParts(
  path: string,
  gzipped: boolean,
  patterns: readonly string[] | undefined,
  name: string,
  report: ReadReport,
): AsyncGenerator<Part> {
  const members = () => tarMembers(gzipped ? nodeGunzip(fileChunks(path), name) : fileChunks(path), name);
  const names: string[] = [];
  for await (const member of members()) names.push(member.name);
  const chosen = choose(names, patterns, name, report);
  for await (const member of members()) if (chosen.has(member.name)) yield await memberPart(name, member);
}

function choose(
  names: readonly string[],
  patterns: readonly string[] | undefined,
  file: string,
  report: ReadReport,
): Set<string> {
  const chosen = chooseMembers(names, patterns, file);
  report.skippedMembers.push(...names.filter((name) => !chosen.has(name)).map((name) => `${file}!${name}`));
  return chosen;
}

async function memberPart(
  archive: string,
  member: { name: string; chunks: AsyncIterable<Uint8Array> },
): Promise<Part> {
  const file = `${archive}!${member.name}`;
  return { file, chunks: await unpack(member.chunks, nodeGunzip, file) };
}

const noMembers = (file: string, actual: string): CorpusError =>
  new CorpusError({ file, expected: 'an archive, since option member names members', actual });
