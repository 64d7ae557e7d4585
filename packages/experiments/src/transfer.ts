import type { Sentence } from '@cognate/corpora';
import { evaluate, type Scores } from '@cognate/eval';
import { LinearTagger, type LinearTrainOptions } from '@cognate/tagger';

/** Sentences of one language. */
export interface LanguageData {
  readonly language: string;
  readonly sentences: readonly Sentence[];
}

/** A target language with few sentences, relatives with many, and sentences to judge by. */
export interface TransferSetting {
  readonly target: LanguageData;
  /** None: the target alone. */
  readonly sources?: readonly LanguageData[];
  /** Gold sentences of the target language, tagged in IOB2. */
  readonly test: readonly Sentence[];
  /** How to train; languages and augmentation follow from the data unless they are given. */
  readonly training?: Omit<LinearTrainOptions, 'language' | 'tagScheme'>;
}

/** One run: what was trained on, how long it took, and how good it is. A plain object, but for the tagger. */
export interface TransferResult {
  readonly model: 'linear';
  readonly target: { readonly language: string; readonly sentences: number };
  readonly sources: readonly { readonly language: string; readonly sentences: number }[];
  /** Entities of the test sentences, whatever their label. */
  readonly scores: Scores;
  readonly perLabel: Readonly<Record<string, Scores>>;
  readonly testSentences: number;
  readonly trainSeconds: number;
  /** Tagging all test sentences. */
  readonly tagSeconds: number;
  readonly tagger: LinearTagger;
}

/**
 * The log-linear baseline of Cotterell & Duh (2017): a CRF over features of the target language and its relatives, each feature
 * as it is and once more conjoined with its language (Daumé 2007), judged on the target language.
 *
 * @throws TaggerError (as a rejection) for data or options that do not fit; RangeError where a source is the target itself.
 */
export async function runTransfer(setting: TransferSetting): Promise<TransferResult> {
  const { target, sources = [], test, training = {} } = setting;
  const same = sources.find(({ language }) => language === target.language);
  if (same) {
    throw new RangeError(
      `expected sources in other languages than the target, got ${target.language} as both`,
    );
  }
  const data = [target, ...sources].flatMap(inLanguage);
  const started = performance.now();
  const tagger = await LinearTagger.train(data, {
    augment: sources.length > 0,
    ...training,
    language: target.language,
  });
  const trained = performance.now();
  const predicted = test.map(({ tokens }) => tagger.predictTags(tokens));
  const tagged = performance.now();
  const { micro, perLabel } = evaluate(
    test.map(({ tags = [] }) => tags),
    predicted,
    { scheme: 'IOB2' },
  );
  const count = ({ language, sentences }: LanguageData) => ({ language, sentences: sentences.length });
  return {
    model: 'linear',
    target: count(target),
    sources: sources.map(count),
    scores: micro,
    perLabel,
    testSentences: test.length,
    trainSeconds: (trained - started) / 1000,
    tagSeconds: (tagged - trained) / 1000,
    tagger,
  };
}

/** The sentences, each with its language: augmentation goes by it. */
const inLanguage = ({ language, sentences }: LanguageData): Sentence[] =>
  sentences.map((sentence) => ({ ...sentence, language }));
