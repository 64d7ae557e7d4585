import type { OptimizerState, SparseRows } from '@cognate/nn';
import { GradientRoom } from '../part.js';
import type { Schedule } from '../schedule.js';
import type { PartJob } from '../team.js';
import type { RoomContent, ShareStart } from './shares.js';

/** Given to a thread when it is started. */
export interface ThreadStart {
  /** Tells a thread of a team from any other worker. */
  readonly cognate: 'trainer';
  readonly seed: number;
  /** The parameters' values by name, all of them in shared memory. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** For each part of a batch, room for the gradients of the dense parameters, one after the other, shared. */
  readonly rooms: readonly Float32Array[];
  /** Names of the dense parameters that the thread updates. */
  readonly share: readonly string[];
  /** What the caller gave for the function that builds the model. */
  readonly data: unknown;
}

/** What the main thread says; each is answered once. */
export type Work =
  /** Compute these parts. Answer: `done`. */
  | { readonly type: 'compute'; readonly jobs: readonly (readonly [part: number, job: PartJob<unknown>])[] }
  /** Here is the optimiser of a phase. Answer: `ready`. */
  | { readonly type: 'optimizer'; readonly start: ShareStart }
  /** Make a step with the sum of these gradients. Answer: `ready`. */
  | { readonly type: 'update'; readonly content: RoomContent; readonly schedule: Schedule }
  /** Answer: `state`. */
  | { readonly type: 'state' };

export type Answer =
  /** Also said first, once the model is there. */
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly parts: readonly PartAnswer[] }
  | { readonly type: 'state'; readonly state: OptimizerState }
  /** It cannot go on; the last that is heard of it. */
  | { readonly type: 'failed'; readonly error: unknown };

/** What came of a part. The dense gradients are in its room; those of rows are few, and come along. */
export type PartAnswer =
  | {
      readonly part: number;
      readonly ok: true;
      readonly losses: readonly number[];
      readonly loss: number;
      /** Names of the dense parameters that have a gradient. */
      readonly dense: readonly string[];
      readonly sparse: ReadonlyMap<string, SparseRows>;
    }
  | { readonly part: number; readonly ok: false; readonly piece: number; readonly error: unknown };

/** Where in a room the gradient of each dense parameter is. */
export interface RoomPlan {
  readonly size: number;
  readonly places: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

/** The same on all threads, because the parameters are. */
export function planRoom(
  parameters: Iterable<{ readonly name: string; readonly sparse: boolean; readonly values: Float32Array }>,
): RoomPlan {
  const places = new Map<string, { start: number; end: number }>();
  let size = 0;
  for (const { name, sparse, values } of parameters) {
    if (sparse) continue;
    places.set(name, { start: size, end: size + values.length });
    size += values.length;
  }
  return { size, places };
}

/** A room's places as arrays for the gradients to be written to at once. */
export function roomOf(room: Float32Array, { places }: RoomPlan): GradientRoom {
  return new GradientRoom(
    Array.from(places, ([name, { start, end }]) => [name, room.subarray(start, end)] as const),
  );
}

/** Copies gradients to their places, but for those that are there already. */
export function fillRoom(
  room: Float32Array,
  dense: Iterable<readonly [name: string, gradient: Float32Array]>,
  { places }: RoomPlan,
): void {
  for (const [name, gradient] of dense) {
    if (gradient.buffer !== room.buffer) room.set(gradient, places.get(name)?.start);
  }
}

/** An error as it can be posted: some have properties that cannot. */
export function postable(error: unknown): unknown {
  try {
    return structuredClone(error);
  } catch {
    const copy = new Error(error instanceof Error ? error.message : String(error));
    if (error instanceof Error && error.stack !== undefined) copy.stack = error.stack;
    return copy;
  }
}
