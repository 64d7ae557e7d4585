import { isUtf8 } from 'node:buffer';
import type { LineBlock } from './line-blocks.js';

/** The text of a block's lines. */
export interface BlockLines {
  readonly lines: string[];
  /** Lines with bytes that are no UTF-8, which were replaced by U+FFFD. */
  readonly replaced: number;
}

// The mark at the start of a file is no part of its text; anywhere else it is a character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const lineFeed = 0x0a;

/** The lines of a block, without their ends. */
export function linesOf({ bytes, firstLine }: LineBlock): BlockLines {
  const text = decoder.decode(bytes);
  const lines = (firstLine === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return {
    lines: lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)),
    replaced: isUtf8(bytes) ? 0 : countBroken(bytes),
  };
}

/** What was decoded does not tell: a text may have had U+FFFD itself. */
function countBroken(bytes: Uint8Array): number {
  let broken = 0;
  for (let start = 0; start < bytes.length;) {
    const at = bytes.indexOf(lineFeed, start);
    const end = at === -1 ? bytes.length : at;
    if (!isUtf8(bytes.subarray(start, end))) broken++;
    start = end + 1;
  }
  return broken;
}

/** What is to be said of lines with bytes that were replaced. */
export const describeReplaced = (lines: number): string =>
  lines === 1
    ? '1 line had bytes that are no UTF-8; U+FFFD stands in their place'
    : `${lines} lines had bytes that are no UTF-8; U+FFFD stands in their place`;
