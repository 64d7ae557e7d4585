import { readBetween, readObject, readOneOf, readWhole } from './checks.js';

/** How the learning rate falls with the epochs; e epochs are over, of at most E. */
export type LearningRateDecay = (
  | { readonly kind: 'constant' }
  /** factor^e */
  | { readonly kind: 'exponential'; readonly factor: number }
  /** 1 / (1 + rate · e) */
  | { readonly kind: 'inverse'; readonly rate: number }
  /** In equal steps from 1 to `to`, 0 unless told, which it would reach in an epoch after the last. */
  | { readonly kind: 'linear'; readonly to?: number | undefined }
) & {
  /** Rises in equal steps over the first so many steps of the optimiser; 0 unless told. */
  readonly warmUpSteps?: number | undefined;
};

/** A decay that was checked and has its defaults. */
export interface Decay {
  readonly kind: 'constant' | 'exponential' | 'inverse' | 'linear';
  /** factor, rate, or to */
  readonly value: number;
  readonly warmUpSteps: number;
}

export function readDecay(where: string, given: unknown): Decay {
  const { kind: givenKind = 'constant' } = readObject(where, given, [
    'kind',
    'factor',
    'rate',
    'to',
    'warmUpSteps',
  ]);
  const kind = readOneOf(`${where}.kind`, givenKind, ['constant', 'exponential', 'inverse', 'linear']);
  const name = ({ constant: [], exponential: ['factor'], inverse: ['rate'], linear: ['to'] } as const)[kind];
  const options = readObject(where, given, ['kind', ...name, 'warmUpSteps']) as {
    factor?: unknown;
    rate?: unknown;
    to?: unknown;
    warmUpSteps?: unknown;
  };
  let value = 0;
  if (kind === 'exponential') value = readBetween(`${where}.factor`, options.factor, 0);
  if (kind === 'inverse') value = readBetween(`${where}.rate`, options.rate, 0);
  if (kind === 'linear' && options.to !== undefined && options.to !== 0) {
    value = readBetween(`${where}.to`, options.to, 0);
  }
  return { kind, value, warmUpSteps: readWhole(`${where}.warmUpSteps`, options.warmUpSteps ?? 0, 0) };
}

/**
 * The factor on the learning rate at a step.
 *
 * @param step from 1, within the phase
 * @param epoch from 1, the one that the step belongs to
 * @param epochs most epochs of the phase
 */
export function decayFactor(
  { kind, value, warmUpSteps }: Decay,
  step: number,
  epoch: number,
  epochs: number,
): number {
  const over = epoch - 1;
  const warm = step < warmUpSteps ? step / warmUpSteps : 1;
  switch (kind) {
    case 'constant':
      return warm;
    case 'exponential':
      return warm * value ** over;
    case 'inverse':
      return warm / (1 + value * over);
    case 'linear':
      return warm * (1 + ((value - 1) * over) / epochs);
  }
}

/** When the learning rate falls: the decay of a phase, and where its epochs have ended so far. */
export interface Schedule {
  readonly decay: Decay;
  /** Most epochs of the phase. */
  readonly epochs: number;
  /** Steps up to the end of each finished epoch. */
  readonly ends: readonly number[];
}

/**
 * The factor on the learning rate by the step, for the optimiser of a phase; undefined if it is always 1. Optimisers also ask
 * for steps of epochs that are over.
 *
 * @param now the schedule as it is then
 */
export function rateFactor(now: () => Schedule): ((step: number) => number) | undefined {
  const { kind, warmUpSteps } = now().decay;
  if (kind === 'constant' && warmUpSteps === 0) return undefined;
  return (step) => {
    const { decay, epochs, ends } = now();
    let finished = ends.length;
    while (finished > 0 && ends[finished - 1] >= step) finished--;
    return decayFactor(decay, step, finished + 1, epochs);
  };
}
