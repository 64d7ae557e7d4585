import { CheckpointError } from '../errors.js';
import type { CheckpointEvent, ResumeEvent } from '../events.js';
import type { KernelName, TrainingKernel } from '../kernel/kernel.js';
import type { LbfgsContinuation } from '../optimize/lbfgs.js';
import type { CompleteParams } from '../params.js';
import type { Reports } from '../reports.js';
import type { ReadOptions } from '../train-options.js';
import type { OnlineCheckpoints } from '../trainers/online-run.js';
import { decodeCheckpoint, encodeCheckpoint, type Fingerprint } from './file.js';
import { compareFingerprints, fingerprintOf, type Training } from './fingerprint.js';
import { readLbfgs, saveLbfgs } from './lbfgs-state.js';
import { readCheckpoints, type ReadCheckpoints } from './read-options.js';
import { restoreReports, saveReports } from './reports-state.js';
import { joined, StateReader, type State } from './state.js';
import type { CheckpointOptions } from './store.js';

/** What a checkpoint says that a training goes on from. */
interface Found {
  readonly checkpoint: string;
  readonly state: StateReader;
  /** Whether it is of the stochastic epochs before `lbfgs`. */
  readonly warmStart: boolean;
  readonly kernel: KernelName;
  readonly threads: number;
}

const nothing: State = { numbers: {}, arrays: {} };
const MOST_ITERATIONS = 2 ** 31;
const MAX_THREADS = 256;

const phase = (warmStart: boolean): State => ({ numbers: { warmStart: Number(warmStart) }, arrays: {} });

/** The checkpoints of one training: the one that it goes on from, and those that it leaves. */
export class Checkpoints {
  readonly #options: ReadCheckpoints;
  readonly #onEvent: (event: CheckpointEvent | ResumeEvent) => void;
  #training: Fingerprint = {};
  #reports: Reports | undefined;
  #kernel: State = nothing;
  #found: Found | undefined;
  #state: (() => State) | undefined;
  #lastTime = performance.now();
  #iterations = 0;
  #storedIterations = 0;

  /** @throws CrfInputError for options that do not fit. */
  constructor(
    options: CheckpointOptions,
    onEvent: (event: CheckpointEvent | ResumeEvent) => void = () => undefined,
  ) {
    this.#options = readCheckpoints(options);
    this.#onEvent = onEvent;
  }

  /**
   * Looks for the newest whole checkpoint of the store. If there is one, `reports` take up what is known of the iterations that are made.
   * Gives the options to go on with: by the kernel and on the threads of before, unless others are asked for, since sums would be
   * rounded otherwise by others.
   *
   * @throws CheckpointError if there are checkpoints, but no whole one; if the newest whole one is of another training; if there has
   * to be one and is none.
   */
  async resume(training: Training, reports: Reports): Promise<ReadOptions> {
    this.#training = fingerprintOf(training);
    this.#reports = reports;
    const { options, features } = training;
    const newest = await this.#newest();
    if (newest === undefined) return options;
    const { checkpoint, state, damaged } = newest;
    const iterations = state.whole('iterations', 0, MOST_ITERATIONS);
    const found = (this.#found = {
      checkpoint,
      state,
      warmStart: state.whole('warmStart', 0, options.warmStart ? 1 : 0) === 1,
      kernel: state.whole('simd', 0, 1) === 1 ? 'simd' : 'plain',
      threads: state.whole('threads', 1, MAX_THREADS),
    } as const);
    this.#iterations = this.#storedIterations = iterations;
    restoreReports(reports, state, iterations, features.numTags);
    this.#onEvent({ type: 'resume', checkpoint, iterations, losses: [...reports.losses], damaged });
    return { ...options, kernel: options.kernel ?? found.kernel, threads: options.threads ?? found.threads };
  }

  /** Whether the stochastic epochs before `lbfgs` are over. */
  get isPastWarmStart(): boolean {
    return this.#found?.warmStart === false;
  }

  async #newest(): Promise<(Pick<Found, 'checkpoint' | 'state'> & Pick<ResumeEvent, 'damaged'>) | undefined> {
    const { store, resume } = this.#options;
    if (resume === 'never') return undefined;
    const damaged: { checkpoint: string; problem: string }[] = [];
    for (const stored of await store.list()) {
      const { name } = stored;
      const bytes: unknown = await stored.read();
      if (!(bytes instanceof Uint8Array)) {
        throw new CheckpointError(`${name}: expected the store to give a Uint8Array`);
      }
      let content: ReturnType<typeof decodeCheckpoint>;
      try {
        content = decodeCheckpoint(bytes);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        damaged.push({ checkpoint: name, problem: error.message });
        continue;
      }
      compareFingerprints(name, content.training, this.#training);
      return { checkpoint: name, state: new StateReader(name, content.state), damaged };
    }
    if (damaged.length > 0) {
      const list = damaged.map(({ checkpoint, problem }) => `${checkpoint}: ${problem}`).join('; ');
      throw new CheckpointError(
        `expected a whole checkpoint, got ${list}; to begin anew, give checkpoints.resume as 'never'`,
      );
    }
    if (resume === 'must') {
      throw new CheckpointError("checkpoints.resume is 'must': expected a checkpoint, got none at all");
    }
    return undefined;
  }

  /**
   * Before anything is computed: what computes.
   *
   * @throws CheckpointError if another kernel has computed so far
   */
  begin({ name, threads, notes }: Pick<TrainingKernel, 'name' | 'threads' | 'notes'>): void {
    const found = this.#found;
    if (found && found.kernel !== name) {
      const why = notes.length > 0 ? ` (${notes.join('; ')})` : '';
      throw new CheckpointError(
        `${found.checkpoint}: expected the kernel with which the training began, ${found.kernel}, got ${name}${why}`,
      );
    }
    this.#kernel = { numbers: { simd: Number(name === 'simd'), threads }, arrays: {} };
  }

  /** For L-BFGS on `size` weights. */
  ofBatches(size: number, params: CompleteParams<'lbfgs'>): LbfgsContinuation {
    const found = this.#found?.warmStart === false ? this.#found : undefined;
    return {
      from: found && readLbfgs(found.state, size, params),
      reached: (iterations, state) =>
        this.#reached(iterations, () => joined(phase(false), saveLbfgs(state()))),
    };
  }

  /** For a stochastic algorithm; `warmStart`: before L-BFGS, whose iterations alone count. */
  ofEpochs(warmStart: boolean): OnlineCheckpoints {
    return {
      from: this.#found?.warmStart === warmStart ? this.#found.state : undefined,
      reached: (epochs, state) =>
        this.#reached(warmStart ? 0 : epochs, () => joined(phase(warmStart), state())),
      pause: () => this.#storeIfDue(),
    };
  }

  /** After an abort: stores what was reached, if there is anything. */
  async aborted(): Promise<void> {
    if (this.#state !== undefined) await this.#store();
  }

  /** `state` is right whenever the training awaits something, up to the next call. */
  #reached(iterations: number, state: () => State): Promise<void> {
    this.#state = state;
    this.#iterations = iterations;
    return this.#storeIfDue();
  }

  async #storeIfDue(): Promise<void> {
    if (this.#isDue()) await this.#store();
  }

  #isDue(): boolean {
    const { everySeconds, everyIterations } = this.#options;
    return (
      performance.now() - this.#lastTime >= everySeconds * 1000 ||
      this.#iterations - this.#storedIterations >= everyIterations
    );
  }

  async #store(): Promise<void> {
    const parts = [this.#kernel, this.#state?.() ?? nothing];
    if (this.#reports) parts.push(saveReports(this.#reports, this.#iterations));
    const { numbers, arrays } = parts.reduce(joined);
    const state = { numbers: { ...numbers, iterations: this.#iterations }, arrays };
    const bytes = encodeCheckpoint(this.#training, state);
    await this.#options.store.write(bytes);
    this.#lastTime = performance.now();
    this.#storedIterations = this.#iterations;
    this.#onEvent({ type: 'checkpoint', iterations: this.#iterations, bytes: bytes.length });
  }
}
