import { expect } from 'vitest';
import { tokenize } from '../src/index.js';

/** Tokenises `text` and compares with the expected tokens, written with `|` between them. */
export function expectTokens(language: string | undefined, text: string, expected: string): void {
  const tokens = tokenize(text, language);
  expect(tokens.map((token) => token.text).join('|')).toBe(expected);
  expectOffsets(text, tokens);
}

/** What holds of the tokens of any text: the offsets are right, in order, and leave nothing out but white space and controls. */
export function expectOffsets(
  text: string,
  tokens: readonly { text: string; start: number; end: number }[],
): void {
  let last = 0;
  let between = '';
  for (const { text: own, start, end } of tokens) {
    if (start < last || end <= start || text.slice(start, end) !== own)
      expect.fail(`token ${JSON.stringify(own)} has wrong offsets ${start}..${end}`);
    if (start > last) between += text.slice(last, start);
    last = end;
  }
  between += text.slice(last);
  if (/[^\s\p{Z}\p{Cc}\p{Cf}]/u.test(between)) expect.fail(`left out: ${JSON.stringify(between)}`);
}
