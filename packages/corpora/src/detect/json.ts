import { unknown, type Detection } from './detection.js';
import { detectDocument } from './json-document.js';
import { detectObjects, parseObject, type Json } from './json-objects.js';

/** JSON in any of its formats; undefined for what does not start as JSON. */
export function detectJson(sample: string): Detection | undefined {
  if (!/^\s*[[{]/.test(sample)) return undefined;
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const objects = lines.slice(0, 50).map(parseObject);
  if (objects.some((object) => object === undefined)) return detectDocument(sample, lines[0]);
  return (
    detectObjects(objects as Json[], 'a JSON object a line', 'jsonl') ??
    detectDocument(sample, lines[0], noTokens(objects[0] ?? {}))
  );
}

const noTokens = (object: Json): Detection =>
  unknown(
    `JSON objects with the fields ${Object.keys(object).join(', ')}, none an array of tokens or a text`,
    "format: 'jsonl' with option tokensField, or 'spans' with textField",
  );
