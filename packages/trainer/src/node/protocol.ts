import type { SparseRows } from '@cognate/nn';
import type { PartJob } from '../team.js';

/** Given to a thread when it is started. */
export interface ThreadStart {
  /** Tells a thread of a team from any other worker. */
  readonly cognate: 'trainer';
  readonly seed: number;
  /** The parameters' values by name, all of them in shared memory. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Of each part that the thread computes: room for the gradients of the dense parameters, one after the other, shared. */
  readonly rooms: ReadonlyMap<number, Float32Array>;
  /** What the caller gave for the function that builds the model. */
  readonly data: unknown;
}

/** What the main thread says. */
export interface Work {
  readonly jobs: readonly (readonly [part: number, job: PartJob<unknown>])[];
}

/** What a thread answers: first that its model is ready, then one answer for each {@link Work}. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly parts: readonly PartAnswer[] }
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
