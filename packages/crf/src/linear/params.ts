import { CrfInputError, show } from './errors.js';
import type { LineSearchName } from './optimize/line-search.js';

/** Which features a model gets; parameters of every algorithm. */
export interface FeatureParams {
  /** Features seen less often (by the sum of their values) are left out. Default 0. */
  readonly 'feature.minfreq'?: number | undefined;
  /** Also features for pairs of attribute and tag that never came together. Default false. */
  readonly 'feature.possible_states'?: boolean | 0 | 1 | undefined;
  /** Also features for transitions that never came. Default false. */
  readonly 'feature.possible_transitions'?: boolean | 0 | 1 | undefined;
}

/** Parameters of `lbfgs`, under CRFsuite's names; all optional, with its defaults. */
export interface LbfgsParams extends FeatureParams {
  /** Coefficient of the L1 penalty c1 · Σ|w|; above 0 training is by OWL-QN and many weights become 0. Default 0. */
  readonly c1?: number | undefined;
  /** Coefficient of the L2 penalty c2 · Σw². Default 1. */
  readonly c2?: number | undefined;
  /** Iterations at most; 0 = no limit. Default 2147483647. */
  readonly max_iterations?: number | undefined;
  /** Steps back from which the curvature is estimated. Default 6. */
  readonly num_memories?: number | undefined;
  /** Stops when |gradient| <= epsilon · max(1, |w|). Default 1e-5. */
  readonly epsilon?: number | undefined;
  /** Iterations over which `delta` is tested; 0 = not tested. Default 10. */
  readonly period?: number | undefined;
  /** Stops when the loss improved by less than this fraction of itself over `period` iterations. Default 1e-5. */
  readonly delta?: number | undefined;
  /** How a step's length is found; with c1 > 0 OWL-QN's own backtracking is used whatever is said here. Default MoreThuente. */
  readonly linesearch?: LineSearchName | undefined;
  /** Evaluations in one line search at most. Default 20. */
  readonly max_linesearch?: number | undefined;
}

/** Parameters of `l2sgd`, stochastic gradient descent, under CRFsuite's names; all optional, with its defaults. */
export interface L2sgdParams extends FeatureParams {
  /** Coefficient of the L2 penalty c2 · Σw²; above 0. Default 1. */
  readonly c2?: number | undefined;
  /** Epochs at most. Default 1000. */
  readonly max_iterations?: number | undefined;
  /** Epochs over which `delta` is tested. Default 10. */
  readonly period?: number | undefined;
  /** Stops when the loss improved by less than this fraction of itself over `period` epochs. Default 1e-6. */
  readonly delta?: number | undefined;
  /** The learning rate that calibration tries first. Default 0.1. */
  readonly 'calibration.eta'?: number | undefined;
  /** From one try to the next the rate is multiplied or divided by this; above 1. Default 2. */
  readonly 'calibration.rate'?: number | undefined;
  /** Sequences in one try. Default 1000. */
  readonly 'calibration.samples'?: number | undefined;
  /** Rates that lower the loss, after which calibration ends. Default 10. */
  readonly 'calibration.candidates'?: number | undefined;
  /** Tries at most. Default 20. */
  readonly 'calibration.max_trials'?: number | undefined;
}

/** Parameters of `ap`, the averaged perceptron, under CRFsuite's names; all optional, with its defaults. */
export interface ApParams extends FeatureParams {
  /** Epochs at most. Default 100. */
  readonly max_iterations?: number | undefined;
  /** Stops when the mean share of wrong tags in a sequence is below this. Default 0. */
  readonly epsilon?: number | undefined;
}

/** Parameters of `pa`, passive-aggressive training, under CRFsuite's names; all optional, with its defaults. */
export interface PaParams extends FeatureParams {
  /** 0 = without slack, 1 = PA-I, 2 = PA-II. Default 1. */
  readonly type?: 0 | 1 | 2 | undefined;
  /** Aggressiveness (types 1 and 2); above 0. Default 1. */
  readonly c?: number | undefined;
  /** The cost of a wrong tagging grows with the root of its number of wrong tags. Default true. */
  readonly error_sensitive?: boolean | 0 | 1 | undefined;
  /** The model is the average of the weights of all steps. Default true. */
  readonly averaging?: boolean | 0 | 1 | undefined;
  /** Epochs at most. Default 100. */
  readonly max_iterations?: number | undefined;
  /** Stops when the mean cost is below this. Default 0. */
  readonly epsilon?: number | undefined;
}

/** Parameters of `arow`, adaptive regularisation of weights, under CRFsuite's names; all optional, with its defaults. */
export interface ArowParams extends FeatureParams {
  /** Variance of every weight at the start; above 0. Default 1. */
  readonly variance?: number | undefined;
  /** Trade-off between cost and change; above 0. Default 1. */
  readonly gamma?: number | undefined;
  /** Epochs at most. Default 100. */
  readonly max_iterations?: number | undefined;
  /** Stops when the mean cost is at most this. Default 0. */
  readonly epsilon?: number | undefined;
}

/** Parameters of `adagrad`, gradient descent with a rate of its own for each attribute; CRFsuite has no such trainer. */
export interface AdagradParams extends FeatureParams {
  /** Coefficient of the L1 penalty c1 · Σ|w|. Default 0. */
  readonly c1?: number | undefined;
  /** Coefficient of the L2 penalty c2 · Σw². Default 1. */
  readonly c2?: number | undefined;
  /** The rate of an attribute that comes for the first time; above 0. Default 0.2. */
  readonly eta?: number | undefined;
  /** Epochs at most. Default 50. */
  readonly max_iterations?: number | undefined;
  /** Epochs over which `delta` is tested. Default 1. */
  readonly period?: number | undefined;
  /** Stops when the loss improved by less than this fraction of itself over `period` epochs. Default 0.01. */
  readonly delta?: number | undefined;
}

/** The training algorithms, the first five under CRFsuite's names, and their parameters. */
export interface AlgorithmParams {
  readonly lbfgs: LbfgsParams;
  readonly l2sgd: L2sgdParams;
  readonly ap: ApParams;
  readonly pa: PaParams;
  readonly arow: ArowParams;
  readonly adagrad: AdagradParams;
}
export type Algorithm = keyof AlgorithmParams;

/** Parameters of an algorithm with all defaults filled in. */
export type CompleteParams<A extends Algorithm = Algorithm> = {
  [Each in A]: Complete<AlgorithmParams[Each]>;
}[A];

type Complete<Params> = {
  readonly [Name in keyof Params]-?: true extends Params[Name] ? boolean : Exclude<Params[Name], undefined>;
};

/** How one parameter is checked: gives the value to use, or undefined if the given one does not fit. */
interface Rule<T> {
  readonly initial: T;
  readonly expected: string;
  readonly read: (value: unknown) => T | undefined;
}

const number = (initial: number, expected: string, fits: (value: number) => boolean): Rule<number> => ({
  initial,
  expected: `a finite number, ${expected}`,
  read: (value) => (typeof value === 'number' && Number.isFinite(value) && fits(value) ? value : undefined),
});

const numberFrom = (initial: number, least: number): Rule<number> =>
  number(initial, `at least ${least}`, (value) => value >= least);

const numberAbove = (initial: number, bound: number): Rule<number> =>
  number(initial, `above ${bound}`, (value) => value > bound);

const wholeFrom = <T extends number = number>(initial: T, least: number, most: number): Rule<T> => ({
  initial,
  expected: `a whole number from ${least} to ${most}`,
  read: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? (value as T)
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

type Rules = {
  readonly [A in Algorithm]: {
    readonly [Name in keyof CompleteParams<A>]: Rule<CompleteParams<A>[Name]>;
  };
};

const MOST = 2147483647;
const MOST_PERIOD = 1_000_000;

const features = {
  'feature.minfreq': numberFrom(0, 0),
  'feature.possible_states': flag(false),
  'feature.possible_transitions': flag(false),
};

const rules: Rules = {
  lbfgs: {
    c1: numberFrom(0, 0),
    c2: numberFrom(1, 0),
    max_iterations: wholeFrom(MOST, 0, MOST),
    num_memories: wholeFrom(6, 1, 1000),
    epsilon: numberFrom(1e-5, 0),
    period: wholeFrom(10, 0, MOST_PERIOD),
    delta: numberFrom(1e-5, 0),
    linesearch: oneOf('MoreThuente', 'Backtracking', 'StrongBacktracking'),
    max_linesearch: wholeFrom(20, 1, MOST),
    ...features,
  },
  l2sgd: {
    c2: numberAbove(1, 0),
    max_iterations: wholeFrom(1000, 1, MOST),
    period: wholeFrom(10, 1, MOST_PERIOD),
    delta: numberFrom(1e-6, 0),
    'calibration.eta': numberAbove(0.1, 0),
    'calibration.rate': numberAbove(2, 1),
    'calibration.samples': wholeFrom(1000, 1, MOST),
    'calibration.candidates': wholeFrom(10, 1, MOST),
    'calibration.max_trials': wholeFrom(20, 1, MOST),
    ...features,
  },
  ap: { max_iterations: wholeFrom(100, 1, MOST), epsilon: numberFrom(0, 0), ...features },
  pa: {
    type: wholeFrom<0 | 1 | 2>(1, 0, 2),
    c: numberAbove(1, 0),
    error_sensitive: flag(true),
    averaging: flag(true),
    max_iterations: wholeFrom(100, 1, MOST),
    epsilon: numberFrom(0, 0),
    ...features,
  },
  arow: {
    variance: numberAbove(1, 0),
    gamma: numberAbove(1, 0),
    max_iterations: wholeFrom(100, 1, MOST),
    epsilon: numberFrom(0, 0),
    ...features,
  },
  adagrad: {
    c1: numberFrom(0, 0),
    c2: numberFrom(1, 0),
    eta: numberAbove(0.2, 0),
    max_iterations: wholeFrom(50, 1, MOST),
    period: wholeFrom(1, 1, MOST_PERIOD),
    delta: numberFrom(0.01, 0),
    ...features,
  },
};

/** An algorithm with its parameters, which `algorithm` tells apart. */
export type Settings<A extends Algorithm = Algorithm> = {
  [Each in A]: { readonly algorithm: Each; readonly params: CompleteParams<Each> };
}[A];

/** Checks the algorithm and the parameters of a caller and fills in the defaults. */
export function readSettings(algorithm: unknown, params: unknown): Settings {
  const name = algorithm ?? 'lbfgs';
  if (typeof name !== 'string' || !Object.hasOwn(rules, name)) {
    const known = Object.keys(rules).map((each) => `'${each}'`);
    throw new CrfInputError(`algorithm: expected ${known.join(', ')}, got ${show(name)}`);
  }
  const complete = readParams(params ?? {}, rules[name as Algorithm], name);
  return { algorithm: name, params: complete } as unknown as Settings;
}

function readParams(
  given: unknown,
  ofAlgorithm: Readonly<Record<string, Rule<unknown>>>,
  algorithm: string,
): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new CrfInputError(`params: expected an object of parameters, got ${show(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(ofAlgorithm, name)) {
      const known = Object.keys(ofAlgorithm).join(', ');
      throw new CrfInputError(`params: expected parameters of ${algorithm} (${known}), got ${show(name)}`);
    }
  }
  const complete: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(ofAlgorithm)) {
    const value = (given as Record<string, unknown>)[name];
    const read = value === undefined ? rule.initial : rule.read(value);
    if (read === undefined) {
      throw new CrfInputError(`params: expected ${name} to be ${rule.expected}, got ${show(value)}`);
    }
    complete[name] = read;
  }
  return complete;
}
