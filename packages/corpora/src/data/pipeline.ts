import { readSpans, tagsFromSpans, type Repair, type Scheme } from '@cognate/tag-scheme';
import { CorpusError } from '../errors.js';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';
import { checkLabelMap, mapSpanLabels, type LabelMap } from './label-map.js';

/** A step of a pipeline: sentences in, sentences out, a batch at a time. */
export type Step = (sentences: Sentences) => Sentences;

/** Batches that are looped over like the sentences in them. */
function lazily(run: () => AsyncGenerator<readonly Sentence[]>): AsyncIterable<Sentence> & {
  batches(): AsyncGenerator<readonly Sentence[]>;
} {
  return {
    batches: run,
    async *[Symbol.asyncIterator]() {
      for await (const batch of run()) yield* batch;
    },
  };
}

/**
 * Sends sentences through steps, lazily: nothing is read before the result is looped over, and no more is in memory than a batch.
 * `pipe(readCorpus('a.conll'), filter(hasTags), map(mine), take(1000))`. Each loop runs anew, if the source can be read again.
 */
export const pipe = (sentences: Sentences, ...steps: readonly Step[]): Sentences =>
  steps.reduce<Sentences>((through, step) => step(through), sentences);

/** Keeps the sentences that pass. */
export const filter =
  (test: (sentence: Sentence) => boolean): Step =>
  (sentences) =>
    lazily(async function* () {
      for await (const batch of batchesOf(sentences)) {
        const kept = batch.filter(test);
        if (kept.length > 0) yield kept;
      }
    });

/** Makes another sentence of each. */
export const map =
  (change: (sentence: Sentence) => Sentence): Step =>
  (sentences) =>
    lazily(async function* () {
      for await (const batch of batchesOf(sentences)) yield batch.map(change);
    });

/** The first so many; the source is closed then. */
export const take =
  (count: number): Step =>
  (sentences) =>
    lazily(async function* () {
      let left = count;
      if (left <= 0) return;
      for await (const batch of batchesOf(sentences)) {
        yield batch.slice(0, left);
        left -= batch.length;
        if (left <= 0) return;
      }
    });

/** Several corpora, one after the other. */
export const concat = (...corpora: readonly Sentences[]): Sentences =>
  lazily(async function* () {
    for (const sentences of corpora) yield* batchesOf(sentences);
  });

export interface RetagOptions {
  /** The scheme of the sentences. Default IOB2. */
  readonly from?: Scheme;
  /** The scheme to bring them into. Default the same. */
  readonly to?: Scheme;
  /** What becomes of tags that break the scheme. Default `throw`. */
  readonly repair?: Repair;
  readonly labels?: LabelMap;
}

/** Brings tags into another scheme, and maps their labels. */
export function retag({ from = 'IOB2', to = from, repair = 'throw', labels }: RetagOptions): Step {
  const known = labels === undefined ? undefined : checkLabelMap(labels);
  return map((sentence) => {
    if (sentence.tags === undefined) return sentence;
    try {
      const { spans } = readSpans(sentence.tags, from, repair);
      const mapped = known === undefined ? spans : mapSpanLabels(spans, known);
      return { ...sentence, tags: tagsFromSpans(mapped, sentence.tags.length, to) };
    } catch (cause) {
      throw new CorpusError({
        expected: `tags that are valid in ${from}`,
        actual: `${sentence.tags.join(' ')}${sentence.id === undefined ? '' : ` in sentence ${sentence.id}`}`,
        cause,
      });
    }
  });
}
