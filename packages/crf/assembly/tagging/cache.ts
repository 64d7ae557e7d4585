/*
 * Names that came lately, and what was found for them: most names of a text come again and again, and here one line of memory has all
 * that is needed. A record of 64 bytes for each of 4,096 values of the hash's low bits: hash, length + 1 (so that an empty record is that
 * of no name), number of weights, where these begin, and 48 bytes for the name.
 */

import { paddedTo16 } from './hash';
import { cache } from './plan';

const RECORDS: u32 = 4096;
export const LONGEST: u32 = 48;

const HASH = 0;
const LENGTH = 4;
const SIZE = 8;
const START = 12;
const NAME = 16;

/** The record of a hash. */
// @ts-ignore: a decorator on a function
@inline
export function recordOf(hash: u32): usize {
  return cache + ((<usize>hash & (RECORDS - 1)) << 6);
}

/** Whether the record is of this name of 17 to `LONGEST` bytes or more. Up to seven bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
export function holds(record: usize, hash: u32, name: usize, length: u32): bool {
  if (load<u32>(record, HASH) != hash || load<u32>(record, LENGTH) != length + 1) return false;
  let stored = record + NAME;
  for (const end = name + (length & ~7); name < end; name += 8, stored += 8) {
    if (load<u64>(name) != load<u64>(stored)) return false;
  }
  const rest = (length & 7) << 3;
  return rest == 0 || (load<u64>(name) ^ load<u64>(stored)) << (64 - rest) == 0;
}

/** Whether the record is of this name of at most 16 bytes, `padded` with zeros to these. */
// @ts-ignore: a decorator on a function
@inline
export function holdsShort(record: usize, padded: v128, length: u32): bool {
  return load<u32>(record, LENGTH) == length + 1 && !v128.any_true(v128.xor(padded, v128.load(record, NAME)));
}

// @ts-ignore: a decorator on a function
@inline
export function sizeIn(record: usize): u32 {
  return load<u32>(record, SIZE);
}

// @ts-ignore: a decorator on a function
@inline
export function startIn(record: usize): u32 {
  return load<u32>(record, START);
}

/** Remembers that a name of at most `LONGEST` bytes has `size` weights from `start` on. `LONGEST` bytes are read. */
// @ts-ignore: a decorator on a function
@inline
export function remember(record: usize, hash: u32, name: usize, length: u32, start: u32, size: u32): void {
  store<u32>(record, hash, HASH);
  store<u32>(record, length + 1, LENGTH);
  store<u32>(record, size, SIZE);
  store<u32>(record, start, START);
  v128.store(record, paddedTo16(name, length), NAME);
  v128.store(record, v128.load(name, 16), NAME + 16);
  v128.store(record, v128.load(name, 32), NAME + 32);
}
