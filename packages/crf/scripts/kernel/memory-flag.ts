/*
 * A module says of a memory that it imports whether it is shared, and only such a one can be given to it. The code is the same for
 * both, so one module serves for both when that one byte is changed.
 */

const IMPORT_SECTION = 2;
const MEMORY = 2;
/** Limits with a maximum: of a plain memory, of a shared one. */
const PLAIN = 1;
const SHARED = 3;

/** The place of the byte that says that the imported memory is shared. The memory has to be the only import. */
export function sharedMemoryFlag(module: Uint8Array): number {
  let at = 8; // after the magic number and the version
  const byte = (): number => module[at++];
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) return value >>> 0;
    }
  };
  const skip = (): void => {
    const length = unsigned();
    at += length;
  };
  while (at < module.length) {
    if (byte() !== IMPORT_SECTION) {
      skip();
      continue;
    }
    unsigned(); // the size of the section
    const count = unsigned();
    skip(); // the name of the module that has the memory
    skip(); // the name of the memory
    if (count !== 1 || byte() !== MEMORY || module[at] !== SHARED) break;
    return at;
  }
  throw new Error('expected a module that imports a shared memory and nothing else');
}

/** The same module for a memory that is not shared. */
export function makeMemoryPlain(module: Uint8Array, flagAt: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(module);
  copy[flagAt] = PLAIN;
  return copy;
}
