/** A 64-bit hash of a text as two 32-bit halves. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

/**
 * Two 32-bit hashes of the text's UTF-16 code units with different constants, each ended by MurmurHash3's finaliser. Not made to
 * withstand somebody who looks for collisions; among ten million ordinary texts, the chance of one is about 3 in a million.
 */
export function hashText(text: string): Hash64 {
  let a = 0x9e3779b9 | 0;
  let b = 0x85ebca6b | 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 13;
  }
  return { high: mix32(a ^ text.length), low: mix32(b ^ a) };
}

/** MurmurHash3's finaliser: every bit of the result depends on every bit of the argument. */
export function mix32(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}
