import { convertTags, InvalidTagError, type Scheme } from '@cognate/tag-scheme';
import { TaggerError, shown } from '../errors.js';
import { readLanguage, type TrainingSentences } from './options.js';

/** A sentence as the CRF is trained on it. */
export interface ReadSentence {
  readonly tokens: readonly string[];
  /** In the model's scheme. */
  readonly tags: readonly string[];
  readonly language: string | undefined;
}

/**
 * Reads the sentences of a training or holdout set: checks them, brings tags into the model's scheme and languages into the registry's codes.
 * Sentences without a token are left out.
 */
export async function readSentences(
  sentences: TrainingSentences,
  source: 'sentences' | 'holdout',
  tagScheme: Scheme,
  scheme: Scheme,
  signal: AbortSignal | undefined,
): Promise<ReadSentence[]> {
  const given: unknown = sentences;
  if (
    typeof given !== 'object' ||
    given === null ||
    !(Symbol.iterator in given || Symbol.asyncIterator in given)
  )
    throw new TaggerError(`${source}: expected an iterable of sentences, got ${shown(given)}`);
  const read: ReadSentence[] = [];
  let index = 0;
  for await (const sentence of sentences) {
    signal?.throwIfAborted();
    const result = readSentence(sentence, `${source}: sentence ${index} (counted from 0)`, tagScheme, scheme);
    if (result) read.push(result);
    index++;
  }
  return read;
}

/** Reads one sentence; undefined for one without a token. */
export function readSentence(
  sentence: unknown,
  where: string,
  tagScheme: Scheme,
  scheme: Scheme,
): ReadSentence | undefined {
  if (typeof sentence !== 'object' || sentence === null)
    throw new TaggerError(`${where}: expected an object with tokens and tags, got ${shown(sentence)}`);
  const { tokens, tags, language } = sentence as { tokens?: unknown; tags?: unknown; language?: unknown };
  checkTokens(tokens, where);
  if (!Array.isArray(tags)) throw new TaggerError(`${where}: expected an array of tags, got ${shown(tags)}`);
  if (tags.length !== tokens.length)
    throw new TaggerError(
      `${where}: expected one tag for each of ${tokens.length} tokens, got ${tags.length}`,
    );
  if (tokens.length === 0) return undefined;
  const code = language === undefined ? undefined : readLanguage(language, `${where}: language`);
  try {
    return { tokens, tags: convertTags(tags as string[], tagScheme, scheme, 'throw'), language: code };
  } catch (error) {
    const hint =
      error instanceof InvalidTagError
        ? '; repair such tags first (convertTags), or name their scheme (tagScheme)'
        : '';
    throw new TaggerError(`${where}: ${error instanceof Error ? error.message : String(error)}${hint}`, {
      cause: error,
    });
  }
}

/** Checks that a value is the tokens of a sentence. */
export function checkTokens(tokens: unknown, where: string): asserts tokens is string[] {
  if (!Array.isArray(tokens))
    throw new TaggerError(`${where}: expected an array of tokens, got ${shown(tokens)}`);
  const wrong = tokens.findIndex((token) => typeof token !== 'string');
  if (wrong >= 0)
    throw new TaggerError(`${where}: expected token ${wrong} to be a string, got ${shown(tokens[wrong])}`);
}
