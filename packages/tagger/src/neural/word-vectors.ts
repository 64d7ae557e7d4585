import { TaggerError, shown } from '../errors.js';

/** Vectors of words that were trained elsewhere. */
export interface WordVectors {
  /** Columns of each. */
  readonly size: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

export interface ReadVectorsOptions {
  /** Which words to keep: those of the corpora in play, say. All unless told. */
  readonly vocabulary?: { has(word: string): boolean } | undefined;
  /** Stop when so many words are kept; such files have the most frequent first. */
  readonly limit?: number | undefined;
  /** What to call the source in messages. Default `vectors`. */
  readonly name?: string | undefined;
}

/** A line that is longer is no line of such a file. */
const longestLine = 1 << 20;

/**
 * Reads word vectors in the text format of word2vec and fastText (`.vec`; GloVe's, which has no first line with counts, as well), a piece at a
 * time: memory is taken for the words that are kept, and for no others.
 *
 * Of a word that comes twice, the first vector counts. Words with a space in them are passed over.
 *
 * @param source UTF-8 in pieces cut anywhere
 * @throws TaggerError (as a rejection) for a line that is none, with its number
 */
export async function readWordVectors(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ReadVectorsOptions = {},
): Promise<WordVectors> {
  const { limit = Infinity, name = 'vectors' } = options;
  if (!(limit > 0)) throw new TaggerError(`limit: expected a number above 0, got ${shown(limit)}`);
  const reader = new LineReader(options.vocabulary, name);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: false });
  let rest = '';
  for await (const piece of source) {
    rest += decoder.decode(piece, { stream: true });
    let at = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', at)) {
      reader.line(rest.slice(at, end));
      if (reader.vectors.size >= limit) return reader.result();
      at = end + 1;
    }
    rest = rest.slice(at);
    if (rest.length > longestLine)
      throw new TaggerError(
        `${name}:${reader.lines + 1}: expected a word and its numbers, got a line of more than ${longestLine} characters`,
      );
  }
  rest += decoder.decode();
  if (rest !== '') reader.line(rest);
  return reader.result();
}

class LineReader {
  readonly vectors = new Map<string, Float32Array>();
  lines = 0;
  #size = 0;
  readonly #vocabulary: ReadVectorsOptions['vocabulary'];
  readonly #name: string;

  constructor(vocabulary: ReadVectorsOptions['vocabulary'], name: string) {
    this.#vocabulary = vocabulary;
    this.#name = name;
  }

  line(text: string): void {
    this.lines++;
    const line = text.trimEnd();
    if (line === '') return;
    if (this.lines === 1) {
      const header = /^\d+ (\d+)$/.exec(line);
      if (header) {
        this.#size = Number(header[1]);
        if (this.#size < 1 || this.#size > 10_000)
          this.#fail(`vectors of 1 to 10000 numbers, got a first line that says ${this.#size}`);
        return;
      }
    }
    const space = line.indexOf(' ');
    const word = space < 0 ? line : line.slice(0, space);
    if (this.vectors.has(word)) return;
    // The size has to be known from the first line on, kept or not; else most lines need not be looked at.
    if (this.#size > 0 && this.#vocabulary && !this.#vocabulary.has(word)) return;
    const fields = space < 0 ? [] : line.slice(space + 1).split(' ');
    if (this.#size === 0) {
      if (fields.length === 0) this.#fail(`a word and its numbers, got ${shown(line)}`);
      this.#size = fields.length;
      if (this.#vocabulary && !this.#vocabulary.has(word)) return;
    }
    // A word with a space in it: no token is like that.
    if (fields.length > this.#size) return;
    if (fields.length < this.#size)
      this.#fail(`${this.#size} numbers after ${shown(word)}, got ${fields.length}`);
    const vector = Float32Array.from(fields, Number);
    const wrong = vector.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) this.#fail(`numbers after ${shown(word)}, got ${shown(fields[wrong])}`);
    this.vectors.set(word, vector);
  }

  result(): WordVectors {
    if (this.#size === 0)
      throw new TaggerError(`${this.#name}: expected lines of words and numbers, got none`);
    return { size: this.#size, vectors: this.vectors };
  }

  #fail(expected: string): never {
    throw new TaggerError(`${this.#name}:${this.lines}: expected ${expected}`);
  }
}
