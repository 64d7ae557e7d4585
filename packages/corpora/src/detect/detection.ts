import type { Scheme } from '@cognate/tag-scheme';
import { CorpusError } from '../errors.js';
import type { ColumnOptions } from '../formats/columns/options.js';
import type { JsonlOptions } from '../formats/jsonl.js';
import type { FormatName } from '../formats/names.js';

/** The options that detection settles. */
export type DetectedOptions = ColumnOptions & JsonlOptions & { readonly scheme?: Scheme };

/** What was not clear, and what would settle it. */
export interface Doubt {
  readonly seen: string;
  /** The options to give. */
  readonly settle: string;
}

/** What a text seems to be. */
export interface Detection {
  /** undefined: none of the formats that are read here. */
  readonly format: FormatName | undefined;
  /** Options for this format, where its defaults do not fit. */
  readonly options: DetectedOptions;
  /** From 0 to 1; a rule of thumb, to compare. */
  readonly confidence: number;
  /** Whether the text can be read so without asking: confidence is at least 0.6. */
  readonly sure: boolean;
  /** What speaks for it. */
  readonly seen: readonly string[];
  readonly doubts: readonly Doubt[];
}

export const sureFrom = 0.6;

/** The detection of something that leaves no doubt. */
export const sureOf = (format: Detection['format'], options: DetectedOptions, seen: string): Detection => ({
  format,
  options,
  confidence: 1,
  sure: true,
  seen: [seen],
  doubts: [],
});

/** The detection of something that is not read here. */
export function unknown(seen: string, settle = 'convert it to columns or JSONL'): Detection {
  return { format: undefined, options: {}, confidence: 0, sure: false, seen: [], doubts: [{ seen, settle }] };
}

/** The detection in words, a line for each thing seen. */
export function describeDetection(detection: Detection): string {
  const { format, options, confidence, seen, doubts } = detection;
  const settings = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const head =
    format === undefined
      ? 'no known format'
      : `${format}${settings.length > 0 ? ` with ${settings.join(', ')}` : ''} (confidence ${confidence.toFixed(2)})`;
  return [
    head,
    ...seen.map((text) => `- ${text}`),
    ...doubts.map(({ seen: doubt, settle }) => `- unsure: ${doubt}; ${settle}`),
  ].join('\n');
}

/** A file whose format could not be told: the message has what was seen and the options that settle it. */
export class UnsureFormatError extends CorpusError {
  override name = 'UnsureFormatError';

  constructor(
    readonly detection: Detection,
    file: string | undefined,
  ) {
    const { format, doubts, seen } = detection;
    super({
      file,
      expected: 'a file whose format can be told',
      actual:
        format === undefined
          ? doubts.map((doubt) => doubt.seen).join('; ')
          : `one that may be ${format}: ${[...seen, ...doubts.map((doubt) => doubt.seen)].join('; ')}`,
      hint: doubts.map((doubt) => doubt.settle).join('; ') || 'option format names the format',
    });
  }
}
