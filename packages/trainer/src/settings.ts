import { evaluate, EvaluationError } from '@cognate/eval';
import { checkFunction, readBetween, readObject, readOneOf, readWhole, refuse } from './checks.js';
import type { CheckpointStore } from './checkpoint/store.js';
import type { Development } from './data-check.js';
import { TrainerError } from './errors.js';
import type { Phase } from './events.js';
import { readOptimizer, type OptimizerPlan } from './optimizer.js';
import type { Batching } from './plan/batches.js';
import type { Objective } from './plan/draws.js';
import { readDecay, type Decay } from './schedule.js';
import type { ThreadTeam } from './team.js';

/** How one phase is trained. */
export interface PhaseSettings {
  readonly phase: Phase;
  readonly epochs: number;
  /** Infinity for none. */
  readonly patience: number;
  readonly optimizer: OptimizerPlan;
  readonly decay: Decay;
}

export interface DevSettings {
  readonly every: number;
  readonly batchSize: number;
  readonly score: (gold: TagRows, predicted: TagRows) => number;
}

type TagRows = readonly (readonly string[])[];

export interface CheckpointSettings {
  readonly store: CheckpointStore;
  /** Infinity for never, here and below. */
  readonly everySteps: number;
  readonly everySeconds: number;
  readonly everyEpochs: number;
  readonly resume: 'auto' | 'must' | 'never';
}

/** The options of a run, checked and with their defaults. */
export interface Settings {
  readonly seed: number;
  readonly joint: PhaseSettings;
  readonly fineTune: PhaseSettings | undefined;
  readonly objective: Objective;
  readonly batching: Batching;
  readonly clipNorm: number | undefined;
  readonly averageDecay: number | undefined;
  readonly dev: DevSettings;
  readonly checkpoints: CheckpointSettings | undefined;
  readonly parts: number;
  readonly team: ThreadTeam | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Checks the options of `train`: the only place that does.
 *
 * @throws TrainerError that names the option, what was expected and what came.
 */
export function readSettings(given: unknown, dev: Development<unknown> | undefined): Settings {
  const options = readObject('options', given, [
    'seed',
    'epochs',
    'patience',
    'objective',
    'batches',
    'optimizer',
    'learningRateDecay',
    'clipNorm',
    'average',
    'fineTune',
    'dev',
    'checkpoints',
    'parts',
    'team',
    'signal',
  ]);
  const { seed = 1, epochs = 100, clipNorm, average, team, signal } = options;
  if (!Number.isSafeInteger(seed)) refuse('options.seed', 'a safe integer', seed);
  const objective = readObjective(options.objective);
  const optimizer = readOptimizer('options.optimizer', options.optimizer ?? { name: 'adadelta' });
  const threads = readTeam(team);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    refuse('options.signal', 'an AbortSignal', signal);
  }
  return {
    seed: seed as number,
    joint: {
      phase: 'joint',
      epochs: readWhole('options.epochs', epochs, 1),
      patience: readPatience('options.patience', options.patience, dev),
      optimizer,
      decay: readDecay('options.learningRateDecay', options.learningRateDecay),
    },
    fineTune: options.fineTune === undefined ? undefined : readFineTune(options.fineTune, optimizer, dev),
    objective,
    batching: readBatching(options.batches, objective),
    clipNorm: clipNorm === undefined ? undefined : readBetween('options.clipNorm', clipNorm, 0),
    averageDecay: average === undefined ? undefined : readAverage(average),
    dev: readDev(options.dev, dev),
    checkpoints: options.checkpoints === undefined ? undefined : readCheckpoints(options.checkpoints),
    parts: readWhole('options.parts', options.parts ?? threads?.threads ?? 1, threads?.threads ?? 1),
    team: threads,
    signal,
  };
}

function readPatience(where: string, given: unknown, dev: Development<unknown> | undefined): number {
  if (given === undefined) return Infinity;
  if (dev === undefined)
    throw new TrainerError(`${where}: expected data.dev beside it, whose score it watches`);
  return readWhole(where, given, 1);
}

function readObjective(given: unknown): Objective {
  const { kind: givenKind = 'exact' } = readObject('options.objective', given, [
    'kind',
    'targetRepeat',
    'repeatWeight',
    'targetShare',
    'sentencesPerEpoch',
  ]);
  const kind = readOneOf('options.objective.kind', givenKind, ['exact', 'sampled']);
  if (kind === 'exact') {
    const exact = readObject('options.objective', given, ['kind', 'targetRepeat', 'repeatWeight']);
    return {
      kind,
      targetRepeat: readWhole('options.objective.targetRepeat', exact.targetRepeat ?? 1, 1),
      repeatWeight: readOneOf('options.objective.repeatWeight', exact.repeatWeight ?? 'full', [
        'full',
        'shared',
      ]),
    };
  }
  const sampled = readObject('options.objective', given, ['kind', 'targetShare', 'sentencesPerEpoch']);
  const { targetShare, sentencesPerEpoch } = sampled;
  return {
    kind,
    targetShare: readBetween('options.objective.targetShare', targetShare, 0, 1),
    sentencesPerEpoch:
      sentencesPerEpoch === undefined
        ? 0
        : readWhole('options.objective.sentencesPerEpoch', sentencesPerEpoch, 1),
  };
}

function readBatching(given: unknown, objective: Objective): Batching {
  const options = readObject('options.batches', given, ['size', 'tokens', 'languages', 'pool']);
  const usual = objective.kind === 'exact' ? 'separate' : 'mixed';
  return {
    size: readWhole('options.batches.size', options.size ?? 16, 1),
    tokens: options.tokens === undefined ? Infinity : readWhole('options.batches.tokens', options.tokens, 1),
    languages: readOneOf('options.batches.languages', options.languages ?? usual, ['separate', 'mixed']),
    pool: readWhole('options.batches.pool', options.pool ?? 50, 1),
  };
}

function readFineTune(
  given: unknown,
  joint: OptimizerPlan,
  dev: Development<unknown> | undefined,
): PhaseSettings {
  const options = readObject('options.fineTune', given, [
    'epochs',
    'patience',
    'optimizer',
    'learningRateDecay',
  ]);
  return {
    phase: 'fine-tune',
    epochs: readWhole('options.fineTune.epochs', options.epochs, 1),
    patience: readPatience('options.fineTune.patience', options.patience, dev),
    optimizer:
      options.optimizer === undefined
        ? joint
        : readOptimizer('options.fineTune.optimizer', options.optimizer),
    decay: readDecay('options.fineTune.learningRateDecay', options.learningRateDecay),
  };
}

function readAverage(given: unknown): number {
  const { decay } = readObject('options.average', given, ['decay']);
  return readBetween('options.average.decay', decay, 0, 1);
}

function readDev(given: unknown, dev: Development<unknown> | undefined): DevSettings {
  const options = readObject('options.dev', given, ['every', 'batchSize', 'scheme', 'repair', 'score']);
  const every = readWhole('options.dev.every', options.every ?? 1, 1);
  const batchSize = readWhole('options.dev.batchSize', options.batchSize ?? 32, 1);
  if (options.score !== undefined) {
    checkFunction('options.dev.score', options.score);
    return { every, batchSize, score: options.score as DevSettings['score'] };
  }
  const { scheme, repair } = options as Pick<
    NonNullable<Parameters<typeof evaluate>[2]>,
    'scheme' | 'repair'
  >;
  if (dev === undefined) return { every, batchSize, score: () => NaN };
  try {
    // What these may be is known to the scorer: better now than after the first epoch.
    const { convention } = evaluate(dev.gold, dev.gold, { scheme, repair });
    const chosen = { scheme: convention.scheme, repair };
    return { every, batchSize, score: (gold, predicted) => evaluate(gold, predicted, chosen).micro.f1 };
  } catch (cause) {
    if (!(cause instanceof EvaluationError)) throw cause;
    throw new TrainerError(`options.dev: ${cause.message}`, { cause });
  }
}

function readCheckpoints(given: unknown): CheckpointSettings {
  const options = readObject('options.checkpoints', given, [
    'store',
    'everySteps',
    'everySeconds',
    'everyEpochs',
    'resume',
  ]);
  const { everySteps, everySeconds, everyEpochs, resume = 'auto' } = options;
  const store = options.store as Partial<CheckpointStore> | null | undefined;
  if (typeof store?.write !== 'function' || typeof store.list !== 'function') {
    refuse('options.checkpoints.store', 'a CheckpointStore', store);
  }
  const usual = everySteps === undefined && everyEpochs === undefined ? 60 : undefined;
  const seconds = everySeconds ?? usual;
  return {
    store: store as CheckpointStore,
    everySteps:
      everySteps === undefined ? Infinity : readWhole('options.checkpoints.everySteps', everySteps, 1),
    everySeconds:
      seconds === undefined ? Infinity : readBetween('options.checkpoints.everySeconds', seconds, 0),
    everyEpochs:
      everyEpochs === undefined ? Infinity : readWhole('options.checkpoints.everyEpochs', everyEpochs, 1),
    resume: readOneOf('options.checkpoints.resume', resume, ['auto', 'must', 'never']),
  };
}

function readTeam(given: unknown): ThreadTeam | undefined {
  if (given === undefined) return undefined;
  const team = given as ThreadTeam | null;
  if (typeof team?.start !== 'function') return refuse('options.team', 'what threadTeam() gives', given);
  readWhole('options.team.threads', team.threads, 1);
  return team;
}
