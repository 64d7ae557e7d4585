import { TaggerError, type AnyTagger, type Entity } from '@cognate/tagger';
import { tagsFromSpans } from '@cognate/tag-scheme';
import { splitSentences } from '@cognate/text';
import { Failure } from '../failure.js';
import { readItem, sourceOf, type InputKind, type Item } from '../read-item.js';
import { palette } from '../terminal/colour.js';
import { markEntities } from '../terminal/entities.js';
import type { LineBlock } from './line-blocks.js';
import { linesOf } from './lines-of.js';

export const outputKinds = ['marked', 'jsonl', 'columns'] as const;

/** What `cognate tag` does with each line; plain data, to be posted to threads. */
export interface LineSettings {
  readonly input: InputKind;
  readonly output: (typeof outputKinds)[number];
  /** Of lines that do not tell theirs. */
  readonly language?: string | undefined;
  /** Marks by colour in place of brackets. */
  readonly colour: boolean;
  /** A line that cannot be tagged is answered by its error, and the next one is tagged. */
  readonly keepGoing: boolean;
}

/** What became of a block of lines. */
export interface TaggedBlock {
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Lines with bytes that are no UTF-8, which were replaced by U+FFFD. */
  readonly replaced: number;
  /** Of lines that could not be tagged, with their places: the first is the last line of `bytes`, unless the settings say to keep going. */
  readonly errors: readonly string[];
}

/** A line that can be tagged, or why it cannot. */
type Read = { readonly item: Item } | { readonly error: string };

/** Tags the lines of a block; the output has theirs in their order. */
export function tagLines(tagger: AnyTagger, block: LineBlock, settings: LineSettings): TaggedBlock {
  const { lines, replaced } = linesOf(block);
  const errors: string[] = [];
  let out = '';
  for (const answer of answers(tagger, readLines(lines, block, settings), block, settings)) {
    if ('error' in answer) {
      errors.push(answer.error);
      if (!settings.keepGoing) break;
      out += settings.output === 'jsonl' ? `${JSON.stringify({ error: answer.error })}\n` : '\n';
    } else out += answer.written;
  }
  return { bytes: new TextEncoder().encode(out), lines: lines.length, replaced, errors };
}

const placeOf = ({ name, firstLine }: LineBlock, line: number): string => `${name}:${firstLine + line}`;

function readLines(lines: readonly string[], block: LineBlock, { input }: LineSettings): Read[] {
  return lines.map((line, index) => {
    try {
      return { item: readItem(line, input, placeOf(block, index)) };
    } catch (error) {
      if (error instanceof Failure) return { error: error.message };
      throw error;
    }
  });
}

type Answer = { readonly written: string } | { readonly error: string };

/** Lines that follow each other and are of one language go to the tagger together: a neural one is quicker then. */
function* answers(
  tagger: AnyTagger,
  reads: readonly Read[],
  block: LineBlock,
  settings: LineSettings,
): Generator<Answer> {
  const languageOf = (item: Item): string | undefined => item.language ?? settings.language;
  for (let at = 0; at < reads.length;) {
    const first = reads[at];
    if ('error' in first) {
      yield first;
      at++;
      continue;
    }
    const language = languageOf(first.item);
    const items: Item[] = [];
    for (const read of reads.slice(at)) {
      if ('error' in read || languageOf(read.item) !== language) break;
      items.push(read.item);
    }
    const from = at;
    yield* together(tagger, items, language, settings, (index) => placeOf(block, from + index));
    at += items.length;
  }
}

function* together(
  tagger: AnyTagger,
  items: readonly Item[],
  language: string | undefined,
  settings: LineSettings,
  place: (index: number) => string,
): Generator<Answer> {
  let found: Entity[][];
  try {
    found = tagger.tagBatch(
      items.map(({ input }) => input),
      { language },
    );
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    if (items.length === 1) yield { error: `${place(0)}: ${error.message}` };
    // Which of them it was, one by one shows.
    else
      for (let i = 0; i < items.length; i++)
        yield* together(tagger, [items[i]], language, settings, () => place(i));
    return;
  }
  for (let i = 0; i < items.length; i++)
    yield { written: writers[settings.output](items[i], found[i], tagger, language, settings) };
}

type Writer = (
  item: Item,
  entities: readonly Entity[],
  tagger: AnyTagger,
  language: string | undefined,
  settings: LineSettings,
) => string;

const writers: Readonly<Record<LineSettings['output'], Writer>> = {
  marked: (item, entities, _, __, { colour }) =>
    `${markEntities(sourceOf(item), entities, palette({ isTTY: colour }, {}, !colour))}\n`,

  jsonl: ({ input, fields, language }, entities) => {
    const source = typeof input === 'string' ? { text: input } : { tokens: input };
    return `${JSON.stringify({ ...fields, ...source, ...(language !== undefined && { language }), entities })}\n`;
  },

  columns: ({ input }, entities, tagger, language) => {
    const sentences =
      typeof input === 'string'
        ? splitSentences(input, language ?? tagger.language).map(({ tokens }) =>
            tokens.map(({ text }) => text),
          )
        : [input as readonly string[]];
    let first = 0;
    let next = 0;
    let written = '';
    for (const tokens of sentences) {
      const spans = [];
      for (; next < entities.length && entities[next].tokenStart < first + tokens.length; next++) {
        const { tokenStart, tokenEnd, label } = entities[next];
        spans.push({ start: tokenStart - first, end: tokenEnd - first, label });
      }
      const tags = tagsFromSpans(spans, tokens.length, tagger.tagScheme);
      if (tokens.length > 0) written += `${tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('')}\n`;
      first += tokens.length;
    }
    return written;
  },
};
