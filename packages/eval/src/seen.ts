import { readSpans, type Repair, type Scheme, type Span } from '@cognate/tag-scheme';
import { EvaluationError, shown } from './errors.js';
import { checkRepair, checkScheme } from './input.js';
import { scoresOf, type Scores } from './scores.js';

/** A sentence of the training data. */
export interface TaggedSentence {
  readonly tokens: readonly string[];
  readonly tags?: readonly string[] | undefined;
}

/** The entities that occur in training data: pairs of words and label. Words are compared as they are, case and all. */
export class EntityInventory {
  private readonly mentions = new Set<string>();

  /** How many different entities. */
  get size(): number {
    return this.mentions.size;
  }

  add(words: readonly string[], label: string): void {
    this.mentions.add(key(words, label));
  }

  has(words: readonly string[], label: string): boolean {
    return this.mentions.has(key(words, label));
  }
}

const key = (words: readonly string[], label: string): string => JSON.stringify([label, ...words]);

/**
 * Collects the entities of training sentences, which may come one at a time. Sentences without tags count for nothing.
 *
 * @throws EvaluationError where a sentence has not as many tags as tokens, naming the sentence.
 */
export function collectEntities(
  sentences: Iterable<TaggedSentence>,
  options: { readonly scheme: Scheme; readonly repair?: Repair | undefined },
): EntityInventory {
  const scheme = checkScheme(options.scheme, 'scheme') ?? 'IOB2';
  const repair = checkRepair(options.repair ?? 'conlleval');
  const inventory = new EntityInventory();
  let index = 0;
  for (const { tokens, tags } of sentences) {
    if (!Array.isArray(tokens)) {
      throw new EvaluationError(
        `expected an array of tokens in training sentence ${index}, got ${shown(tokens)}`,
      );
    }
    if (tags) {
      if (tokens.length !== tags.length) {
        throw new EvaluationError(
          `training sentence ${index}: ${tokens.length} tokens, ${tags.length} tags: expected the same number`,
        );
      }
      for (const { start, end, label } of readSpans(tags, scheme, repair).spans) {
        inventory.add(tokens.slice(start, end), label);
      }
    }
    index++;
  }
  return inventory;
}

/**
 * Scores of the entities that occur in the training data with the same words and label, and of those that do not. The
 * recall of each is over gold entities of that kind, the precision over predicted ones.
 */
export interface SeenScores {
  readonly seen: Scores;
  readonly unseen: Scores;
}

export class SeenTally {
  private readonly counts = {
    seen: { correct: 0, predicted: 0, gold: 0 },
    unseen: { correct: 0, predicted: 0, gold: 0 },
  };

  constructor(private readonly inventory: EntityInventory) {}

  add(kind: 'correct' | 'predicted' | 'gold', span: Span, tokens: readonly string[]): void {
    const seen = this.inventory.has(tokens.slice(span.start, span.end), span.label);
    this.counts[seen ? 'seen' : 'unseen'][kind]++;
  }

  scores(zeroDivision: number): SeenScores {
    return {
      seen: scoresOf(this.counts.seen, zeroDivision),
      unseen: scoresOf(this.counts.unseen, zeroDivision),
    };
  }
}
