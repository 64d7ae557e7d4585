import type { Evaluation } from '@cognate/eval';
import { percent } from '../terminal/table.js';
import { duration } from '../terminal/duration.js';
import type { FinishedModel } from './run-plan.js';

/** What is said of a trained model in JSON. */
export function resultOf(model: FinishedModel): Record<string, unknown> {
  const { tagger, output, seed, sentences, weights, seconds, epochs, keptEpoch, backend, dev, test, report } =
    model;
  return {
    model: output,
    type: tagger.type,
    language: tagger.language,
    labels: tagger.labels,
    seed,
    sentences,
    weights,
    ...(epochs && { epochs: epochs.length, keptEpoch, backend }),
    ...(seconds !== undefined && { seconds }),
    ...(dev && { dev: scoresOf(dev.evaluation) }),
    ...(test && { test: scoresOf(test.evaluation) }),
    ...(report !== undefined && { report }),
  };
}

/** What is said of it to a person. */
export function describeModel(model: FinishedModel): string {
  const { tagger, output, sentences, weights, seconds, epochs, keptEpoch, backend, dev, test, report } =
    model;
  const sources = Object.entries(sentences.sources).map(([code, count]) => `${count} of ${code}`);
  const set = (name: string, { micro: { precision, recall, f1 } }: Evaluation): string =>
    `${name} set: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}.`;
  return [
    `Trained on ${[`${sentences.target} sentences of the target language`, ...sources].join(', ')}: ` +
      `${tagger.labels.join(', ')}, ${weights} weights${seconds === undefined ? '' : `, ${duration(seconds)}`}.`,
    ...(epochs
      ? [
          `Epochs: ${epochs.length}, of which number ${String(keptEpoch)} is kept. Backend: ${String(backend)}.`,
        ]
      : []),
    ...(dev ? [set('Development', dev.evaluation)] : []),
    ...(test ? [set('Test', test.evaluation)] : []),
    `Model: ${output}`,
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ].join('\n');
}

/** Mean and standard deviation over the seeds. */
export function spreadOf(models: readonly FinishedModel[]): Record<'dev' | 'test', Spread | undefined> {
  const spread = (set: 'dev' | 'test'): Spread | undefined => {
    const values = models.flatMap((model) => model[set]?.evaluation.micro.f1 ?? []);
    if (values.length < 2) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(squares / (values.length - 1)), models: values.length };
  };
  return { dev: spread('dev'), test: spread('test') };
}

export interface Spread {
  readonly mean: number;
  /** Of the sample: with n - 1. */
  readonly deviation: number;
  readonly models: number;
}

export function describeSpread(models: readonly FinishedModel[]): string {
  const { dev, test } = spreadOf(models);
  const line = (name: string, spread: Spread | undefined): string[] =>
    spread
      ? [`${name} F1 over ${spread.models} seeds: ${percent(spread.mean)} ± ${percent(spread.deviation)}.`]
      : [];
  return [...line('Development', dev), ...line('Test', test)].join('\n');
}

const scoresOf = ({ micro: { precision, recall, f1 } }: Evaluation) => ({ precision, recall, f1 });
