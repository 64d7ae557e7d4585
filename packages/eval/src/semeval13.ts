import type { Repair, Scheme, Span } from '@cognate/tag-scheme';
import { chooseSchemes, type Convention } from './convention.js';
import { checkOneOf, checkPair, checkRepair, checkScheme, type TagSentences } from './input.js';
import { compareCodePoints } from './order.js';
import type { ByName } from './scores.js';
import { readSentences } from './sentence-spans.js';
import { byName } from './tally.js';

/**
 * SemEval-2013 task 9.1's four ways to look at a prediction.
 *
 * - `strict`: boundaries and label must be right.
 * - `exact`: the boundaries must be right, the label does not matter.
 * - `partial`: an overlap counts half, the label does not matter.
 * - `ent_type`: the label must be right, an overlap suffices.
 */
export type SemevalView = 'strict' | 'exact' | 'partial' | 'ent_type';

export const semevalViews: readonly SemevalView[] = Object.freeze([
  'strict',
  'exact',
  'partial',
  'ent_type',
] as const);

export interface SemevalScores {
  readonly correct: number;
  /** Predicted entities that overlap a gold one, but are not right (never in `partial`). */
  readonly incorrect: number;
  /** Predicted entities that overlap a gold one (only in `partial`). */
  readonly partial: number;
  /** Gold entities left without a predicted one. */
  readonly missed: number;
  /** Predicted entities that overlap no free gold one. */
  readonly spurious: number;
  /** correct + incorrect + partial + missed */
  readonly possible: number;
  /** correct + incorrect + partial + spurious */
  readonly actual: number;
  /** correct / actual, in `partial` (correct + partial / 2) / actual: but see `credit`. */
  readonly precision: number;
  /** correct / possible, in `partial` (correct + partial / 2) / possible: but see `credit`. */
  readonly recall: number;
  /** The harmonic mean of precision and recall. */
  readonly f1: number;
}

export interface SemevalOptions {
  /** The scheme of both; by default the one that fits the gold tags best. nervaluate itself reads B and I only. */
  readonly scheme?: Scheme | undefined;
  /** What becomes of tags that break the scheme; `conlleval` (the default) is what nervaluate does. */
  readonly repair?: Repair | undefined;
  /** Only entities of these labels take part; by default all. */
  readonly labels?: readonly string[] | undefined;
  /**
   * What a partial match adds to precision and recall in the view `partial`. `semeval`: a half, as the task defines it. `nervaluate` (the
   * default, for equal numbers): a half where there is one sentence, nothing where there are more, since nervaluate 1.1 loses the half when it
   * adds up sentences.
   */
  readonly credit?: 'nervaluate' | 'semeval' | undefined;
}

export interface SemevalResult {
  readonly convention: Convention;
  readonly credit: 'nervaluate' | 'semeval';
  readonly overall: Readonly<Record<SemevalView, SemevalScores>>;
  /** Gold and predicted entities of one label alone; in the order of code points. */
  readonly perLabel: ByName<Readonly<Record<SemevalView, SemevalScores>>>;
}

/**
 * The four views of SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and Herrero-Zazo 2013) with the numbers of nervaluate 1.1.
 *
 * Each predicted entity, from left to right, is paired with the first gold entity that it overlaps and that is still free; so one that
 * overlaps two may be called incorrect though the second one would be right.
 *
 * @throws EvaluationError where the shapes differ, and for options that do not fit.
 */
export function semeval13(
  gold: TagSentences,
  predicted: TagSentences,
  options: SemevalOptions = {},
): SemevalResult {
  checkPair(gold, predicted);
  const { credit = 'nervaluate' } = options;
  checkOneOf(credit, ['nervaluate', 'semeval'], 'credit');
  const repair = checkRepair(options.repair ?? 'conlleval');
  const chosen = chooseSchemes(gold, checkScheme(options.scheme, 'scheme'));
  const goldSpans = readSentences(gold, chosen.scheme, repair, 'gold');
  const predictedSpans = readSentences(predicted, chosen.scheme, repair, 'predicted');

  const wanted = options.labels && new Set(options.labels);
  const labels = new Set<string>();
  for (const spans of [...goldSpans.spans, ...predictedSpans.spans]) {
    for (const { label } of spans) if (!wanted || wanted.has(label)) labels.add(label);
  }
  const half = credit === 'semeval' || gold.length === 1 ? 0.5 : 0;
  const scoresFor = (keep: (label: string) => boolean): Record<SemevalView, SemevalScores> => {
    const counts = semevalViews.map(() => new ViewCounts());
    for (let s = 0; s < gold.length; s++) {
      const goldHere = goldSpans.spans[s].filter(({ label }) => keep(label));
      const predictedHere = predictedSpans.spans[s].filter(({ label }) => keep(label));
      semevalViews.forEach((view, index) => counts[index].add(goldHere, predictedHere, view));
    }
    return {
      strict: counts[0].scores(0),
      exact: counts[1].scores(0),
      partial: counts[2].scores(half),
      ent_type: counts[3].scores(0),
    };
  };
  return {
    convention: {
      scorer: 'nervaluate',
      mode: repair,
      ...chosen,
      zeroDivision: 0,
      repaired: { gold: goldSpans.repaired, predicted: predictedSpans.repaired },
    },
    credit,
    overall: scoresFor((label) => labels.has(label)),
    perLabel: byName([...labels].sort(compareCodePoints), (label) => scoresFor((other) => other === label)),
  };
}

class ViewCounts {
  private correct = 0;
  private incorrect = 0;
  private partial = 0;
  private missed = 0;
  private spurious = 0;

  /** Adds one sentence; both lists are in the order of tokens. */
  add(gold: readonly Span[], predicted: readonly Span[], view: SemevalView): void {
    const taken = new Uint8Array(gold.length);
    let first = 0; // gold spans before it end before the predicted span starts
    for (const span of predicted) {
      while (first < gold.length && gold[first].end <= span.start) first++;
      let partner = first;
      while (partner < gold.length && gold[partner].start < span.end && taken[partner] === 1) partner++;
      const other = partner < gold.length && gold[partner].start < span.end ? gold[partner] : undefined;
      if (!other) {
        this.spurious++;
        continue;
      }
      taken[partner] = 1;
      if (isRight(span, other, view)) this.correct++;
      else if (view === 'partial') this.partial++;
      else this.incorrect++;
    }
    for (const flag of taken) if (flag === 0) this.missed++;
  }

  /** `half` is what a partial match counts. */
  scores(half: number): SemevalScores {
    const { correct, incorrect, partial, missed, spurious } = this;
    const possible = correct + incorrect + partial + missed;
    const actual = correct + incorrect + partial + spurious;
    const credited = correct + half * partial;
    const precision = actual > 0 ? credited / actual : 0;
    const recall = possible > 0 ? credited / possible : 0;
    const f1 = precision + recall > 0 ? (2 * (precision * recall)) / (precision + recall) : 0;
    return { correct, incorrect, partial, missed, spurious, possible, actual, precision, recall, f1 };
  }
}

function isRight(predicted: Span, gold: Span, view: SemevalView): boolean {
  const sameBoundaries = predicted.start === gold.start && predicted.end === gold.end;
  const sameLabel = predicted.label === gold.label;
  switch (view) {
    case 'strict':
      return sameBoundaries && sameLabel;
    case 'exact':
    case 'partial':
      return sameBoundaries;
    case 'ent_type':
      return sameLabel;
  }
}
