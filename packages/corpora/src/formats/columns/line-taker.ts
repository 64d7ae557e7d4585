import { CorpusError, shown } from '../../errors.js';
import { ownString } from '../../own-string.js';
import type { Sentence } from '../../sentence.js';
import type { ParserContext } from '../line-parser.js';
import { SentenceBuilder, type BuilderOptions } from '../sentence-builder.js';
import { isControlToken, mayStartControlToken } from './control-token.js';
import { attributeOf } from './attribute.js';
import { isBlank, splitFields } from './fields.js';
import { JoinedSpan } from './joined-span.js';
import { splitJoined, spreadTag } from './joined.js';
import { checkWidth, findLayout, type Layout, type LineOfFields } from './layout.js';
import { MultiwordTokens } from './multiwords.js';
import type { ColumnRules } from './options.js';
import { outsideEntry, TagTable, type TagEntry } from './tag-table.js';
import { TailCache } from './tail-cache.js';

export const documentStart = '-DOCSTART-';
const hash = 35;

/** Takes lines of any kind, one by one and with care: what a line means is decided here, and how to say that it means nothing. */
export class LineTaker {
  /** Number of the latest line. */
  line = 0;
  readonly builder: SentenceBuilder;
  readonly multiwords: MultiwordTokens;
  /** Learns from the lines taken here. */
  readonly tails: TailCache;
  /** Where the format has language prefixes: the last language, and its prefix (`gl:`). */
  language: string | undefined;
  prefix = 'no prefix yet';
  readonly #rules: ColumnRules;
  readonly #context: ParserContext;
  readonly #table: TagTable;
  #names: readonly string[] | undefined;
  #headerSeen: boolean;
  /** Known from the first line of data on. */
  #layout: Layout | undefined;
  #sentenceValue: string | undefined;
  readonly #joinedSpan = new JoinedSpan();

  constructor(rules: ColumnRules, options: BuilderOptions, context: ParserContext) {
    this.#rules = rules;
    this.#context = context;
    this.builder = new SentenceBuilder(options, context);
    this.#table = new TagTable(rules.tagForm, rules.outside, rules.names);
    this.multiwords = new MultiwordTokens(rules.multiwords, this.builder, context);
    this.tails = new TailCache(rules);
    this.#headerSeen = !rules.header;
  }

  /** Takes the line of the number `line`, without its line feed, and appends the sentence that ends there, if one does. */
  take(raw: string, out: Sentence[]): void {
    const { report } = this.#context;
    const { separator, runs } = this.#rules;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (isBlank(line)) {
      report.blankLines++;
      this.endSentence(out);
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
      this.endSentence(out);
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
      if (plain) this.tails.remember(raw, layout, entry, fields);
      return;
    }
    const index = fields[this.#rules.index];
    if (/^\d+$/.test(index) && !this.multiwords.open) {
      this.#add(token, entry);
      if (plain) this.tails.remember(raw, layout, entry, fields);
    } else if (!this.multiwords.take(index, token, entry, this.line)) {
      throw this.#error('a token number, a range such as 3-4 or an empty node such as 3.1', shown(index), {
        hint: `column ${this.#rules.index}, option indexColumn`,
      });
    }
  }

  #add(token: string, entry: TagEntry): void {
    const { controlTokens, splitJoined: joiners } = this.#rules;
    const { report, file } = this.#context;
    const builder = this.builder;
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
      const open = this.builder.length > 0 ? this.builder.language : undefined;
      if (open !== undefined && open !== language) {
        throw this.#error(`the sentence to go on in its language, "${open}"`, shown(field));
      }
      this.builder.language = language;
      if (language !== this.language) {
        this.language = ownString(language);
        this.prefix = `${language}:`;
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
    const joined = attributeOf(fields.at(-1) ?? '', spanAttribute);
    return this.#joinedSpan.take(entry, index === null ? '' : fields[index], joined);
  }

  #isSurface(fields: readonly string[]): boolean {
    const { index } = this.#rules;
    return index !== null && /[-.]/.test(fields[index]);
  }

  /** The columns' positions; found at the first line of data, and held to after that. */
  #layoutFor(fields: readonly string[], line: string): Layout {
    if (this.#layout?.width === fields.length) return this.#layout;
    const seen: LineOfFields = {
      fields,
      line,
      number: this.line,
      error: (expected, actual, hint) => this.#error(expected, actual, { hint }),
    };
    this.#layout ??= findLayout(this.#rules, this.#names ?? [], seen);
    checkWidth(this.#rules, this.#layout, seen);
    return this.#layout;
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
    const builder = this.builder;
    const [, key, value] = /^#\s*(global\.columns|sent_id|text|id)\s*(?:=|\s)\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === 'sent_id') builder.id = ownString(value);
    else if (key === 'text') builder.text = ownString(value);
    else if (key === 'id') builder.id = ownString(value.split(/\s/, 1)[0]);
    else if (key === 'global.columns') {
      const names = value.split(/\s+/);
      this.#names = names;
      this.#layout = undefined; // an archive of files, joined, may name them anew
      this.tails.clear();
    }
  }

  #takeSentenceValue(value: string, out: Sentence[]): void {
    if (this.builder.length > 0 && value !== this.#sentenceValue) this.endSentence(out);
    this.#sentenceValue = value;
    this.builder.id = ownString(value);
  }

  /** Ends the sentence that is open, if one is. */
  endSentence(out: Sentence[]): void {
    this.multiwords.end();
    this.#joinedSpan.end();
    this.builder.finish(out);
  }

  #error(expected: string, actual: string, { hint }: { hint?: string } = {}): CorpusError {
    return new CorpusError({ file: this.#context.file, line: this.line, expected, actual, hint });
  }
}

const escaped = (token: string): string =>
  Array.from(
    token,
    (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ');
