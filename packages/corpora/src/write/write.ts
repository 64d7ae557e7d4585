import { parseScheme } from '@cognate/tag-scheme';
import { CorpusError, oneOf, shown } from '../errors.js';
import { offsetUnits } from '../formats/spans/options.js';
import { batchesOf, type Sentences } from '../sentence.js';
import { columnFormatter, indexedFormatter, type ColumnWriteOptions } from './columns.js';
import { withTags, type DocumentFormatter, type TagWriteOptions } from './formatter.js';
import { jsonFormatter, spacyFormatter } from './json.js';
import { jsonlLine } from './jsonl.js';
import { inlineFormatter, labelStudioFormatter, spansFormatter, type TextWriteOptions } from './spans.js';

/** The formats that are written here; brat's two files by `formatBrat`. */
export const writeFormats = Object.freeze([
  'conll',
  'conllu',
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
  const tagged = ({ format: inner, ...rest }: DocumentFormatter, write = options): DocumentFormatter => ({
    ...rest,
    format: withTags(inner, write),
  });
  switch (format) {
    case 'conll':
      return tagged({ format: columnFormatter(options) });
    case 'conllu':
    case 'uner':
      return tagged({ format: indexedFormatter(format) });
    case 'jsonl':
      return tagged({ format: jsonlLine });
    case 'json':
      return tagged(jsonFormatter());
    case 'spacy':
      return tagged(spacyFormatter(), { ...options, scheme: options.scheme ?? 'BILOU' });
    case 'spans':
      return tagged(spansFormatter(scheme, options), { sourceScheme: scheme });
    case 'label-studio':
      return tagged(labelStudioFormatter(scheme, options), { sourceScheme: scheme });
    case 'inline':
      return tagged(inlineFormatter(scheme), { sourceScheme: scheme });
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
