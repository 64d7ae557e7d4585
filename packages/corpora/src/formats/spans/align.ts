import { splitSentences, tokenize } from '@cognate/text';
import type { TokenOffsets } from '../../sentence.js';
import type { TextRules } from './options.js';

/** A labelled piece of a text: UTF-16 code units, half-open. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** What happened to a span on its way to tokens. */
export interface SpanTrouble {
  readonly kind: 'cutTokens' | 'overlappingSpans' | 'emptySpans';
  readonly span: TextSpan;
}

/** One sentence of a text: its tokens' places in the whole text, and its entities in tokens. */
export interface AlignedSentence {
  readonly tokens: readonly TokenOffsets[];
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
}

const whitespaceTokens = (text: string): TokenOffsets[] =>
  Array.from(text.matchAll(/\S+/g), ({ 0: token, index }) => ({ start: index, end: index + token.length }));

/**
 * Cuts a text into sentences of tokens and brings its spans onto them. Spans may come in any order; of spans that overlap, the one
 * that begins first, and among those the longest, is kept.
 */
export function alignSpans(
  text: string,
  spans: readonly TextSpan[],
  rules: Pick<TextRules, 'tokenizer' | 'sentences' | 'cutTokens'>,
  language: string | undefined,
  given?: readonly TokenOffsets[],
): { sentences: AlignedSentence[]; troubles: SpanTrouble[] } {
  const troubles: SpanTrouble[] = [];
  const flat = flatten(text, spans, troubles);
  const { tokens, ends } = cutText(text, rules, language, given);
  const cut = rules.cutTokens === 'split' ? splitAt(tokens, flat, troubles) : tokens;
  const placed = place(cut, flat, rules.cutTokens, troubles);
  return { sentences: intoSentences(cut, placed, ends), troubles };
}

/** Without white space at their ends and without overlaps, in order. */
function flatten(text: string, spans: readonly TextSpan[], troubles: SpanTrouble[]): TextSpan[] {
  const sorted = spans
    .map((span) => {
      const inner = text.slice(span.start, span.end);
      const start = span.start + inner.length - inner.trimStart().length;
      return { ...span, start, end: Math.max(start, span.end - (inner.length - inner.trimEnd().length)) };
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: TextSpan[] = [];
  let end = 0;
  for (const span of sorted) {
    if (span.end <= span.start) troubles.push({ kind: 'emptySpans', span });
    else if (span.start < end) troubles.push({ kind: 'overlappingSpans', span });
    else {
      kept.push(span);
      end = span.end;
    }
  }
  return kept;
}

/** Tokens, and the places in the text where sentences end. */
function cutText(
  text: string,
  { tokenizer, sentences }: Pick<TextRules, 'tokenizer' | 'sentences'>,
  language: string | undefined,
  given: readonly TokenOffsets[] | undefined,
): { tokens: readonly TokenOffsets[]; ends: readonly number[] } {
  const ends: number[] = [];
  if (sentences === 'split' && given === undefined && tokenizer === 'language') {
    const found = splitSentences(text, language);
    for (const sentence of found) ends.push(sentence.end);
    return { tokens: found.flatMap((sentence) => sentence.tokens), ends };
  }
  if (sentences === 'split') for (const { end } of splitSentences(text, language)) ends.push(end);
  if (sentences === 'lines') for (const { index } of text.matchAll(/\n/g)) ends.push(index);
  const tokens = given ?? (tokenizer === 'language' ? tokenize(text, language) : whitespaceTokens(text));
  return { tokens, ends };
}

/** The tokens, cut wherever a span begins or ends inside one. */
function splitAt(
  tokens: readonly TokenOffsets[],
  spans: readonly TextSpan[],
  troubles: SpanTrouble[],
): TokenOffsets[] {
  const result: TokenOffsets[] = [];
  let first = 0; // the first span that can still touch
  const noted = new Set<TextSpan>();
  for (const token of tokens) {
    let start = token.start;
    while (first < spans.length && spans[first].end < token.start) first++;
    for (let i = first; i < spans.length && spans[i].start < token.end; i++) {
      for (const at of [spans[i].start, spans[i].end]) {
        if (at <= start || at >= token.end) continue;
        result.push({ start, end: at });
        start = at;
        if (!noted.has(spans[i])) troubles.push({ kind: 'cutTokens', span: spans[i] });
        noted.add(spans[i]);
      }
    }
    result.push(start === token.start ? token : { start, end: token.end });
  }
  return result;
}

type Placed = { start: number; end: number; label: string };

/** The spans in tokens. */
function place(
  tokens: readonly TokenOffsets[],
  spans: readonly TextSpan[],
  cutTokens: TextRules['cutTokens'],
  troubles: SpanTrouble[],
): Placed[] {
  const placed: Placed[] = [];
  let at = 0;
  let taken = 0;
  for (const span of spans) {
    while (at < tokens.length && tokens[at].end <= span.start) at++;
    let end = at;
    while (end < tokens.length && tokens[end].start < span.end) end++;
    if (end === at) {
      troubles.push({ kind: 'emptySpans', span }); // nothing that is a token is in it
      continue;
    }
    const exact = tokens[at].start >= span.start && tokens[end - 1].end <= span.end;
    if (!exact) {
      troubles.push({ kind: 'cutTokens', span });
      if (cutTokens === 'drop' || cutTokens === 'error') continue;
    }
    // Two spans that grow can meet in one token: the first has it.
    const start = Math.max(at, taken);
    if (start >= end) {
      troubles.push({ kind: 'overlappingSpans', span });
      continue;
    }
    placed.push({ start, end, label: span.label });
    taken = end;
  }
  return placed;
}

function intoSentences(
  tokens: readonly TokenOffsets[],
  spans: readonly Placed[],
  ends: readonly number[],
): AlignedSentence[] {
  const sentences: AlignedSentence[] = [];
  let first = 0;
  let span = 0;
  const close = (end: number): void => {
    if (end <= first) return;
    const inside: Placed[] = [];
    for (; span < spans.length && spans[span].start < end; span++) {
      const { start, end: to, label } = spans[span];
      inside.push({ start: start - first, end: to - first, label });
    }
    sentences.push({ tokens: tokens.slice(first, end), spans: inside });
    first = end;
  };
  let next = 0;
  let over = 0; // the last span that begins before the place
  for (const end of ends) {
    while (next < tokens.length && tokens[next].start < end) next++;
    while (over < spans.length && spans[over].end <= next) over++;
    // A span that goes on behind this end joins both sentences.
    if (over < spans.length && spans[over].start < next) continue;
    close(next);
  }
  close(tokens.length);
  return sentences;
}
