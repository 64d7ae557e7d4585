/** Where a token stands in its sentence's text: UTF-16 code units, half-open. */
export interface TokenOffsets {
  readonly start: number;
  readonly end: number;
}

/** One sentence of a corpus. Fields that the corpus does not tell are absent. */
export interface Sentence {
  tokens: string[];
  /** One tag a token, as `B-PER`. */
  tags?: string[];
  language?: string;
  id?: string;
  /** The sentence as it was written. */
  text?: string;
  /** Of each token in `text`. */
  offsets?: TokenOffsets[];
}

/** Sentences from anywhere: an array, a generator, a reader of this package. */
export type Sentences = Iterable<Sentence> | AsyncIterable<Sentence>;

/** What hands out its sentences many at a time too: one await for hundreds of them. */
export interface Batched {
  batches(): AsyncIterable<readonly Sentence[]>;
}

const isBatched = (sentences: Sentences): sentences is Sentences & Batched =>
  'batches' in sentences && typeof sentences.batches === 'function';

const batchSize = 256;

/** Any sentences, many at a time: what every function here that goes through a corpus loops over. */
export function batchesOf(sentences: Sentences): AsyncIterable<readonly Sentence[]> {
  if (Array.isArray(sentences)) return onlyBatch(sentences);
  return isBatched(sentences) ? sentences.batches() : gathered(sentences);
}

// eslint-disable-next-line @typescript-eslint/require-await -- an async iterable is what the caller takes
async function* onlyBatch(sentences: readonly Sentence[]): AsyncGenerator<readonly Sentence[]> {
  yield sentences;
}

async function* gathered(sentences: Sentences): AsyncGenerator<readonly Sentence[]> {
  let batch: Sentence[] = [];
  for await (const sentence of sentences) {
    batch.push(sentence);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
