import { CorpusError, oneOf, shown } from '../errors.js';
import { columnOptionNames, type ColumnOptions } from './columns/options.js';
import { jsonlOptionNames, type JsonlOptions } from './jsonl.js';
import { formatNames, type FormatName } from './names.js';
import type { SchemeOptions } from './scheme-options.js';
import { textOptionNames, type TextOptions } from './spans/options.js';

/** How to read a corpus. Without `format`, the first 64 kB tell it, and with it what is not given here. */
export interface ReadOptions extends ColumnOptions, JsonlOptions, TextOptions, SchemeOptions {
  readonly format?: FormatName | undefined;
  /** Name for errors and the report. */
  readonly file?: string | undefined;
  /** Label of the encoding; default: by the byte-order mark, else UTF-8. */
  readonly encoding?: string | undefined;
  /** The language of sentences that do not tell their own. */
  readonly language?: string | undefined;
  /** Longest line, in bytes; of JSON the longest value that has to be kept, of brat the longest document. Default 16 MiB. */
  readonly maxLineLength?: number | undefined;
  /** Longest sentence. Default 100,000 tokens. */
  readonly maxSentenceTokens?: number | undefined;
}

const names = new Set<string>([
  ...['format', 'file', 'encoding', 'language', 'maxLineLength', 'maxSentenceTokens'],
  ...['scheme', 'targetScheme', 'repair', 'labels'],
  ...columnOptionNames,
  ...jsonlOptionNames,
  ...textOptionNames,
]);

const defaultLineLength = 1 << 24;
const defaultSentenceTokens = 100_000;

export interface CheckedOptions extends ReadOptions {
  readonly maxLineLength: number;
  readonly maxSentenceTokens: number;
}

/** Checks what does not belong to one format; the formats check their own options. */
export function checkReadOptions(options: ReadOptions): CheckedOptions {
  for (const name of Object.keys(options)) {
    if (!names.has(name)) {
      throw new CorpusError({
        expected: 'an option of readers',
        actual: `"${name}"`,
        hint: `one of ${[...names].join(', ')}`,
      });
    }
  }
  const {
    format,
    language,
    maxLineLength = defaultLineLength,
    maxSentenceTokens = defaultSentenceTokens,
  } = options;
  if (format !== undefined && !formatNames.includes(format)) {
    throw new CorpusError({ expected: `${oneOf(formatNames)} as option format`, actual: shown(format) });
  }
  if (language !== undefined && (typeof language !== 'string' || language === '')) {
    throw new CorpusError({ expected: 'the code of a language as option language', actual: shown(language) });
  }
  return {
    ...options,
    maxLineLength: positive(maxLineLength, 'maxLineLength'),
    maxSentenceTokens: positive(maxSentenceTokens, 'maxSentenceTokens'),
  };
}

function positive(value: number, option: string): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new CorpusError({ expected: `a whole number from 1 as option ${option}`, actual: shown(value) });
}
