import { CorpusError, shown } from '../../errors.js';
import type { Sentence } from '../../sentence.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import type { TextSpan } from './align.js';
import type { TextRules } from './options.js';
import type { TextSentences } from './text-sentences.js';

/** `<PERSON>`, `</PERSON>`, `<ENAMEX TYPE="PERSON">`: a name, then attributes. */
const tag = /<(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*>/gu;
const typeAttribute = /\s(?:type|label|class)\s*=\s*["']([^"'<>]+)["']/i;
const reference = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()];
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** A line taken apart, or what is wrong with its tags. */
type Reading = { text: string; spans: TextSpan[] } | { problem: string };

/** Takes a line with inline tags apart. A tag inside another one is an entity inside an entity. */
function readMarkup(line: string): Reading {
  const spans: TextSpan[] = [];
  const open: { name: string; label: string; start: number }[] = [];
  let text = '';
  let at = 0;
  for (const match of line.matchAll(tag)) {
    const [all, closing, name, attributes] = match;
    text += unescape(line.slice(at, match.index));
    at = match.index + all.length;
    if (closing === '') {
      open.push({ name, label: typeAttribute.exec(attributes)?.[1] ?? name, start: text.length });
      continue;
    }
    const opened = open.pop();
    if (opened?.name !== name) {
      return {
        problem: opened === undefined ? `${all} closes nothing` : `${all} stands in <${opened.name}>`,
      };
    }
    spans.push({ start: opened.start, end: text.length, label: opened.label });
  }
  const left = open.pop();
  if (left !== undefined) return { problem: `<${left.name}> is not closed` };
  return { text: text + unescape(line.slice(at)), spans };
}

/** Reads running text with inline tags, a sentence a line: `<PERSON>Rosalía</PERSON> naceu en <LOCATION>Santiago</LOCATION>.` */
export class InlineParser implements LineParser {
  line = 0;
  readonly #rules: TextRules;
  readonly #sentences: TextSentences;
  readonly #context: ParserContext;

  constructor(rules: TextRules, sentences: TextSentences, context: ParserContext) {
    this.#rules = rules;
    this.#sentences = sentences;
    this.#context = context;
  }

  push(block: string, out: Sentence[]): void {
    const { report } = this.#context;
    for (let start = 0; start < block.length;) {
      let end = block.indexOf('\n', start);
      if (end < 0) end = block.length;
      this.line++;
      report.lines++;
      const line = block.slice(start, end).trim();
      if (line === '') report.blankLines++;
      else this.#takeLine(line, out);
      start = end + 1;
    }
  }

  end(): void {
    // Every line is complete in itself.
  }

  #takeLine(line: string, out: Sentence[]): void {
    const reading = readMarkup(line);
    if (!('problem' in reading)) {
      this.#sentences.add({ ...reading, line: this.line }, out);
      return;
    }
    const { file, report } = this.#context;
    if (this.#rules.brokenMarkup === 'error') {
      throw new CorpusError({
        file,
        line: this.line,
        expected: 'tags that are opened and closed',
        actual: `${reading.problem} on the line ${shown(line)}`,
        hint: "option brokenMarkup: 'drop' leaves such lines out, 'plain' reads them without entities",
      });
    }
    report.note('brokenMarkup', file, this.line, () => `${reading.problem}: ${shown(line)}`);
    if (this.#rules.brokenMarkup === 'plain') {
      this.#sentences.add({ text: unescape(line.replace(tag, '')), spans: [], line: this.line }, out);
    }
  }
}
