import { RandomStream, type Gradients, type ParameterSet } from '@cognate/nn';
import { Average } from './average.js';
import { Breather } from './breathe.js';
import type { Progress, RunArrays } from './checkpoint/run-state.js';
import type { ReadData } from './data-check.js';
import { BatchError } from './errors.js';
import { evaluateModel } from './evaluate.js';
import type { EpochRecord, Place, StopReason, TrainEvent, TrainResult } from './events.js';
import type { TrainableModel } from './model.js';
import { makeBatches, type Batch } from './plan/batches.js';
import { drawEpoch } from './plan/draws.js';
import { cutInParts } from './plan/parts.js';
import { rateFactor, type Schedule } from './schedule.js';
import type { PhaseSettings, Settings } from './settings.js';
import type { PartResult, RunningTeam } from './team.js';
import type { Updater } from './updater.js';

/** Asked after each step, epoch and phase, the only places where a run may be stored. */
export type Pause = (after: 'step' | 'epoch' | 'phase') => Promise<void>;

/**
 * The state of a run and what moves it on. All chance comes from streams that are named after the phase, the epoch and the
 * step, so that where a run stands is said by {@link progress} and {@link arrays}: no generator has a state.
 */
export class Run<Example> {
  progress: Progress;
  #updater!: Updater;
  #average: Average | undefined;
  #best: ReadonlyMap<string, Float32Array> | undefined;
  /** Steps of this phase up to the end of each of its finished epochs. */
  #ends: number[] = [];
  readonly #parameters: ParameterSet;
  readonly #random: RandomStream;
  readonly #lengths: readonly Int32Array[];
  readonly #breather: Breather;

  private constructor(
    private readonly model: TrainableModel<Example>,
    private readonly data: ReadData<Example>,
    private readonly settings: Settings,
    private readonly team: RunningTeam<Example>,
    private readonly emit: (event: TrainEvent) => void,
  ) {
    this.#parameters = model.parameters;
    this.#random = new RandomStream(settings.seed);
    this.#lengths = data.corpora.map(({ lengths }) => lengths);
    this.#breather = new Breather(settings.signal);
    this.progress = {
      phase: 'joint',
      epoch: 1,
      step: 0,
      totalSteps: 0,
      loss: 0,
      seen: this.#nothingSeen(),
      records: [],
      best: null,
      stale: 0,
    };
    this.#average = this.#createAverage();
  }

  /** A run at its beginning. */
  static async create<Example>(
    model: TrainableModel<Example>,
    data: ReadData<Example>,
    settings: Settings,
    team: RunningTeam<Example>,
    emit: (event: TrainEvent) => void,
  ): Promise<Run<Example>> {
    const run = new Run(model, data, settings, team, emit);
    run.#updater = await run.#createUpdater();
    return run;
  }

  get optimizerName(): string {
    return this.#updater.name;
  }

  get place(): Place {
    const { phase, epoch, step, totalSteps } = this.progress;
    return { phase, epoch, step, totalSteps };
  }

  /** The numbers of the run: its own, not copies, but for the optimiser's. */
  async arrays(): Promise<RunArrays> {
    return {
      parameters: this.#parameters.values(),
      optimizer: await this.#updater.state(),
      average: this.#average?.state(),
      best: this.#best,
    };
  }

  /** Goes to where another run stood. */
  async load(progress: Progress, { parameters, optimizer, average, best }: RunArrays): Promise<void> {
    this.progress = progress;
    this.#findEnds();
    for (const { name, values } of this.#parameters) values.set(parameters.get(name) ?? []);
    this.#parameters.touch();
    this.#updater = await this.#createUpdater();
    await this.#updater.load(optimizer);
    if (average) this.#average?.load(average);
    // Not views of the checkpoint's bytes, which would be kept with them.
    this.#best = best && new Map([...best].map(([name, values]) => [name, values.slice()]));
  }

  /** Makes all steps that are left. */
  async train(pause: Pause): Promise<TrainResult> {
    let reason = await this.#trainPhase(this.settings.joint, pause);
    if (this.settings.fineTune) {
      if (this.progress.phase === 'joint') await this.#beginFineTuning();
      reason = await this.#trainPhase(this.settings.fineTune, pause);
    }
    this.settings.signal?.throwIfAborted();
    this.#takeKept();
    const { records, best, totalSteps, phase } = this.progress;
    const kept = best ?? { phase, epoch: records[records.length - 1].epoch };
    return { reason, kept, totalSteps, epochs: records };
  }

  /** Brings the parameters' values up to date. */
  settle(): void {
    this.#updater.settle();
  }

  async #trainPhase(phase: PhaseSettings, pause: Pause): Promise<TrainResult['reason']> {
    const { progress } = this;
    if (progress.phase !== phase.phase) return 'epochs';
    let reason = this.#stopReason(phase);
    for (; reason === undefined; reason = this.#stopReason(phase)) await this.#trainEpoch(phase, pause);
    // One that came with the last epoch's event: no step looks for it any more.
    this.settings.signal?.throwIfAborted();
    this.emit({ type: 'stop', reason, ...this.place });
    await pause('phase');
    return reason;
  }

  #stopReason({ epochs, patience }: PhaseSettings): Exclude<StopReason, 'aborted'> | undefined {
    if (this.progress.stale >= patience) return 'patience';
    return this.progress.epoch > epochs ? 'epochs' : undefined;
  }

  async #trainEpoch(phase: PhaseSettings, pause: Pause): Promise<void> {
    const { progress } = this;
    const started = performance.now();
    const batches = this.#planEpoch();
    while (progress.step < batches.length) {
      await this.#breather.breathe();
      await this.#step(phase, batches);
      await pause('step');
    }
    await this.#breather.breathe();
    this.#updater.settle();
    const { every } = this.settings.dev;
    const due = progress.epoch % every === 0 || progress.epoch === phase.epochs;
    const dev = due ? await this.#evaluate() : undefined;

    const record: EpochRecord = {
      phase: progress.phase,
      epoch: progress.epoch,
      steps: batches.length,
      loss: progress.loss,
      languages: Object.fromEntries(
        this.data.corpora
          .map(({ name }, c) => [name, { ...progress.seen[c] }] as const)
          .filter(([, { sentences }]) => sentences > 0),
      ),
      ...(dev !== undefined && { dev, best: this.#isBest(dev) }),
    };
    if (dev !== undefined) this.#keepIfBest(dev);
    progress.records.push(record);
    progress.epoch++;
    progress.step = 0;
    progress.loss = 0;
    progress.seen = this.#nothingSeen();
    this.#findEnds();
    this.emit({ type: 'epoch', ...record, seconds: (performance.now() - started) / 1000 });
    await pause('epoch');
  }

  /** The batches of the epoch that is under way: the same whenever they are asked for. */
  #planEpoch(): Batch[] {
    const { phase, epoch } = this.progress;
    const { objective, batching } = this.settings;
    const random = this.#random.fork('epoch').fork(`${phase} ${epoch}`);
    const corpora = this.data.corpora.map(({ examples, mu }) => ({ size: examples.length, mu }));
    const draws =
      phase === 'joint'
        ? drawEpoch(corpora, objective, random)
        : drawEpoch(corpora.slice(0, 1), { kind: 'exact', targetRepeat: 1, repeatWeight: 'full' }, random);
    return makeBatches(draws, this.#lengths, batching, random);
  }

  async #step(phase: PhaseSettings, batches: readonly Batch[]): Promise<void> {
    const { progress } = this;
    const batch = batches[progress.step];
    const parts = cutInParts(batch, this.settings.parts, this.#lengths);
    const jobs = parts.map((part, p) => ({
      stream: `${progress.phase} ${progress.epoch} ${progress.step} ${p}`,
      pieces: part.map(({ corpus, weight, sentences }) => ({
        weight,
        examples: sentences.map((sentence) => this.data.corpora[corpus].examples[sentence]),
      })),
    }));
    const results = await this.team.compute(jobs);
    const { gradients, ...sums } = this.#note(parts, results);
    const gradientNorm = await this.#updater.step(gradients);

    progress.step++;
    progress.totalSteps++;
    progress.loss += sums.loss;
    const { steps } = this.#updater;
    const factor = rateFactor(() => this.#schedule())?.(steps) ?? 1;
    this.emit({
      type: 'step',
      ...this.place,
      of: batches.length,
      ...sums,
      learningRate: phase.optimizer.rate(steps) * factor,
      ...(gradientNorm !== undefined && { gradientNorm }),
    });
  }

  /** Notes what the parts have seen, if all of them are good, and gives their gradients. */
  #note(
    parts: readonly Batch[],
    results: readonly PartResult[],
  ): { gradients: Gradients[]; loss: number; sentences: number; tokens: number } {
    const gradients: Gradients[] = [];
    results.forEach((result, p) => {
      if (!result.ok) throw this.#batchError(parts[p][result.piece], result.error);
      gradients.push(result.gradients);
    });
    const sums = { loss: 0, sentences: 0, tokens: 0 };
    results.forEach((result, p) => {
      parts[p].forEach(({ corpus, weight, sentences }, piece) => {
        const seen = this.progress.seen[corpus];
        const loss = result.ok ? result.losses[piece] : NaN;
        const tokens = sentences.reduce((sum, sentence) => sum + this.#lengths[corpus][sentence], 0);
        seen.loss += loss;
        seen.sentences += sentences.length;
        seen.tokens += tokens;
        sums.loss += weight * loss;
        sums.sentences += sentences.length;
        sums.tokens += tokens;
      });
    });
    return { gradients, ...sums };
  }

  #batchError({ corpus, sentences }: Batch[number], cause: unknown): BatchError {
    const { phase, epoch, step } = this.progress;
    const language = this.data.corpora[corpus].name;
    return new BatchError({ phase, epoch, step: step + 1, language, sentences }, cause);
  }

  async #evaluate(): Promise<number | undefined> {
    const { dev } = this.data;
    if (!dev) return undefined;
    this.#average?.swap();
    try {
      return await evaluateModel(this.model, dev, this.settings.dev, this.#breather);
    } finally {
      this.#average?.swap();
    }
  }

  #isBest(dev: number): boolean {
    return this.progress.best === null || dev > this.progress.best.dev;
  }

  #keepIfBest(dev: number): void {
    const { progress } = this;
    if (!this.#isBest(dev)) {
      progress.stale++;
      return;
    }
    progress.stale = 0;
    progress.best = { phase: progress.phase, epoch: progress.epoch, dev };
    this.#best = new Map(
      [...(this.#average?.settled() ?? this.#parameters.values())].map(([name, values]) => [
        name,
        Float32Array.from(values),
      ]),
    );
  }

  /** Gives the model the weights that are kept: those of the best epoch, else the averages, else those that it has. */
  #takeKept(): void {
    this.#updater.settle();
    const kept = this.#best ?? this.#average?.settled();
    if (!kept) return;
    for (const { name, values } of this.#parameters) values.set(kept.get(name) ?? []);
    this.#parameters.touch();
  }

  async #beginFineTuning(): Promise<void> {
    this.#takeKept();
    const { progress } = this;
    progress.phase = 'fine-tune';
    progress.epoch = 1;
    progress.stale = 0;
    this.#findEnds();
    this.#updater = await this.#createUpdater();
    this.#average = this.#createAverage();
  }

  #createUpdater(): Promise<Updater> {
    return this.team.updater({
      plan: this.#phaseSettings().optimizer,
      clipNorm: this.settings.clipNorm,
      schedule: () => this.#schedule(),
      hooks: {
        before: (sparse) => this.#average?.beforeStep(sparse),
        after: (sparse) => this.#average?.afterStep(sparse),
      },
    });
  }

  #createAverage(): Average | undefined {
    const { averageDecay } = this.settings;
    return averageDecay === undefined ? undefined : new Average(this.#parameters, averageDecay);
  }

  #phaseSettings(): PhaseSettings {
    const { joint, fineTune } = this.settings;
    return this.progress.phase === 'fine-tune' && fineTune ? fineTune : joint;
  }

  #schedule(): Schedule {
    const { decay, epochs } = this.#phaseSettings();
    return { decay, epochs, ends: this.#ends };
  }

  #findEnds(): void {
    let sum = 0;
    this.#ends = this.progress.records
      .filter(({ phase }) => phase === this.progress.phase)
      .map(({ steps }) => (sum += steps));
  }

  #nothingSeen(): Progress['seen'] {
    return this.data.corpora.map(() => ({ loss: 0, sentences: 0, tokens: 0 }));
  }
}
