import { CorpusError, shown } from '../../errors.js';
import { ownString } from '../../own-string.js';
import type { Sentence } from '../../sentence.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import { SentenceBuilder, type BuilderOptions } from '../sentence-builder.js';
import { isControlToken, mayStartControlToken } from './control-token.js';
import { isBlank, separatorName, splitFields } from './fields.js';
import { splitJoined, spreadTag } from './joined.js';
import { MultiwordTokens } from './multiwords.js';
import type { Column, ColumnRules } from './options.js';
import { outsideEntry, TagTable, type TagEntry } from './tag-table.js';

const documentStart = '-DOCSTART-';
const lineFeed = 10;
const carriageReturn = 13;
const hyphen = 45;
const hash = 35;

/** What stands behind the token is the same on many lines; so many different ones are remembered, none longer than this. */
const tailLimit = 4096;
const tailLength = 64;

/** The columns of a file, as positions; known from its first line of data on. */
interface Layout {
  /** 0 for any number. */
  readonly width: number;
  readonly token: number;
  /** From the end where negative; undefined without tags. */
  readonly tag: number | undefined;
  readonly sentence: number | undefined;
  /** The line that the width was taken from; 0 where an option or a header told it. */
  readonly line: number;
}

/**
 * Reads the column formats. Plain lines, which are nearly all, take a short way: the token up to the first separator, and a look at
 * whether what follows it has been seen before, as `\tO` and `\tB-PER` have. Every other line is taken apart with care, and
 * that alone decides what a line means.
 */
export class ColumnsParser implements LineParser {
  line = 0;
  readonly #rules: ColumnRules;
  readonly #context: ParserContext;
  readonly #builder: SentenceBuilder;
  readonly #table: TagTable;
  readonly #multiwords: MultiwordTokens;
  readonly #tails = new Map<string, TagEntry>();
  /** The same for tails of one ASCII character, by its code: most lines end in O. */
  readonly #shortTails: (TagEntry | undefined)[] = new Array<undefined>(128).fill(undefined);
  #names: readonly string[] | undefined;
  #headerSeen: boolean;
  #layout: Layout | undefined;
  #sentenceValue: string | undefined;
  /** With `spanAttribute`: the entity that goes on, and over how many tokens. */
  #spanEntry = outsideEntry;
  #spanLeft = 0;
  /** Where the format has language prefixes: the last language, and its prefix (`gl:`). */
  #language: string | undefined;
  #prefix = 'no prefix yet';

  constructor(rules: ColumnRules, options: BuilderOptions, context: ParserContext) {
    this.#rules = rules;
    this.#context = context;
    this.#builder = new SentenceBuilder(options, context);
    this.#table = new TagTable(rules.tagForm, rules.outside);
    this.#multiwords = new MultiwordTokens(rules.multiwords, this.#builder, context);
    this.#headerSeen = !rules.header;
  }

  push(text: string, out: Sentence[]): void {
    const { separator, runs, languagePrefix, splitJoined: joiners } = this.#rules;
    const report = this.#context.report;
    const builder = this.#builder;
    const tails = this.#tails;
    const shortTails = this.#shortTails;
    const width = separator.length;
    const multiwords = this.#multiwords;
    const length = text.length;
    const indexed = this.#rules.index === 0;
    let separatorAt = -1;
    const linesBefore = this.line;
    let lines = 0;
    for (let start = 0; start < length;) {
      let end = text.indexOf('\n', start);
      if (end < 0) end = length;
      lines++;
      const code = text.charCodeAt(start);
      if (code === lineFeed || (code === carriageReturn && end === start + 1)) {
        report.blankLines++;
        this.#endSentence(out);
        start = end + 1;
        continue;
      }
      // The next separator is looked for once, not again from every line without one.
      if (separatorAt < start) separatorAt = text.indexOf(separator, start);
      if (separatorAt < 0) separatorAt = length;
      let tokenStart = start;
      let tokenEnd = separatorAt;
      if (indexed) {
        tokenStart = tokenEnd + width;
        tokenEnd =
          multiwords.open || !isPlainIndex(text, start, separatorAt)
            ? length
            : text.indexOf(separator, tokenStart);
      }
      if (tokenEnd > tokenStart && tokenEnd < end) {
        const tailStart = tokenEnd + width;
        const entry =
          end === tailStart + 1
            ? shortTails[text.charCodeAt(tailStart)]
            : tails.get(text.slice(tailStart, end));
        if (entry !== undefined) {
          let plain = true;
          if (languagePrefix) {
            plain = text.startsWith(this.#prefix, tokenStart);
            tokenStart += this.#prefix.length;
            if (builder.length === 0) builder.language = this.#language;
          }
          const first = text.charCodeAt(tokenStart);
          if (
            mayStartControlToken(first) ||
            (first === hyphen && text.startsWith(documentStart, tokenStart))
          ) {
            plain = false;
          }
          if (plain && tokenEnd > tokenStart) {
            const token = text.slice(tokenStart, tokenEnd);
            if ((!runs || !token.includes('\t')) && (joiners.length === 0 || !hasAny(token, joiners))) {
              builder.add(ownString(token), entry, this.line + lines);
              start = end + 1;
              continue;
            }
          }
        }
      }
      this.line += lines;
      lines = 0;
      this.#takeLine(text.slice(start, end), out);
      start = end + 1;
    }
    this.line += lines;
    report.lines += this.line - linesBefore;
  }

  end(out: Sentence[]): void {
    this.#endSentence(out);
  }

  /** A line of any kind. */
  #takeLine(raw: string, out: Sentence[]): void {
    const { report } = this.#context;
    const { separator, runs } = this.#rules;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (isBlank(line)) {
      report.blankLines++;
      this.#endSentence(out);
      return;
    }
    let fields = splitFields(line, separator, runs);
    if (line.charCodeAt(0) === hash && this.#isComment(fields, line)) {
      report.commentLines++;
      this.#takeComment(line);
      return;
    }
    if (fields[0] === documentStart) {
      report.docStarts++;
      this.#endSentence(out);
      return;
    }
    if (!this.#headerSeen) {
      this.#headerSeen = true;
      report.headerLines++;
      this.#names = fields;
      return;
    }
    let clean = true;
    if (this.#rules.trailingSeparators === 'strip' && fields.length > 1 && fields.at(-1) === '') {
      fields = fields.slice(0, -1);
      clean = false;
      report.note('trailingSeparators', this.#context.file, this.line, () => shown(line));
    }
    const layout = this.#layoutFor(fields, line);
    if (layout.sentence !== undefined) this.#takeSentenceValue(fields[layout.sentence], out);
    const token = this.#tokenOf(fields[layout.token], line);
    const entry = this.#spread(this.#entryOf(fields, layout, line), fields);
    const plain =
      this.#rules.spanAttribute === undefined &&
      clean &&
      (layout.tag === undefined || fields.at(layout.tag) !== '');
    if (this.#rules.index === null) {
      this.#add(token, entry);
      if (plain) this.#remember(raw, layout, entry, fields);
      return;
    }
    const index = fields[this.#rules.index];
    if (/^\d+$/.test(index) && !this.#multiwords.open) {
      this.#add(token, entry);
      if (plain) this.#remember(raw, layout, entry, fields);
    } else if (!this.#multiwords.take(index, token, entry, this.line)) {
      throw this.#error('a token number, a range such as 3-4 or an empty node such as 3.1', shown(index), {
        hint: `column ${this.#rules.index}, option indexColumn`,
      });
    }
  }

  /** Lets lines with the same end take the short way. */
  #remember(raw: string, layout: Layout, entry: TagEntry, fields: readonly string[]): void {
    const { separator, index } = this.#rules;
    const before = index === 0 ? 1 : 0;
    if (layout.token !== before || layout.sentence !== undefined || fields.length <= before + 1) return;
    if (index !== null && index !== 0) return;
    const tokenStart = index === 0 ? raw.indexOf(separator) + separator.length : 0;
    const tail = raw.slice(raw.indexOf(separator, tokenStart) + separator.length);
    // In a white-space file the separator can be a tab, or stand at the start of the line.
    if (!raw.slice(tokenStart).startsWith(fields[before] + separator)) return;
    if (tail.length > tailLength || this.#tails.size >= tailLimit) return;
    if (tail.length > 1) this.#tails.set(tail, entry);
    else if (tail !== '' && tail.charCodeAt(0) < 128) this.#shortTails[tail.charCodeAt(0)] = entry;
  }

  #add(token: string, entry: TagEntry): void {
    const { controlTokens, splitJoined: joiners } = this.#rules;
    const { report, file } = this.#context;
    const builder = this.#builder;
    if (token === '') {
      report.note('emptyTokens', file, this.line, () => `an empty token with the tag ${entry.tag} left out`);
      builder.drop();
      return;
    }
    if (mayStartControlToken(token.charCodeAt(0)) && isControlToken(token)) {
      const name = () => `${escaped(token)} with the tag ${entry.tag}`;
      if (controlTokens === 'error') {
        throw this.#error('a token that can be seen', escaped(token), {
          hint: "option controlTokens: 'keep' or 'drop'",
        });
      }
      report.note('controlTokens', file, this.line, name);
      if (controlTokens === 'drop') {
        builder.drop();
        return;
      }
    }
    const parts = joiners.length > 0 ? splitJoined(token, joiners) : undefined;
    if (parts === undefined) {
      builder.add(ownString(token), entry, this.line);
      return;
    }
    report.note('splitTokens', file, this.line, () => shown(token));
    const entries = spreadTag(entry, parts.length);
    parts.forEach((part, index) => {
      builder.add(ownString(part), entries[index], this.line);
    });
  }

  /** The token as it is meant: checked, and without its language. */
  #tokenOf(field: string, line: string): string {
    let token = field;
    if (this.#rules.languagePrefix) {
      const colon = field.indexOf(':');
      const language = field.slice(0, Math.max(0, colon));
      if (!/^[a-z][a-z-]*$/.test(language)) {
        throw this.#error('a token with its language before a colon, such as gl:casa', shown(field), {
          hint: 'option languagePrefix: false for a file without',
        });
      }
      const open = this.#builder.length > 0 ? this.#builder.language : undefined;
      if (open !== undefined && open !== language) {
        throw this.#error(`the sentence to go on in its language, "${open}"`, shown(field));
      }
      this.#builder.language = language;
      if (language !== this.#language) {
        this.#language = ownString(language);
        this.#prefix = `${language}:`;
      }
      token = field.slice(colon + 1);
    }
    if (token === '' && this.#rules.emptyTokens === 'error') {
      throw this.#error('a token', `none on the line ${shown(line)}`, {
        hint: "option emptyTokens: 'drop' leaves such lines out",
      });
    }
    return token;
  }

  #entryOf(fields: readonly string[], layout: Layout, line: string): TagEntry {
    if (layout.tag === undefined) return outsideEntry;
    const field = fields.at(layout.tag) ?? '';
    const { tagAttribute } = this.#rules;
    const raw = tagAttribute === undefined ? field : attributeOf(field, tagAttribute);
    if (raw === '') {
      // Without the attribute, and on a range without a tag of its own, there is nothing to say.
      if (tagAttribute !== undefined) return outsideEntry;
      if (this.#rules.emptyTags === 'outside') {
        this.#context.report.note('emptyTags', this.#context.file, this.line, () => shown(line));
        return outsideEntry;
      }
      throw this.#error('a tag', `an empty column on the line ${shown(line)}`, {
        hint: "option trailingSeparators: 'strip' takes separators off line ends, option emptyTags: 'outside' reads an empty tag as O",
      });
    }
    const entry = this.#table.get(raw);
    if (entry !== undefined) return entry;
    if ((raw === '_' || raw === '-') && this.#isSurface(fields)) return outsideEntry;
    const { tagForm, outside } = this.#rules;
    throw this.#error(`a tag such as ${tagForm} or ${outside.join(', ')}`, shown(raw), {
      hint: 'options tagColumn, tagForm and outside say where tags stand and how they are written; header: true skips a first line of names',
    });
  }

  /** With `spanAttribute`: the tag of an entity's first line, and of the lines that its words are on. */
  #spread(entry: TagEntry, fields: readonly string[]): TagEntry {
    const { spanAttribute, index } = this.#rules;
    if (spanAttribute === undefined) return entry;
    const key = index === null ? '' : fields[index];
    if (entry.outside) {
      // The words behind a multiword token are no tokens, nor are empty nodes.
      if (this.#spanLeft === 0 || this.#multiwords.open || key.includes('.')) return entry;
      this.#spanLeft--;
      return { ...this.#spanEntry, prefix: 'I', tag: `I-${this.#spanEntry.label}` };
    }
    const joined = attributeOf(fields.at(-1) ?? '', spanAttribute);
    this.#spanLeft = joined === '' ? 0 : joined.split('_').length - 1;
    this.#spanEntry = { ...entry, prefix: 'B', tag: `B-${entry.label}` };
    return this.#spanEntry;
  }

  #isSurface(fields: readonly string[]): boolean {
    const { index } = this.#rules;
    return index !== null && /[-.]/.test(fields[index]);
  }

  /** The columns' positions; found at the first line of data, and held to after that. */
  #layoutFor(fields: readonly string[], line: string): Layout {
    const layout = (this.#layout ??= this.#findLayout(fields, line));
    if (fields.length === layout.width || layout.width === 0) {
      if (layout.width === 0) this.#checkReach(fields, layout, line);
      return layout;
    }
    const { separator, runs } = this.#rules;
    const from = layout.line > 0 ? `, as on line ${layout.line}` : '';
    throw this.#error(
      `${layout.width} columns parted by ${separatorName(separator, runs)}${from}`,
      `${fields.length} on the line ${shown(line)}`,
      { hint: "option separator, or columns: 'variable' where lines differ" },
    );
  }

  #findLayout(fields: readonly string[], line: string): Layout {
    const { columns, token, tag, sentence } = this.#rules;
    const layout: Layout = {
      width: columns === 'variable' ? 0 : (columns ?? fields.length),
      token: this.#position(token, 'tokenColumn', fields),
      tag: tag === null ? undefined : this.#position(tag, 'tagColumn', fields),
      sentence: sentence === null ? undefined : this.#position(sentence, 'sentenceColumn', fields),
      line: columns === undefined ? this.line : 0,
    };
    this.#checkReach(fields, layout, line);
    // A negative position means the same column on every line where all lines have as many.
    const fixed = (position: number): number => (position < 0 ? fields.length + position : position);
    return {
      ...layout,
      token: fixed(layout.token),
      tag: layout.tag === undefined || layout.width === 0 ? layout.tag : fixed(layout.tag),
      sentence: layout.sentence === undefined ? undefined : fixed(layout.sentence),
    };
  }

  #position(column: Column, option: string, fields: readonly string[]): number {
    if (typeof column === 'number') return column;
    const names = this.#names ?? [];
    const position = names.indexOf(column);
    if (position >= 0) return position;
    throw this.#error(
      `a column named "${column}"`,
      names.length > 0 ? `the columns ${names.join(', ')}` : `${fields.length} columns without names`,
      { hint: `option ${option}; names come from header: true or # global.columns` },
    );
  }

  /** There must be the token, and another column with the tag. */
  #checkReach(fields: readonly string[], layout: Layout, line: string): void {
    const length = fields.length;
    const at = (position: number): number => (position < 0 ? length + position : position);
    const { index } = this.#rules;
    const used = [layout.token, layout.tag, layout.sentence].flatMap((p) => (p === undefined ? [] : [at(p)]));
    const taken = index === null ? used : [...used, index];
    if (taken.every((p) => p >= 0 && p < length) && new Set(taken).size === taken.length) return;
    const { separator, runs } = this.#rules;
    const needed = Math.max(taken.length, ...taken.map((p) => p + 1));
    throw this.#error(
      `at least ${needed} columns parted by ${separatorName(separator, runs)}`,
      `${length} on the line ${shown(line)}`,
      { hint: this.#separatorHint(line) },
    );
  }

  #separatorHint(line: string): string {
    const { separator, runs } = this.#rules;
    if (!runs && separator === '\t' && /\S +\S/.test(line))
      return "option separator: 'whitespace' parts at spaces";
    if (separator !== '\t' && line.includes('\t')) return "option separator: 'tab' parts at tabs";
    return 'options separator, tokenColumn, tagColumn; tagColumn: null where there are no tags';
  }

  /** A line that starts with "#" is a comment, unless it is a token line of the token "#...". */
  #isComment(fields: readonly string[], line: string): boolean {
    if (!this.#rules.comments) return false;
    if (this.#rules.index !== null) return true;
    const { tag } = this.#rules;
    const width = this.#layout?.width ?? 0;
    if (width > 0 && fields.length !== width) return true;
    if (tag === null) return width === 0 && line.length > 1;
    const raw = fields.at(typeof tag === 'number' ? tag : (this.#layout?.tag ?? -1));
    return fields.length < 2 || raw === undefined || this.#table.get(raw) === undefined;
  }

  #takeComment(line: string): void {
    const builder = this.#builder;
    const [, key, value] = /^#\s*(global\.columns|sent_id|text|id)\s*(?:=|\s)\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === 'sent_id') builder.id = ownString(value);
    else if (key === 'text') builder.text = ownString(value);
    else if (key === 'id') builder.id = ownString(value.split(/\s/, 1)[0]);
    else if (key === 'global.columns') {
      const names = value.split(/\s+/);
      this.#names = names;
      this.#layout = undefined; // an archive of files, joined, may name them anew
      this.#tails.clear();
      this.#shortTails.fill(undefined);
    }
  }

  #takeSentenceValue(value: string, out: Sentence[]): void {
    if (this.#builder.length > 0 && value !== this.#sentenceValue) this.#endSentence(out);
    this.#sentenceValue = value;
    this.#builder.id = ownString(value);
  }

  #endSentence(out: Sentence[]): void {
    this.#multiwords.end();
    this.#spanLeft = 0;
    this.#builder.finish(out);
  }

  #error(expected: string, actual: string, { hint }: { hint?: string } = {}): CorpusError {
    return new CorpusError({ file: this.#context.file, line: this.line, expected, actual, hint });
  }
}

function isPlainIndex(text: string, start: number, end: number): boolean {
  if (end - start > 9) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return end > start;
}

function hasAny(token: string, parts: readonly string[]): boolean {
  for (const part of parts) if (token.includes(part)) return true;
  return false;
}

/** The value of a key in `Key=Value|Key=Value`; '' where it is not there. */
function attributeOf(field: string, key: string): string {
  for (const pair of field.split('|')) {
    if (pair.startsWith(`${key}=`)) return pair.slice(key.length + 1);
  }
  return '';
}

const escaped = (token: string): string =>
  Array.from(
    token,
    (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ');
