import { shown } from '../../errors.js';
import type { Sentence, TokenOffsets } from '../../sentence.js';
import { outsideEntry, TagTable } from '../columns/tag-table.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import { SentenceBuilder, type BuilderOptions } from '../sentence-builder.js';
import { wrongAt, type Wrong } from '../spans/span-values.js';
import { JsonValues, parsePiece, type JsonPiece } from './json-values.js';

type Json = Readonly<Record<string, unknown>>;

/** Reads spaCy's training JSON of version 2: `[{"paragraphs": [{"raw": ..., "sentences": [{"tokens": [{"orth", "ner"}]}]}]}]`. */
export class SpacyParser implements LineParser {
  readonly wholeLines = false;
  readonly #builder: SentenceBuilder;
  readonly #context: ParserContext;
  readonly #values: JsonValues;
  readonly #table = new TagTable('B-PER', ['O']);

  constructor(options: BuilderOptions, limit: number, context: ParserContext) {
    this.#builder = new SentenceBuilder(options, context);
    this.#context = context;
    this.#values = new JsonValues({ members: false, limit }, context);
  }

  get line(): number {
    return this.#values.line - 1;
  }

  push(text: string, out: Sentence[]): void {
    const before = this.#values.line;
    for (const piece of this.#values.push(text)) this.#take(piece, out);
    this.#context.report.lines += this.#values.line - before;
  }

  end(out: Sentence[]): void {
    for (const piece of this.#values.end()) this.#take(piece, out);
  }

  #take({ json, line }: JsonPiece, out: Sentence[]): void {
    const wrong = wrongAt(this.#context, line);
    const document = objectOf(parsePiece(json, line, this.#context), 'a document of spaCy', wrong);
    for (const paragraph of arrayOf(document.paragraphs, 'paragraphs', wrong)) {
      const { raw, sentences } = objectOf(paragraph, 'a paragraph', wrong);
      const text = typeof raw === 'string' ? raw : undefined;
      let at = 0;
      for (const sentence of arrayOf(sentences, 'sentences', wrong)) {
        const tokens = arrayOf(objectOf(sentence, 'a sentence', wrong).tokens, 'tokens', wrong);
        at = this.#addSentence(tokens, text, at, line, wrong);
        if (this.#builder.length === 0) {
          this.#context.report.note(
            'emptySentences',
            this.#context.file,
            line,
            () => 'a sentence without tokens',
          );
        }
        this.#builder.finish(out);
      }
    }
  }

  /** Adds the tokens; gives the place in the paragraph's text behind them. */
  #addSentence(
    tokens: readonly unknown[],
    raw: string | undefined,
    from: number,
    line: number,
    wrong: Wrong,
  ): number {
    const { report, file } = this.#context;
    const words: string[] = [];
    for (const value of tokens) {
      const { orth, ner } = objectOf(value, 'a token', wrong);
      if (typeof orth !== 'string' || orth.trim() === '') {
        // spaCy makes tokens of white space.
        if (typeof orth !== 'string') throw wrong('a token with its text in "orth"', orth);
        report.note('emptyTokens', file, line, () => shown(orth));
        this.#builder.drop();
        continue;
      }
      const missing = ner === undefined || ner === null || ner === '-' || ner === '';
      if (missing) report.note('missingTags', file, line, () => shown(orth));
      const entry = missing ? outsideEntry : typeof ner === 'string' ? this.#table.get(ner) : undefined;
      if (entry === undefined) throw wrong('a tag such as U-PER or O in "ner"', ner);
      this.#builder.add(orth, entry, line);
      words.push(orth);
    }
    if (raw === undefined || words.length === 0) return from;
    const places = findWords(words, raw, from);
    if (places === undefined) return from;
    const start = places[0].start;
    const end = places[places.length - 1].end;
    this.#builder.text = raw.slice(start, end);
    this.#builder.offsets = places.map((place) => ({ start: place.start - start, end: place.end - start }));
    return end;
  }
}

/** Where the words stand in a text, one after the other with white space between; undefined where they do not. */
function findWords(words: readonly string[], text: string, from: number): TokenOffsets[] | undefined {
  const places: TokenOffsets[] = [];
  let at = from;
  for (const word of words) {
    while (at < text.length && text[at].trim() === '') at++;
    if (!text.startsWith(word, at)) return undefined;
    places.push({ start: at, end: at + word.length });
    at += word.length;
  }
  return places;
}

function objectOf(value: unknown, what: string, wrong: Wrong): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw wrong(`${what}, an object`, value);
}

function arrayOf(value: unknown, field: string, wrong: Wrong): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(`an array in "${field}"`, value);
}
