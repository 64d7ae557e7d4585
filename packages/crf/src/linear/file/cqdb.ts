import { ModelFileError, show } from '../errors.js';
import { StringTable } from '../string-table.js';
import type { FileReader } from './file-reader.js';

/*
 * CQDB, the constant database in which CRFsuite keeps names. Offsets count from the start of the chunk:
 *
 *   "CQDB", size of the chunk, flag, mark of the byte order, size and offset of the backward table,
 *   256 × (offset, size) of hash tables from name to number, not needed here,
 *   records: number, length of the name with its end, name, 0
 *   backward table: for each number the offset of its record
 */

export const HEADER_BYTES = 24;
export const BYTE_ORDER_MARK = 0x62445371;

/** The names of a database, which are numbered from 0 to `count` - 1. */
export function readCqdb(file: FileReader, at: number, count: number, decoder: TextDecoder): StringTable {
  const what = 'a database of names';
  file.text(at, 'CQDB', what);
  file.room(at, HEADER_BYTES, what);
  const size = file.u32(at + 4);
  file.room(at, size, what);
  if (file.u32(at + 12) !== BYTE_ORDER_MARK) {
    const got = `0x${file.u32(at + 12).toString(16)}`;
    throw new ModelFileError('the byte order 0x62445371 of a little-endian machine', got, at + 12);
  }
  const given = file.u32(at + 16);
  if (given !== count) throw new ModelFileError(`${count} names`, `${given}`, at + 16);
  const backward = at + file.u32(at + 20);
  file.room(backward, count * 4, `the offsets of ${count} names`);

  const table = new StringTable();
  // Records that overlap could make more of a file than is in it.
  let left = size;
  for (let id = 0; id < count; id++) {
    const record = at + file.u32(backward + 4 * id);
    file.room(record, 8, 'a name');
    if (file.u32(record) !== id) {
      throw new ModelFileError(`the name of number ${id}`, `that of ${file.u32(record)}`, record);
    }
    const length = file.u32(record + 4);
    file.room(record + 8, length, 'a name');
    left -= 8 + length;
    if (left < 0) throw new ModelFileError(`names within ${size} bytes`, 'more', record + 4);
    if (length === 0 || file.bytes[record + 7 + length] !== 0) {
      throw new ModelFileError('a name that ends with a zero byte', 'none', record + 4);
    }
    const name = decodeName(file.bytes.subarray(record + 8, record + 7 + length), decoder, record + 8);
    if (table.intern(name) !== id) {
      throw new ModelFileError('names that differ', `${show(name)} twice`, record + 8);
    }
  }
  return table;
}

function decodeName(bytes: Uint8Array, decoder: TextDecoder, at: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ModelFileError(
      `a name in ${decoder.encoding} (else say which: { encoding: 'latin1' })`,
      'bytes that are not',
      at,
    );
  }
}
