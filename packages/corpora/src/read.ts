import { detectFormat, looksLikeJson, sampleSize } from './detect/detect-format.js';
import { sureOf, UnsureFormatError } from './detect/detection.js';
import { CorpusError } from './errors.js';
import { createParser } from './formats/create-parser.js';
import { LineJoiner } from './formats/line-joiner.js';
import type { LineParser, ParserContext } from './formats/line-parser.js';
import type { FormatName } from './formats/names.js';
import { checkReadOptions, type CheckedOptions, type ReadOptions } from './formats/options.js';
import { chunksOf, hasMember, peek, type Chunk, type CorpusSource } from './input/chunks.js';
import { gunzip, type Inflate } from './input/gunzip.js';
import { type Container, containerOf, magicLength } from './input/magic.js';
import { BlockError, textBlocks } from './input/text-blocks.js';
import { ReadReport } from './report.js';
import { OneByOne } from './one-by-one.js';
import type { Batched, Sentence } from './sentence.js';

/** One file to read, unpacked from whatever archive it was in. */
export interface Part {
  /** For errors and the report. */
  readonly file: string | undefined;
  readonly chunks: AsyncIterable<Chunk>;
  /** The text of brat's `.ann`, where that stands beside the file. */
  readonly annotations?: string | undefined;
}

/** Says what is to be read; called anew for each pass over the corpus. */
export type OpenParts = (report: ReadReport) => AsyncIterable<Part>;

/**
 * The sentences of a corpus, read as they are asked for: `for await (const sentence of reader)`. Memory does not grow with the
 * corpus. Each loop reads anew, if the source can be read more than once.
 */
export class CorpusReader implements AsyncIterable<Sentence>, Batched {
  /** What was seen and done; of the latest loop, and complete when that is. */
  report = new ReadReport();
  readonly #open: OpenParts;
  readonly #options: CheckedOptions;

  /** For the entries of this package: see `readSentences`, and `readCorpus` in the node entry. */
  constructor(open: OpenParts, options: ReadOptions) {
    this.#open = open;
    this.#options = checkReadOptions(options);
    // Options are wrong at once, not when the first sentence is asked for.
    const { format = 'conll' } = this.#options;
    createParser(format, this.#options, { file: undefined, report: this.report });
  }

  /** The sentences as they come out of each block of text: for loops in which an await for every one would be felt. */
  async *batches(): AsyncGenerator<Sentence[]> {
    const report = new ReadReport();
    this.report = report;
    for await (const part of this.#open(report)) {
      if (part.file !== undefined) report.files.push(part.file);
      yield* readPart(part, this.#options, report);
    }
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Sentence> {
    return new OneByOne(this.batches());
  }

  /** All sentences at once. */
  async toArray(): Promise<Sentence[]> {
    const sentences: Sentence[] = [];
    for await (const batch of this.batches()) for (const sentence of batch) sentences.push(sentence);
    return sentences;
  }
}

/**
 * Reads a corpus from text, bytes, a Blob or a stream; gzip is seen and undone.
 *
 * @throws CorpusError at once for wrong options; while reading, with file and line, for data that does not fit.
 */
export function readSentences(source: CorpusSource, options: ReadOptions = {}): CorpusReader {
  let used = false;
  return new CorpusReader(async function* () {
    if (used && isOneTime(source)) {
      throw new CorpusError({ expected: 'a source that was not read before', actual: 'a stream that was' });
    }
    used = true;
    yield { file: options.file, chunks: await unpack(chunksOf(source), gunzip, options.file) };
  }, options);
}

/** Reads a corpus that is all there as text, without awaiting anything. */
export function parseSentences(
  text: string,
  options: ReadOptions = {},
): { sentences: Sentence[]; report: ReadReport } {
  const checked = checkReadOptions(options);
  const report = new ReadReport();
  const sentences: Sentence[] = [];
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (options.file !== undefined) report.files.push(options.file);
  const parser = startParser([plain], true, checked, { file: options.file, report });
  parser.push(plain, sentences);
  parser.end(sentences);
  return { sentences, report };
}

/** Undoes gzip. An archive is not one file: for these there are other functions. */
export async function unpack(
  source: AsyncIterable<Chunk>,
  inflate: Inflate,
  file: string | undefined,
): Promise<AsyncIterable<Chunk>> {
  const outer = await peek(source, magicLength, (head) => knownContainer(head, file, ['gzip']));
  if (outer.seen === undefined) return outer.chunks;
  const inner = inflate(outer.chunks as AsyncIterable<Uint8Array>, file);
  return (await peek(inner, magicLength, (head) => knownContainer(head, file, []))).chunks;
}

function knownContainer(head: Uint8Array, file: string | undefined, known: readonly Container[]): Container {
  const container = containerOf(head, file);
  if (container === undefined || known.includes(container)) return container;
  throw anArchive(container, file);
}

const anArchive = (container: string, file: string | undefined): CorpusError =>
  new CorpusError({
    file,
    expected: 'a corpus',
    actual: `a ${container} archive`,
    hint: 'tarMembers and zipMembers give the files in an archive; readCorpus of the node entry reads them',
  });

async function* readPart(
  part: Part,
  options: CheckedOptions,
  report: ReadReport,
): AsyncGenerator<Sentence[]> {
  const { file, annotations } = part;
  const { encoding, maxLineLength } = options;
  const context = { file, report, annotations };
  // JSON may be one line of any length: its parsers need no whole lines, and those that do get theirs joined.
  let whole = true;
  const wholeLines = (head: string): boolean => (whole = !mayBeLongLined(options, head, annotations));
  const start = (sample: readonly string[], complete: boolean): LineParser => {
    const started = startParser(sample, complete, options, context);
    return whole || started.wholeLines === false ? started : new LineJoiner(started, maxLineLength, context);
  };
  let parser: LineParser | undefined;
  let sample: string[] = [];
  let sampled = 0;
  try {
    for await (const block of textBlocks(part.chunks, { file, encoding, maxLineLength, wholeLines })) {
      if (parser === undefined) {
        sample.push(block);
        sampled += block.length;
        if (sampled < sampleSize && options.format === undefined) continue;
        parser = start(sample, false);
        for (const held of sample) yield* parsed(parser, held);
        sample = [];
      } else {
        yield* parsed(parser, block);
      }
    }
    if (parser === undefined) {
      parser = start(sample, true);
      for (const held of sample) yield* parsed(parser, held);
    }
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    throw error.at(file, parser?.line ?? sample.join('').split('\n').length - 1);
  }
  const last: Sentence[] = [];
  parser.end(last);
  if (last.length > 0) yield last;
}

function* parsed(parser: LineParser, block: string): Generator<Sentence[]> {
  const sentences: Sentence[] = [];
  parser.push(block, sentences);
  if (sentences.length > 0) yield sentences;
}

/** Tells the format where the caller does not, and makes its parser. The caller's options stand above what is found. */
function startParser(
  sample: readonly string[],
  complete: boolean,
  options: CheckedOptions,
  context: ParserContext,
): LineParser {
  const { file, report } = context;
  if (options.format !== undefined) {
    report.format = options.format;
    return createParser(options.format, options, context);
  }
  const text = sample.join('');
  const detection = isBrat(options, context) ? bratDetection : detectFormat(text, { complete });
  report.detection = detection;
  if (detection.format === undefined || !(detection.sure || tagsAreSettled(options))) {
    throw new UnsureFormatError(detection, file);
  }
  report.format = detection.format;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return createParser(detection.format, { ...detection.options, ...given } as CheckedOptions, context);
}

const bratDetection = sureOf('brat', {}, 'annotations beside the text');

const isBrat = (options: ReadOptions, { annotations }: Pick<ParserContext, 'annotations'>): boolean =>
  (annotations ?? options.annotations) !== undefined;

/** Whether the text is one that need not have lines. */
function mayBeLongLined(options: ReadOptions, head: string, annotations: string | undefined): boolean {
  if (options.format !== undefined) return longLined.has(options.format);
  return isBrat(options, { annotations }) || looksLikeJson(head);
}

const longLined = new Set<FormatName>(['json', 'spacy', 'spans', 'label-studio', 'brat']);

/** Whether the caller's options say where the tags are, which is what there is to be unsure of. */
const tagsAreSettled = ({ tagColumn, tagForm, tagAttribute, tagNames }: ReadOptions): boolean =>
  [tagColumn, tagForm, tagAttribute, tagNames].some((option) => option !== undefined);

const isOneTime = (source: CorpusSource): boolean =>
  hasMember(source, 'getReader') || hasMember(source, 'next');
