import { hashOfLanes, startLanes, xxhash32 } from './xxhash32.js';
import type { FileMemory } from '../tagging/memory.js';

/** How many bytes are hashed a round in one part. */
const ROUND = 16;
const PARTS = 4;

/**
 * The checksum of the bytes from `start` on. The first 4n bytes, n the largest multiple of 16 that fits, are four parts, each with an
 * xxHash32 of its own, so that they can be hashed side by side; the checksum is the xxHash32 of these four numbers and the bytes that
 * are left.
 */
export function checksumOf(bytes: Uint8Array, start: number, memory?: FileMemory): number {
  const part = Math.floor((bytes.length - start) / (PARTS * ROUND)) * ROUND;
  const rest = bytes.subarray(start + PARTS * part);
  const summary = new Uint8Array(4 * PARTS + rest.length);
  const view = new DataView(summary.buffer);
  if (memory && part > 0) {
    const lanes = memory.hashParts(start, part, startLanes());
    for (let k = 0; k < PARTS; k++)
      view.setUint32(4 * k, hashOfLanes(lanes.subarray(4 * k, 4 * k + 4), part), true);
  } else {
    for (let k = 0; k < PARTS; k++) {
      view.setUint32(4 * k, xxhash32(bytes, start + k * part, start + (k + 1) * part), true);
    }
  }
  summary.set(rest, 4 * PARTS);
  return xxhash32(summary);
}
