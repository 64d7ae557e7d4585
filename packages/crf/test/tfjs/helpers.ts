import '@tensorflow/tfjs-backend-cpu';
import { customGrad, mul, scalar, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomInteger, randomLattice, seededRandom, type RandomLattice } from '@cognate/testing';

export interface TestBatch {
  readonly numTags: number;
  readonly lengths: number[];
  /** One lattice a sentence; all have the same transitions, start and end. Scores are exact in single precision. */
  readonly lattices: RandomLattice[];
  readonly gold: number[];
}

/** Sentences under one set of transitions. */
export function randomBatch(seed: number, numTags: number, lengths: number[], scale = 2): TestBatch {
  const random = seededRandom(seed);
  const single = (values: Float64Array): Float64Array => Float64Array.from(Float32Array.from(values));
  const scores = (size: number): Float64Array =>
    single(Float64Array.from({ length: size }, () => (2 * random() - 1) * scale));
  const transitions = scores(numTags * numTags);
  const startTransitions = scores(numTags);
  const endTransitions = scores(numTags);
  const lattices = lengths.map((length) => ({
    ...randomLattice(random, { length, numTags, scale }),
    emissions: scores(length * numTags),
    transitions,
    startTransitions,
    endTransitions,
  }));
  const gold = lengths.flatMap((length) => Array.from({ length }, () => randomInteger(random, numTags)));
  return { numTags, lengths, lattices, gold };
}

/** The values of a batch, as arrays that can be changed: emissions `[sum of lengths, numTags]`. */
export function valuesOf({ lattices }: TestBatch) {
  return {
    emissions: Float32Array.from(lattices.flatMap(({ emissions }) => [...emissions])),
    transitions: Float32Array.from(lattices[0].transitions),
    start: Float32Array.from(lattices[0].startTransitions ?? []),
    end: Float32Array.from(lattices[0].endTransitions ?? []),
  };
}

export type BatchValues = ReturnType<typeof valuesOf>;

/** The same as tensors. */
export const tensorsOf = (values: BatchValues, numTags: number): Record<keyof BatchValues, Tensor> => ({
  emissions: tensor(values.emissions, [values.emissions.length / numTags, numTags]),
  transitions: tensor(values.transitions, [numTags, numTags]),
  start: tensor(values.start),
  end: tensor(values.end),
});

/** The number that a scalar is; nothing is left in the backend. */
export const numberOf = (make: () => Tensor): number => tidy(() => make().dataSync()[0]);

/** As `tidy`, for results of any type that hold no tensors. */
export function tidied<T>(make: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = make();
  });
  return result as T;
}

/** `factor * x` with its gradient: tfjs-core alone registers no gradients in Node. */
export const scaled = (x: Tensor, factor: number): Tensor =>
  customGrad((y) => ({
    value: mul(y as Tensor, scalar(factor)),
    gradFunc: (dy: Tensor) => mul(dy, scalar(factor)),
  }))(x);
