import { tagFields, tokenFields } from '../formats/jsonl.js';
import { spanFields } from '../formats/spans/span-values.js';
import { sureOf, type Detection } from './detection.js';

export type Json = Readonly<Record<string, unknown>>;

/** What objects with something in common are; `tokens` is the format of those with tokens. */
export function detectObjects(
  objects: readonly Json[],
  shape: string,
  tokensFormat: 'jsonl' | 'json',
): Detection | undefined {
  const all = (test: (object: Json) => boolean): boolean => objects.length > 0 && objects.every(test);
  const has = (fields: readonly string[]): string | undefined =>
    fields.find((field) => all((object) => Array.isArray(object[field])));
  const tokens = has(tokenFields);
  const text = all(({ text }) => typeof text === 'string');
  const spans = spanFields.find((field) => objects.some((object) => isSpanArray(object[field])));
  if (all(({ data }) => typeof data === 'object' && data !== null)) {
    return sureOf('label-studio', {}, `${shape}, tasks of Label Studio`);
  }
  if (text && (spans !== undefined || tokens === undefined) && !(tokens !== undefined && has(tagFields))) {
    // Label Studio's JSON_MIN has spans in "label" with an array of labels each.
    const studio = spans === 'label' && objects.some(({ label }) => isStudioArray(label));
    const found = spans === undefined ? 'without spans so far' : `spans in "${spans}"`;
    return sureOf(studio ? 'label-studio' : 'spans', {}, `${shape}, a text and ${found}`);
  }
  if (tokens === undefined) return undefined;
  const tags = has(tagFields);
  const numbers = tags !== undefined && objects.some((object) => arrayHasNumber(object[tags]));
  const found = `${shape}, tokens in "${tokens}"${tags === undefined ? ', no tags' : `, tags in "${tags}"`}`;
  if (!numbers) return sureOf(tokensFormat, {}, found);
  return {
    format: tokensFormat,
    options: {},
    confidence: 0.5,
    sure: false,
    seen: [found],
    doubts: [
      {
        seen: 'tags are numbers',
        settle: `format: '${tokensFormat}' with option tagNames, the tags by number`,
      },
    ],
  };
}

function isSpanArray(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((item: unknown) =>
    Array.isArray(item)
      ? typeof item[0] === 'number' && typeof item[1] === 'number'
      : typeof item === 'object' && item !== null && 'start' in item && 'end' in item,
  );
}

const isStudioArray = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.some((item: unknown) => typeof item === 'object' && item !== null && 'labels' in item);

/** A line that is a JSON object; undefined for any other. */
export function parseObject(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

const arrayHasNumber = (value: unknown): boolean =>
  Array.isArray(value) && value.some((item) => typeof item === 'number');
