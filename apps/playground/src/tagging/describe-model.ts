import type { AnyTagger, ModelFiles } from '@cognate/tagger';

/** What the page says of the model in use. */
export interface ModelDescription {
  readonly type: AnyTagger['type'];
  readonly language: string | undefined;
  readonly languages: readonly string[];
  readonly labels: readonly string[];
  /** Sentences that it was trained on. */
  readonly sentences: number;
  /** Of all its files. */
  readonly bytes: number;
}

export function describeModel(tagger: AnyTagger, files: ModelFiles): ModelDescription {
  return {
    type: tagger.type,
    language: tagger.language,
    languages: tagger.languages,
    labels: tagger.labels,
    sentences: sentencesOf(tagger),
    bytes: Object.values(files).reduce((sum, file) => sum + file.length, 0),
  };
}

/** An ensemble's members were trained on the same. */
function sentencesOf(tagger: AnyTagger): number {
  const { config } = tagger.type === 'ensemble' ? tagger.members[0].tagger : tagger;
  return config.training.sentences.reduce((sum, part) => sum + part.sentences, 0);
}
