import { readSpans, type Span } from '@cognate/tag-scheme';
import { alignSpans, type Outcome } from '../alignment.js';
import type { EvaluateOptions } from '../evaluate.js';
import { EvaluationError } from '../errors.js';
import {
  checkPair,
  checkRepair,
  checkSameShape,
  checkScheme,
  checkSentences,
  type TagSentences,
} from '../input.js';
import { compareCodePoints } from '../order.js';
import { chooseSchemes } from '../convention.js';

/** Where a mistake was made. */
export interface ErrorExample {
  /** Index of the sentence. */
  readonly sentence: number;
  readonly language?: string | undefined;
  /** The words of the entity and a few around it. */
  readonly tokens: readonly string[];
  /** Half-open ranges in these tokens; undefined where there is no such entity. */
  readonly gold: Span | undefined;
  readonly predicted: Span | undefined;
  /** Whether words of the sentence were left out before and behind. */
  readonly cut: readonly [before: boolean, behind: boolean];
}

/** A mistake that is made with the same words again and again. */
export interface FrequentError {
  readonly outcome: Exclude<Outcome, 'correct'>;
  /** Words and label of the gold entity; undefined for a spurious one. */
  readonly gold: { readonly words: string; readonly label: string } | undefined;
  readonly predicted: { readonly words: string; readonly label: string } | undefined;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly ErrorExample[];
}

export interface FrequentErrorOptions extends Pick<
  EvaluateOptions,
  'scheme' | 'predictedScheme' | 'repair' | 'languages'
> {
  /** Kinds of mistake at most; 50 unless told. */
  readonly most?: number | undefined;
  /** Examples of each at most; 3 unless told. */
  readonly examples?: number | undefined;
  /** Words before and behind the entity; 8 unless told. */
  readonly context?: number | undefined;
}

/**
 * The mistakes of a tagger, those with the same entities together, the most frequent first; of equally many, in the order of the corpus.
 *
 * @param tokens `tokens[sentence][token]`, of the same shape as the tags
 * @throws EvaluationError where the shapes differ
 */
export function frequentErrors(
  tokens: TagSentences,
  gold: TagSentences,
  predicted: TagSentences,
  options: FrequentErrorOptions = {},
): FrequentError[] {
  checkPair(gold, predicted);
  checkSentences(tokens, 'tokens');
  checkSameShape(gold, tokens, 'tokens', 'tokens');
  const { most = 50, examples = 3, context = 8, languages } = options;
  if (languages && languages.length !== gold.length) {
    throw new EvaluationError(
      `expected a language for each of ${gold.length} sentences, got ${languages.length}`,
    );
  }
  const repair = checkRepair(options.repair ?? 'conlleval');
  const { scheme, predictedScheme } = chooseSchemes(
    gold,
    checkScheme(options.scheme, 'scheme'),
    checkScheme(options.predictedScheme, 'predictedScheme'),
  );
  const found = new Map<string, Gathered>();
  for (let s = 0; s < gold.length; s++) {
    const goldSpans = readSpans(gold[s], scheme, repair).spans;
    const predictedSpans = readSpans(predicted[s], predictedScheme, repair).spans;
    for (const { outcome, gold: right, predicted: given } of alignSpans(goldSpans, predictedSpans)) {
      if (outcome === 'correct') continue;
      const [a, b] = [entityOf(tokens[s], right), entityOf(tokens[s], given)];
      const key = JSON.stringify([outcome, a, b]);
      const entry = found.get(key) ?? { outcome, gold: a, predicted: b, count: 0, places: [] };
      found.set(key, entry);
      entry.count++;
      if (entry.places.length < examples) entry.places.push([s, right, given]);
    }
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count || compareCodePoints(a.outcome, b.outcome))
    .slice(0, most)
    .map(({ places, ...error }) => ({
      ...error,
      examples: places.map(([s, right, given]) => ({
        ...inContext(tokens[s], right, given, context),
        sentence: s,
        ...(languages && { language: languages[s] }),
      })),
    }));
}

interface Gathered {
  readonly outcome: FrequentError['outcome'];
  readonly gold: FrequentError['gold'];
  readonly predicted: FrequentError['predicted'];
  count: number;
  readonly places: (readonly [sentence: number, gold: Span | undefined, predicted: Span | undefined])[];
}

const entityOf = (tokens: readonly string[], span: Span | undefined): FrequentError['gold'] =>
  span && { words: tokens.slice(span.start, span.end).join(' '), label: span.label };

function inContext(
  tokens: readonly string[],
  gold: Span | undefined,
  predicted: Span | undefined,
  context: number,
): Omit<ErrorExample, 'sentence' | 'language'> {
  const spans = [gold, predicted].filter((span) => span !== undefined);
  const from = Math.max(0, Math.min(...spans.map(({ start }) => start)) - context);
  const to = Math.min(tokens.length, Math.max(...spans.map(({ end }) => end)) + context);
  const moved = (span: Span | undefined): Span | undefined =>
    span && { ...span, start: span.start - from, end: span.end - from };
  return {
    tokens: tokens.slice(from, to),
    gold: moved(gold),
    predicted: moved(predicted),
    cut: [from > 0, to < tokens.length],
  };
}
