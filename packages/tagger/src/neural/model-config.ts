import { z } from 'zod';
import {
  codeSchema,
  configVersion,
  fileNameSchema,
  schemeSchema,
  sentenceCountsSchema,
} from '../model/config.js';

/** The name of the file with the network's numbers, in models that this package writes. */
export const networkFile = 'model.safetensors';

/** How a network was trained, as its trainer tells: for the model card. */
export const factsSchema = z.record(
  z.string().max(100),
  z.union([z.number(), z.boolean(), z.string().max(10_000)]),
);

export const neuralModelSchema = z.strictObject({
  format: z.literal('cognate-tagger'),
  version: z.literal(configVersion),
  type: z.literal('neural'),
  /** The language that the tagger is for: one of `languages`. */
  language: codeSchema,
  /** In the order of their numbers. `und` is that of sentences that have none. */
  languages: z.array(codeSchema).min(1).max(1000),
  /** For languages that the tagger has not seen: which of its own stands in. */
  relatives: z.record(codeSchema, codeSchema),
  labels: z.array(z.string().max(1000)).max(10_000),
  /** Of the training data's tags, which `predictTags` gives. */
  tagScheme: schemeSchema,
  /** See `NeuralConfig`; checked by its own schema. */
  network: z.unknown(),
  /** The file with the numbers. */
  model: fileNameSchema,
  training: z.strictObject({
    sentences: sentenceCountsSchema,
    facts: factsSchema,
  }),
});
