import { schemes, type Scheme } from '@cognate/tag-scheme';
import { z } from 'zod';
import { ModelFormatError } from '../errors.js';

/** The version of the format that this package writes; it reads no later one. */
export const configVersion = 1;

/** A configuration is a page of text; one of megabytes is an attack or a mistake. */
const mostBytes = 1 << 20;

/** The code of a language. */
export const codeSchema = z.string().min(1).max(40);
const code = codeSchema;
const count = z.int().min(0);

/** The name of the file with the model's numbers. */
export const fileNameSchema = z
  .string()
  .regex(/^[\w-][\w.-]{0,100}$/u, 'expected the name of a file beside this one');

/** What a model was trained on, part by part. */
export const sentenceCountsSchema = z.array(
  z.strictObject({ language: code.optional(), sentences: count, tokens: count, entities: count }),
);

export type SentenceCounts = z.infer<typeof sentenceCountsSchema>;

export const schemeSchema = z.enum(schemes as [Scheme, ...Scheme[]]);

const linearConfig = z.strictObject({
  format: z.literal('cognate-tagger'),
  version: z.literal(configVersion),
  type: z.literal('linear'),
  /** The language that the tagger is for. */
  language: code.optional(),
  languages: z.array(code).max(1000),
  labels: z.array(z.string().max(1000)).max(10_000),
  /** Of the model's tags. */
  scheme: schemeSchema,
  /** Of the training data's tags, which `predictTags` gives. */
  tagScheme: schemeSchema,
  /** Built-in templates by name; the names of own ones, whose functions the loader must be given. */
  templates: z
    .array(z.union([z.string().max(200), z.strictObject({ own: z.string().max(60) })]))
    .min(1)
    .max(1000),
  augment: z.boolean(),
  /** The file with the CRF. */
  model: fileNameSchema,
  /** What the model was trained on, for the model card. */
  training: z.strictObject({
    sentences: sentenceCountsSchema,
    targetRepeat: z.int().min(1),
    params: z.record(z.string().max(100), z.union([z.number(), z.boolean(), z.string().max(100)])),
    iterations: count,
    loss: z.number(),
  }),
});

/** `config.json` of a linear tagger. */
export type LinearConfig = z.infer<typeof linearConfig>;

/** The kinds of taggers. */
export const taggerTypes = ['linear', 'neural', 'ensemble'] as const;

/** What every `config.json` says. */
export interface ConfigHead {
  readonly type: (typeof taggerTypes)[number];
  /** The file with the model's numbers. */
  readonly model: string;
  /** The whole, of which no more has been checked. */
  readonly json: unknown;
}

/** Reads what a `config.json` of any kind of tagger has. @throws ModelFormatError that says which field is wrong */
export function readConfigHead(bytes: Uint8Array): ConfigHead {
  if (bytes.length > mostBytes)
    throw new ModelFormatError(`config.json: expected at most ${mostBytes} bytes, got ${bytes.length}`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ModelFormatError(
      `config.json is no JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  // Said apart from the rest, since these are what goes wrong in practice.
  const { format, version, type, model } = (json ?? {}) as Partial<Record<string, unknown>>;
  if (format !== 'cognate-tagger')
    throw new ModelFormatError(`config.json: expected format "cognate-tagger", got ${brief(format)}`);
  if (version !== configVersion)
    throw new ModelFormatError(
      `config.json: expected version ${configVersion}, got ${brief(version)}; a later version of @cognate/tagger may read it`,
    );
  const known = taggerTypes.find((name) => name === type);
  if (known === undefined)
    throw new ModelFormatError(
      `config.json: expected type ${taggerTypes.map((name) => `"${name}"`).join(' or ')}, got ${brief(type)}`,
    );
  return { type: known, model: checked(fileNameSchema, model, 'model'), json };
}

/** Reads the `config.json` of one kind of tagger. @throws ModelFormatError that says which field is wrong */
export function readConfigOf<T>(bytes: Uint8Array, type: ConfigHead['type'], schema: z.ZodType<T>): T {
  const head = readConfigHead(bytes);
  if (head.type !== type)
    throw new ModelFormatError(`config.json: expected type "${type}", got "${head.type}"`);
  return checked(schema, head.json);
}

/** Reads and checks the `config.json` of a linear tagger. @throws ModelFormatError that says which field is wrong */
export const readConfig = (bytes: Uint8Array): LinearConfig => readConfigOf(bytes, 'linear', linearConfig);

function checked<T>(schema: z.ZodType<T>, value: unknown, where?: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [...(where === undefined ? [] : [where]), ...issue.path.map(String)].join('.');
  throw new ModelFormatError(`config.json: ${path || 'the whole'}: ${issue.message}`);
}

const brief = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);

export function writeConfig(config: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(config, undefined, 2)}\n`);
}
