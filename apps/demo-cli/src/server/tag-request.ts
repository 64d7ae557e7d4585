import { TaggerError, type TaggerInput } from '@cognate/tagger';
import { HttpError } from './http-error.js';

/** A body of `POST /tag`, checked. */
export interface TagRequest {
  readonly inputs: readonly TagItem[];
  /** Whether the body was one input, and is answered by one result, or a list. */
  readonly single: boolean;
  readonly transformers: boolean;
}

export interface TagItem {
  readonly input: TaggerInput;
  readonly language: string | undefined;
}

/**
 * Reads the body of a request: `text/plain` is a text to tag, JSON is `{"text"}`, `{"tokens"}` or `{"inputs": [...]}` of these.
 *
 * @throws HttpError 415 for another type, 400 for a body of another shape, with the place
 */
export function readTagRequest(type: string | undefined, body: string): TagRequest {
  const kind = (type ?? 'application/json').split(';')[0].trim().toLowerCase();
  if (kind === 'text/plain') {
    return { inputs: [{ input: body, language: undefined }], single: true, transformers: false };
  }
  if (kind !== 'application/json') {
    throw new HttpError(415, `expected application/json or text/plain, got ${kind}`);
  }
  const value = parse(body);
  const { inputs, format, ...single } = readObject(value, 'the body');
  if (format !== undefined && format !== 'entities' && format !== 'transformers') {
    throw new HttpError(400, `format: expected "entities" or "transformers", got ${shown(format)}`);
  }
  const transformers = format === 'transformers';
  if (inputs === undefined) return { inputs: [readItem(single, 'the body')], single: true, transformers };
  if (!Array.isArray(inputs)) throw new HttpError(400, `inputs: expected an array, got ${shown(inputs)}`);
  const { language } = single;
  const items = inputs.map((item: unknown, index) => {
    const place = `inputs[${index}]`;
    const fields = typeof item === 'string' ? { text: item } : readObject(item, place);
    return readItem({ language, ...fields }, place);
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

function readObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new HttpError(400, `${place}: expected an object, got ${shown(value)}`);
}

function readItem({ text, tokens, language }: Record<string, unknown>, place: string): TagItem {
  if (language !== undefined && typeof language !== 'string') {
    throw new HttpError(400, `${place}: expected a string as language, got ${shown(language)}`);
  }
  if (Array.isArray(tokens) && tokens.every((token) => typeof token === 'string')) {
    return { input: tokens, language };
  }
  if (typeof text === 'string') return { input: text, language };
  throw new HttpError(400, `${place}: expected "text" (a string) or "tokens" (an array of strings)`);
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
