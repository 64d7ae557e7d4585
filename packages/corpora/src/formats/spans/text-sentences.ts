import { tagsFromSpans } from '@cognate/tag-scheme';
import { CorpusError, shown } from '../../errors.js';
import type { Sentence, TokenOffsets } from '../../sentence.js';
import { TagTable } from '../columns/tag-table.js';
import type { ParserContext } from '../line-parser.js';
import { SentenceBuilder, type BuilderOptions } from '../sentence-builder.js';
import { alignSpans, type TextSpan } from './align.js';
import type { TextRules } from './options.js';

/** A text with its spans, and what else is known of it. */
export interface AnnotatedText {
  readonly text: string;
  readonly spans: readonly TextSpan[];
  /** Line of the file that it starts on. */
  readonly line: number;
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  /** Tokens that the file brings itself. */
  readonly tokens?: readonly TokenOffsets[] | undefined;
}

/** Turns annotated texts into sentences; the report says which spans did not fit. */
export class TextSentences {
  readonly #rules: TextRules;
  readonly #options: BuilderOptions;
  readonly #context: ParserContext;
  readonly #builder: SentenceBuilder;
  readonly #table = new TagTable('B-PER', ['O']);

  constructor(rules: TextRules, options: BuilderOptions, context: ParserContext) {
    this.#rules = rules;
    this.#options = options;
    this.#context = context;
    // Tags are made here, in IOB2, whatever the file has.
    this.#builder = new SentenceBuilder(
      { ...options, tagged: true, scheme: 'IOB2', offsets: false },
      context,
    );
  }

  add(annotated: AnnotatedText, out: Sentence[]): void {
    const { text, line, id } = annotated;
    const { report, file } = this.#context;
    const language = annotated.language ?? this.#options.language;
    const { sentences, troubles } = alignSpans(
      text,
      annotated.spans,
      this.#rules,
      language,
      annotated.tokens,
    );
    for (const { kind, span } of troubles) {
      const where = () => `${span.label} "${text.slice(span.start, span.end)}" at ${span.start}-${span.end}`;
      if (kind === 'cutTokens' && this.#rules.cutTokens === 'error') {
        throw new CorpusError({
          file,
          line,
          expected: 'spans that begin and end with a token',
          actual: where(),
          hint: "option cutTokens: 'split', 'expand' or 'drop'",
        });
      }
      report.note(kind, file, line, where);
    }
    if (sentences.length === 0) report.note('emptySentences', file, line, () => shown(text));
    const builder = this.#builder;
    sentences.forEach(({ tokens, spans }, place) => {
      const tags = tagsFromSpans(spans, tokens.length, 'IOB2');
      const start = sentences.length === 1 ? 0 : tokens[0].start;
      const end = sentences.length === 1 ? text.length : (tokens.at(-1)?.end ?? start);
      tokens.forEach((token, index) => {
        const entry = this.#table.get(tags[index]);
        if (entry === undefined) {
          throw new CorpusError({ file, line, expected: 'a span with a label', actual: shown(tags[index]) });
        }
        builder.add(text.slice(token.start, token.end), entry, line);
      });
      builder.text = text.slice(start, end);
      builder.offsets = tokens.map((token) => ({ start: token.start - start, end: token.end - start }));
      builder.language = annotated.language;
      builder.id = id === undefined || sentences.length === 1 ? id : `${id}-${place + 1}`;
      builder.finish(out);
    });
  }
}
