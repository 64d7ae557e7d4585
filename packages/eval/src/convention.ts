import { detectScheme, type Repair, type Scheme } from '@cognate/tag-scheme';
import type { TagSentences } from './input.js';

/** How the numbers of a result came about. It is part of every result, since the numbers mean little without it. */
export interface Convention {
  /** Whose rules: this package's, or those of the program that is reproduced. */
  readonly scorer: 'cognate' | 'conlleval' | 'seqeval' | 'nervaluate';
  /** What becomes of tags that break the scheme: a repair policy, or how the reproduced program was called. */
  readonly mode: Repair | 'default' | 'strict' | 'raw';
  /** The scheme of the gold tags. Where the scorer's rules need none (conlleval, seqeval's default) it serves to count `repaired`. */
  readonly scheme: Scheme;
  /** The scheme of the predicted tags. */
  readonly predictedScheme: Scheme;
  /** The caller named no scheme: it was found in the gold tags. */
  readonly schemeDetected: boolean;
  /** What stands for 0/0. A string for NaN, so that it survives JSON. */
  readonly zeroDivision: 0 | 1 | 'NaN';
  /** Tags that broke their scheme, in the gold and in the predicted tags (of both systems, where two are compared). */
  readonly repaired: { readonly gold: number; readonly predicted: number };
}

export interface ChosenSchemes {
  readonly scheme: Scheme;
  readonly predictedScheme: Scheme;
  readonly schemeDetected: boolean;
}

/** The scheme that the caller named, else the one found in the gold tags, for both. */
export function chooseSchemes(
  gold: TagSentences,
  named: Scheme | undefined,
  predicted?: Scheme,
): ChosenSchemes {
  const scheme = named ?? detectScheme(gold).scheme;
  return { scheme, predictedScheme: predicted ?? scheme, schemeDetected: named === undefined };
}

export const zeroDivisionName = (value: number): Convention['zeroDivision'] =>
  value === 0 ? 0 : value === 1 ? 1 : 'NaN';
