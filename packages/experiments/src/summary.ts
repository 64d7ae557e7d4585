import type { LanguageSize, TransferMode, TransferResult } from './transfer.js';

/** What a table or a summary needs of a run: a result, or a record read back from JSON. */
export type TransferRecord = Omit<TransferResult, 'tagger'>;

/** Mean, and standard deviation over the runs (n - 1); the deviation of one run is undefined. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number | undefined;
}

/** Runs that differ only in their seeds. */
export interface TransferSummary {
  readonly model: 'linear';
  readonly mode: TransferMode;
  readonly target: LanguageSize;
  readonly sources: readonly LanguageSize[];
  readonly runs: number;
  readonly seeds: readonly number[];
  readonly precision: Spread;
  readonly recall: Spread;
  readonly f1: Spread;
  /** Of the dev sentences, if every run had them. */
  readonly devF1: Spread | undefined;
  readonly trainSeconds: Spread;
}

/** Puts runs of equal settings together, in the order of their first ones. */
export function summarise(results: Iterable<TransferRecord>): TransferSummary[] {
  const groups = new Map<string, TransferRecord[]>();
  for (const result of results) {
    const { model, mode, target, sources, training } = result;
    const key = JSON.stringify([model, mode, target, sources, training]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map(summariseGroup);
}

function summariseGroup(results: readonly TransferRecord[]): TransferSummary {
  const [{ model, mode, target, sources }] = results;
  const over = (value: (result: TransferRecord) => number): Spread => spread(results.map(value));
  const dev = results.flatMap((result) => (result.dev ? [result.dev.f1] : []));
  return {
    model,
    mode,
    target,
    sources,
    runs: results.length,
    seeds: results.flatMap(({ seed }) => seed ?? []),
    precision: over(({ scores }) => scores.precision),
    recall: over(({ scores }) => scores.recall),
    f1: over(({ scores }) => scores.f1),
    devF1: dev.length === results.length ? spread(dev) : undefined,
    trainSeconds: over(({ trainSeconds }) => trainSeconds),
  };
}

export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: undefined };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
