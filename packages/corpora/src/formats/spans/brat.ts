import { CorpusError, shown } from '../../errors.js';
import type { Sentence } from '../../sentence.js';
import type { LineParser, ParserContext } from '../line-parser.js';
import type { TextSpan } from './align.js';
import { OffsetMap } from './offset-units.js';
import type { TextRules } from './options.js';
import type { TextSentences } from './text-sentences.js';

/** `T1<TAB>PER 0 5;8 12<TAB>text`. */
const textBound = /^T\S*\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/;

/**
 * The spans of a brat `.ann` file. Relations, events, attributes and notes are no entities and are passed over; a span in pieces
 * becomes one from its first to its last place, and is reported.
 */
function readAnnotations(
  ann: string,
  text: string,
  rules: TextRules,
  { file, report }: ParserContext,
): TextSpan[] {
  const offsets = new OffsetMap(text, rules.offsetUnit);
  const annFile = file?.replace(/\.txt$/, '.ann');
  const spans: TextSpan[] = [];
  ann.split('\n').forEach((raw, index) => {
    const row = raw.replace(/\r$/, '').replace(/^\ufeff/, '');
    if (!row.startsWith('T')) return;
    const wrong = (expected: string): CorpusError =>
      new CorpusError({
        file: annFile,
        line: index + 1,
        expected,
        actual: shown(row),
        hint: "option offsetUnit: 'utf16', 'codepoint' or 'utf8' says what the offsets count",
      });
    const match = textBound.exec(row);
    if (match === null) throw wrong('a text-bound annotation such as "T1<TAB>PER 0 5<TAB>Vigo"');
    const [, label, places] = match;
    const covered = match.at(3);
    const pieces = places
      .split(';')
      .map((piece) => piece.split(' ').map((place) => offsets.toUtf16(Number(place))));
    const start = Math.min(...pieces.map(([from]) => from));
    const end = Math.max(...pieces.map(([, to]) => to));
    if (pieces.some(([from, to]) => from < 0 || to < from)) throw wrong('a span inside the text');
    if (pieces.length > 1) {
      report.note('discontinuousSpans', annFile, index + 1, () => row);
    } else if (covered !== undefined && flat(covered) !== flat(text.slice(start, end))) {
      throw wrong(`the text ${shown(text.slice(start, end))} at this place`);
    }
    spans.push({ start, end, label });
  });
  return spans;
}

/** brat writes line ends inside a span as spaces. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Reads a brat document: its text as the file, its `.ann` beside it. The whole text is kept until its end. */
export class BratParser implements LineParser {
  line = 0;
  readonly wholeLines = false;
  readonly #rules: TextRules;
  readonly #sentences: TextSentences;
  readonly #context: ParserContext;
  readonly #limit: number;
  #text = '';

  constructor(rules: TextRules, sentences: TextSentences, context: ParserContext, limit: number) {
    this.#rules = rules;
    this.#sentences = sentences;
    this.#context = context;
    this.#limit = limit;
  }

  push(block: string): void {
    this.#text += block;
    for (let at = block.indexOf('\n'); at >= 0; at = block.indexOf('\n', at + 1)) this.line++;
    if (this.#text.length > this.#limit) {
      throw new CorpusError({
        file: this.#context.file,
        expected: `a document of at most ${this.#limit} characters`,
        actual: 'a longer one',
        hint: 'option maxLineLength',
      });
    }
  }

  end(out: Sentence[]): void {
    const ann = this.#context.annotations ?? this.#rules.annotations;
    const { file, report } = this.#context;
    if (ann === undefined) {
      throw new CorpusError({
        file,
        expected: 'the annotations of a brat document',
        actual: 'none',
        hint: 'option annotations has the text of the .ann file; readCorpus of the node entry finds it beside the .txt',
      });
    }
    const text = this.#text;
    report.lines += this.line;
    const id = file?.replace(/^.*[/\\!]/, '').replace(/\.txt$/, '');
    if (text.trim() === '') return;
    this.#sentences.add(
      { text, spans: readAnnotations(ann, text, this.#rules, this.#context), line: 1, id },
      out,
    );
  }
}
