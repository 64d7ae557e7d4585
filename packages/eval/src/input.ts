import { parseScheme, repairs, schemes, type Repair, type Scheme } from '@cognate/tag-scheme';
import { EvaluationError, shown } from './errors.js';

/** The tags of sentences: `sentences[sentence][token]`. */
export type TagSentences = readonly (readonly string[])[];

/** Checks that both are lists of lists of strings, of the same lengths all through. */
export function checkPair(gold: TagSentences, predicted: TagSentences, name = 'predicted'): void {
  checkSentences(gold, 'gold');
  checkSentences(predicted, name);
  checkSameShape(gold, predicted, name, 'tags');
}

/** Checks that a list of lists has as many sentences, each of the same length, as the gold tags. */
export function checkSameShape(
  gold: TagSentences,
  other: TagSentences,
  name: string,
  unit: 'tags' | 'tokens',
): void {
  if (gold.length !== other.length) {
    throw new EvaluationError(
      `expected as many sentences in ${name} as in gold, got ${other.length} and ${gold.length}`,
    );
  }
  for (let s = 0; s < gold.length; s++) {
    if (gold[s].length !== other[s].length) {
      throw new EvaluationError(
        `sentence ${s}: ${gold[s].length} gold tags, ${other[s].length} ${unit} in ${name}: expected the same number`,
      );
    }
  }
}

export function checkSentences(sentences: TagSentences, name: string): void {
  if (!Array.isArray(sentences)) {
    throw new EvaluationError(`expected ${name} as an array of sentences, got ${shown(sentences)}`);
  }
  for (let s = 0; s < sentences.length; s++) {
    const sentence: unknown = sentences[s];
    if (!Array.isArray(sentence)) {
      throw new EvaluationError(
        `expected an array of strings as ${name} sentence ${s}, got ${shown(sentence)}`,
      );
    }
    for (let t = 0; t < sentence.length; t++) {
      if (typeof sentence[t] !== 'string') {
        throw new EvaluationError(
          `expected a string as ${name} sentence ${s}, token ${t}, got ${shown(sentence[t])}`,
        );
      }
    }
  }
}

/** Gives a scheme of its name or alias, undefined for undefined. */
export function checkScheme(scheme: string | undefined, option: string): Scheme | undefined {
  if (scheme === undefined) return undefined;
  try {
    return parseScheme(scheme);
  } catch {
    throw new EvaluationError(`expected ${option} to be one of ${schemes.join(', ')}, got ${shown(scheme)}`);
  }
}

export function checkRepair(repair: Repair): Repair {
  checkOneOf(repair, repairs, 'repair');
  return repair;
}

export function checkZeroDivision(value: number): number {
  if (value !== 0 && value !== 1 && !Number.isNaN(value)) {
    throw new EvaluationError(`expected zeroDivision to be 0, 1 or NaN, got ${shown(value)}`);
  }
  return value;
}

export function checkOneOf(value: unknown, allowed: readonly unknown[], option: string): void {
  if (!allowed.includes(value)) {
    throw new EvaluationError(`expected ${option} to be one of ${allowed.join(', ')}, got ${shown(value)}`);
  }
}
