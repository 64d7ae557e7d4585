import { CrfInputError, show } from './errors.js';
import type { LineSearchName } from './optimize/line-search.js';

/** Parameters of `lbfgs`, under CRFsuite's names; all optional, with its defaults. */
export interface LbfgsParams {
  /** Coefficient of the L1 penalty c1 · Σ|w|; above 0 training is by OWL-QN and many weights become 0. Default 0. */
  readonly c1?: number;
  /** Coefficient of the L2 penalty c2 · Σw². Default 1. */
  readonly c2?: number;
  /** Iterations at most; 0 = no limit. Default 2147483647. */
  readonly max_iterations?: number;
  /** Steps back from which the curvature is estimated. Default 6. */
  readonly num_memories?: number;
  /** Stops when |gradient| <= epsilon · max(1, |w|). Default 1e-5. */
  readonly epsilon?: number;
  /** Iterations over which `delta` is tested; 0 = not tested. Default 10. */
  readonly period?: number;
  /** Stops when the loss improved by less than this fraction of itself over `period` iterations. Default 1e-5. */
  readonly delta?: number;
  /** How a step's length is found; with c1 > 0 OWL-QN's own backtracking is used whatever is said here. Default MoreThuente. */
  readonly linesearch?: LineSearchName;
  /** Evaluations in one line search at most. Default 20. */
  readonly max_linesearch?: number;
  /** Features seen less often (by the sum of their values) are left out. Default 0. */
  readonly 'feature.minfreq'?: number;
  /** Also features for pairs of attribute and tag that never came together. Default false. */
  readonly 'feature.possible_states'?: boolean | 0 | 1;
  /** Also features for transitions that never came. Default false. */
  readonly 'feature.possible_transitions'?: boolean | 0 | 1;
}

/** The training algorithms, under CRFsuite's names. */
export type Algorithm = 'lbfgs';

/** Parameters with all defaults filled in. */
export type CompleteLbfgsParams = Readonly<{
  [Name in keyof LbfgsParams]-?: Name extends `feature.possible_${string}`
    ? boolean
    : Exclude<LbfgsParams[Name], undefined>;
}>;

/** How one parameter is checked: gives the value to use, or undefined if the given one does not fit. */
interface Rule<T> {
  readonly initial: T;
  readonly expected: string;
  readonly read: (value: unknown) => T | undefined;
}

const numberFrom = (initial: number, least: number): Rule<number> => ({
  initial,
  expected: `a finite number, at least ${least}`,
  read: (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least ? value : undefined,
});

const wholeFrom = (initial: number, least: number, most: number): Rule<number> => ({
  initial,
  expected: `a whole number from ${least} to ${most}`,
  read: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined,
});

const flag = (initial: boolean): Rule<boolean> => ({
  initial,
  expected: 'true or false (1 or 0)',
  read: (value) =>
    value === true || value === 1 ? true : value === false || value === 0 ? false : undefined,
});

const oneOf = <T extends string>(initial: T, ...others: T[]): Rule<T> => ({
  initial,
  expected: [initial, ...others].map((name) => `'${name}'`).join(', '),
  read: (value) => [initial, ...others].find((name) => name === value),
});

const lbfgsRules: { readonly [Name in keyof CompleteLbfgsParams]: Rule<CompleteLbfgsParams[Name]> } = {
  c1: numberFrom(0, 0),
  c2: numberFrom(1, 0),
  max_iterations: wholeFrom(2147483647, 0, 2147483647),
  num_memories: wholeFrom(6, 1, 1000),
  epsilon: numberFrom(1e-5, 0),
  period: wholeFrom(10, 0, 1_000_000),
  delta: numberFrom(1e-5, 0),
  linesearch: oneOf('MoreThuente', 'Backtracking', 'StrongBacktracking'),
  max_linesearch: wholeFrom(20, 1, 2147483647),
  'feature.minfreq': numberFrom(0, 0),
  'feature.possible_states': flag(false),
  'feature.possible_transitions': flag(false),
};

/** Checks the parameters of a caller and fills in the defaults. */
export function readParams(algorithm: unknown, params: unknown): CompleteLbfgsParams {
  if (algorithm !== undefined && algorithm !== 'lbfgs') {
    throw new CrfInputError(`algorithm: expected 'lbfgs', got ${show(algorithm)}`);
  }
  const given: unknown = params ?? {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new CrfInputError(`params: expected an object of parameters, got ${show(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(lbfgsRules, name)) {
      const known = Object.keys(lbfgsRules).join(', ');
      throw new CrfInputError(`params: expected parameters of lbfgs (${known}), got ${show(name)}`);
    }
  }
  const complete: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries<Rule<unknown>>(lbfgsRules)) {
    const value = (given as Record<string, unknown>)[name];
    const read = value === undefined ? rule.initial : rule.read(value);
    if (read === undefined) {
      throw new CrfInputError(`params: expected ${name} to be ${rule.expected}, got ${show(value)}`);
    }
    complete[name] = read;
  }
  return complete as CompleteLbfgsParams;
}
