import { TaggerError } from '@cognate/tagger';
import { HttpError } from './http-error.js';

/** A body of `POST /tag`, checked. */
export interface TagRequest {
  readonly inputs: readonly TagItem[];
  /** Whether the body was one input, and is answered by one result, or a list. */
  readonly single: boolean;
  readonly transformers: boolean;
}

export interface TagItem {
  /** A text, or the tokens of one sentence. */
  readonly input: string | readonly string[];
  readonly language: string | undefined;
  /** Where in the body it stands, for messages. */
  readonly place: string;
}

const itemFields = ['text', 'tokens', 'language'];
const bodyFields = [...itemFields, 'inputs', 'format'];
const wholeBody = 'the body';

/**
 * Reads the body of a request: `text/plain` is a text to tag, JSON is `{"text"}`, `{"tokens"}` or `{"inputs": [...]}` of these.
 *
 * @throws HttpError 415 for another type, 400 for a body of another shape, with the place
 */
export function readTagRequest(type: string | undefined, body: string): TagRequest {
  const kind = (type ?? 'application/json').split(';')[0].trim().toLowerCase();
  if (kind === 'text/plain') {
    return {
      inputs: [{ input: body, language: undefined, place: wholeBody }],
      single: true,
      transformers: false,
    };
  }
  if (kind !== 'application/json') {
    throw new HttpError(415, `expected application/json or text/plain, got ${kind}`);
  }
  const value = parse(body);
  if (!isObject(value)) throw new HttpError(400, `${wholeBody}: expected an object, got ${shown(value)}`);
  checkFields(value, bodyFields, wholeBody);
  const { inputs, format, ...single } = value;
  if (format !== undefined && format !== 'entities' && format !== 'transformers') {
    throw new HttpError(400, `format: expected "entities" or "transformers", got ${shown(format)}`);
  }
  const transformers = format === 'transformers';
  if (inputs === undefined) return { inputs: [readItem(single, wholeBody)], single: true, transformers };
  if (!Array.isArray(inputs)) throw new HttpError(400, `inputs: expected an array, got ${shown(inputs)}`);
  const { language, ...beside } = single;
  const other = Object.keys(beside).at(0);
  if (other !== undefined) {
    throw new HttpError(400, `${wholeBody}: expected "inputs" or "${other}", got both`);
  }
  const items = inputs.map((item: unknown, index) => {
    const place = `inputs[${index}]`;
    if (typeof item === 'string') return readItem({ text: item, language }, place);
    if (!isObject(item)) {
      throw new HttpError(400, `${place}: expected a string or an object, got ${shown(item)}`);
    }
    checkFields(item, itemFields, place);
    return readItem({ language, ...item }, place);
  });
  return { inputs: items, single: false, transformers };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new HttpError(400, `expected JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that is misspelt would go unheeded, and its sender wonder at the answer. */
function checkFields(value: object, known: readonly string[], place: string): void {
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new HttpError(400, `${place}: expected only the fields ${known.join(', ')}, got ${shown(unknown)}`);
}

function readItem(fields: Record<string, unknown>, place: string): TagItem {
  const { text, tokens, language } = fields;
  if (language !== undefined && typeof language !== 'string') {
    throw new HttpError(400, `${place}: expected a string as language, got ${shown(language)}`);
  }
  if (text !== undefined && tokens !== undefined) {
    throw new HttpError(400, `${place}: expected "text" or "tokens", got both`);
  }
  if (Array.isArray(tokens) && tokens.every((token) => typeof token === 'string')) {
    return { input: tokens, language, place };
  }
  if (typeof text === 'string') return { input: text, language, place };
  throw new HttpError(
    400,
    `${place}: expected "text" (a string) or "tokens" (an array of strings), got ${shown(fields)}`,
  );
}

/** What the tagger says of an input that it cannot take is the sender's to know. */
export function asHttpError(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  return error instanceof TaggerError ? new HttpError(400, error.message) : undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
