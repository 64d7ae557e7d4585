import type { Gradients, ParameterSet } from '@cognate/nn';
import type { TrainableModel } from './model.js';
import type { Updater, UpdaterStart } from './updater.js';

/** The sentences of one language in a part of a batch. */
export interface PieceJob<Example> {
  /** What the gradient of their loss is multiplied by. */
  readonly weight: number;
  readonly examples: readonly Example[];
}

/** A part of a batch, to be computed on one thread. */
export interface PartJob<Example> {
  readonly pieces: readonly PieceJob<Example>[];
  /** Names the stream of random numbers: the same name, the same dropout, on whichever thread. */
  readonly stream: string;
}

/** What came of a part; one that is empty has no losses and no gradients. */
export type PartResult =
  | {
      readonly ok: true;
      /** Of each piece, not weighted. */
      readonly losses: readonly number[];
      /** Weighted, of all pieces together. */
      readonly gradients: Gradients;
    }
  | {
      readonly ok: false;
      /** The piece that failed. */
      readonly piece: number;
      readonly error: unknown;
    };

/** Threads at work for one run. */
export interface RunningTeam<Example> {
  /** The parts' results, in order. What they hold is valid until the next call. */
  compute(jobs: readonly PartJob<Example>[]): Promise<readonly PartResult[]>;
  /** What makes the steps of a phase from such results. Replaces the one from before. */
  updater(start: UpdaterStart): Promise<Updater>;
  /** Ends the threads; none is left when it resolves. May be called twice. */
  close(): Promise<void>;
}

/** What threads need to know to begin. */
export interface TeamStart<Example> {
  readonly model: TrainableModel<Example>;
  readonly parameters: ParameterSet;
  readonly seed: number;
  /** Parts of a batch. */
  readonly parts: number;
  /** Once it is aborted the team's answers are not waited for much longer: it rejects with the signal's reason then. */
  readonly signal: AbortSignal | undefined;
}

/** Threads that are to be started when training begins: `threadTeam` of `@cognate/trainer/node` makes one. */
export interface ThreadTeam {
  /** How many, the calling one included. */
  readonly threads: number;
  /** @internal */
  start<Example>(start: TeamStart<Example>): Promise<RunningTeam<Example>>;
}
