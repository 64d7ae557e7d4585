import { z } from 'zod';
import { codeSchema, configVersion, fileNameSchema } from '../model/config.js';

/** The name of the file with the members' files, in models that this package writes. */
export const membersFile = 'model.safetensors';

/** The most members that an ensemble may have. */
export const mostMembers = 100;

export const memberSchema = z.strictObject({
  /** What the member is called: what the names of its files begin with. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/u, 'expected lower-case letters, digits and "-"'),
  /** What its scores count for; those of all members are divided by their sum. */
  weight: z.number().gt(0).max(1e6),
});

export const ensembleModelSchema = z.strictObject({
  format: z.literal('cognate-tagger'),
  version: z.literal(configVersion),
  type: z.literal('ensemble'),
  /** The language that the tagger is for. */
  language: codeSchema.optional(),
  members: z.array(memberSchema).min(1).max(mostMembers),
  /** The file with the members' files: a tensor of bytes each, `name/file`. */
  model: fileNameSchema,
});

/** `config.json` of an ensemble. */
export type EnsembleConfig = z.output<typeof ensembleModelSchema>;
