import { CorpusError } from '../../errors.js';
import type { ParserContext } from '../line-parser.js';

/** A value of a JSON document, still as text. */
export interface JsonPiece {
  readonly json: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** The key of the document's object that it stands under; undefined in an array or by itself. */
  readonly key: string | undefined;
  /** Whether it is an element of an array (of the document, or under its key), or stands under the key itself. */
  readonly element: boolean;
}

const quote = 34;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/**
 * Cuts a JSON document into the values that a corpus is made of, as the text comes in: elements of the outermost array; or values
 * one after the other, as in JSONL; or, with `members`, the elements of the arrays in the outermost object and what else is in it. Only
 * one value is kept at a time, and how deep it goes is a number: neither a long document nor a deep one fills the memory.
 */
export class JsonValues {
  line = 1;
  readonly #members: boolean;
  readonly #limit: number;
  readonly #context: ParserContext;
  /** What is around the values: '[' and '{' of the document that are open. */
  #outer = '';
  #key: string | undefined;
  /** Text of a value that is not complete. */
  #open = '';
  #openLine = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor({ members, limit }: { members: boolean; limit: number }, context: ParserContext) {
    this.#members = members;
    this.#limit = limit;
    this.#context = context;
  }

  /** The text of a value whose end has not come yet. */
  get open(): string {
    return this.#open;
  }

  *push(text: string): Generator<JsonPiece> {
    let at = 0;
    while (at < text.length) {
      if (this.#openLine > 0) {
        const end = this.#scan(text, at);
        this.#open += text.slice(at, end);
        if (this.#open.length > this.#limit) throw this.#tooLong();
        at = end;
        if (this.#depth === 0 && !this.#inString) {
          const piece = this.#take(text, at);
          if (piece !== undefined) yield piece;
        }
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === 10) this.line++;
      if (code === 10 || code === 13 || code === 32 || code === 9) {
        at++;
      } else if (this.#outer === '' && code === openBracket) {
        this.#outer = '[';
        at++;
      } else if (this.#outer === '' && this.#members && code === openBrace) {
        this.#outer = '{';
        at++;
      } else if (this.#outer === '{' && this.#key !== undefined && code === openBracket) {
        this.#outer = '{[';
        at++;
      } else if (this.#closes(code)) {
        at++;
      } else if (code === 44 /* , */ || (code === 58 /* : */ && this.#key !== undefined)) {
        if (code === 44 && this.#outer === '{') this.#key = undefined;
        at++;
      } else if (code === closeBracket || code === closeBrace || code === 58) {
        throw this.#error('a value', `"${text[at]}"`);
      } else {
        this.#openLine = this.line;
        this.#open = '';
        this.#start(code);
        this.#open += text[at];
        at++;
        if (this.#depth === 0 && !this.#inString) {
          const piece = this.#take(text, at);
          if (piece !== undefined) yield piece;
        }
      }
    }
  }

  /** What is left at the end; a scalar may end with the text. */
  *end(): Generator<JsonPiece> {
    if (this.#openLine > 0) {
      if (this.#depth > 0 || this.#inString)
        throw this.#error('the end of a JSON value', 'the end of the file');
      const piece = this.#finish();
      if (piece !== undefined) yield piece;
    }
    if (this.#outer !== '') throw this.#error('the end of the JSON document', 'the end of the file');
  }

  #start(code: number): void {
    this.#depth = code === openBracket || code === openBrace ? 1 : 0;
    this.#inString = code === quote;
    this.#escaped = false;
  }

  /** Goes on in the open value; gives the place behind it, or the end of the text. */
  #scan(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 10) this.line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) {
          this.#inString = false;
          if (this.#depth === 0) return at + 1;
        }
        at++;
      } else if (this.#depth === 0) {
        // A number, true, false or null: up to what cannot be of it.
        if (/[\s,\]}:]/.test(text[at])) {
          if (code === 10) this.line--;
          return at;
        }
        at++;
      } else {
        if (code === quote) this.#inString = true;
        else if (code === openBracket || code === openBrace) this.#depth++;
        else if (code === closeBracket || code === closeBrace) this.#depth--;
        at++;
        if (this.#depth === 0) return at;
      }
    }
    return at;
  }

  /** The value that ends here, unless it is a scalar that may go on. */
  #take(text: string, at: number): JsonPiece | undefined {
    const last = this.#open.charCodeAt(this.#open.length - 1);
    const closed = last === quote || last === closeBracket || last === closeBrace;
    if (!closed && (at >= text.length || !/[\s,\]}:]/.test(text[at]))) return undefined;
    return this.#finish();
  }

  #finish(): JsonPiece | undefined {
    const json = this.#open;
    const line = this.#openLine;
    this.#open = '';
    this.#openLine = 0;
    if (this.#outer === '{' && this.#key === undefined) {
      this.#key = String(parsePiece(json, line, this.#context));
      return undefined;
    }
    const element = this.#outer.endsWith('[') || this.#outer === '';
    return { json, line, key: this.#key, element };
  }

  #closes(code: number): boolean {
    if (code === closeBracket && this.#outer.endsWith('[')) {
      this.#outer = this.#outer.slice(0, -1);
      return true;
    }
    if (code === closeBrace && this.#outer === '{') {
      this.#outer = '';
      this.#key = undefined;
      return true;
    }
    return false;
  }

  #tooLong(): CorpusError {
    return this.#error(
      `a JSON value of at most ${this.#limit} characters`,
      'a longer one',
      'option maxLineLength',
    );
  }

  #error(expected: string, actual: string, hint?: string): CorpusError {
    return new CorpusError({ file: this.#context.file, line: this.line, expected, actual, hint });
  }
}

/** The value of a piece. */
export function parsePiece(json: string, line: number, { file }: ParserContext): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message : String(cause);
    throw new CorpusError({ file, line, expected: 'sound JSON', actual, cause });
  }
}
