import { z } from 'zod';

const title = z.string().optional();
const text = z.string().optional();
const side = z.strictObject({
  recipe: z.string().optional(),
  sharing: z.string().optional(),
  script: z.string().optional(),
  variant: z.string().optional(),
  transfer: z.boolean().optional(),
});

/** A part of a report: what it shows, by kind. */
export const reportSection = z.discriminatedUnion('kind', [
  /** Every setting: mean and standard deviation. */
  z.strictObject({ kind: z.literal('scores'), title, text }),
  /** The paper's Table 2 beside the runs, and what follows from each. */
  z.strictObject({ kind: z.literal('paper'), title, text, linear: z.string(), neural: z.string() }),
  /** F1 over μ or over the number of the target's sentences. */
  z.strictObject({ kind: z.literal('curve'), title, text, x: z.enum(['mu', 'size']) }),
  /** At what size the second recipe passes the first. */
  z.strictObject({ kind: z.literal('crossover'), title, text, first: z.string(), second: z.string() }),
  /** F1 as bars, one for each value of a field. */
  z.strictObject({
    kind: z.literal('bars'),
    title,
    text,
    by: z.enum(['sharing', 'sources', 'variant', 'script', 'recipe']),
  }),
  /** What each value of a field changes against one of them. */
  z.strictObject({
    kind: z.literal('ablation'),
    title,
    text,
    by: z.enum(['sharing', 'variant']),
    against: z.string(),
  }),
  /** The gain of each source beside measures of how near it is. */
  z.strictObject({ kind: z.literal('relatedness'), title, text }),
  /** Time, memory and size of the model over the number of sentences. */
  z.strictObject({ kind: z.literal('efficiency'), title, text }),
  /** Pairs of settings that differ in what `first` and `second` name and in nothing else. */
  z.strictObject({ kind: z.literal('significance'), title, text, first: side, second: side }),
]);

export type ReportSection = z.output<typeof reportSection>;
