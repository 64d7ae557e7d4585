/** The sections of a model file that say which tags an attribute has weights for; those of masks or those of lists are empty. */
export interface PackedRowArrays {
  readonly rowMasks: Uint8Array;
  /** 0: there are lists. */
  readonly maskBytes: number;
  readonly rowSizes: Uint16Array;
  readonly rowTags: Uint16Array;
}

/** The number of bits in a byte. */
function bitsIn(byte: number): number {
  let count = 0;
  for (let left = byte; left !== 0; left &= left - 1) count++;
  return count;
}

/** [attributes + 1]: where the weights of each attribute begin. */
export function rowOffsetsOf(rows: PackedRowArrays, numAttributes: number): Int32Array {
  const offsets = new Int32Array(numAttributes + 1);
  for (let a = 0; a < numAttributes; a++) offsets[a + 1] = offsets[a] + rowSize(rows, a);
  return offsets;
}

/** How many weights an attribute has. */
export function rowSize({ rowMasks, maskBytes, rowSizes }: PackedRowArrays, attribute: number): number {
  if (maskBytes === 0) return rowSizes[attribute];
  let size = 0;
  for (let m = maskBytes * attribute; m < maskBytes * (attribute + 1); m++) size += bitsIn(rowMasks[m]);
  return size;
}

/** [weights]: the tag of each. */
export function rowTagsOf(
  { rowMasks, maskBytes, rowTags }: PackedRowArrays,
  numWeights: number,
): Uint16Array {
  if (maskBytes === 0) return rowTags;
  const tags = new Uint16Array(numWeights);
  for (let m = 0, r = 0; m < rowMasks.length; m++) {
    const first = 8 * (m % maskBytes);
    for (let left = rowMasks[m]; left !== 0; left &= left - 1)
      tags[r++] = first + 31 - Math.clz32(left & -left);
  }
  return tags;
}
