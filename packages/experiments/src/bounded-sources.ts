import { subsample } from '@cognate/corpora';
import type { LanguageData } from './transfer.js';

/**
 * Sources of so many tokens at most, about: of each source the same share of its sentences, drawn by the seed, in their order. Without a bound, or
 * within it, all of them.
 */
export function boundedSources(
  sources: readonly LanguageData[],
  mostTokens: number | undefined,
  seed: number,
): readonly LanguageData[] {
  const tokens = sources.reduce(
    (sum, { sentences }) => sum + sentences.reduce((count, sentence) => count + sentence.tokens.length, 0),
    0,
  );
  if (mostTokens === undefined || tokens <= mostTokens) return sources;
  return sources.map(({ language, sentences }) => ({
    language,
    sentences: subsample(sentences, Math.ceil((sentences.length * mostTokens) / tokens), seed, {
      order: 'corpus',
    }),
  }));
}
