import {
  adadelta,
  adam,
  sgd,
  type AdadeltaOptions,
  type AdamOptions,
  type Optimizer,
  type SgdOptions,
} from '@cognate/nn';
import { readObject, readOneOf, refuse } from './checks.js';
import { TrainerError } from './errors.js';

/** An optimiser of `@cognate/nn` by its name and options: plain data, as a configuration file has it. */
export type OptimizerOptions =
  | ({ readonly name: 'adadelta' } & AdadeltaOptions)
  | ({ readonly name: 'adam' } & AdamOptions)
  | ({ readonly name: 'sgd' } & SgdOptions);

/**
 * An optimiser by its options, or a function that makes one. The function gets the factor on the learning rate by the step,
 * which is 1 unless a decay was asked for: `(factor) => adadelta({ learningRate: (step) => 0.5 * factor(step) })`.
 */
export type OptimizerOption = OptimizerOptions | ((factor: (step: number) => number) => Optimizer);

/** An optimiser option that was checked. */
export interface OptimizerPlan {
  /** Whether values change at steps at which their gradient is 0; true if nobody knows. */
  readonly drifts: boolean;
  /** For comparing runs: equal JSON, equal optimiser. */
  readonly description: unknown;
  /** Plain data, from which another thread can make the same optimiser; undefined if there is none. */
  readonly options: OptimizerOptions | undefined;
  /** Before any decay; 1 for an optimiser of the caller's own. */
  rate(step: number): number;
  /** `undefined` for a factor of 1 at all steps. */
  create(factor: ((step: number) => number) | undefined): Optimizer;
}

interface Kind {
  /** The learning rate unless told; undefined where it has to be. */
  readonly rate: number | undefined;
  readonly options: readonly string[];
  readonly drifts: (options: Readonly<Record<string, unknown>>) => boolean;
  readonly create: (options: object) => Optimizer;
}

const kinds: Readonly<Record<OptimizerOptions['name'], Kind>> = {
  adadelta: {
    rate: 1,
    options: ['rho', 'epsilon'],
    drifts: () => false,
    create: adadelta,
  },
  adam: { rate: 1e-3, options: ['beta1', 'beta2', 'epsilon'], drifts: () => true, create: adam },
  sgd: {
    rate: undefined,
    options: ['decay', 'momentum'],
    drifts: ({ momentum = 0 }) => momentum !== 0,
    create: (options) => sgd(options as SgdOptions),
  },
};

export function readOptimizer(where: string, given: unknown): OptimizerPlan {
  if (typeof given === 'function') return ownOptimizer(where, given as (factor: unknown) => unknown);
  const names = Object.keys(kinds) as OptimizerOptions['name'][];
  if (typeof given !== 'object' || given === null) {
    refuse(where, 'the options of an optimiser or a function that makes one', given);
  }
  const name = readOneOf(`${where}.name`, (given as { name?: unknown }).name, names);
  const kind = kinds[name];
  readObject(where, given, ['name', 'learningRate', ...kind.options]);
  const { learningRate = kind.rate, ...others } = given as Record<string, unknown>;
  if (
    typeof learningRate !== 'function' &&
    !(Number.isFinite(learningRate) && (learningRate as number) >= 0)
  ) {
    refuse(`${where}.learningRate`, 'a number of at least 0, or a function of the step', learningRate);
  }
  const rate = (typeof learningRate === 'function' ? learningRate : () => learningRate) as (
    step: number,
  ) => number;
  const plan: OptimizerPlan = {
    drifts: kind.drifts(others),
    description: { ...given, learningRate: typeof learningRate === 'function' ? 'function' : learningRate },
    options: typeof learningRate === 'function' ? undefined : (given as OptimizerOptions),
    rate,
    create: (factor) =>
      kind.create({
        ...others,
        learningRate: factor ? (step: number) => rate(step) * factor(step) : learningRate,
      }),
  };
  try {
    // What the options may be is the optimiser's own knowledge; a number is checked by it at once.
    plan.create(undefined);
  } catch (cause) {
    throw new TrainerError(`${where}.${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return plan;
}

function ownOptimizer(where: string, make: (factor: unknown) => unknown): OptimizerPlan {
  const create: OptimizerPlan['create'] = (factor = () => 1) => {
    const made = make(factor) as Partial<Optimizer> | null | undefined;
    for (const method of ['step', 'settle', 'state', 'load'] as const) {
      if (typeof made?.[method] !== 'function') refuse(where, 'a function that gives an Optimizer', made);
    }
    return made as Optimizer;
  };
  const { name } = create(undefined);
  return {
    drifts: name !== 'adadelta',
    description: { own: name },
    options: undefined,
    rate: () => 1,
    create,
  };
}
