/*
 * Names that came lately, and what they add to scores: most names of a text come again and again, and here two lines of memory side by
 * side have all that is needed. A record of 128 bytes for each of 2,048 values of the hash's low bits: hash, length + 1 (so that an empty
 * record is that of no name), the hash that was last asked for in vain, 52 bytes for the name, 64 for its row; see row.ts.
 *
 * A name takes a record when it is asked for the second time, with no other in between that was not there either. Most of the different
 * names of a text come rarely, and would else push out those that come often.
 */

import { paddedTo16 } from './hash';
import { cache } from './plan';
import { copyRow } from './row';

const RECORDS: u32 = 2048;
const RECORD_BITS: u32 = 7;
/** Bytes of all records. */
export const CACHE_BYTES: u64 = <u64>RECORDS << RECORD_BITS;
const LONGEST: u32 = 52;

const HASH = 0;
const LENGTH = 4;
const SOUGHT = 8;
const NAME = 12;
const ROW = 64;

/** The record of a hash. */
// @ts-ignore: a decorator on a function
@inline
export function recordOf(hash: u32): usize {
  return cache + ((<usize>hash & (RECORDS - 1)) << RECORD_BITS);
}

// @ts-ignore: a decorator on a function
@inline
export function rowIn(record: usize): usize {
  return record + ROW;
}

/** Whether the record is of this name of 17 bytes or more. Up to seven bytes past it are read. */
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

/** Notes that a name was not there, or remembers its row; not that of too long a name. Reads `LONGEST` bytes of it. */
export function noteOrRemember(hash: u32, name: usize, length: u32, row: usize): void {
  if (length > LONGEST) return;
  const record = recordOf(hash);
  if (load<u32>(record, SOUGHT) != hash) {
    store<u32>(record, hash, SOUGHT);
    return;
  }
  store<u32>(record, hash, HASH);
  store<u32>(record, length + 1, LENGTH);
  v128.store(record, paddedTo16(name, length), NAME);
  v128.store(record, v128.load(name, 16), NAME + 16);
  v128.store(record, v128.load(name, 32), NAME + 32);
  store<u32>(record, load<u32>(name, 48), NAME + 48);
  copyRow(row, record + ROW);
}
