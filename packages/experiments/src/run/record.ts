import { z } from 'zod';
import type { RunSetting } from '../grid/setting.js';
import type { Nearness } from '../relatedness/nearness.js';
import type { SplitResult } from './split-result.js';

/** A finished run: plain data, a line of JSONL. */
export interface RunRecord {
  readonly key: string;
  readonly grid: string;
  readonly sizeName: string;
  readonly setting: RunSetting;
  /** When it ended, ISO 8601. */
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string | number>>;
  /** Runs side by side with it at most: times are worth little where there were several. */
  readonly jobs: number;
  /** Sentences and tokens that it was trained on. */
  readonly trainedOn: Readonly<Record<string, { readonly sentences: number; readonly tokens: number }>>;
  readonly facts: Readonly<Record<string, number | string>>;
  readonly trainSeconds: number;
  /**
   * Set where some of the training was done before, in a run that was interrupted or for other ensembles with the same members: `trainSeconds` and
   * `cpuSeconds` are those of the rest.
   */
  readonly partOfTraining?: true | undefined;
  /** Of all threads, reading and tagging included. */
  readonly cpuSeconds?: number | undefined;
  /** Peak of the process that did this run alone, corpora and programs included, MB (10^6 bytes). */
  readonly peakMb?: number | undefined;
  readonly modelBytes: number;
  readonly weights: number;
  readonly dev: Omit<SplitResult, 'predictions'>;
  /** Absent where the test set was not read. */
  readonly test?: SplitResult | undefined;
  /** How near each source is to the target, where the grid asks. */
  readonly nearness?: Readonly<Record<string, Nearness>> | undefined;
}

const split = z.looseObject({
  sentences: z.number(),
  tokens: z.number(),
  seconds: z.number(),
  scores: z.looseObject({ f1: z.number() }),
  counts: z.array(z.number()),
});

const names = z.record(z.string(), z.string());
const recipe = z.looseObject({ model: z.string() });

/** What reports rely on. Each record that was ever written has it. */
const record = z
  .looseObject({
    key: z.string(),
    grid: z.string(),
    sizeName: z.string(),
    setting: z.looseObject({
      data: z.string(),
      target: z.string(),
      language: z.string(),
      sources: z.array(z.string()),
      size: z.number(),
      of: z.number(),
      sourceSize: z.union([z.number(), z.literal('full')]),
      recipe: z.string(),
      training: z.union([
        z.looseObject({ model: z.literal('ensemble'), members: z.array(z.looseObject({ recipe })) }),
        z.looseObject({ model: z.enum(['linear', 'neural']) }),
      ]),
      seed: z.number(),
      draw: z.number(),
      script: z.string(),
    }),
    date: z.string(),
    versions: names,
    machine: z.record(z.string(), z.union([z.string(), z.number()])),
    jobs: z.number(),
    trainedOn: z.record(z.string(), z.looseObject({ sentences: z.number(), tokens: z.number() })),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    trainSeconds: z.number(),
    partOfTraining: z.literal(true).optional(),
    cpuSeconds: z.number().optional(),
    peakMb: z.number().optional(),
    modelBytes: z.number(),
    weights: z.number(),
    dev: split,
    test: split.optional(),
    nearness: z.record(z.string(), z.record(z.string(), z.number())).optional(),
  })
  .refine(({ setting, trainedOn }) => setting.sources.every((source) => source in trainedOn), {
    path: ['trainedOn'],
    message: 'expected each source of the setting',
  });

/** A record that was read from somewhere; undefined with the reason where it is none. */
export function readRecord(value: unknown): { record: RunRecord } | { problem: string } {
  const result = record.safeParse(value);
  if (result.success) return { record: value as RunRecord };
  const [{ path, message }] = result.error.issues;
  return { problem: `${path.map(String).join('.') || 'the record'}: ${message}` };
}
