import type { Palette } from './colour.js';

export interface Mention {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The text with its entities marked: by colour, or as `[Ana Seoane](PER)` where there is none.
 * Mentions are half-open ranges of UTF-16 code units, in order and without overlap.
 */
export function markEntities(text: string, mentions: readonly Mention[], palette: Palette): string {
  let marked = '';
  let from = 0;
  for (const { label, start, end } of mentions) {
    const surface = text.slice(start, end);
    marked += text.slice(from, start);
    marked += palette.enabled
      ? palette.label(label)(` ${surface} ${palette.bold(label)} `)
      : `[${surface}](${label})`;
    from = end;
  }
  return marked + text.slice(from);
}
