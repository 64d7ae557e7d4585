import { compareCodePoints } from './order.js';
import {
  macroAverage,
  scoresOf,
  weightedAverage,
  type AverageScores,
  type ByName,
  type Counts,
  type Scores,
} from './scores.js';

interface MutableCounts {
  correct: number;
  predicted: number;
  gold: number;
}

/** Scores over all labels together and by label. */
export interface LabelledScores {
  /** All entities together, whatever their label. */
  readonly micro: Scores;
  /** The mean over the labels that occur in gold or predictions. */
  readonly macro: AverageScores;
  /** The mean over the labels, weighted by their gold entities. */
  readonly weighted: AverageScores;
  /** In the order of code points. */
  readonly perLabel: ByName<Scores>;
}

/** Counts by label while the sentences go by. */
export class Tally {
  private readonly counts = new Map<string, MutableCounts>();

  of(label: string): MutableCounts {
    let counts = this.counts.get(label);
    if (!counts) {
      counts = { correct: 0, predicted: 0, gold: 0 };
      this.counts.set(label, counts);
    }
    return counts;
  }

  get labels(): string[] {
    return [...this.counts.keys()].sort(compareCodePoints);
  }

  total(): Counts {
    const total = { correct: 0, predicted: 0, gold: 0 };
    for (const { correct, predicted, gold } of this.counts.values()) {
      total.correct += correct;
      total.predicted += predicted;
      total.gold += gold;
    }
    return total;
  }

  scores(zeroDivision: number): LabelledScores {
    const perLabel = byName(this.labels, (label) => scoresOf(this.of(label), zeroDivision));
    const rows = Object.values(perLabel);
    return {
      micro: scoresOf(this.total(), zeroDivision),
      macro: macroAverage(rows, zeroDivision),
      weighted: weightedAverage(rows, zeroDivision),
      perLabel,
    };
  }
}

/** An object without prototype that holds one value for each name. */
export function byName<T>(names: Iterable<string>, value: (name: string) => T): ByName<T> {
  const result = Object.create(null) as Record<string, T>;
  for (const name of names) result[name] = value(name);
  return result;
}
