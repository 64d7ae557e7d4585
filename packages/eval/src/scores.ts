/** What is counted: entities that are right, predicted, and there. */
export interface Counts {
  /** Entities predicted with the boundaries and the label of a gold one. */
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Counts and what follows from them, as shares from 0 to 1. */
export interface Scores extends Counts {
  /** correct / predicted */
  readonly precision: number;
  /** correct / gold */
  readonly recall: number;
  /** 2 correct / (predicted + gold), the harmonic mean of precision and recall (van Rijsbergen 1979). */
  readonly f1: number;
}

/** Averages over labels. The F1 is the average of the labels' F1, not the F1 of the averages (Opitz and Burst 2019). */
export interface AverageScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** A value by name, as an object without prototype, so that any string is an ordinary name. */
export type ByName<T> = Readonly<Record<string, T>>;

/**
 * The scores of counts. `zeroDivision` stands for 0/0: precision where nothing is predicted, recall where there is no gold
 * entity, F1 where there is neither. (An F1 without any correct entity but with predicted or gold ones is 0, whatever the
 * convention: so scikit-learn and seqeval.)
 */
export function scoresOf(counts: Counts, zeroDivision: number): Scores {
  const { correct, predicted, gold } = counts;
  return {
    correct,
    predicted,
    gold,
    precision: predicted === 0 ? zeroDivision : correct / predicted,
    recall: gold === 0 ? zeroDivision : correct / gold,
    f1: predicted + gold === 0 ? zeroDivision : (2 * correct) / (predicted + gold),
  };
}

/** The unweighted averages over labels; a score that is NaN is left out. Without labels: `zeroDivision`. */
export function macroAverage(scores: readonly Scores[], zeroDivision: number): AverageScores {
  const mean = (values: readonly number[]): number => {
    const defined = values.filter((value) => !Number.isNaN(value));
    return defined.length === 0
      ? zeroDivision
      : defined.reduce((sum, value) => sum + value, 0) / defined.length;
  };
  return {
    precision: mean(scores.map(({ precision }) => precision)),
    recall: mean(scores.map(({ recall }) => recall)),
    f1: mean(scores.map(({ f1 }) => f1)),
  };
}

/**
 * The averages over labels, weighted by their gold entities; a score that is NaN is left out. Without gold entities:
 * `zeroDivision`, but a precision and an F1 of 0 where entities were predicted.
 */
export function weightedAverage(scores: readonly Scores[], zeroDivision: number): AverageScores {
  const anyGold = scores.some(({ gold }) => gold > 0);
  if (!anyGold) {
    const spurious = scores.some(({ predicted }) => predicted > 0);
    return {
      precision: spurious ? 0 : zeroDivision,
      recall: zeroDivision,
      f1: spurious ? 0 : zeroDivision,
    };
  }
  const mean = (value: (scores: Scores) => number): number => {
    let sum = 0;
    let weight = 0;
    for (const row of scores) {
      if (row.gold === 0 || Number.isNaN(value(row))) continue;
      sum += row.gold * value(row);
      weight += row.gold;
    }
    return weight === 0 ? zeroDivision : sum / weight;
  };
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}
