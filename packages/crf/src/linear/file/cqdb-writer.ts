import type { FileWriter } from './file-writer.js';
import { lookup3 } from './lookup3.js';
import { BYTE_ORDER_MARK, HEADER_BYTES } from './cqdb.js';

/** Hash tables in a database; the low bits of a hash choose one. */
const TABLES = 256;
const DATA_START = HEADER_BYTES + 8 * TABLES;

/** Names as a database holds them: their bytes one after the other, name `id` from offsets[id] to offsets[id + 1]. */
export interface Names {
  readonly bytes: Uint8Array;
  /** [count + 1] */
  readonly offsets: Uint32Array;
}

/** The size of a database of these names: header and records, hash tables that are half empty, the backward table. */
export function cqdbSize({ offsets }: Names): number {
  const count = offsets.length - 1;
  return DATA_START + (8 + 1) * count + (offsets[count] - offsets[0]) + 2 * 8 * count + 4 * count;
}

/** Writes a database of names as CRFsuite does, to the byte. */
export function writeCqdb(file: FileWriter, names: Names): void {
  const { bytes, offsets } = names;
  const count = offsets.length - 1;
  const start = file.at;
  const hashes = new Uint32Array(count);
  const records = new Uint32Array(count); // where each record begins
  const tableSizes = new Uint32Array(TABLES);

  file.at = start + DATA_START;
  for (let id = 0; id < count; id++) {
    records[id] = file.at - start;
    const length = offsets[id + 1] - offsets[id];
    file.u32(id);
    file.u32(length + 1);
    const name = file.at;
    file.copy(bytes.subarray(offsets[id], offsets[id + 1]));
    file.at++; // the zero at its end, which is hashed, too
    hashes[id] = lookup3(file.bytes, name, file.at);
    tableSizes[hashes[id] % TABLES] += 2;
  }

  const tableStarts = new Uint32Array(TABLES);
  const tables = file.at - start;
  for (let k = 0, at = tables; k < TABLES; at += 8 * tableSizes[k++]) tableStarts[k] = at;
  const taken = new Uint8Array(2 * count); // slots of all tables, one after the other
  for (let id = 0; id < count; id++) {
    const table = hashes[id] % TABLES;
    const size = tableSizes[table];
    const first = (tableStarts[table] - tables) / 8;
    let slot = (hashes[id] >>> 8) % size;
    while (taken[first + slot] === 1) slot = (slot + 1) % size;
    taken[first + slot] = 1;
    file.at = start + tableStarts[table] + 8 * slot;
    file.u32(hashes[id]);
    file.u32(records[id]);
  }

  const backward = tables + 16 * count;
  file.at = start + backward;
  for (let id = 0; id < count; id++) file.u32(records[id]);
  const end = file.at;

  file.at = start;
  file.text('CQDB');
  file.u32(end - start);
  file.u32(0);
  file.u32(BYTE_ORDER_MARK);
  file.u32(count);
  file.u32(count === 0 ? 0 : backward);
  for (let k = 0; k < TABLES; k++) {
    file.u32(tableSizes[k] === 0 ? 0 : tableStarts[k]);
    file.u32(tableSizes[k]);
  }
  file.at = end;
}
