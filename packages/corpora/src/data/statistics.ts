import { readSpans, type Scheme } from '@cognate/tag-scheme';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';

/** Least, greatest and middle of some lengths, and how many there were of each. */
export interface Lengths {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  /** How many had each length, by length. */
  readonly histogram: Readonly<Record<number, number>>;
}

/** What is in a corpus. */
export interface Statistics {
  readonly sentences: number;
  readonly tokens: number;
  readonly entities: number;
  /** Entities of each label. */
  readonly labels: Readonly<Record<string, number>>;
  /** How often each tag stands. */
  readonly tags: Readonly<Record<string, number>>;
  /** Tagged sentences in which no entity is. */
  readonly sentencesWithoutEntity: number;
  /** Sentences that have no tags at all. */
  readonly sentencesWithoutTags: number;
  /** Tags that break the scheme. */
  readonly invalidTags: number;
  /** Sentences of each language; `''` where it is not told. */
  readonly languages: Readonly<Record<string, number>>;
  /** Tokens of a sentence. */
  readonly sentenceLengths: Lengths;
  /** Tokens of an entity. */
  readonly entityLengths: Lengths;
  /** Tokens in entities, of all tokens of tagged sentences. */
  readonly entityTokenShare: number;
}

/** Counts a corpus sentence by sentence; memory grows with the number of different tags and lengths only. */
export class StatisticsCounter {
  readonly #scheme: Scheme;
  readonly #labels = new Map<string, number>();
  readonly #tags = new Map<string, number>();
  readonly #languages = new Map<string, number>();
  readonly #sentenceLengths = new Map<number, number>();
  readonly #entityLengths = new Map<number, number>();
  #withoutEntity = 0;
  #withoutTags = 0;
  #taggedTokens = 0;
  #entityTokens = 0;
  #invalid = 0;

  /** @param scheme Of the tags. */
  constructor(scheme: Scheme = 'IOB2') {
    this.#scheme = scheme;
  }

  add({ tokens, tags, language = '' }: Sentence): void {
    count(this.#sentenceLengths, tokens.length);
    count(this.#languages, language);
    if (tags === undefined) {
      this.#withoutTags++;
      return;
    }
    this.#taggedTokens += tokens.length;
    this.#countTags(tags);
    const { spans, repaired } = readSpans(tags, this.#scheme);
    this.#invalid += repaired;
    if (spans.length === 0) this.#withoutEntity++;
    for (const { start, end, label } of spans) {
      count(this.#labels, label);
      count(this.#entityLengths, end - start);
      this.#entityTokens += end - start;
    }
  }

  /** Most tags are the same as the one before: runs are counted, not tags. */
  #countTags(tags: readonly string[]): void {
    for (let start = 0; start < tags.length;) {
      const tag = tags[start];
      let end = start + 1;
      while (end < tags.length && tags[end] === tag) end++;
      count(this.#tags, tag, end - start);
      start = end;
    }
  }

  result(): Statistics {
    const sentenceLengths = summary(this.#sentenceLengths);
    const entityLengths = summary(this.#entityLengths);
    return {
      sentences: total(this.#sentenceLengths),
      tokens: weighted(this.#sentenceLengths),
      entities: total(this.#entityLengths),
      labels: record(this.#labels),
      tags: record(this.#tags),
      sentencesWithoutEntity: this.#withoutEntity,
      sentencesWithoutTags: this.#withoutTags,
      invalidTags: this.#invalid,
      languages: record(this.#languages),
      sentenceLengths,
      entityLengths,
      entityTokenShare: this.#taggedTokens === 0 ? 0 : this.#entityTokens / this.#taggedTokens,
    };
  }
}

/** The statistics of sentences that are all there. */
export function statistics(sentences: Iterable<Sentence>, scheme: Scheme = 'IOB2'): Statistics {
  const counter = new StatisticsCounter(scheme);
  for (const sentence of sentences) counter.add(sentence);
  return counter.result();
}

/** The statistics of a corpus that is read along the way. */
export async function streamStatistics(sentences: Sentences, scheme: Scheme = 'IOB2'): Promise<Statistics> {
  const counter = new StatisticsCounter(scheme);
  for await (const batch of batchesOf(sentences)) for (const sentence of batch) counter.add(sentence);
  return counter.result();
}

function count<K>(counts: Map<K, number>, key: K, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

const total = (counts: ReadonlyMap<number, number>): number => {
  let sum = 0;
  for (const n of counts.values()) sum += n;
  return sum;
};

const weighted = (counts: ReadonlyMap<number, number>): number => {
  let sum = 0;
  for (const [length, n] of counts) sum += length * n;
  return sum;
};

function summary(counts: ReadonlyMap<number, number>): Lengths {
  const sorted = [...counts].sort((a, b) => a[0] - b[0]);
  const all = total(counts);
  if (all === 0) return { min: 0, max: 0, mean: 0, median: 0, histogram: {} };
  /** The length at a place in the sorted list of all. */
  const at = (place: number): number => {
    let seen = 0;
    for (const [length, n] of sorted) {
      seen += n;
      if (place < seen) return length;
    }
    return 0;
  };
  return {
    min: sorted[0][0],
    max: sorted[sorted.length - 1][0],
    mean: weighted(counts) / all,
    median: (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2,
    histogram: Object.fromEntries(sorted),
  };
}

/** By name, so that the same corpus gives the same text; without a prototype, since a label may be called `__proto__`. */
function record(counts: ReadonlyMap<string, number>): Record<string, number> {
  const result = Object.create(null) as Record<string, number>;
  for (const [key, n] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = n;
  return result;
}
