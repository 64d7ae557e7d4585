import type { Sentence } from '../../sentence.js';
import { JsonValues, parsePiece, type JsonPiece } from '../json/json-values.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import type { TextRules } from './options.js';
import { readSpanObject, readTask, wrongAt } from './span-values.js';
import type { TextSentences } from './text-sentences.js';

/** Reads texts with spans from JSON: JSONL, or a document whose outermost array holds them. */
export class JsonTextsParser implements LineParser {
  readonly wholeLines = false;
  readonly #kind: 'spans' | 'label-studio';
  readonly #rules: TextRules;
  readonly #sentences: TextSentences;
  readonly #context: ParserContext;
  readonly #values: JsonValues;

  constructor(
    kind: 'spans' | 'label-studio',
    rules: TextRules,
    sentences: TextSentences,
    context: ParserContext,
    limit: number,
  ) {
    this.#kind = kind;
    this.#rules = rules;
    this.#sentences = sentences;
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
    const { report, file } = this.#context;
    const value = parsePiece(json, line, this.#context);
    const wrong = wrongAt(this.#context, line);
    const read =
      this.#kind === 'spans'
        ? { text: readSpanObject(value, this.#rules, line, wrong), skipped: 0 }
        : readTask(value, this.#rules, line, wrong);
    if (read.skipped > 0) {
      report.note('skippedAnnotations', file, line, () => 'annotations beside the first', read.skipped);
    }
    if (read.text === undefined) report.note('skippedTexts', file, line, () => json.slice(0, 80));
    else this.#sentences.add(read.text, out);
  }
}
