import type { CheckpointOptions, LbfgsParams, TrainEvent } from '@cognate/crf';
import { parseScheme, type Scheme } from '@cognate/tag-scheme';
import { findLanguage } from '@cognate/text';
import { TaggerError, shown } from '../errors.js';
import type { TemplateChoice } from '../features/extractor.js';

/** A sentence with its gold tags. A `Sentence` of `@cognate/corpora` that has tags fits. */
export interface TrainingSentence {
  readonly tokens: readonly string[];
  readonly tags?: readonly string[] | undefined;
  readonly language?: string | undefined;
}

export type TrainingSentences = Iterable<TrainingSentence> | AsyncIterable<TrainingSentence>;

export interface LinearTrainOptions {
  /** Code of the language that the tagger is for. By default that of the first sentence that has one. */
  readonly language?: string | undefined;
  /** The scheme of the given tags, and of `predictTags`. Default IOB2. */
  readonly tagScheme?: Scheme | undefined;
  /** The scheme that the model is trained and decoded in. Default IOB2. */
  readonly scheme?: Scheme | undefined;
  /** Feature templates; see the README. Default `['default']`. */
  readonly templates?: readonly TemplateChoice[] | undefined;
  /**
   * Use every attribute once more conjoined with its sentence's language (Daumé 2007). By default, where the sentences are of more than
   * one language.
   */
  readonly augment?: boolean | undefined;
  /** How many times each sentence of the target language counts beside one of a source. Default 1. */
  readonly targetRepeat?: number | undefined;
  /** Parameters of the training under CRFsuite's names; what is not given is `defaultParams`. */
  readonly params?: LbfgsParams | undefined;
  /** Sentences on which the model is tried after each iteration; they are not trained on. */
  readonly holdout?: TrainingSentences | undefined;
  /** Keeps the state of the training, and goes on from it: see the README of `@cognate/crf`. */
  readonly checkpoints?: CheckpointOptions | undefined;
  /** Ends the training: the promise rejects with the signal's reason, after a checkpoint if there are to be any. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what happens. */
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
}

/**
 * The regularisation that did best on the development sets of Galician, Ukrainian and Marathi with 100 sentences, alone and with
 * related languages: weak, and of both kinds.
 */
export const defaultParams = { c1: 0.05, c2: 0.02, max_iterations: 150 } as const satisfies LbfgsParams;

const names: readonly (keyof LinearTrainOptions)[] = [
  'language',
  'tagScheme',
  'scheme',
  'templates',
  'augment',
  'targetRepeat',
  'params',
  'holdout',
  'checkpoints',
  'signal',
  'onEvent',
];

/** The options, checked, with defaults filled in where they do not depend on the data. */
export interface ReadOptions {
  readonly language: string | undefined;
  readonly tagScheme: Scheme;
  readonly scheme: Scheme;
  readonly templates: readonly TemplateChoice[];
  readonly augment: boolean | undefined;
  readonly targetRepeat: number;
  readonly params: LbfgsParams;
  readonly holdout: TrainingSentences | undefined;
  readonly checkpoints: CheckpointOptions | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: TrainEvent) => void) | undefined;
}

export function readOptions(options: LinearTrainOptions): ReadOptions {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null)
    throw new TaggerError(`options: expected an object, got ${shown(given)}`);
  for (const name of Object.keys(options))
    if (!(names as readonly string[]).includes(name))
      throw new TaggerError(`options: expected ${names.join(', ')}, got ${shown(name)}`);
  const { augment, targetRepeat = 1 } = options as { augment?: unknown; targetRepeat?: unknown };
  if (augment !== undefined && typeof augment !== 'boolean')
    throw new TaggerError(`augment: expected true or false, got ${shown(augment)}`);
  if (
    typeof targetRepeat !== 'number' ||
    !Number.isInteger(targetRepeat) ||
    targetRepeat < 1 ||
    targetRepeat > 10_000
  )
    throw new TaggerError(
      `targetRepeat: expected a whole number from 1 to 10000, got ${shown(targetRepeat)}`,
    );
  return {
    language: options.language === undefined ? undefined : readLanguage(options.language, 'language'),
    tagScheme: parseScheme(options.tagScheme ?? 'IOB2'),
    scheme: parseScheme(options.scheme ?? 'IOB2'),
    templates: options.templates ?? ['default'],
    augment,
    targetRepeat,
    params: { ...defaultParams, ...options.params },
    holdout: options.holdout,
    checkpoints: options.checkpoints,
    signal: options.signal,
    onEvent: options.onEvent,
  };
}

/** Code of a language as the registry has it (`gl-ES` is `gl`); of any other language, as it was given. */
export function readLanguage(language: unknown, where: string): string {
  if (typeof language !== 'string' || !/^[\p{L}\p{N}_-]{1,40}$/u.test(language))
    throw new TaggerError(
      `${where}: expected the code of a language (letters, digits, "-", "_"), got ${shown(language)}`,
    );
  return findLanguage(language)?.code ?? language;
}
