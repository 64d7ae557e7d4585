import { invalidTags, readSpans, tagsFromSpans, type Scheme } from '@cognate/tag-scheme';
import { mapSpanLabels } from '../data/label-map.js';
import { alignTokens } from '../data/offsets.js';
import { CorpusError } from '../errors.js';
import { emptyStrings, makeSentence } from '../make-sentence.js';
import type { Sentence, TokenOffsets } from '../sentence.js';
import { outsideEntry, type TagEntry } from './columns/tag-table.js';
import type { ParserContext } from './line-parser.js';
import type { SchemeRules } from './scheme-options.js';

export interface BuilderOptions extends SchemeRules {
  /** Of sentences whose language the file does not tell. */
  readonly language: string | undefined;
  readonly tagged: boolean;
  readonly offsets: boolean;
  readonly maxSentenceTokens: number;
}

/**
 * Gathers the tokens of a sentence, and brings its tags into the target scheme when it is complete. A sentence whose tags are
 * already valid there, as nearly all of an IOB2 file's are, is passed on without another look at them.
 */
export class SentenceBuilder {
  /** Of the sentence that is open; what comments told of it. */
  id: string | undefined;
  text: string | undefined;
  language: string | undefined;
  /** Of each token in `text`, where they are known without looking. */
  offsets: TokenOffsets[] | undefined;

  readonly #options: BuilderOptions;
  readonly #context: ParserContext;
  readonly #direct: boolean;
  readonly #convert: boolean;
  #tokens: string[] = emptyStrings();
  #tags: string[] = emptyStrings();
  /** Line of each token of the open sentence. */
  #lines: Int32Array;
  #previous = outsideEntry;
  #dirty = false;
  #dropped = false;

  constructor(options: BuilderOptions, context: ParserContext) {
    this.#options = options;
    this.#context = context;
    this.#lines = new Int32Array(Math.min(64, options.maxSentenceTokens));
    this.#convert = options.tagged && options.targetScheme !== 'unchanged';
    this.#direct =
      options.scheme === 'IOB2' && options.targetScheme === 'IOB2' && options.labels === undefined;
  }

  /** Tokens of the open sentence. */
  get length(): number {
    return this.#tokens.length;
  }

  add(token: string, entry: TagEntry, line: number): void {
    const index = this.#tokens.length;
    if (index === this.#lines.length) this.#grow(line);
    this.#lines[index] = line;
    this.#tokens.push(token);
    this.#tags.push(entry.tag);
    if (!entry.outside && !this.#dirty) {
      // IOB2 stays as it is where every I- goes on from its own label.
      const sound =
        this.#direct &&
        (entry.prefix === 'B' ||
          (entry.prefix === 'I' && entry.label === this.#previous.label && !this.#previous.outside));
      if (!sound) this.#dirty = true;
    }
    this.#previous = entry;
  }

  /** Gives the last token another tag: a multiword token takes that of its words. */
  retag(entry: TagEntry): void {
    this.#tags[this.#tags.length - 1] = entry.tag;
    this.#previous = entry;
    this.#dirty ||= !entry.outside;
  }

  /** Ends the open sentence, if there is one. */
  finish(out: Sentence[]): void {
    const tokens = this.#tokens;
    if (tokens.length === 0) {
      // What comments told belongs to the tokens that follow; blank lines may stand between, dropped tokens not.
      if (this.#dropped) this.#reset();
      return;
    }
    const sentence = makeSentence(tokens);
    if (this.#options.tagged) sentence.tags = this.#dirty && this.#convert ? this.#converted() : this.#tags;
    const language = this.language ?? this.#options.language;
    if (language !== undefined) sentence.language = language;
    if (this.id !== undefined) sentence.id = this.id;
    if (this.text !== undefined) {
      sentence.text = this.text;
      const offsets = this.offsets ?? (this.#options.offsets ? alignTokens(tokens, this.text) : undefined);
      if (offsets !== undefined) sentence.offsets = offsets;
    }
    const { report } = this.#context;
    report.sentences++;
    report.tokens += tokens.length;
    out.push(sentence);
    this.#tokens = emptyStrings();
    this.#tags = emptyStrings();
    this.#previous = outsideEntry;
    this.#dirty = false;
    this.#reset();
  }

  /** Says that a token of the open sentence was left out. */
  drop(): void {
    this.#dropped = true;
    this.#context.report.droppedTokens++;
  }

  #reset(): void {
    this.#dropped = false;
    this.id = undefined;
    this.text = undefined;
    this.language = undefined;
    this.offsets = undefined;
  }

  #converted(): string[] {
    const { scheme, repair, labels } = this.#options;
    const target = this.#options.targetScheme as Scheme;
    const tags = this.#tags;
    // The policy `throw` is applied below, where the line is known.
    const reading = readSpans(tags, scheme, repair === 'throw' ? 'conlleval' : repair);
    if (reading.repaired > 0) this.#noteRepairs(reading.repaired, reading.spans.length);
    const spans = labels === undefined ? reading.spans : mapSpanLabels(reading.spans, labels);
    return tagsFromSpans(spans, tags.length, target);
  }

  #noteRepairs(count: number, spans: number): void {
    const { scheme, repair } = this.#options;
    const { report, file } = this.#context;
    const found = invalidTags(this.#tags, scheme);
    if (repair === 'throw') {
      const [{ index, tag, reason }] = found;
      throw new CorpusError({
        file,
        line: this.#lines[index],
        expected: `tags that are valid in ${scheme}`,
        actual: `${tag}: ${reason}`,
      });
    }
    for (const { index, tag, reason } of found) {
      report.note('repairedTags', file, this.#lines[index], () => `${tag}: ${reason}`);
    }
    if (repair === 'discard') {
      report.discardedEntities += readSpans(this.#tags, scheme, 'conlleval').spans.length - spans;
    }
    report.repairedTags += count - found.length;
  }

  #grow(line: number): void {
    const { maxSentenceTokens } = this.#options;
    if (this.#tokens.length >= maxSentenceTokens) {
      throw new CorpusError({
        file: this.#context.file,
        line,
        expected: `a blank line after at most ${maxSentenceTokens} tokens`,
        actual: 'a longer sentence',
        hint: 'option sentenceColumn, where a column tells the sentences apart; option maxSentenceTokens for another limit',
      });
    }
    const larger = new Int32Array(Math.min(this.#lines.length * 2, maxSentenceTokens));
    larger.set(this.#lines);
    this.#lines = larger;
  }
}
