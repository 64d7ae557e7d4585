import type { Sentence } from '@cognate/corpora';
import { ParameterSet } from '@cognate/nn';
import { NeuralTagger } from '@cognate/tagger/neural';
import {
  train,
  type CheckpointOptions,
  type ThreadTeam,
  type TrainEvent,
  type TrainResult,
} from '@cognate/trainer';
import { boundedSources } from '../bounded-sources.js';
import type { NeuralRecipe } from '../recipe.js';
import type { LanguageData } from '../transfer.js';

/** What to train a neural tagger on, and how. */
export interface NeuralTraining {
  readonly target: LanguageData;
  readonly sources?: readonly LanguageData[] | undefined;
  /** Gold sentences of the target that decide which epoch's weights are kept, and when to stop. */
  readonly dev?: readonly Sentence[] | undefined;
  readonly recipe: NeuralRecipe;
  /** Of the initial values, the order of the batches, and dropout. Default 1. */
  readonly seed?: number | undefined;
  /** Threads that share the work of each step: `neuralThreads` of `@cognate/experiments/node`. Default: this thread alone. */
  readonly threads?: ((tagger: NeuralTagger) => ThreadTeam) | undefined;
  readonly checkpoints?: CheckpointOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly events?: ((event: TrainEvent) => void) | undefined;
}

/** A trained tagger, and what its training was like. */
export interface NeuralTrainingResult extends TrainResult {
  readonly tagger: NeuralTagger;
}

/**
 * Trains a neural tagger on `Σ_target log p + Σ_σ μ_σ Σ_σ log p` (Cotterell and Duh 2017). A backend of TensorFlow.js has to be set: `await
 * selectBackend()` of `@cognate/nn`. The same data, recipe, seed, build and number of threads give the same tagger.
 *
 * @throws TaggerError, TrainerError, BatchError, CheckpointError (as rejections): what does not fit, and where
 */
export async function trainNeural(setting: NeuralTraining): Promise<NeuralTrainingResult> {
  const { target, dev, recipe, seed = 1, checkpoints, signal, events } = setting;
  const { training, network } = recipe;
  const sources = boundedSources(setting.sources ?? [], training.sourceTokens, seed);
  const all = [target, ...sources].flatMap(inLanguage);
  const tagger = await NeuralTagger.create(all, {
    language: target.language,
    network,
    seed,
    // Shared with the threads, if there are some.
    parameters: new ParameterSet({ shared: setting.threads !== undefined }),
  });
  const result = await train({
    model: tagger,
    data: {
      target: { name: target.language, examples: inLanguage(target) },
      sources: sources.map((source) => ({
        name: source.language,
        examples: inLanguage(source),
        mu: muOf(recipe, source.language),
      })),
      ...(dev && { dev: inLanguage({ language: target.language, sentences: dev }) }),
    },
    options: {
      seed,
      epochs: training.epochs,
      patience: dev && training.patience,
      objective: { kind: 'exact', targetRepeat: training.targetRepeat },
      batches: { size: training.batch, pool: training.pool, languages: training.languages },
      optimizer: training.optimizer,
      learningRateDecay: training.learningRateDecay,
      clipNorm: training.clipNorm,
      average: training.averageDecay === undefined ? undefined : { decay: training.averageDecay },
      fineTune: training.fineTune && { ...training.fineTune, patience: dev && training.fineTune.patience },
      dev: { scheme: 'IOB2' },
      checkpoints,
      team: setting.threads?.(tagger),
      signal,
    },
    events,
  });
  tagger.note({
    optimizer: training.optimizer.name,
    learningRate: training.optimizer.learningRate,
    batch: training.batch,
    targetRepeat: training.targetRepeat,
    mu: sources.map(({ language }) => `${language} ${muOf(recipe, language)}`).join(', ') || 'none',
    epochs: result.epochs.length,
    keptEpoch: result.kept.epoch,
    ...(result.kept.dev !== undefined && { devF1: result.kept.dev }),
    seed,
  });
  return { ...result, tagger };
}

/** μ of a source language. */
const muOf = ({ training: { mu } }: NeuralRecipe, language: string): number =>
  typeof mu === 'number' ? mu : (mu[language] ?? 1);

/** As the tagger's training wants them: each with its language, no more than it needs (threads get copies). */
const inLanguage = ({ language, sentences }: LanguageData) =>
  sentences
    .filter(({ tokens }) => tokens.length > 0)
    .map(({ tokens, tags = [] }) => ({ tokens, tags, language }));
