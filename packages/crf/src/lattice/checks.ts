/*
 * The boundary of the lattice functions: everything that callers hand in is checked by what is in this file, and by
 * the two loops that read scores (load.ts, prepared-transitions.ts).
 */
import type { SpanPattern } from './types.js';

/** The error for a score that is no score. */
export function scoreError(what: string, value: number, where: string): RangeError {
  return new RangeError(`${what}: expected a finite score or -Infinity, got ${value} ${where}`);
}

export function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name}: expected a whole number of at least ${least}, got ${String(value)}`);
  }
}

/** Throws unless there are `expected` values; `shape` says what they are one of. */
export function checkLength(name: string, values: ArrayLike<unknown>, expected: number, shape: string): void {
  // A caller without types may hand in anything, null included.
  const length = (values as ArrayLike<unknown> | null | undefined)?.length;
  if (length !== expected) {
    throw new RangeError(`${name}: expected ${expected} values (${shape}), got ${String(length)}`);
  }
}

function checkTag(name: string, tag: number, numTags: number, where: string): void {
  if (!Number.isInteger(tag) || tag < 0 || tag >= numTags) {
    throw new RangeError(`${name}: expected a tag from 0 to ${numTags - 1} ${where}, got ${String(tag)}`);
  }
}

/** The tags of a path or of a constraint; -1 passes where `free` says so. */
export function checkTags(
  name: string,
  tags: ArrayLike<number>,
  length: number,
  numTags: number,
  free: boolean,
): void {
  checkLength(name, tags, length, 'length');
  for (let t = 0; t < length; t++) {
    if (free && tags[t] === -1) continue;
    checkTag(name, tags[t], numTags, `${free ? 'or -1 (free) ' : ''}at position ${t}`);
  }
}

export function checkSpan(span: SpanPattern, index: number, length: number, numTags: number): void {
  const name = `spans[${index}]`;
  checkCount(`${name}.start`, span.start, 0);
  const size = span.tags.length;
  if (size === 0) throw new RangeError(`${name}.tags: expected at least one tag, got none`);
  if (span.start + size > length) {
    throw new RangeError(
      `${name}: expected a span within the ${length} tokens of the lattice, got ${span.start} to ${span.start + size}`,
    );
  }
  for (let k = 0; k < size; k++) {
    checkTag(`${name}.tags`, span.tags[k], numTags, `at position ${span.start + k}`);
  }
  if (span.precededBy) checkLength(`${name}.precededBy`, span.precededBy, numTags, 'numTags');
  if (span.followedBy) checkLength(`${name}.followedBy`, span.followedBy, numTags, 'numTags');
}
