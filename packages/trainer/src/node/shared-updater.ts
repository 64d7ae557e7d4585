import type { Gradients, OptimizerState, ParameterSet } from '@cognate/nn';
import { LocalUpdater, sumParts, type Updater, type UpdaterStart } from '../updater.js';
import { fillRoom, type RoomPlan } from './protocol.js';
import { stateOf, type RoomContent } from './shares.js';
import type { Patience } from './patience.js';
import { askAll, type Thread } from './thread.js';

/** What an updater uses of its team. */
export interface Crew {
  readonly threads: readonly Thread[];
  readonly patience: Patience;
  readonly plan: RoomPlan;
  readonly rooms: readonly Float32Array[];
  /** Which thread updates which parameter. */
  readonly owner: ReadonlyMap<string, number>;
}

/** Each thread adds up the gradients of its share of the parameters and makes the optimiser's step for them. */
export class SharedUpdater implements Updater {
  /** For this thread's share. */
  readonly #local: LocalUpdater;

  constructor(
    parameters: ParameterSet,
    private readonly start: UpdaterStart,
    private readonly crew: Crew,
  ) {
    this.#local = new LocalUpdater(parameters, start, true);
  }

  get name(): string {
    return this.#local.name;
  }

  get steps(): number {
    return this.#local.steps;
  }

  /** Makes the optimiser known to all threads, with the state of another or none. */
  async begin(state?: OptimizerState): Promise<void> {
    const { owner } = this.crew;
    const { options } = this.start.plan;
    if (!options) return;
    const schedule = this.start.schedule();
    await askAll(this.crew, (thread) => ({
      type: 'optimizer',
      start: { options, schedule, state: state && stateOf(thread, owner, state) },
    }));
  }

  async step(parts: readonly Gradients[]): Promise<number | undefined> {
    const { hooks, schedule, clipNorm } = this.start;
    // A norm is of everything, so that the sum has to be there before it can be shared out.
    const sums = clipNorm === undefined ? parts : [sumParts(parts)];
    const norm = clipNorm === undefined ? undefined : this.#local.clip(sums[0]);
    const content = this.#fillRooms(sums);
    const own = sumParts(sums.map((part) => this.#ownPart(part)));
    hooks.before(own.sparse);
    const answers = askAll(this.crew, () => ({ type: 'update', content, schedule: schedule() }));
    this.#local.apply(own);
    await answers;
    hooks.after(own.sparse);
    return norm;
  }

  settle(): void {
    // Other threads leave nothing behind.
    this.#local.settle();
  }

  async state(): Promise<OptimizerState> {
    const answers = await askAll(this.crew, () => ({ type: 'state' }));
    const theirs = answers.flatMap((answer) => (answer.type === 'state' ? [...answer.state] : []));
    return new Map([...theirs, ...(await this.#local.state())]);
  }

  async load(state: OptimizerState): Promise<void> {
    await this.#local.load(stateOf(0, this.crew.owner, state));
    await this.begin(state);
  }

  /** Puts what other threads want of these gradients in the rooms, unless it is there already. */
  #fillRooms(parts: readonly Gradients[]): RoomContent {
    const { rooms, owner, plan } = this.crew;
    return parts.map(({ dense }, part) => {
      const foreign = [...dense].filter(([name]) => owner.get(name) !== 0);
      fillRoom(rooms[part], foreign, plan);
      return [part, foreign.map(([name]) => name)];
    });
  }

  #ownPart({ loss, dense, sparse }: Gradients): Gradients {
    const own = [...dense].filter(([name]) => this.crew.owner.get(name) === 0);
    return { loss, dense: new Map(own), sparse };
  }
}
