import { CorpusError, oneOf, shown } from '../../errors.js';

/** The column formats: one reader, other settings. */
export type ColumnFormat =
  'conll' | 'wikiann-rahimi' | 'wikiann-pan' | 'conllu' | 'conllup' | 'ancora' | 'uner';

/** How the tags are written, shown by an inner tag of a person's name: with a prefix and a hyphen, and so on. */
export const tagForms = Object.freeze(['B-PER', 'B_PER', 'BPER', 'PER-B', 'PER'] as const);
export type TagForm = (typeof tagForms)[number];

/** A column: its position from 0, negative from the end, or its name in the header or in `# global.columns`. */
export type Column = number | string;

/** How a file of columns is laid out. Each format has its own defaults. */
export interface ColumnOptions {
  /** `tab`, `whitespace` (any run of spaces and tabs), or the separator itself, such as `' '` or `';'`. */
  readonly separator?: string | undefined;
  readonly tokenColumn?: Column | undefined;
  /** null: the file has no tags, or they are not wanted. */
  readonly tagColumn?: Column | null | undefined;
  /** The tag is this key's value in the tag column, where that holds `Key=Value|Key=Value` (CoNLL-U's MISC). */
  readonly tagAttribute?: string | undefined;
  /**
   * The words of an entity stand joined by `_` under this key of the last column (AnCora's `MWE=Palau_Firal`), on its first line, which also
   * has its tag: the tag goes on over as many tokens.
   */
  readonly spanAttribute?: string | undefined;
  /** A column of token numbers as CoNLL-U has them, with ranges (`3-4`) and empty nodes (`3.1`). */
  readonly indexColumn?: number | null | undefined;
  /** A column whose value changes where a new sentence starts; the value becomes the sentence's id. */
  readonly sentenceColumn?: Column | null | undefined;
  /** How many columns each line has; by default as many as the first. `variable`: any number. */
  readonly columns?: number | 'variable' | undefined;
  /** The first line names the columns. */
  readonly header?: boolean | undefined;
  /** Tokens start with their language and a colon (`gl:`), which is taken off and becomes the sentence's language. */
  readonly languagePrefix?: boolean | undefined;
  /**
   * Lines that start with `#` are comments, unless they have the columns of a token and a tag. `# sent_id = ` and `# id ` give
   * the next sentence its id, `# text = ` its text.
   */
  readonly comments?: boolean | undefined;
  readonly tagForm?: TagForm | undefined;
  /** The tags that mean: in no entity. Default O. */
  readonly outside?: readonly string[] | undefined;
  /** What to do with an empty tag: an error (default), or read it as O and count it. */
  readonly emptyTags?: 'error' | 'outside' | undefined;
  /** What to do with a separator at the end of a line: it starts an empty column (default `keep`), or is taken off and counted. */
  readonly trailingSeparators?: 'keep' | 'strip' | undefined;
  /** What to do with a token of nothing but control, format and white-space characters. Default `keep`; it is counted in any case. */
  readonly controlTokens?: 'keep' | 'drop' | 'error' | undefined;
  /** What to do with an empty token: an error (default), or leave it out and count it. */
  readonly emptyTokens?: 'error' | 'drop' | undefined;
  /**
   * Characters that join the words of a multiword in one token, such as `['_', '#']`: it is split, and its tag goes on over the
   * parts. Tokens that look like addresses (a colon, `@`, a backslash, `www.`) or would leave an empty part stay whole.
   */
  readonly splitJoined?: readonly string[] | undefined;
  /** CoNLL-U's multiword tokens: the token as written (`surface`, default), or its syntactic `words`. */
  readonly multiwords?: 'surface' | 'words' | undefined;
  /** Adds each token's place in the text, for sentences whose text is told. */
  readonly offsets?: boolean | undefined;
}

export interface ColumnRules {
  readonly format: ColumnFormat;
  /** One tab or the literal separator; `whitespace` has a space here and `runs`. */
  readonly separator: string;
  readonly runs: boolean;
  readonly token: Column;
  readonly tag: Column | null;
  readonly tagAttribute: string | undefined;
  readonly spanAttribute: string | undefined;
  /** The labels of the tags that are names, where all others are outside. */
  readonly names: Readonly<Record<string, string>> | undefined;
  readonly index: number | null;
  readonly sentence: Column | null;
  readonly columns: number | 'variable' | undefined;
  readonly header: boolean;
  readonly languagePrefix: boolean;
  readonly comments: boolean;
  readonly tagForm: TagForm;
  readonly outside: readonly string[];
  readonly emptyTags: 'error' | 'outside';
  readonly trailingSeparators: 'keep' | 'strip';
  readonly controlTokens: 'keep' | 'drop' | 'error';
  readonly emptyTokens: 'error' | 'drop';
  readonly splitJoined: readonly string[];
  readonly multiwords: 'surface' | 'words';
  readonly offsets: boolean;
}

const presets: Readonly<Record<ColumnFormat, ColumnOptions>> = {
  conll: {},
  'wikiann-rahimi': { columns: 2, languagePrefix: true, comments: false },
  'wikiann-pan': { separator: 'whitespace', columns: 'variable', comments: false },
  conllu: { columns: 10, indexColumn: 0, tokenColumn: 1, tagColumn: null },
  ancora: { columns: 10, indexColumn: 0, tokenColumn: 1, tagColumn: 4, tagForm: 'PER', spanAttribute: 'MWE' },
  conllup: { indexColumn: 0, tokenColumn: 'FORM' },
  uner: { indexColumn: 0, tokenColumn: 1, tagColumn: 2 },
};

/** AnCora's parts of speech of proper names: person, place, organisation, other. */
export const ancoraNames: Readonly<Record<string, string>> = {
  np0000p: 'PER',
  np0000l: 'LOC',
  np0000o: 'ORG',
  np0000a: 'MISC',
};

/** The names of all options of columns, to tell a misspelt one. */
export const columnOptionNames: readonly (keyof ColumnOptions)[] = [
  'separator',
  'tokenColumn',
  'tagColumn',
  'tagAttribute',
  'spanAttribute',
  'indexColumn',
  'sentenceColumn',
  'columns',
  'header',
  'languagePrefix',
  'comments',
  'tagForm',
  'outside',
  'emptyTags',
  'trailingSeparators',
  'controlTokens',
  'emptyTokens',
  'splitJoined',
  'multiwords',
  'offsets',
];

/** The layout of a format with the caller's changes. */
export function resolveColumnOptions(format: ColumnFormat, given: ColumnOptions): ColumnRules {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: ColumnOptions = { ...presets[format], ...set };
  const separator = checkSeparator(options.separator ?? 'tab');
  const tagAttribute = options.tagAttribute;
  const rules: ColumnRules = {
    format,
    separator: separator === 'tab' ? '\t' : separator === 'whitespace' ? ' ' : separator,
    runs: separator === 'whitespace',
    token: checkColumn(options.tokenColumn ?? 0, 'tokenColumn'),
    // The attribute's column is the last one (MISC) unless another is named.
    tag: checkColumn(
      tagAttribute !== undefined && given.tagColumn === undefined
        ? -1
        : options.tagColumn === undefined
          ? -1
          : options.tagColumn,
      'tagColumn',
    ),
    tagAttribute,
    spanAttribute: checkKey(options.spanAttribute, 'spanAttribute'),
    names: format === 'ancora' ? ancoraNames : undefined,
    index: checkIndexColumn(options.indexColumn ?? null),
    sentence: checkColumn(options.sentenceColumn ?? null, 'sentenceColumn'),
    columns: checkCount(options.columns),
    header: checkFlag(options.header ?? false, 'header'),
    languagePrefix: checkFlag(options.languagePrefix ?? false, 'languagePrefix'),
    // Without tabs a sentence that starts with "#" could be a comment: only on request.
    comments: checkFlag(options.comments ?? separator === 'tab', 'comments'),
    tagForm: checkOne(options.tagForm ?? 'B-PER', tagForms, 'tagForm'),
    outside: checkStrings(options.outside ?? ['O'], 'outside'),
    emptyTags: checkOne(options.emptyTags ?? 'error', ['error', 'outside'], 'emptyTags'),
    trailingSeparators: checkOne(
      options.trailingSeparators ?? 'keep',
      ['keep', 'strip'],
      'trailingSeparators',
    ),
    controlTokens: checkOne(options.controlTokens ?? 'keep', ['keep', 'drop', 'error'], 'controlTokens'),
    emptyTokens: checkOne(options.emptyTokens ?? 'error', ['error', 'drop'], 'emptyTokens'),
    splitJoined: checkStrings(options.splitJoined ?? [], 'splitJoined'),
    multiwords: checkOne(options.multiwords ?? 'surface', ['surface', 'words'], 'multiwords'),
    offsets: checkFlag(options.offsets ?? false, 'offsets'),
  };
  return rules;
}

const wrong = (option: string, expected: string, value: unknown): CorpusError =>
  new CorpusError({ expected: `${expected} as option ${option}`, actual: shown(value) });

function checkSeparator(value: unknown): string {
  if (typeof value !== 'string' || value === '' || /[\r\n]/.test(value)) {
    throw wrong('separator', "'tab', 'whitespace' or the separator itself, without line ends", value);
  }
  return value;
}

function checkColumn<T extends Column | null>(value: T, option: string): T {
  if (value === null || (typeof value === 'string' && value !== '') || Number.isInteger(value)) return value;
  throw wrong(option, 'the position of a column (a whole number) or its name', value);
}

function checkKey(value: unknown, option: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw wrong(option, 'the name of a key', value);
}

function checkIndexColumn(value: unknown): number | null {
  if (value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value;
  throw wrong('indexColumn', 'the position of a column, from 0', value);
}

function checkCount(value: unknown): number | 'variable' | undefined {
  if (value === undefined || value === 'variable') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw wrong('columns', "a number of columns or 'variable'", value);
}

function checkFlag(value: unknown, option: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(option, 'true or false', value);
}

function checkOne<T extends string>(value: T, allowed: readonly T[], option: string): T {
  if (allowed.includes(value)) return value;
  throw wrong(option, oneOf(allowed), value);
}

function checkStrings(value: unknown, option: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw wrong(option, 'an array of strings', value);
}
