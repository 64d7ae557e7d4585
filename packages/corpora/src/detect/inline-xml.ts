import { sureFrom, type Detection } from './detection.js';

/** Inline tags in running text; undefined for what has none. */
export function detectInlineXml(sample: string): Detection | undefined {
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) =>
    /<([\p{L}_][\p{L}\p{N}_.:-]*)(?:\s[^<>\t]*)?>[^<\t]+<\/\1>/u.test(line),
  ).length;
  if (marked === 0 || marked * 4 < lines.length) return undefined;
  const confidence = marked * 2 >= lines.length ? 1 : sureFrom;
  const seen = [`running text with inline tags on ${marked} of ${lines.length} lines`];
  return { format: 'inline', options: {}, confidence, sure: true, seen, doubts: [] };
}
