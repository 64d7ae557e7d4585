import { ParameterSet, zeros, type Gradients, type OptimizerState, type Parameter } from '@cognate/nn';
import { readOptimizer, type OptimizerOptions } from '../optimizer.js';
import type { Schedule } from '../schedule.js';
import { LocalUpdater, sumParts } from '../updater.js';
import type { RoomPlan } from './protocol.js';

/**
 * Which thread updates which dense parameter, by name: the largest that is left goes to the thread that has least, so that each
 * has about the same number of values. Tables are thread 0's, the main thread's: their steps are small.
 */
export function shareOut(parameters: Iterable<Parameter>, threads: number): ReadonlyMap<string, number> {
  const load = new Array<number>(threads).fill(0);
  const owner = new Map<string, number>();
  const dense: Parameter[] = [];
  for (const parameter of parameters) {
    if (parameter.sparse) owner.set(parameter.name, 0);
    else dense.push(parameter);
  }
  dense.sort((a, b) => b.values.length - a.values.length);
  for (const { name, values } of dense) {
    const thread = load.indexOf(Math.min(...load));
    load[thread] += values.length;
    owner.set(name, thread);
  }
  return owner;
}

/** The arrays of an optimiser's state that belong to a thread's parameters, and those that are not any parameter's. */
export function stateOf(
  thread: number,
  owner: ReadonlyMap<string, number>,
  state: ReadonlyMap<string, Float32Array | Int32Array>,
): OptimizerState {
  // By name: what it is, a colon, and the parameter.
  const belongs = (key: string) => (owner.get(key.slice(key.indexOf(':') + 1)) ?? thread) === thread;
  return new Map([...state].filter(([key]) => belongs(key)));
}

/** What a thread is told of the optimiser of a phase. */
export interface ShareStart {
  readonly options: OptimizerOptions;
  readonly schedule: Schedule;
  readonly state: OptimizerState | undefined;
}

/** The names of the dense parameters of which a room has gradients. */
export type RoomContent = readonly (readonly [part: number, names: readonly string[]])[];

/** A thread's share of the dense parameters, and the optimiser for them. */
export class Share {
  readonly #parameters = new ParameterSet();
  readonly #updater: LocalUpdater;
  #schedule: Schedule;

  constructor(parameters: Iterable<Parameter>, { options, schedule, state }: ShareStart) {
    for (const { name, shape, values } of parameters) this.#parameters.add(name, shape, zeros(), { values });
    this.#schedule = schedule;
    const start = {
      plan: readOptimizer('optimizer', options),
      clipNorm: undefined,
      hooks: { before: () => undefined, after: () => undefined },
      schedule: () => this.#schedule,
    };
    this.#updater = new LocalUpdater(this.#parameters, start, true);
    if (state) void this.#updater.load(state);
  }

  /** Makes a step with the sum of the rooms' gradients for this share. */
  step(rooms: readonly Float32Array[], content: RoomContent, plan: RoomPlan, schedule: Schedule): void {
    this.#schedule = schedule;
    const parts = content.map(([part, names]): Gradients => {
      const own = names.filter((name) => this.#parameters.has(name));
      return { loss: 0, dense: viewsOf(rooms[part], own, plan), sparse: new Map() };
    });
    this.#updater.apply(sumParts(parts));
  }

  state(): Promise<OptimizerState> {
    return this.#updater.state();
  }
}

/** The gradients that a room has for these parameters, where they are. */
export function viewsOf(
  room: Float32Array,
  names: Iterable<string>,
  { places }: RoomPlan,
): Map<string, Float32Array> {
  const views = new Map<string, Float32Array>();
  for (const name of names) {
    const place = places.get(name);
    if (place) views.set(name, room.subarray(place.start, place.end));
  }
  return views;
}
