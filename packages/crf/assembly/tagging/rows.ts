/* State scores from the names of attributes. */

import { holds, holdsShort, recordOf, rowIn } from './cache';
import { recordOfAttribute, rowStart } from './endings';
import { hashName, hashShort, paddedTo16 } from './hash';
import { findMissing, ITEM, note, tellCache } from './missing';
import { findAttribute } from './names';
import { counts, found, input, lengths, missing, scores, stride } from './plan';
import { addRows, addWeights } from './row';

/** Sets the scores of tokens `from` to `to` to 0. */
export function clearScores(from: u32, to: u32): void {
  memory.fill(scores + <usize>from * (stride << 3), 0, <usize>(to - from) * (stride << 3));
}

/**
 * Adds the weights of the attributes whose names are in `input`, `bytes` bytes long, to the scores of tokens `from` to `to`, each of
 * which has as many as `counts` says; all have `units` UTF-16 code units. False, with no score changed, where a surrogate that was alone
 * may have become U+FFFD.
 */
export function addNames(from: u32, to: u32, total: u32, units: u32, bytes: u32): bool {
  if (units != bytes && !measureUtf8(total, bytes)) return false;
  let at = input;
  let item = missing;
  const end = found + ((<usize>total) << 2);
  for (let name = found, size = lengths; name < end; name += 4, size += 4) {
    const length = load<u32>(size);
    let hash: u32;
    let record: usize;
    let known: bool;
    if (length <= 16) {
      const padded = paddedTo16(at, length);
      hash = hashShort(padded, length);
      record = recordOf(hash);
      known = holdsShort(record, padded, length);
    } else {
      hash = hashName(at, length);
      record = recordOf(hash);
      known = holds(record, hash, at, length);
    }
    store<u32>(name, <u32>rowIn(record));
    // It is in the list only if another does not take its place.
    note(item, name, at, length, hash);
    item += known ? 0 : ITEM;
    at += length;
  }
  findMissing(item);
  let name = found;
  for (let t = from; t < to; t++) {
    const last = name + ((<usize>load<u32>(counts + ((<usize>(t - from)) << 2))) << 2);
    addRows(t, name, last);
    name = last;
  }
  tellCache(item);
  return true;
}

/**
 * Turns `lengths` into bytes. False if there is a byte EF, as U+FFFD has one, or if a character belongs to two names: halves of a
 * surrogate pair, each of which was alone.
 */
function measureUtf8(total: u32, bytes: u32): bool {
  const ef = i8x16.splat(<i8>0xef);
  for (let at: u32 = 0; at < bytes; at += 16) {
    let high = i8x16.bitmask(i8x16.eq(v128.load(input + at), ef));
    if (bytes - at < 16) high &= (1 << (bytes - at)) - 1;
    if (high != 0) return false;
  }
  const highBits = i8x16.splat(<i8>0x80);
  let at = input;
  const end = lengths + ((<usize>total) << 2);
  for (let length = lengths; length < end; length += 4) {
    const start = at;
    let units = load<i32>(length);
    while (units > 16 && !v128.any_true(v128.and(v128.load(at), highBits))) {
      at += 16;
      units -= 16;
    }
    if (units <= 16 && (i8x16.bitmask(v128.load(at)) & ((1 << units) - 1)) == 0) {
      at += units;
      units = 0;
    }
    while (units > 0) {
      const lead: u32 = load<u8>(at);
      // Four bytes are two code units, fewer are one.
      at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      units -= lead < 0xf0 ? 1 : 2;
    }
    if (units < 0) return false;
    store<u32>(length, <u32>(at - start));
  }
  return true;
}

/** The attribute whose name is in `input`; -1 if there is none. */
export function findName(length: u32): i32 {
  return findAttribute(input, length);
}

/** Adds `value` times the weights of an attribute to the scores of a token. */
export function addAttribute(token: u32, attribute: u32, value: f64): void {
  const row = scores + <usize>token * (stride << 3);
  addWeights(rowStart(recordOfAttribute(attribute), attribute), attribute, value, row);
}
