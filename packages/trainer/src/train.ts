import { readObject, refuse } from './checks.js';
import { encodeCheckpoint } from './checkpoint/file.js';
import { fingerprint, type Fingerprint } from './checkpoint/fingerprint.js';
import { findCheckpoint } from './checkpoint/resume.js';
import { flatten } from './checkpoint/run-state.js';
import { readData } from './data-check.js';
import type { TrainingData } from './data.js';
import { TrainerError } from './errors.js';
import type { TrainEvent, TrainResult } from './events.js';
import type { TrainableModel } from './model.js';
import type { TrainOptions } from './options.js';
import { oneThread } from './part.js';
import { Run, type Pause } from './run.js';
import { readSettings, type CheckpointSettings, type Settings } from './settings.js';

/** What to train, on what, and how. */
export interface TrainArguments<Example> {
  /** Trained in place. */
  readonly model: TrainableModel<Example>;
  readonly data: TrainingData<Example>;
  readonly options?: TrainOptions | undefined;
  /** Told of everything that happens, while it happens; what it throws ends the training. */
  readonly events?: ((event: TrainEvent) => void) | undefined;
}

/**
 * Trains a model to maximise `Σ_target log p + Σ_σ μ_σ Σ_σ log p`, the log-likelihood of the target's sentences and, weighted,
 * of every source's (Cotterell and Duh, IJCNLP 2017). Other tasks of the thread run between the steps.
 *
 * In the end the model has the weights of the epoch that was best on the development data; without such data those of the last
 * epoch, averaged if that was asked for.
 *
 * @throws TrainerError for data and options that do not fit, naming them; CheckpointError for checkpoints that cannot be gone on
 * from; BatchError, which names the sentences, if their loss fails or is not finite; ThreadError if a thread fails. All of them as a
 * rejection, as is the reason of `options.signal`. Whatever the outcome, no thread is left.
 */
export async function train<Example>(given: TrainArguments<Example>): Promise<TrainResult> {
  const { model, data, options, events } = readObject('train', given as unknown, [
    'model',
    'data',
    'options',
    'events',
  ]) as unknown as TrainArguments<Example>;
  checkModel(model);
  if (events !== undefined && typeof events !== 'function') refuse('events', 'a function', events);
  const emit = (event: TrainEvent): void => events?.(event);
  const read = readData(data, model);
  const settings = readSettings(options, read.dev);
  settings.signal?.throwIfAborted();

  const identity = fingerprint(model, read, settings);
  const found = settings.checkpoints && (await findCheckpoint(settings.checkpoints, identity));
  const { seed, parts, signal } = settings;
  const start = { model, parameters: model.parameters, seed, parts, signal };
  const team = settings.team ? await settings.team.start(start) : oneThread(start);
  try {
    const run = await Run.create(model, read, settings, team, emit);
    if (found) await run.load(found.progress, found.arrays);
    emit({
      type: 'run',
      corpora: read.corpora.map(({ name, mu, lengths }) => {
        return {
          name,
          mu,
          sentences: lengths.length,
          tokens: lengths.reduce((sum, length) => sum + length, 0),
        };
      }),
      devSentences: read.dev?.examples.length ?? 0,
      parameters: Array.from(model.parameters).reduce((sum, { values }) => sum + values.length, 0),
      optimizer: run.optimizerName,
      seed: settings.seed,
      parts: settings.parts,
      threads: settings.team?.threads ?? 1,
      ...(found && { resumed: { ...run.place, checkpoint: found.checkpoint, damaged: found.damaged } }),
    });
    const result = await runToEnd(run, settings, identity, emit);
    emit({ type: 'end', ...result });
    return result;
  } finally {
    await team.close();
  }
}

async function runToEnd<Example>(
  run: Run<Example>,
  { checkpoints, signal }: Settings,
  identity: Fingerprint,
  emit: (event: TrainEvent) => void,
): Promise<TrainResult> {
  const keeper = checkpoints && new Keeper(run, checkpoints, identity, emit);
  try {
    return await run.train(keeper ? keeper.pause : () => Promise.resolve());
  } catch (error) {
    run.settle();
    if (signal?.aborted && error === signal.reason) {
      await keeper?.store().catch((error: unknown) => {
        // Threads that hang keep their share of the optimiser's state to themselves.
        if (error !== signal.reason) throw error;
      });
      emit({ type: 'stop', reason: 'aborted', ...run.place });
    }
    throw error;
  }
}

/** Stores the run when it is time to. */
class Keeper<Example> {
  #time = performance.now();
  #steps: number;
  #epochs: number;
  /** What was stored last. */
  #stored: string;

  constructor(
    private readonly run: Run<Example>,
    private readonly settings: CheckpointSettings,
    private readonly identity: Fingerprint,
    private readonly emit: (event: TrainEvent) => void,
  ) {
    this.#steps = run.progress.totalSteps;
    this.#epochs = run.progress.records.length;
    this.#stored = JSON.stringify(run.progress);
  }

  readonly pause: Pause = async (after) => {
    const { everySteps, everySeconds, everyEpochs } = this.settings;
    const { totalSteps, records } = this.run.progress;
    const due =
      after === 'phase' ||
      totalSteps - this.#steps >= everySteps ||
      records.length - this.#epochs >= everyEpochs ||
      (performance.now() - this.#time) / 1000 >= everySeconds;
    if (due) await this.store();
  };

  /** Stores where the run stands, unless that is what was stored last. */
  async store(): Promise<void> {
    const { run } = this;
    const progress = JSON.stringify(run.progress);
    if (progress !== this.#stored) {
      const state = { run: this.identity, progress: run.progress };
      const bytes = await encodeCheckpoint(state, flatten(await run.arrays()));
      await this.settings.store.write(bytes);
      this.#stored = progress;
      this.emit({ type: 'checkpoint', ...run.place, bytes: bytes.length });
    }
    this.#time = performance.now();
    this.#steps = run.progress.totalSteps;
    this.#epochs = run.progress.records.length;
  }
}

function checkModel(model: unknown): void {
  const given = model as Partial<TrainableModel<unknown>> | null | undefined;
  if (typeof given !== 'object' || given === null) refuse('model', 'a TrainableModel', model);
  for (const method of ['length', 'batchLoss', 'decode'] as const) {
    if (typeof given[method] !== 'function') refuse(`model.${method}`, 'a function', given[method]);
  }
  const { parameters } = given as { parameters?: Partial<TrainableModel<unknown>['parameters']> };
  if (typeof parameters?.get !== 'function' || typeof parameters.size !== 'number') {
    refuse('model.parameters', 'a ParameterSet', parameters);
  }
  if (parameters.size === 0)
    throw new TrainerError('model.parameters: expected at least one parameter, got none');
}
