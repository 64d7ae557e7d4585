import type { Draws } from './draws.js';
import { shuffle, type Uniform } from './shuffle.js';

/** How sentences are put together in batches; `BatchOptions` says more. */
export interface Batching {
  /** Most sentences of a batch. */
  readonly size: number;
  /** Most tokens of a batch; a longer sentence is a batch by itself. */
  readonly tokens: number;
  readonly languages: 'separate' | 'mixed';
  /** Batches whose sentences are sorted by length together. */
  readonly pool: number;
}

/** The sentences of a batch that are of one corpus: the gradient of their loss counts `weight` times. */
export interface Piece {
  readonly corpus: number;
  readonly weight: number;
  /** Numbers of sentences within the corpus. */
  readonly sentences: readonly number[];
}

/** One step of the optimiser. Its pieces are of different corpora, in the order of these. */
export type Batch = readonly Piece[];

interface Item {
  readonly draws: Draws;
  readonly sentence: number;
  readonly length: number;
}

/**
 * Puts the draws of an epoch together in batches of sentences of like length, and the batches in a random order.
 *
 * With `mixed` languages each batch has of every corpus the share that the epoch has, to within two sentences; with
 * `separate` ones it is of a single corpus, which costs the model fewer and larger steps of work.
 *
 * @param lengths lengths[corpus][sentence], in tokens
 */
export function makeBatches(
  draws: readonly Draws[],
  lengths: readonly Int32Array[],
  batching: Batching,
  random: Uniform,
): Batch[] {
  const groups = batching.languages === 'separate' ? draws.map((one) => [one]) : [draws];
  const batches = groups.flatMap((group) => groupBatches(group, lengths, batching, random));
  shuffle(batches, random);
  return batches;
}

function groupBatches(
  group: readonly Draws[],
  lengths: readonly Int32Array[],
  { size, tokens, pool }: Batching,
  random: Uniform,
): Batch[] {
  const shuffled = group.map((draws) => {
    const sentences = draws.sentences.slice();
    shuffle(sentences, random);
    return Array.from(sentences, (sentence): Item => {
      return { draws, sentence, length: lengths[draws.corpus][sentence] };
    });
  });
  const inOrder = interleave(shuffled);
  const batches: Batch[] = [];
  const poolSize = size * pool;
  for (let start = 0; start < inOrder.length; start += poolSize) {
    const items = inOrder.slice(start, start + poolSize);
    const sorted = group.map((draws) =>
      items.filter((item) => item.draws === draws).sort((a, b) => a.length - b.length),
    );
    for (const batch of cut(interleave(sorted), size, tokens)) batches.push(asPieces(batch));
  }
  return batches;
}

/**
 * One list of several, each in its own order, so that every stretch holds of each about the share that the whole does: the
 * item r of c stands at (r + ½) / c of the way.
 */
function interleave(lists: readonly (readonly Item[])[]): Item[] {
  if (lists.length === 1) return [...lists[0]];
  return lists
    .flatMap((list, l) => list.map((item, r) => ({ item, l, place: (r + 0.5) / list.length })))
    .sort((a, b) => a.place - b.place || a.l - b.l)
    .map(({ item }) => item);
}

function* cut(items: readonly Item[], size: number, tokens: number): Generator<Item[]> {
  let batch: Item[] = [];
  let sum = 0;
  for (const item of items) {
    if (batch.length > 0 && (batch.length === size || sum + item.length > tokens)) {
      yield batch;
      batch = [];
      sum = 0;
    }
    batch.push(item);
    sum += item.length;
  }
  if (batch.length > 0) yield batch;
}

function asPieces(items: readonly Item[]): Batch {
  const byDraws = new Map<Draws, number[]>();
  for (const { draws, sentence } of items) {
    const sentences = byDraws.get(draws);
    if (sentences) sentences.push(sentence);
    else byDraws.set(draws, [sentence]);
  }
  return [...byDraws]
    .sort(([a], [b]) => a.corpus - b.corpus)
    .map(([{ corpus, weight }, sentences]) => ({ corpus, weight, sentences }));
}
