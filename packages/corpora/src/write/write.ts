import { parseScheme } from '@cognate/tag-scheme';
import { CorpusError, oneOf, shown } from '../errors.js';
import { offsetUnits } from '../formats/spans/options.js';
import { batchesOf, type Sentences } from '../sentence.js';
import {
  columnAppender,
  columnFormatter,
  indexedFormatter,
  plusHead,
  type ColumnWriteOptions,
} from './columns.js';
import { withTags, type DocumentFormatter, type TagWriteOptions } from './formatter.js';
import { jsonFormatter, spacyFormatter } from './json.js';
import { appendJsonlLine, jsonlLine } from './jsonl.js';
import { inlineFormatter, labelStudioFormatter, spansFormatter, type TextWriteOptions } from './spans.js';
import { Utf8Sink } from './utf8-sink.js';

/** The formats that are written here; brat's two files by `formatBrat`. */
export const writeFormats = Object.freeze([
  'conll',
  'conllu',
  'conllup',
  'uner',
  'jsonl',
  'json',
  'spacy',
  'spans',
  'label-studio',
  'inline',
] as const);
export type WriteFormat = (typeof writeFormats)[number];

export interface WriteOptions extends ColumnWriteOptions, TagWriteOptions, TextWriteOptions {
  /** Default `conll`. */
  readonly format?: WriteFormat | undefined;
}

/** How much text is handed out at a time, about. */
const blockLength = 1 << 16;
/** How many bytes are, about: each write to a file is a turn through another thread. */
const blockBytes = 1 << 18;

/** Makes the function that turns a sentence, with its place in the corpus for errors, into text. */
function documentFormatter(options: WriteOptions): DocumentFormatter {
  const { format = 'conll', offsetUnit } = options;
  if (offsetUnit !== undefined && !offsetUnits.includes(offsetUnit)) {
    throw new CorpusError({
      expected: `${oneOf(offsetUnits)} as option offsetUnit`,
      actual: shown(offsetUnit),
    });
  }
  // Formats of spans have no tags to write: theirs are read as they are.
  const scheme = parseScheme(options.sourceScheme ?? 'IOB2');
  switch (format) {
    case 'conll':
      return withTags({ format: columnFormatter(options), append: columnAppender(options) }, options);
    case 'conllu':
    case 'uner':
      return withTags({ format: indexedFormatter(format) }, options);
    case 'conllup':
      return withTags({ head: plusHead, format: indexedFormatter(format) }, options);
    case 'jsonl':
      return withTags({ format: jsonlLine, append: appendJsonlLine }, options);
    case 'json':
      return withTags(jsonFormatter(), options);
    case 'spacy':
      return withTags(spacyFormatter(), { ...options, scheme: options.scheme ?? 'BILOU' });
    case 'spans':
      return withTags(spansFormatter(scheme, options), { sourceScheme: scheme });
    case 'label-studio':
      return withTags(labelStudioFormatter(scheme, options), { sourceScheme: scheme });
    case 'inline':
      return withTags(inlineFormatter(scheme), { sourceScheme: scheme });
    default:
      throw new CorpusError({ expected: `${oneOf(writeFormats)} as option format`, actual: shown(format) });
  }
}

/**
 * A corpus as text, in pieces.
 *
 * @throws CorpusError at once for wrong options; while writing, with the sentence's place, for what the format cannot hold (an empty
 *   token, one with the separator in it).
 */
export function formatSentences(sentences: Sentences, options: WriteOptions = {}): AsyncGenerator<string> {
  const format = documentFormatter(options);
  return blocks(sentences, format);
}

async function* blocks(
  sentences: Sentences,
  { head = '', format, tail = '' }: DocumentFormatter,
): AsyncGenerator<string> {
  let text = head;
  let place = 0;
  for await (const batch of batchesOf(sentences)) {
    for (const sentence of batch) {
      text += format(sentence, place++);
      if (text.length >= blockLength) {
        yield text;
        text = '';
      }
    }
  }
  text += tail;
  if (text !== '') yield text;
}

/** A corpus as UTF-8, in pieces: the same as the text of `formatSentences`. */
export async function* formatBytes(sentences: Sentences, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const { head = '', format, append, tail = '' } = documentFormatter(options);
  const sink = new Utf8Sink(blockBytes);
  let place = 0;
  sink.text(head);
  for await (const batch of batchesOf(sentences)) {
    for (const sentence of batch) {
      if (append === undefined) sink.text(format(sentence, place));
      else append(sentence, place, sink);
      place++;
      if (sink.length >= blockBytes) yield sink.take();
    }
  }
  sink.text(tail);
  if (sink.length > 0) yield sink.take();
}
