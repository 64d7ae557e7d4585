import { muOf } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { csv } from './table.js';

type Value = string | number | undefined;

const columns: Readonly<Record<string, (record: RunRecord) => Value>> = {
  grid: ({ grid }) => grid,
  data: ({ setting }) => setting.data,
  target: ({ setting }) => setting.target,
  sources: ({ setting }) => setting.sources.join(' '),
  sentences: ({ setting }) => setting.size,
  of: ({ setting }) => setting.of,
  source_sentences: ({ setting, trainedOn }) =>
    setting.sources.reduce((sum, source) => sum + trainedOn[source].sentences, 0),
  recipe: ({ setting }) => setting.recipe,
  model: ({ setting }) => setting.training.model,
  mu: ({ setting }) => muOf(setting),
  sharing: ({ setting }) => setting.sharing,
  variant: ({ setting }) => setting.variant,
  script: ({ setting }) => setting.script,
  unlabelled: ({ setting }) => String(setting.unlabelled === true),
  seed: ({ setting }) => setting.seed,
  draw: ({ setting }) => setting.draw,
  dev_f1: ({ dev }) => dev.scores.f1,
  test_precision: ({ test }) => test?.scores.precision,
  test_recall: ({ test }) => test?.scores.recall,
  test_f1: ({ test }) => test?.scores.f1,
  // Left empty where they are those of a part of the training, here and for all threads: they would look like a quick one.
  train_seconds: ({ trainSeconds, partOfTraining }) => (partOfTraining ? undefined : trainSeconds),
  tag_tokens_per_second: ({ test, dev }) => (test ?? dev).tokens / (test ?? dev).seconds,
  cpu_seconds: ({ cpuSeconds, partOfTraining }) => (partOfTraining ? undefined : cpuSeconds),
  peak_mb: ({ peakMb }) => peakMb,
  model_bytes: ({ modelBytes }) => modelBytes,
  weights: ({ weights }) => weights,
  jobs: ({ jobs }) => jobs,
  date: ({ date }) => date,
  key: ({ key }) => key,
};

/** Runs as comma-separated values, a line each; scores are shares. */
export const runsCsv = (records: readonly RunRecord[]): string =>
  csv(
    Object.keys(columns),
    records.map((record) => Object.values(columns).map((value) => value(record))),
  );
