import { CorpusError, oneOf } from '../errors.js';

/** One file in an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Unpacked, in bytes. */
  readonly size: number;
  /** Its bytes; of a tar's member only until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const special = /[.+^${}()|[\]\\]/g;

/** Whether a member goes by a name or pattern: `*` any characters, `?` one; the folder may be left out. */
export function memberMatches(name: string, pattern: string): boolean {
  const source = pattern.replace(special, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^(?:.*/)?${source}$`, 's').test(name);
}

/** Members that no archive is made for, and that hold no sentences. */
const asides =
  /(?:^|\/)(?:(?:read_?me|licen[cs]e|copying|notice|authors|changelog|citation)[^/]*|\..*|__MACOSX\/.*)$/i;

const listed = 12;

/**
 * The members to read: those that match the patterns, else the only one that is neither a licence nor a read-me.
 *
 * @throws CorpusError where a pattern matches nothing, or where several could be meant.
 */
export function chooseMembers(
  names: readonly string[],
  patterns: readonly string[] | undefined,
  file: string,
): Set<string> {
  const shownNames = names.slice(0, listed).join(', ') + (names.length > listed ? ', ...' : '');
  if (patterns !== undefined) {
    for (const pattern of patterns) {
      if (names.some((name) => memberMatches(name, pattern))) continue;
      throw new CorpusError({
        file,
        expected: `an archive with a member that goes by ${oneOf([pattern])}`,
        actual: names.length === 0 ? 'an empty one' : `one with ${shownNames}`,
      });
    }
    return new Set(names.filter((name) => patterns.some((pattern) => memberMatches(name, pattern))));
  }
  const candidates = names.filter((name) => !asides.test(name));
  if (candidates.length === 1) return new Set(candidates);
  throw new CorpusError({
    file,
    expected: 'an archive with one corpus in it',
    actual: candidates.length === 0 ? 'one with none' : `one with ${shownNames}`,
    hint: 'option member names those to read, as a name or a pattern; in a path, after "!"',
  });
}
