/** The size of a WebAssembly page, in bytes. */
const PAGE = 65536;
/** The most pages that 32-bit addresses reach; the last is left out, so that the end of a region is an address, too. */
export const MAX_PAGES = 65535;
/** Regions begin where a cache line does. */
const LINE = 64;

export type Kind = 'u16' | 'u32' | 'f64';
const BYTES: Readonly<Record<Kind, number>> = { u16: 2, u32: 4, f64: 8 };

/**
 * Lays out regions of memory one after the other: first all regions are asked for, then there is a memory of that size. Addresses are
 * bytes; 0 is none.
 */
export class Layout {
  #end = LINE;

  /** The address of a new region. */
  region(kind: Kind, length: number): number {
    const address = this.#end;
    this.#end += Math.ceil((length * BYTES[kind]) / LINE) * LINE;
    return address;
  }

  /** How many pages all regions take. */
  get pages(): number {
    return Math.ceil(this.#end / PAGE);
  }
}
