import { CorpusError, oneOf, shown } from '../errors.js';
import { batchesOf, type Sentences } from '../sentence.js';
import { columnFormatter, type ColumnWriteOptions } from './columns.js';
import { withTags, type SentenceFormatter, type TagWriteOptions } from './formatter.js';
import { jsonlLine } from './jsonl.js';

/** The formats that are written here. */
export const writeFormats = Object.freeze(['conll', 'jsonl'] as const);
export type WriteFormat = (typeof writeFormats)[number];

export interface WriteOptions extends ColumnWriteOptions, TagWriteOptions {
  /** Default `conll`. */
  readonly format?: WriteFormat | undefined;
}

/** How much text is handed out at a time, about. */
const blockLength = 1 << 16;

/** Makes the function that turns a sentence, with its place in the corpus for errors, into text. */
function sentenceFormatter(options: WriteOptions): SentenceFormatter {
  const { format = 'conll' } = options;
  if (format === 'conll') return withTags(columnFormatter(options), options);
  if ((format as string) === 'jsonl') return withTags(jsonlLine, options);
  throw new CorpusError({ expected: `${oneOf(writeFormats)} as option format`, actual: shown(format) });
}

/**
 * A corpus as text, in pieces.
 *
 * @throws CorpusError at once for wrong options; while writing, with the sentence's place, for what the format cannot hold (an empty
 *   token, one with the separator in it).
 */
export function formatSentences(sentences: Sentences, options: WriteOptions = {}): AsyncGenerator<string> {
  const format = sentenceFormatter(options);
  return blocks(sentences, format);
}

async function* blocks(sentences: Sentences, format: SentenceFormatter): AsyncGenerator<string> {
  let text = '';
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
  if (text !== '') yield text;
}
