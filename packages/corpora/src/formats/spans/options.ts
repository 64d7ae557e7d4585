import { CorpusError, oneOf, shown } from '../../errors.js';

/** What an annotation's numbers count: UTF-16 code units (JavaScript, Java), code points (Python), bytes of UTF-8. */
export const offsetUnits = Object.freeze(['utf16', 'codepoint', 'utf8'] as const);
export type OffsetUnit = (typeof offsetUnits)[number];

/** How formats of texts and spans (inline XML, brat, JSONL of spans, Label Studio) become sentences of tokens. */
export interface TextOptions {
  /**
   * `language` (default): the tokeniser of @cognate/text, by the sentence's language; `whitespace`: what stands between white space.
   * Where the file has tokens of its own, these are taken.
   */
  readonly tokenizer?: 'language' | 'whitespace' | undefined;
  /**
   * What becomes of a text: one sentence (`whole`), one a line (`lines`), or what the sentence splitter makes of it (`split`). A span
   * that goes over an end joins the sentences. Default: `whole` for JSONL and Label Studio, `lines` for brat.
   */
  readonly sentences?: 'whole' | 'lines' | 'split' | undefined;
  /**
   * What becomes of a span that begins or ends inside a token: the token is cut there (`split`, default), the span grows to whole tokens
   * (`expand`), is left out (`drop`), or is an error. The report counts them and names the first.
   */
  readonly cutTokens?: 'split' | 'expand' | 'drop' | 'error' | undefined;
  /** What offsets count. Default: code points for brat and JSONL, as Python has them; UTF-16 code units for Label Studio. */
  readonly offsetUnit?: OffsetUnit | undefined;
  /** Inline XML with a tag that is not opened or not closed: an error (default), or the line is left out, or read without entities. */
  readonly brokenMarkup?: 'error' | 'drop' | 'plain' | undefined;
  /** The field with the text. Default `text`, else the only string there is (Label Studio). */
  readonly textField?: string | undefined;
  /** The field with the spans. Default: the first that is there of `spans`, `entities`, `ents`, `labels`, `label`. */
  readonly spansField?: string | undefined;
  /** The lines of brat's `.ann` file, where the source is the text alone. */
  readonly annotations?: string | undefined;
}

export const textOptionNames: readonly (keyof TextOptions)[] = [
  'tokenizer',
  'sentences',
  'cutTokens',
  'offsetUnit',
  'brokenMarkup',
  'textField',
  'spansField',
  'annotations',
];

export interface TextRules {
  readonly tokenizer: 'language' | 'whitespace';
  readonly sentences: 'whole' | 'lines' | 'split';
  readonly cutTokens: 'split' | 'expand' | 'drop' | 'error';
  readonly offsetUnit: OffsetUnit;
  readonly brokenMarkup: 'error' | 'drop' | 'plain';
  readonly textField: string | undefined;
  readonly spansField: string | undefined;
  readonly annotations: string | undefined;
}

export type TextFormat = 'inline' | 'brat' | 'spans' | 'label-studio';

const defaults: Readonly<Record<TextFormat, Pick<TextRules, 'sentences' | 'offsetUnit'>>> = {
  inline: { sentences: 'whole', offsetUnit: 'utf16' },
  brat: { sentences: 'lines', offsetUnit: 'codepoint' },
  spans: { sentences: 'whole', offsetUnit: 'codepoint' },
  'label-studio': { sentences: 'whole', offsetUnit: 'utf16' },
};

export function resolveTextOptions(format: TextFormat, options: TextOptions): TextRules {
  const {
    tokenizer = 'language',
    sentences = defaults[format].sentences,
    cutTokens = 'split',
    offsetUnit = defaults[format].offsetUnit,
    brokenMarkup = 'error',
  } = options;
  return {
    tokenizer: oneOption(tokenizer, ['language', 'whitespace'], 'tokenizer'),
    sentences: oneOption(sentences, ['whole', 'lines', 'split'], 'sentences'),
    cutTokens: oneOption(cutTokens, ['split', 'expand', 'drop', 'error'], 'cutTokens'),
    offsetUnit: oneOption(offsetUnit, offsetUnits, 'offsetUnit'),
    brokenMarkup: oneOption(brokenMarkup, ['error', 'drop', 'plain'], 'brokenMarkup'),
    textField: text(options.textField, 'textField'),
    spansField: text(options.spansField, 'spansField'),
    annotations: text(options.annotations, 'annotations'),
  };
}

function oneOption<T extends string>(value: T, allowed: readonly T[], option: string): T {
  if (allowed.includes(value)) return value;
  throw new CorpusError({ expected: `${oneOf(allowed)} as option ${option}`, actual: shown(value) });
}

function text(value: unknown, option: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new CorpusError({ expected: `a text as option ${option}`, actual: shown(value) });
}
