import { ownString } from '../../own-string.js';
import type { Sentence } from '../../sentence.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import type { BuilderOptions } from '../sentence-builder.js';
import { mayStartControlToken } from './control-token.js';
import { documentStart, LineTaker } from './line-taker.js';
import type { ColumnRules } from './options.js';

const lineFeed = 10;
const carriageReturn = 13;
const hyphen = 45;

/**
 * Reads the column formats. Plain lines, which are nearly all, take a short way: the token up to the first separator, and a look at
 * whether what follows it has been seen before, as `\tO` and `\tB-PER` have. Every other line is for the
 * `LineTaker`, which alone decides what a line means.
 */
export class ColumnsParser implements LineParser {
  readonly #rules: ColumnRules;
  readonly #context: ParserContext;
  readonly #taker: LineTaker;

  constructor(rules: ColumnRules, options: BuilderOptions, context: ParserContext) {
    this.#rules = rules;
    this.#context = context;
    this.#taker = new LineTaker(rules, options, context);
  }

  get line(): number {
    return this.#taker.line;
  }

  push(text: string, out: Sentence[]): void {
    const { separator, runs, languagePrefix, splitJoined: joiners } = this.#rules;
    const report = this.#context.report;
    const taker = this.#taker;
    const { builder, multiwords } = taker;
    const tails = taker.tails.long;
    const shortTails = taker.tails.short;
    const width = separator.length;
    const length = text.length;
    const indexed = this.#rules.index === 0;
    let separatorAt = -1;
    const linesBefore = taker.line;
    let line = linesBefore;
    for (let start = 0; start < length;) {
      let end = text.indexOf('\n', start);
      if (end < 0) end = length;
      line++;
      const code = text.charCodeAt(start);
      if (code === lineFeed || (code === carriageReturn && end === start + 1)) {
        report.blankLines++;
        taker.endSentence(out);
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
            plain = text.startsWith(taker.prefix, tokenStart);
            tokenStart += taker.prefix.length;
            if (builder.length === 0) builder.language = taker.language;
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
              builder.add(ownString(token), entry, line);
              start = end + 1;
              continue;
            }
          }
        }
      }
      taker.line = line;
      taker.take(text.slice(start, end), out);
      start = end + 1;
    }
    taker.line = line;
    report.lines += line - linesBefore;
  }

  end(out: Sentence[]): void {
    this.#taker.endSentence(out);
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
