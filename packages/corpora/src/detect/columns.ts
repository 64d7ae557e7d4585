import { detectScheme, type Scheme } from '@cognate/tag-scheme';
import { splitFields, separatorName } from '../formats/columns/fields.js';
import { ancoraNames } from '../formats/columns/options.js';
import { TagTable } from '../formats/columns/tag-table.js';
import type { FormatName } from '../formats/names.js';
import { sureFrom, type DetectedOptions, type Detection, type Doubt } from './detection.js';
import type { SampleLines } from './sample-lines.js';
import { readAsTags, type TagColumn } from './tag-columns.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is found out about a file of columns, step by step. */
class Findings {
  format: FormatName = 'conll';
  options: Mutable<DetectedOptions> = {};
  confidence = 1;
  readonly seen: string[] = [];
  readonly doubts: Doubt[] = [];

  doubt(factor: number, seen: string, settle: string): void {
    this.confidence *= factor;
    this.doubts.push({ seen, settle });
  }

  done(): Detection {
    const { format, options, confidence, seen, doubts } = this;
    return { format, options, confidence, sure: confidence >= sureFrom, seen, doubts };
  }
}

/** The columns of a sample. */
interface Table {
  readonly separator: string;
  readonly runs: boolean;
  readonly sentences: readonly (readonly (readonly string[])[])[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of most lines. */
  readonly width: number;
  /** Whether lines differ in their number of columns by more than a slip. */
  readonly variable: boolean;
}

/** What a sample of lines is, if it is columns of tokens and tags. */
export function detectColumns(lines: SampleLines): Detection {
  const found = new Findings();
  const all = lines.sentences.flat();
  const withTab = all.filter((line) => line.includes('\t')).length;
  const withSpace = all.filter((line) => /\S +\S/.test(line)).length;
  if (withTab * 2 < all.length && withSpace * 2 < all.length) return withoutColumns(lines, all, found);
  const tabs = withTab * 2 >= all.length;
  const table = makeTable(lines, tabs ? '\t' : ' ', !tabs);
  if (!tabs) found.options.separator = 'whitespace';
  found.seen.push(
    `${table.variable ? 'a varying number of' : table.width} columns parted by ${separatorName(table.separator, table.runs)}`,
  );
  const index = findIndex(table);
  const names = globalColumns(lines.comments);
  const token = names ? names.indexOf('FORM') : index ? 1 : undefined;
  const tag = findTags(table, token, index, found, names);
  if (names) {
    found.format = 'conllup';
    found.seen.push(`# global.columns: ${names.join(' ')}`);
    if (tag !== undefined) found.options.tagColumn = names[tag.column] ?? tag.column;
  } else if (index) {
    indexedFormat(table, tag, found);
  } else {
    plainFormat(table, tag, found);
  }
  if (!tabs && lines.comments.length > 0) found.options.comments = true;
  if (tag === undefined) {
    untagged(table, found);
  } else {
    nameTags(table, tag, found);
    findSentenceColumn(lines, table, tag, found);
  }
  if (lines.count < 4) found.doubt(0.9, `only ${lines.count} lines`, 'option format names the format');
  return found.done();
}

function makeTable(lines: SampleLines, separator: string, runs: boolean): Table {
  const sentences = lines.sentences.map((sentence) =>
    sentence.map((line) => splitFields(line, separator, runs)),
  );
  const rows = sentences.flat();
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [[width, count]] = [...widths].sort((a, b) => b[1] - a[1]);
  return { separator, runs, sentences, rows, width, variable: count < rows.length * 0.98 };
}

/** Nothing parts the lines: one column, or running text. */
function withoutColumns(lines: SampleLines, all: readonly string[], found: Findings): Detection {
  const other = [';', ',', '|'].find((mark) => all.every((line) => line.includes(mark)));
  if (other !== undefined) {
    found.doubt(
      0.3,
      `lines with "${other}" but no tabs or spaces`,
      `option separator: '${other}' with format: 'conll'`,
    );
  } else {
    found.doubt(
      0.3,
      lines.blank > 0 ? 'one column: a word a line, without tags' : 'lines without columns',
      "format: 'conll' with tagColumn: null and columns: 1 for a token a line without tags; option separator where columns are parted by something else",
    );
  }
  return found.done();
}

/** Whether the first column numbers the tokens of each sentence, as CoNLL-U does; from 0 in some corpora. */
function findIndex({ sentences, rows }: Table): boolean {
  let fitting = 0;
  for (const sentence of sentences) {
    let next = sentence[0][0] === '0' ? 0 : 1;
    for (const [first] of sentence) {
      if (first === String(next)) {
        next++;
        fitting++;
      } else if (/^\d+[-.]\d+$/.test(first)) {
        fitting++;
      }
    }
  }
  return fitting >= rows.length * 0.98;
}

function globalColumns(comments: readonly string[]): string[] | undefined {
  const line = comments.find((comment) => /^#\s*global\.columns\s*=/.test(comment));
  return line
    ?.slice(line.indexOf('=') + 1)
    .trim()
    .split(/\s+/);
}

const universalColumns = 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC'.split(' ');

/** The column of tags: the last one that passes for it. */
function findTags(
  table: Table,
  token: number | undefined,
  index: boolean,
  found: Findings,
  names: readonly string[] | undefined,
): TagColumn | undefined {
  const columns = table.variable ? [-1] : Array.from({ length: table.width }, (_, column) => column);
  const readings = columns.flatMap((column) => {
    if (column === token || (index && column === 0) || universalColumns.includes(names?.[column] ?? ''))
      return [];
    // The first line may be a header.
    const values = table.rows.slice(1).flatMap((row) => row.at(column) ?? []);
    const reading = readAsTags(values.length > 0 ? values : [table.rows[0].at(column) ?? ''], column);
    return reading === undefined ? [] : [reading];
  });
  const strong = readings.filter((reading) => !reading.weak && reading.entities);
  const pool = strong.length > 0 ? strong : readings.filter((reading) => !reading.weak);
  const candidates = pool.length > 0 ? pool : readings;
  // Universal NER's own tags stand before those of other annotators.
  const chosen = index && table.width === 5 ? candidates[0] : candidates.at(-1);
  if (candidates.length > 1 && chosen !== undefined) {
    const others = candidates
      .filter((candidate) => candidate !== chosen)
      .map((candidate) => candidate.column);
    found.doubt(
      chosen.weak ? 0.6 : 0.95,
      `column ${chosen.column} was taken for the tags, but ${others.join(', ')} could be too`,
      'option tagColumn',
    );
  }
  return chosen;
}

function indexedFormat(table: Table, tag: TagColumn | undefined, found: Findings): void {
  found.seen.push('the first column numbers the tokens');
  if (table.width === 10) {
    found.format = 'conllu';
    if (tag !== undefined) found.options.tagColumn = tag.column;
  } else if (table.width === 5 && tag?.column === 2) {
    found.format = 'uner';
  } else {
    Object.assign(found.options, { indexColumn: 0, tokenColumn: 1 });
    if (tag !== undefined && tag.column !== table.width - 1) found.options.tagColumn = tag.column;
  }
}

const languagePrefix = /^([a-z][a-z-]{1,15}):/;

function plainFormat(table: Table, tag: TagColumn | undefined, found: Findings): void {
  const { rows, width, variable, runs } = table;
  if (tag === undefined) return;
  const token = tag.column === 0 ? 1 : 0;
  if (!runs && width === 2 && tag.column === 1) {
    const prefixes = new Map<string, number>();
    for (const row of rows) {
      const prefix = languagePrefix.exec(row[0])?.[1] ?? '';
      prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1);
    }
    const missing = prefixes.get('') ?? 0;
    if (
      missing <= rows.length * 0.02 &&
      prefixes.size - (missing > 0 ? 1 : 0) <= Math.max(1, rows.length / 20)
    ) {
      found.format = 'wikiann-rahimi';
      found.seen.push(
        `a language before each token (${[...prefixes.keys()].filter(Boolean).slice(0, 3).join(', ')})`,
      );
      return;
    }
  }
  // Pan's files have the linked page between the token and its tag: three or seven fields, "None" without a link.
  const linked = rows.filter((row) => row.length === 7 || (row.length === 3 && row[1] === 'None')).length;
  if (runs && tag.column === (variable ? -1 : width - 1) && linked >= rows.length * 0.98) {
    found.format = 'wikiann-pan';
    delete found.options.separator;
    found.seen.push('a linked page, or None, between each token and its tag');
    return;
  }
  if (variable) {
    found.options.columns = 'variable';
    found.doubt(
      0.7,
      'lines with different numbers of columns',
      "option columns: 'variable', option separator",
    );
  }
  if (tag.column !== -1 && tag.column !== width - 1) found.options.tagColumn = tag.column;
  if (token !== 0) found.options.tokenColumn = token;
}

function untagged(table: Table, found: Findings): void {
  const last = table.rows.slice(0, 200).map((row) => row.at(-1) ?? '');
  const attribute = /(?:^|\|)(NER|NE|Entity)=([BIESLU]-[^|]+|O)(?:\||$)/;
  const key = last.map((value) => attribute.exec(value)?.[1]).find((name) => name !== undefined);
  if (key !== undefined) {
    found.options.tagAttribute = key;
    found.seen.push(`tags as ${key}= in the last column`);
    return;
  }
  if (found.format === 'conllu' && table.rows.some((row) => Object.hasOwn(ancoraNames, row[4]))) {
    found.format = 'ancora';
    found.seen.push("AnCora's names in XPOS (np0000p and others), their words under MWE in the last column");
    return;
  }
  const universal = found.format === 'conllu' || found.format === 'conllup';
  if (universal) found.options.tagColumn = null;
  found.doubt(
    universal ? 0.9 : 0.2,
    'no column of tags',
    'options tagColumn and tagForm, or tagAttribute; tagColumn: null for tokens without tags',
  );
}

/** How tags are written, in which scheme, and whether the first line names the columns instead. */
function nameTags(table: Table, tag: TagColumn, found: Findings): void {
  found.seen.push(`tags in column ${tag.column}, written like ${tag.form}`);
  if (tag.share < 1) {
    found.doubt(
      tag.share,
      `${((1 - tag.share) * 100).toFixed(1)}% of the values there are no tags`,
      'option tagColumn',
    );
  }
  if (tag.form !== 'B-PER') found.options.tagForm = tag.form;
  if (tag.weak)
    found.doubt(0.85, 'tags without prefixes', "option tagForm: 'PER' says that they are the labels alone");
  const entries = new TagTable(tag.form, ['O']);
  const first = table.rows[0].at(tag.column) ?? '';
  const second = table.rows.at(1)?.at(tag.column) ?? '';
  const known = tag.weak ? new Set(table.rows.slice(1).map((row) => row.at(tag.column))) : undefined;
  if (entries.get(first) === undefined || (known !== undefined && !known.has(first) && known.has(second))) {
    if (table.rows.length > 1) {
      found.options.header = true;
      found.seen.push(`the first line names the columns: ${table.rows[0].join(' ')}`);
    }
  }
  const scheme = schemeOf(table, tag, entries);
  if (!tag.entities) {
    found.doubt(0.9, 'no entity in the lines that were looked at', 'options tagColumn and scheme');
  } else if (scheme !== 'IOB2' && tag.form !== 'PER') {
    found.options.scheme = scheme;
    found.seen.push(`tags of the scheme ${scheme}`);
  }
}

function schemeOf(table: Table, { column }: TagColumn, entries: TagTable): Scheme {
  const sequences = table.sentences.map((rows) =>
    rows.map((row) => entries.get(row.at(column) ?? '')?.tag ?? 'O'),
  );
  const { scheme } = detectScheme(sequences);
  // I- tags alone are IO; B- tags that part neighbours may still come, and IOB1 has the same entities.
  return scheme === 'IO' ? 'IOB1' : scheme;
}

/** Where no blank line ends a sentence: a column that tells the sentences apart. */
function findSentenceColumn(lines: SampleLines, table: Table, tag: TagColumn, found: Findings): void {
  if (lines.blank > 1 || table.rows.length < 60) return;
  const rows = table.rows.slice(1);
  for (let column = 1; column < table.width; column++) {
    if (column === tag.column) continue;
    let changes = 0;
    let falling = false;
    for (let i = 1; i < rows.length; i++) {
      const [before, now] = [Number(rows[i - 1][column]), Number(rows[i][column])];
      if (Number.isNaN(now) || now < before) falling = true;
      if (now !== before) changes++;
    }
    if (falling || changes === 0 || changes === rows.length - 1) continue;
    found.options.sentenceColumn = column;
    found.options.tagColumn = tag.column;
    found.seen.push(`no blank lines; column ${column} counts the sentences`);
    return;
  }
  found.doubt(
    0.7,
    `no blank line in the first ${lines.count} lines`,
    'option sentenceColumn, where a column tells the sentences apart',
  );
}
