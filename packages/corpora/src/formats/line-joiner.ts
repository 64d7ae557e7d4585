import { CorpusError } from '../errors.js';
import type { Sentence } from '../sentence.js';
import type { LineParser, ParserContext } from './line-parser.js';

/** Gives a parser that wants whole lines what comes cut anywhere. */
export class LineJoiner implements LineParser {
  readonly #parser: LineParser;
  readonly #limit: number;
  readonly #context: ParserContext;
  #open = '';

  constructor(parser: LineParser, limit: number, context: ParserContext) {
    this.#parser = parser;
    this.#limit = limit;
    this.#context = context;
  }

  get line(): number {
    return this.#parser.line;
  }

  push(text: string, out: Sentence[]): void {
    const cut = text.lastIndexOf('\n') + 1;
    if (cut > 0) {
      const lines = this.#open + text.slice(0, cut);
      this.#open = '';
      this.#parser.push(lines, out);
    }
    this.#open += text.slice(cut);
    if (this.#open.length <= this.#limit) return;
    throw new CorpusError({
      file: this.#context.file,
      line: this.line + 1,
      expected: `a line of at most ${this.#limit} bytes`,
      actual: 'a longer one',
      hint: 'option maxLineLength sets another limit',
    });
  }

  end(out: Sentence[]): void {
    if (this.#open !== '') this.#parser.push(this.#open, out);
    this.#parser.end(out);
  }
}
