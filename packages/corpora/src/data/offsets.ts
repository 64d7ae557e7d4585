import type { TokenOffsets } from '../sentence.js';

/**
 * Where each token stands in the text: tokens in their order, nothing but white space between them. Undefined where they do not
 * make up the text so.
 */
export function alignTokens(tokens: readonly string[], text: string): TokenOffsets[] | undefined {
  const offsets: TokenOffsets[] = [];
  let at = 0;
  for (const token of tokens) {
    const start = text.indexOf(token, at);
    if (start < 0 || text.slice(at, start).trim() !== '') return undefined;
    at = start + token.length;
    offsets.push({ start, end: at });
  }
  return text.slice(at).trim() === '' ? offsets : undefined;
}
