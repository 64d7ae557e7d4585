import { subsample, type Sentence } from '@cognate/corpora';
import { evaluate, type ByName, type Scores } from '@cognate/eval';
import { LinearTagger, type LinearTrainOptions } from '@cognate/tagger';

/** Sentences of one language. */
export interface LanguageData {
  readonly language: string;
  readonly sentences: readonly Sentence[];
}

/**
 * How the sources take part.
 *
 * - `augmented`: every feature as it is and once more conjoined with its language (Daumé 2007).
 * - `pooled`: all sentences as if they were of one language.
 * - `alone`: the target's sentences only.
 */
export type TransferMode = 'augmented' | 'pooled' | 'alone';

export const transferModes: readonly TransferMode[] = ['augmented', 'pooled', 'alone'];

/** A target language with few sentences, relatives with many, and sentences to judge by. */
export interface TransferSetting {
  readonly target: LanguageData;
  /** None: the target alone. */
  readonly sources?: readonly LanguageData[] | undefined;
  /** `augmented` where there are sources, else `alone`. */
  readonly mode?: TransferMode | undefined;
  /** Gold sentences of the target language, tagged in IOB2. */
  readonly test: readonly Sentence[];
  /** Gold sentences to choose settings by; scored like `test`, never trained on. */
  readonly dev?: readonly Sentence[] | undefined;
  /** Train on so many of the target's sentences: a random sample by `seed`, or the first ones where there is no seed. */
  readonly targetSize?: number | undefined;
  /** The same for each source. */
  readonly sourceSize?: number | undefined;
  /** Draws the samples; with one seed a smaller sample is part of a larger one. L-BFGS itself has nothing random. */
  readonly seed?: number | undefined;
  /** How to train; languages and augmentation follow from the rest. */
  readonly training?: Omit<LinearTrainOptions, 'language' | 'tagScheme'> | undefined;
}

/** How many sentences of a language were trained on. */
export interface LanguageSize {
  readonly language: string;
  readonly sentences: number;
}

/** One run: what was trained on, how long it took, and how good it is. Everything but the tagger is plain data. */
export interface TransferResult {
  readonly model: 'linear';
  readonly mode: TransferMode;
  readonly target: LanguageSize;
  /** Those trained on: none in mode `alone`. */
  readonly sources: readonly LanguageSize[];
  /** Undefined where nothing was drawn. */
  readonly seed: number | undefined;
  /** What `training` held that can be written down: parameters, scheme, templates by name, targetRepeat. */
  readonly training: TrainingRecord;
  /** Entities of the test sentences, whatever their label. */
  readonly scores: Scores;
  readonly perLabel: ByName<Scores>;
  /** The same of the dev sentences, if there were some. */
  readonly dev: Scores | undefined;
  readonly testSentences: number;
  readonly iterations: number;
  readonly trainSeconds: number;
  /** Tagging all test sentences. */
  readonly tagSeconds: number;
  readonly tagger: LinearTagger;
}

export interface TrainingRecord {
  readonly scheme: string;
  readonly targetRepeat: number;
  readonly templates: readonly string[];
  readonly params: Readonly<Record<string, number | boolean | string>>;
}

/**
 * One run of the log-linear baseline of Cotterell & Duh (2017): a CRF over features of the target language and its relatives,
 * judged on the target language.
 *
 * @throws TaggerError (as a rejection) for data or options that do not fit; RangeError where a source is the target itself or the
 *   mode is none.
 */
export async function runTransfer(setting: TransferSetting): Promise<TransferResult> {
  const { target, test, dev, seed, training = {} } = setting;
  const given = setting.sources ?? [];
  const mode = readMode(setting.mode ?? (given.length > 0 ? 'augmented' : 'alone'));
  const same = given.find(({ language }) => language === target.language);
  if (same)
    throw new RangeError(
      `expected sources in other languages than the target, got ${target.language} as both`,
    );

  const drawn = draw(target, setting.targetSize, seed);
  const sources = mode === 'alone' ? [] : given.map((source) => draw(source, setting.sourceSize, seed));
  const started = performance.now();
  const tagger = await LinearTagger.train([drawn, ...sources].flatMap(inLanguage), {
    augment: mode === 'augmented',
    ...training,
    language: target.language,
  });
  const trained = performance.now();
  const tags = test.map(({ tokens }) => tagger.predictTags(tokens));
  const tagged = performance.now();
  const { micro, perLabel } = score(test, tags);
  const { config } = tagger;
  const wasDrawn = setting.targetSize !== undefined || setting.sourceSize !== undefined;
  return {
    model: 'linear',
    mode,
    target: sizeOf(drawn),
    sources: sources.map(sizeOf),
    seed: wasDrawn ? seed : undefined,
    training: {
      scheme: config.scheme,
      targetRepeat: config.training.targetRepeat,
      templates: config.templates.map((template) => (typeof template === 'string' ? template : template.own)),
      params: config.training.params,
    },
    scores: micro,
    perLabel,
    dev:
      dev &&
      score(
        dev,
        dev.map(({ tokens }) => tagger.predictTags(tokens)),
      ).micro,
    testSentences: test.length,
    iterations: config.training.iterations,
    trainSeconds: (trained - started) / 1000,
    tagSeconds: (tagged - trained) / 1000,
    tagger,
  };
}

function readMode(mode: unknown): TransferMode {
  const found = transferModes.find((known) => known === mode);
  if (found) return found;
  throw new RangeError(`expected a mode (${transferModes.join(', ')}), got ${JSON.stringify(mode)}`);
}

/** A sample of a corpus, or all of it. */
function draw(data: LanguageData, size: number | undefined, seed: number | undefined): LanguageData {
  if (size === undefined) return data;
  const { language, sentences } = data;
  return {
    language,
    sentences: seed === undefined ? sentences.slice(0, size) : subsample(sentences, size, seed),
  };
}

const score = (gold: readonly Sentence[], predicted: readonly (readonly string[])[]) =>
  evaluate(
    gold.map(({ tags = [] }) => tags),
    predicted,
    { scheme: 'IOB2' },
  );

const sizeOf = ({ language, sentences }: LanguageData): LanguageSize => ({
  language,
  sentences: sentences.length,
});

/** The sentences, each with its language: augmentation goes by it. */
const inLanguage = ({ language, sentences }: LanguageData): Sentence[] =>
  sentences.map((sentence) => ({ ...sentence, language }));

/** A result as a line of JSONL: everything but the tagger. */
export function transferRecord(result: TransferResult): Omit<TransferResult, 'tagger'> {
  const record: Omit<TransferResult, 'tagger'> & { tagger?: LinearTagger } = { ...result };
  delete record.tagger;
  return record;
}
