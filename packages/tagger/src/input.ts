import { splitSentences } from '@cognate/text';
import { TaggerError, shown } from './errors.js';
import { checkTokens } from './linear/training-data.js';
import { readLanguage } from './linear/options.js';
import type { TaggerInput, TagOptions } from './tagger.js';

/** A sentence to tag, and where its tokens stand. */
export interface InputSentence {
  readonly tokens: readonly string[];
  /** Number of the first token in the whole input. */
  readonly first: number;
  /** Of each token, in `source`. */
  readonly offsets: readonly { readonly start: number; readonly end: number }[];
}

export interface ReadInput {
  readonly source: string;
  readonly language: string | undefined;
  readonly sentences: readonly InputSentence[];
}

/** Checks what a caller gave to tag and cuts it into sentences. */
function readInput(input: TaggerInput, options: TagOptions, own: string | undefined): ReadInput {
  if (typeof input === 'string') {
    const language = chooseLanguage(undefined, options, own);
    let first = 0;
    const sentences = splitSentences(input, language).map((sentence) => {
      const from = first;
      first += sentence.tokens.length;
      return { tokens: sentence.tokens.map((token) => token.text), first: from, offsets: sentence.tokens };
    });
    return { source: input, language, sentences };
  }
  const given: unknown = input;
  if (typeof given !== 'object' || given === null)
    throw new TaggerError(
      `expected a text, an array of tokens or an object with tokens to tag, got ${shown(given)}`,
    );
  if (Array.isArray(given)) return readTokens(given, chooseLanguage(undefined, options, own));
  const { tokens, text, offsets, language } = given as {
    tokens?: unknown;
    text?: unknown;
    offsets?: unknown;
    language?: unknown;
  };
  const code = chooseLanguage(language, options, own);
  if (offsets === undefined) return readTokens(tokens, code);
  checkTokens(tokens, 'tokens');
  if (typeof text !== 'string') throw new TaggerError(`expected a text with the offsets, got ${shown(text)}`);
  checkOffsets(tokens, text, offsets);
  return { source: text, language: code, sentences: [{ tokens, first: 0, offsets }] };
}

/** `readInput` of each; what is wrong with one of several is told with its place. */
export function readInputs(
  inputs: readonly TaggerInput[],
  options: TagOptions,
  own: string | undefined,
): ReadInput[] {
  const given: unknown = inputs;
  if (!Array.isArray(given)) throw new TaggerError(`inputs: expected an array, got ${shown(given)}`);
  // What is wrong with the options is no input's.
  chooseLanguage(undefined, options, own);
  const single = inputs.length === 1;
  return inputs.map((input, index) =>
    single
      ? readInput(input, options, own)
      : inPlace(`inputs[${index}]`, () => readInput(input, options, own)),
  );
}

/** A sentence to be scored, checked. */
export interface TokensToScore {
  readonly tokens: readonly string[];
  readonly language: string | undefined;
}

/** Checks the tokens of one sentence. */
export function readTokensToScore(
  tokens: readonly string[],
  options: TagOptions,
  own: string | undefined,
): TokensToScore {
  checkTokens(tokens, 'tokens');
  return { tokens, language: chooseLanguage(undefined, options, own) };
}

/** Checks sentences that are given as objects. */
export function readSentencesToScore(
  sentences: readonly { readonly tokens: readonly string[]; readonly language?: string | undefined }[],
  own: string | undefined,
): TokensToScore[] {
  const given: unknown = sentences;
  if (!Array.isArray(given)) throw new TaggerError(`sentences: expected an array, got ${shown(given)}`);
  return given.map((sentence: { readonly tokens?: unknown; readonly language?: unknown } | null, index) =>
    inPlace(`sentences[${index}]`, () => {
      const { tokens, language } = sentence ?? {};
      checkTokens(tokens, 'tokens');
      return { tokens, language: chooseLanguage(language, {}, own) };
    }),
  );
}

function inPlace<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    throw new TaggerError(`${where}: ${error.message}`, { cause: error });
  }
}

/** The input's own language before the call's, the call's before the tagger's. */
function chooseLanguage(input: unknown, options: TagOptions, own: string | undefined): string | undefined {
  if (input !== undefined) return readLanguage(input, 'language');
  return options.language === undefined ? own : readLanguage(options.language, 'language');
}

/** Tokens without a text of theirs: they are taken as joined by single spaces. */
function readTokens(tokens: unknown, language: string | undefined): ReadInput {
  checkTokens(tokens, 'tokens');
  let at = 0;
  const offsets = tokens.map((token) => {
    const start = at;
    at += token.length + 1;
    return { start, end: start + token.length };
  });
  return { source: tokens.join(' '), language, sentences: [{ tokens, first: 0, offsets }] };
}

function checkOffsets(
  tokens: readonly string[],
  text: string,
  offsets: unknown,
): asserts offsets is { start: number; end: number }[] {
  if (!Array.isArray(offsets) || offsets.length !== tokens.length)
    throw new TaggerError(
      `expected offsets for each of ${tokens.length} tokens, got ${Array.isArray(offsets) ? offsets.length : shown(offsets)}`,
    );
  let last = 0;
  for (let index = 0; index < offsets.length; index++) {
    const { start, end } = (offsets[index] ?? {}) as { start?: unknown; end?: unknown };
    const fits =
      Number.isInteger(start) &&
      Number.isInteger(end) &&
      (start as number) >= last &&
      (end as number) >= (start as number) &&
      (end as number) <= text.length;
    if (!fits)
      throw new TaggerError(
        `offsets of token ${index}: expected a span of the text behind ${last} and up to ${text.length}, got ${String(start)}..${String(end)}`,
      );
    last = end as number;
  }
}
