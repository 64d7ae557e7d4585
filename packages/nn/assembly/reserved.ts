/** Memory below the heap: what products of matrices need beside their operands. */

/** Rows of A that are packed at once: they stay in the second-level cache while all panels pass by. */
export const ROW_BLOCK: i32 = 60;
/** Steps of k, beyond which a panel (32 bytes each) and a tile's rows of A (24) would not stay in the first-level cache together. */
export const DEPTH_BLOCK: i32 = 448;

// Zeros to start from, a tile whose columns are not all wanted, and the packed rows of a block.
const ZEROS_BYTES: usize = 128;
const EDGE_BYTES: usize = 192;
// @ts-ignore: a decorator on a function
@inline
export function zeros(): usize {
  return (__heap_base + 63) & ~63;
}
// @ts-ignore: a decorator on a function
@inline
export function edge(): usize {
  return zeros() + ZEROS_BYTES;
}
// @ts-ignore: a decorator on a function
@inline
export function packedRows(): usize {
  return edge() + EDGE_BYTES;
}

/** How many bytes at the start of memory are not for the heap. The first of them have to stay zeros. */
export function reservedBytes(): usize {
  return packedRows() + ROW_BLOCK * DEPTH_BLOCK * 4;
}
