import {
  addGradients,
  clipGradients,
  noGradients,
  type Gradients,
  type Optimizer,
  type OptimizerState,
  type ParameterSet,
} from '@cognate/nn';
import type { OptimizerPlan } from './optimizer.js';
import { rateFactor, type Schedule } from './schedule.js';

/** Around the moment in which the parameters change. */
export interface UpdateHooks {
  before(sparse: Gradients['sparse']): void;
  after(sparse: Gradients['sparse']): void;
}

/** What an updater is made from: anew for each phase. */
export interface UpdaterStart {
  readonly plan: OptimizerPlan;
  readonly clipNorm: number | undefined;
  readonly hooks: UpdateHooks;
  /** As it is at the time of the call. */
  readonly schedule: () => Schedule;
}

/** Adds up the gradients of the parts and makes the optimiser's step with them, on however many threads: the same bits on any. */
export interface Updater {
  readonly name: string;
  /** Steps of this phase. */
  readonly steps: number;
  /** Gives the norm of the gradient before clipping if it is clipped. Changes the gradients that it is given. */
  step(parts: readonly Gradients[]): Promise<number | undefined>;
  /** Brings the parameters' values up to date. */
  settle(): void;
  state(): Promise<OptimizerState>;
  /** Goes on from a state; parameters are up to date afterwards. */
  load(state: OptimizerState): Promise<void>;
}

/** The sum of the parts, in order, in the memory of the first. */
export function sumParts(parts: readonly Gradients[]): Gradients {
  const [first = noGradients(), ...others] = parts;
  for (const other of others) addGradients(first, other);
  return first;
}

/** Makes the whole step on this thread. */
export class LocalUpdater implements Updater {
  readonly #optimizer: Optimizer;

  constructor(
    private readonly parameters: ParameterSet,
    private readonly start: UpdaterStart,
    /** Values are read behind the parameters' back: they have to be up to date after each step. */
    private readonly settleAlways: boolean,
  ) {
    this.#optimizer = start.plan.create(rateFactor(start.schedule));
  }

  get name(): string {
    return this.#optimizer.name;
  }

  get steps(): number {
    return this.#optimizer.steps;
  }

  step(parts: readonly Gradients[]): Promise<number | undefined> {
    const gradients = sumParts(parts);
    const norm = this.clip(gradients);
    this.start.hooks.before(gradients.sparse);
    this.apply(gradients);
    this.start.hooks.after(gradients.sparse);
    return Promise.resolve(norm);
  }

  clip(gradients: Gradients): number | undefined {
    const { clipNorm } = this.start;
    return clipNorm === undefined ? undefined : clipGradients(gradients, clipNorm);
  }

  apply(gradients: Gradients): void {
    this.#optimizer.step(this.parameters, gradients);
    if (this.settleAlways && this.start.plan.drifts) this.settle();
  }

  settle(): void {
    this.#optimizer.settle(this.parameters);
  }

  state(): Promise<OptimizerState> {
    return Promise.resolve(this.#optimizer.state());
  }

  load(state: OptimizerState): Promise<void> {
    this.#optimizer.load(state);
    // What it had put off: reads of the parameters do not know of this optimiser before its first step.
    this.settle();
    return Promise.resolve();
  }
}
