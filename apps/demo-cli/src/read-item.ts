import type { Entity, TaggerInput } from '@cognate/tagger';
import { Failure } from './failure.js';

/** What a line of input can be. */
export const inputKinds = ['text', 'tokens', 'jsonl'] as const;
export type InputKind = (typeof inputKinds)[number];

/** One line of input: what to tag, and the fields that go through unchanged. */
export interface Item {
  readonly input: TaggerInput;
  readonly language: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @throws Failure with the place, for a line that is not of its kind */
export function readItem(line: string, kind: InputKind, place: string): Item {
  const plain = { language: undefined, fields: {} };
  if (kind === 'text') return { input: line, ...plain };
  if (kind === 'tokens') return { input: line.split(/\s+/u).filter((token) => token !== ''), ...plain };
  return readObject(line, place);
}

function readObject(line: string, place: string): Item {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Failure(
      `${place}: expected a JSON object, got ${error instanceof Error ? error.message : 'none'}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure(`${place}: expected a JSON object, got ${clip(line)}`);
  }
  const { text, tokens, language, ...fields } = value as Record<string, unknown>;
  if (language !== undefined && typeof language !== 'string') {
    throw new Failure(`${place}: expected a string as language, got ${clip(JSON.stringify(language))}`);
  }
  if (Array.isArray(tokens) && tokens.every((token) => typeof token === 'string')) {
    // Only one of them would be in the output, and be what offsets count in.
    if (text !== undefined)
      throw new Failure(`${place}: expected "text" or "tokens", got both: ${clip(line)}`);
    return { input: tokens, language, fields };
  }
  if (typeof text === 'string') return { input: text, language, fields };
  throw new Failure(`${place}: expected "text" (a string) or "tokens" (strings), got ${clip(line)}`);
}

/** The text that offsets count in: the line, or its tokens with a space between. */
export const sourceOf = ({ input }: Item): string =>
  typeof input === 'string' ? input : (input as string[]).join(' ');

/**
 * The entities of a line that `cognate tag` has written.
 *
 * @throws Failure where there are none, or fields of other types
 */
export function entitiesOf({ fields: { entities } }: Item, place: string): Entity[] {
  if (!Array.isArray(entities)) {
    throw new Failure(
      `${place}: expected "entities", as cognate tag --json writes them, or --model to find them`,
    );
  }
  entities.forEach((entity: unknown, index) => {
    const { label, start, end, score } = (entity ?? {}) as Record<string, unknown>;
    if (typeof label === 'string' && [start, end, score].every(Number.isFinite)) return;
    throw new Failure(
      `${place}: entity ${index}: expected a label (a string), start, end and score (numbers), got ${clip(JSON.stringify(entity))}`,
    );
  });
  return entities as Entity[];
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
