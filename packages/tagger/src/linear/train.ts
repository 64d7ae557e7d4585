import { LinearCrf, type Sequence, type TrainEvent } from '@cognate/crf';
import { labelsOf, spansFromTags } from '@cognate/tag-scheme';
import { TaggerError } from '../errors.js';
import { FeatureExtractor } from '../features/extractor.js';
import { configVersion, type LinearConfig } from '../model/config.js';
import { crfFile } from './linear-files.js';
import type { LinearParts } from './linear-tagger.js';
import { readOptions, type LinearTrainOptions, type TrainingSentences } from './options.js';
import { readSentences, type ReadSentence } from './training-data.js';

/** Trains the parts of a `LinearTagger`. */
export async function trainLinear(
  sentences: TrainingSentences,
  options: LinearTrainOptions,
): Promise<LinearParts> {
  const { signal, onEvent, tagScheme, scheme, targetRepeat, ...read } = readOptions(options);
  signal?.throwIfAborted();
  const data = await readSentences(sentences, 'sentences', tagScheme, scheme, signal);
  if (data.length === 0) throw new TaggerError('sentences: expected at least one with a token, got none');
  const holdout = read.holdout && (await readSentences(read.holdout, 'holdout', tagScheme, scheme, signal));

  const language = read.language ?? data.find((sentence) => sentence.language !== undefined)?.language;
  const languages = [...new Set(data.flatMap((sentence) => sentence.language ?? language ?? []))].sort();
  const extractor = new FeatureExtractor(read.templates, read.augment ?? languages.length > 1);
  const sequencesOf = (part: readonly ReadSentence[], repeat: number): Iterable<Sequence> =>
    sequences(part, extractor, language, repeat);

  let iterations = 0;
  let loss = 0;
  let params = {};
  const follow = (event: TrainEvent) => {
    if (event.type === 'features') ({ params } = event);
    if (event.type === 'end') ({ iterations, loss } = event);
    onEvent?.(event);
  };
  const crf = await LinearCrf.train(sequencesOf(data, targetRepeat), {
    params: read.params,
    onEvent: follow,
    checkpoints: read.checkpoints,
    ...(signal && { signal }),
    ...(holdout && { holdout: sequencesOf(holdout, 1) }),
  });
  const config: LinearConfig = {
    format: 'cognate-tagger',
    version: configVersion,
    type: 'linear',
    ...(language !== undefined && { language }),
    languages,
    labels: labelsOf(crf.tags),
    scheme,
    tagScheme,
    templates: [...extractor.templates],
    augment: extractor.augment,
    model: crfFile,
    training: { sentences: statistics(data, language, scheme), targetRepeat, params, iterations, loss },
  };
  return { crf, extractor, config };
}

/** The sentences as the CRF takes them, one at a time: attributes of a whole corpus are never in memory together. */
function* sequences(
  sentences: readonly ReadSentence[],
  extractor: FeatureExtractor,
  target: string | undefined,
  repeat: number,
): Iterable<Sequence> {
  for (const { tokens, tags, language = target } of sentences) {
    const sequence = { attributes: extractor.extract(tokens, language), tags };
    for (let time = language === target ? repeat : 1; time > 0; time--) yield sequence;
  }
}

/** What each language has, the target first. */
function statistics(
  sentences: readonly ReadSentence[],
  target: string | undefined,
  scheme: LinearConfig['scheme'],
): LinearConfig['training']['sentences'] {
  const byLanguage = new Map<string | undefined, { sentences: number; tokens: number; entities: number }>();
  byLanguage.set(target, { sentences: 0, tokens: 0, entities: 0 });
  for (const { tokens, tags, language = target } of sentences) {
    const entry = byLanguage.get(language) ?? { sentences: 0, tokens: 0, entities: 0 };
    entry.sentences++;
    entry.tokens += tokens.length;
    entry.entities += spansFromTags(tags, scheme).length;
    byLanguage.set(language, entry);
  }
  return [...byLanguage].map(([language, counts]) => ({
    ...(language !== undefined && { language }),
    ...counts,
  }));
}
