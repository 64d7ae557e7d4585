import { schemes, type Scheme } from '@cognate/tag-scheme';
import { z } from 'zod';
import { ModelFormatError } from '../errors.js';

/** The version of the format that this package writes; it reads no later one. */
export const configVersion = 1;

/** A configuration is a page of text; one of megabytes is an attack or a mistake. */
const mostBytes = 1 << 20;

const code = z.string().min(1).max(40);
const count = z.int().min(0);

const linearConfig = z.strictObject({
  format: z.literal('cognate-tagger'),
  version: z.literal(configVersion),
  type: z.literal('linear'),
  /** The language that the tagger is for. */
  language: code.optional(),
  languages: z.array(code).max(1000),
  labels: z.array(z.string().max(1000)).max(10_000),
  /** Of the model's tags. */
  scheme: z.enum(schemes as [Scheme, ...Scheme[]]),
  /** Of the training data's tags, which `predictTags` gives. */
  tagScheme: z.enum(schemes as [Scheme, ...Scheme[]]),
  /** Built-in templates by name; the names of own ones, whose functions the loader must be given. */
  templates: z
    .array(z.union([z.string().max(200), z.strictObject({ own: z.string().max(60) })]))
    .min(1)
    .max(1000),
  augment: z.boolean(),
  /** The file with the CRF. */
  model: z.string().regex(/^[\w-][\w.-]{0,100}$/u, 'expected the name of a file beside this one'),
  /** What the model was trained on, for the model card. */
  training: z.strictObject({
    sentences: z.array(
      z.strictObject({ language: code.optional(), sentences: count, tokens: count, entities: count }),
    ),
    targetRepeat: z.int().min(1),
    params: z.record(z.string().max(100), z.union([z.number(), z.boolean(), z.string().max(100)])),
    iterations: count,
    loss: z.number(),
  }),
});

/** `config.json` of a linear tagger. */
export type LinearConfig = z.infer<typeof linearConfig>;

/** Reads and checks a `config.json`. @throws ModelFormatError that says which field is wrong */
export function readConfig(bytes: Uint8Array): LinearConfig {
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
  // Said apart from the rest, since these two are what goes wrong in practice.
  const { format, version, type } = (json ?? {}) as { format?: unknown; version?: unknown; type?: unknown };
  if (format !== 'cognate-tagger')
    throw new ModelFormatError(`config.json: expected format "cognate-tagger", got ${brief(format)}`);
  if (version !== configVersion)
    throw new ModelFormatError(
      `config.json: expected version ${configVersion}, got ${brief(version)}; a later version of @cognate/tagger may read it`,
    );
  if (type !== 'linear')
    throw new ModelFormatError(`config.json: expected type "linear", got ${brief(type)}`);
  const result = linearConfig.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ModelFormatError(
    `config.json: ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`,
  );
}

const brief = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);

export function writeConfig(config: LinearConfig): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(config, undefined, 2)}\n`);
}
