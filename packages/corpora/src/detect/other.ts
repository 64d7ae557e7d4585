import { tagFields, tokenFields } from '../formats/jsonl.js';
import { sureFrom, type Detection } from './detection.js';

/** JSONL of tokens and tags; undefined for what does not start as JSON. */
export function detectJson(sample: string): Detection | undefined {
  const start = /^\s*([[{])/.exec(sample)?.[1];
  if (start === undefined) return undefined;
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const objects = lines.slice(0, 50).map(parseObject);
  if (objects.some((object) => object === undefined)) {
    // A token "{" on the first line of a file of columns is no JSON.
    return /^\s*[[{]\s*(?:$|["{[\]}])/.test(lines[0])
      ? unknown('a JSON document, not a JSON object a line')
      : undefined;
  }
  const has = (fields: readonly string[]): string | undefined =>
    fields.find((field) => objects.every((object) => Array.isArray(object?.[field])));
  const tokens = has(tokenFields);
  const tags = has(tagFields);
  if (tokens === undefined) {
    return unknown(
      `JSON objects with the fields ${Object.keys(objects[0] ?? {}).join(', ')}, none an array of tokens`,
      "format: 'jsonl' with option tokensField",
    );
  }
  const numbers = tags !== undefined && objects.some((object) => arrayHasNumber(object?.[tags]));
  const doubts = numbers
    ? [{ seen: 'tags are numbers', settle: "format: 'jsonl' with option tagNames, the tags by number" }]
    : [];
  const confidence = numbers ? 0.5 : 1;
  return {
    format: 'jsonl',
    options: {},
    confidence,
    sure: confidence >= sureFrom,
    seen: [
      `a JSON object a line, tokens in "${tokens}"${tags === undefined ? ', no tags' : `, tags in "${tags}"`}`,
    ],
    doubts,
  };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const arrayHasNumber = (value: unknown): boolean =>
  Array.isArray(value) && value.some((item) => typeof item === 'number');

/** Inline tags in running text; undefined for what has none. */
export function detectInlineXml(sample: string): Detection | undefined {
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) => /<([A-Za-z_]+)>[^<\t]+<\/\1>/.test(line)).length;
  return marked * 4 >= lines.length && marked > 0
    ? unknown('running text with inline tags such as <PERSON>')
    : undefined;
}

/** The detection of something that is not read here. */
export function unknown(seen: string, settle = 'convert it to columns or JSONL'): Detection {
  return { format: undefined, options: {}, confidence: 0, sure: false, seen: [], doubts: [{ seen, settle }] };
}
