import type { Scheme } from '@cognate/tag-scheme';
import { CorpusError, shown } from '../errors.js';
import { fromUtf16 } from '../formats/spans/offset-units.js';
import type { OffsetUnit } from '../formats/spans/options.js';
import type { Sentence } from '../sentence.js';
import type { DocumentFormatter } from './formatter.js';
import { placeSentence, type PlacedSentence } from './text-of.js';

/** How texts with spans are written. */
export interface TextWriteOptions {
  /** What offsets count. Default: code points for `spans` and `brat`, UTF-16 code units for `label-studio`. */
  readonly offsetUnit?: OffsetUnit | undefined;
}

const placesOf = ({ text, offsets, spans }: PlacedSentence, unit: OffsetUnit) => {
  const toUnit = fromUtf16(text, unit);
  return {
    tokens: offsets.map(({ start, end }) => ({
      text: text.slice(start, end),
      start: toUnit(start),
      end: toUnit(end),
    })),
    spans: spans.map(({ start, end, label }) => {
      const [from, to] = [offsets[start].start, offsets[end - 1].end];
      return {
        text: text.slice(from, to),
        start: toUnit(from),
        end: toUnit(to),
        token_start: start,
        token_end: end - 1,
        label,
      };
    }),
  };
};

/** Prodigy's lines: the text, its tokens with their places, the spans. */
export function spansFormatter(
  scheme: Scheme,
  { offsetUnit = 'codepoint' }: TextWriteOptions,
): DocumentFormatter {
  return {
    format: (sentence, place) => {
      const placed = placeSentence(sentence, place, scheme);
      const { tokens, spans } = placesOf(placed, offsetUnit);
      const { id, language } = sentence;
      return `${JSON.stringify({
        id,
        language,
        text: placed.text,
        tokens: tokens.map((token, index) => ({ ...token, id: index })),
        spans: spans.map(({ start, end, token_start, token_end, label }) => ({
          start,
          end,
          token_start,
          token_end,
          label,
        })),
      })}\n`;
    },
  };
}

/** Tasks of Label Studio, ready to import, as one JSON array. */
export function labelStudioFormatter(
  scheme: Scheme,
  { offsetUnit = 'utf16' }: TextWriteOptions,
): DocumentFormatter {
  const result = ({
    start,
    end,
    text,
    label,
  }: {
    start: number;
    end: number;
    text: string;
    label: string;
  }) => ({
    from_name: 'label',
    to_name: 'text',
    type: 'labels',
    value: { start, end, text, labels: [label] },
  });
  return arrayOf((sentence, place) => {
    const placed = placeSentence(sentence, place, scheme);
    const { spans } = placesOf(placed, offsetUnit);
    const { id, language } = sentence;
    return JSON.stringify({
      id: id ?? place + 1,
      data: { text: placed.text, language },
      annotations: [{ result: spans.map(result) }],
    });
  });
}

/** A JSON array, an element a line. */
export function arrayOf(element: (sentence: Sentence, place: number) => string): DocumentFormatter {
  let first = true;
  return {
    head: '[',
    format: (sentence, place) => {
      const comma = first ? '\n' : ',\n';
      first = false;
      return comma + element(sentence, place);
    },
    tail: '\n]\n',
  };
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string): string => text.replace(/[&<>]/g, (char) => references[char]);

/** Running text with inline tags, a sentence a line. */
export function inlineFormatter(scheme: Scheme): DocumentFormatter {
  return {
    format: (sentence, place) => {
      const { text, offsets, spans } = placeSentence(sentence, place, scheme);
      let line = '';
      let at = 0;
      for (const { start, end, label } of spans) {
        if (!/^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(label)) {
          throw new CorpusError({
            expected: `a label that can be a tag's name in sentence ${place}`,
            actual: shown(label),
          });
        }
        const [from, to] = [offsets[start].start, offsets[end - 1].end];
        line += `${escape(text.slice(at, from))}<${label}>${escape(text.slice(from, to))}</${label}>`;
        at = to;
      }
      line += escape(text.slice(at));
      return `${line.replace(/\s*[\r\n]\s*/g, ' ').trim()}\n`;
    },
  };
}

/** One brat document: the text, a sentence a line, and the `.ann` that goes with it. */
export interface BratDocument {
  readonly text: string;
  readonly annotations: string;
}

/**
 * Sentences as one brat document.
 *
 * @throws CorpusError for tags that break the scheme, and tokens or labels with white space.
 */
export function formatBrat(
  sentences: Iterable<Sentence>,
  { scheme = 'IOB2', offsetUnit = 'codepoint' }: TextWriteOptions & { readonly scheme?: Scheme } = {},
): BratDocument {
  let text = '';
  const rows: string[] = [];
  let before = 0; // of the text, in the unit
  let place = 0;
  for (const sentence of sentences) {
    const placed = placeSentence(sentence, place++, scheme);
    for (const { start, end, label, text: covered } of placesOf(placed, offsetUnit).spans) {
      if (/\s/.test(label))
        throw new CorpusError({ expected: 'labels without white space', actual: shown(label) });
      rows.push(
        `T${rows.length + 1}\t${label} ${before + start} ${before + end}\t${covered.replace(/\s/g, ' ')}\n`,
      );
    }
    // A line end inside a sentence would end it: a space takes its place, at the same length.
    const line = `${placed.text.replace(/[\r\n]/g, ' ')}\n`;
    before += fromUtf16(line, offsetUnit)(line.length);
    text += line;
  }
  return { text, annotations: rows.join('') };
}
