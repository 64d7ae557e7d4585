import { randomInteger } from './random.js';

export interface RandomLatticeOptions {
  readonly length: number;
  readonly numTags: number;
  /** Scores are uniform in [-scale, scale]; 3 unless told. */
  readonly scale?: number;
  /** The chance of each score to be -Infinity; 0 unless told. */
  readonly forbidden?: number;
  /** Whether scores are whole numbers, so that sums are exact and ties are ties. */
  readonly whole?: boolean;
}

export interface RandomLattice {
  length: number;
  numTags: number;
  /** `[t * numTags + tag]` */
  emissions: Float64Array;
  /** `[from * numTags + to]` */
  transitions: Float64Array;
  /** `[numTags]`; half of the lattices have them. */
  startTransitions?: Float64Array;
  /** `[numTags]`; half of the lattices have them. */
  endTransitions?: Float64Array;
}

export interface RandomConstraints {
  /** `[numTags * numTags]`, 0 = forbidden */
  transitions?: Uint8Array;
  /** `[numTags]` */
  start?: Uint8Array;
  /** `[numTags]` */
  end?: Uint8Array;
  /** `[length]`, -1 = free */
  tags?: Int32Array;
  /** `[length * numTags]` */
  allowed?: Uint8Array;
}

/** A lattice of random scores. */
export function randomLattice(random: () => number, options: RandomLatticeOptions): RandomLattice {
  const { length, numTags, scale = 3, forbidden = 0, whole = false } = options;
  const scores = (size: number): Float64Array =>
    Float64Array.from({ length: size }, () => {
      const score = (2 * random() - 1) * scale;
      return random() < forbidden ? -Infinity : whole ? Math.round(score) : score;
    });
  return {
    length,
    numTags,
    emissions: scores(length * numTags),
    transitions: scores(numTags * numTags),
    ...(random() < 0.5 && { startTransitions: scores(numTags) }),
    ...(random() < 0.5 && { endTransitions: scores(numTags) }),
  };
}

/** Constraints of each kind with a chance of one half; most leave a path, some do not. */
export function randomConstraints(random: () => number, length: number, numTags: number): RandomConstraints {
  const mask = (size: number, share: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => (random() < share ? 1 : 0));
  return {
    ...(random() < 0.5 && { transitions: mask(numTags * numTags, 0.8) }),
    ...(random() < 0.5 && { start: mask(numTags, 0.8) }),
    ...(random() < 0.5 && { end: mask(numTags, 0.8) }),
    ...(random() < 0.5 && {
      tags: Int32Array.from({ length }, () => (random() < 0.3 ? randomInteger(random, numTags) : -1)),
    }),
    ...(random() < 0.5 && { allowed: mask(length * numTags, 0.85) }),
  };
}
