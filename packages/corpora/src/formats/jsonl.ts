import { CorpusError, shown } from '../errors.js';
import type { Sentence, TokenOffsets } from '../sentence.js';
import { outsideEntry, TagTable, type TagEntry } from './columns/tag-table.js';
import type { LineParser, ParserContext } from './line-parser.js';
import { SentenceBuilder, type BuilderOptions } from './sentence-builder.js';

export interface JsonlOptions {
  /** The field with the array of tokens. Default: `tokens`, else `words`. */
  readonly tokensField?: string | undefined;
  /** The field with the array of tags; null for none. Default: the first that is there of `tags`, `ner_tags`, `labels`. */
  readonly tagsField?: string | null | undefined;
  /** What the numbers mean, where tags are numbers: tag names by number, as Hugging Face data sets have them. */
  readonly tagNames?: readonly string[] | undefined;
}

export const jsonlOptionNames: readonly (keyof JsonlOptions)[] = ['tokensField', 'tagsField', 'tagNames'];

export const tokenFields: readonly string[] = ['tokens', 'words'];
export const tagFields: readonly string[] = ['tags', 'ner_tags', 'labels'];

export interface JsonlRules {
  readonly tokens: readonly string[];
  readonly tags: readonly string[] | null;
  readonly tagNames: readonly string[] | undefined;
}

export function resolveJsonlOptions({ tokensField, tagsField, tagNames }: JsonlOptions): JsonlRules {
  const field = (value: unknown, option: string): string => {
    if (typeof value === 'string') return value;
    throw new CorpusError({ expected: `the name of a field as option ${option}`, actual: shown(value) });
  };
  if (
    tagNames !== undefined &&
    !(Array.isArray(tagNames) && tagNames.every((tag) => typeof tag === 'string'))
  ) {
    throw new CorpusError({ expected: 'an array of tags as option tagNames', actual: shown(tagNames) });
  }
  return {
    tokens: tokensField === undefined ? tokenFields : [field(tokensField, 'tokensField')],
    tags: tagsField === undefined ? tagFields : tagsField === null ? null : [field(tagsField, 'tagsField')],
    tagNames,
  };
}

type Json = Readonly<Record<string, unknown>>;

/** Makes sentences of objects with an array of tokens, and one of tags. Fields `language`, `id` and `text` are kept. */
export class TokenObjects {
  /** Tags by number, where the file tells them itself. */
  tagNames: readonly string[] | undefined;
  #line = 0;
  readonly #rules: JsonlRules;
  readonly #options: BuilderOptions;
  readonly #context: ParserContext;
  readonly #tagged: SentenceBuilder;
  readonly #untagged: SentenceBuilder;
  readonly #table = new TagTable('B-PER', ['O']);
  /** The form of Hugging Face exports of IO data: labels alone. */
  readonly #bare = new TagTable('PER', ['O']);

  constructor(rules: JsonlRules, options: BuilderOptions, context: ParserContext) {
    this.#rules = rules;
    this.#options = options;
    this.#context = context;
    this.#tagged = new SentenceBuilder({ ...options, tagged: true }, context);
    this.#untagged = new SentenceBuilder({ ...options, tagged: false }, context);
  }

  /** Takes a value of the file: `json` is its text, for errors. */
  take(value: unknown, line: number, json: string, out: Sentence[]): void {
    this.#line = line;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.#error('a JSON object with tokens', shown(json));
    }
    const object = value as Json;
    const tokens = this.#strings(object, this.#rules.tokens, 'tokens');
    if (tokens === undefined) {
      throw this.#error(
        `an object with an array of tokens in ${this.#rules.tokens.join(' or ')}`,
        shown(json),
      );
    }
    const tags = this.#rules.tags === null ? undefined : this.#tags(object, this.#rules.tags);
    if (tags !== undefined && tags.length !== tokens.length) {
      throw this.#error('as many tags as tokens', `${tokens.length} tokens and ${tags.length} tags`);
    }
    if (tokens.length === 0) {
      this.#context.report.note('emptySentences', this.#context.file, line, () => shown(json));
      return;
    }
    if (tokens.length > this.#options.maxSentenceTokens) {
      throw this.#error(
        `at most ${this.#options.maxSentenceTokens} tokens`,
        `${tokens.length}`,
        'option maxSentenceTokens',
      );
    }
    const builder = tags === undefined ? this.#untagged : this.#tagged;
    tokens.forEach((token, index) => {
      if (token === '') throw this.#error(`a token at position ${index}`, 'an empty string');
      builder.add(token, tags === undefined ? outsideEntry : tags[index], line);
    });
    builder.language = this.#optional(object, 'language');
    builder.id = this.#optional(object, 'id');
    builder.text = this.#optional(object, 'text');
    if (builder.text === undefined && Array.isArray(object.space_after)) {
      Object.assign(builder, spacedText(tokens, object.space_after));
    }
    builder.finish(out);
  }

  /** The first of the fields that the object has; undefined where it has none. */
  #array(object: Json, fields: readonly string[]): { field: string; items: readonly unknown[] } | undefined {
    const field = fields.find((name) => Object.hasOwn(object, name));
    if (field === undefined) return undefined;
    const items = object[field];
    if (Array.isArray(items)) return { field, items };
    throw this.#error(`an array in the field "${field}"`, shown(items));
  }

  #strings(object: Json, fields: readonly string[], what: string): readonly string[] | undefined {
    const found = this.#array(object, fields);
    return found?.items.map((item, index) => {
      if (typeof item === 'string') return item;
      throw this.#error(`strings as ${what} in "${found.field}"`, `${shown(item)} at position ${index}`);
    });
  }

  #tags(object: Json, fields: readonly string[]): TagEntry[] | undefined {
    const found = this.#array(object, fields);
    return found?.items.map((item, index) => {
      const name = typeof item === 'number' ? (this.#rules.tagNames ?? this.tagNames)?.[item] : item;
      const table = this.#options.scheme === 'IO' && !/^I-/.test(String(name)) ? this.#bare : this.#table;
      const entry = typeof name === 'string' ? table.get(name) : undefined;
      if (entry !== undefined) return entry;
      const hint = typeof item === 'number' ? 'option tagNames says what the numbers mean' : undefined;
      throw this.#error(
        `a tag such as B-PER or O in "${found.field}"`,
        `${shown(item)} at position ${index}`,
        hint,
      );
    });
  }

  #optional(object: Json, field: string): string | undefined {
    const value = Object.hasOwn(object, field) ? object[field] : undefined;
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : undefined;
  }

  #error(expected: string, actual: string, hint?: string): CorpusError {
    return new CorpusError({ file: this.#context.file, line: this.#line, expected, actual, hint });
  }
}

/** The text of tokens with a space behind those that say so, as RONEC tells it, and where in it each token is. */
function spacedText(
  tokens: readonly string[],
  spaceAfter: readonly unknown[],
): { text: string; offsets: TokenOffsets[] } {
  let text = '';
  const offsets = tokens.map((token, index) => {
    const start = text.length;
    text += token;
    const end = text.length;
    if (spaceAfter[index] !== false && index < tokens.length - 1) text += ' ';
    return { start, end };
  });
  return { text, offsets };
}

/** Reads JSONL: a JSON object on each line. */
export class JsonlParser implements LineParser {
  line = 0;
  readonly #objects: TokenObjects;
  readonly #context: ParserContext;

  constructor(objects: TokenObjects, context: ParserContext) {
    this.#objects = objects;
    this.#context = context;
  }

  push(text: string, out: Sentence[]): void {
    const { report } = this.#context;
    for (let start = 0; start < text.length;) {
      let end = text.indexOf('\n', start);
      if (end < 0) end = text.length;
      this.line++;
      report.lines++;
      const line = text.slice(start, end);
      if (line.trim() === '') report.blankLines++;
      else this.#objects.take(this.#parse(line), this.line, line, out);
      start = end + 1;
    }
  }

  end(): void {
    // Every line is complete in itself.
  }

  #parse(line: string): unknown {
    let value: unknown;
    let actual = shown(line);
    try {
      value = JSON.parse(line);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    } catch (cause) {
      actual += `: ${cause instanceof Error ? cause.message : String(cause)}`;
    }
    const { file } = this.#context;
    throw new CorpusError({ file, line: this.line, expected: 'a JSON object on each line', actual });
  }
}
