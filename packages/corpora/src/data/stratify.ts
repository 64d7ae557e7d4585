import { readSpans, type Scheme } from '@cognate/tag-scheme';
import { CorpusError, shown } from '../errors.js';
import type { Sentence } from '../sentence.js';
import { mix32 } from './hash.js';

/** What a stratified sample keeps in proportion: sentences of one stratum are alike. Default: which labels are in them. */
export type StratumOf = (sentence: Sentence) => string;

export interface StratifyOptions {
  readonly stratum?: StratumOf;
  /** Of the tags. Default IOB2. */
  readonly scheme?: Scheme;
}

/** Which labels are in a sentence, `LOC PER`; without tags, and without an entity, '' . */
const labelsIn =
  (scheme: Scheme): StratumOf =>
  ({ tags }) =>
    tags === undefined
      ? ''
      : [...new Set(readSpans(tags, scheme).spans.map(({ label }) => label))].sort().join(' ');

/** Places of the sentences of each stratum, shuffled by the seed. */
function shuffledStrata(sentences: readonly Sentence[], seed: number, options: StratifyOptions): number[][] {
  if (!Number.isInteger(seed))
    throw new CorpusError({ expected: 'a whole number as seed', actual: shown(seed) });
  const key = mix32(seed ^ 0x2545f491);
  const stratum = options.stratum ?? labelsIn(options.scheme ?? 'IOB2');
  const strata = new Map<string, number[]>();
  sentences.forEach((sentence, index) => {
    const name = stratum(sentence);
    const members = strata.get(name);
    if (members === undefined) strata.set(name, [index]);
    else members.push(index);
  });
  const randomOf = (index: number): number => mix32(mix32(index) ^ key);
  return [...strata]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members.sort((a, b) => randomOf(a) - randomOf(b) || a - b));
}

/**
 * The sentences in an order in which every beginning has the strata in proportion, to within a sentence each: its first 100 are a
 * stratified sample of the first 1,000, and these of all.
 */
function stratifiedOrder(sentences: readonly Sentence[], seed: number, options: StratifyOptions): number[] {
  const placed = shuffledStrata(sentences, seed, options).flatMap((members, stratum) => {
    // The i-th of n stands at (i + 1/2) / n of the whole: of any beginning, each stratum has its share.
    const tie = mix32(seed ^ mix32(stratum));
    return members.map((index, i) => ({ index, at: (i + 0.5) / members.length, tie }));
  });
  return placed.sort((a, b) => a.at - b.at || a.tie - b.tie || a.index - b.index).map(({ index }) => index);
}

/**
 * A sample in which sentences with each set of labels are as frequent as in the corpus. With one seed a smaller sample is the beginning
 * of a larger one: the 100 are in the 1,000, and these in the 10,000.
 *
 * @param size How many sentences; all of them, in the same order, where the corpus has no more.
 */
export function stratifiedSubsample(
  sentences: Iterable<Sentence>,
  size: number,
  seed: number,
  options: StratifyOptions = {},
): Sentence[] {
  if (!Number.isInteger(size) || size < 0) {
    throw new CorpusError({ expected: 'a whole number from 0 as size of the sample', actual: shown(size) });
  }
  const all = [...sentences];
  return stratifiedOrder(all, seed, options)
    .slice(0, size)
    .map((index) => all[index]);
}

/** One division of a corpus into what is trained on and what is held out. */
export interface Fold {
  readonly train: Sentence[];
  readonly test: Sentence[];
}

export interface FoldOptions extends StratifyOptions {
  /**
   * Sentences with equal keys come into the same part: `sentenceKey({ mask: ['names'] })` keeps near-copies together, a document's id its
   * sentences. Default: each by itself.
   */
  readonly group?: ((sentence: Sentence) => string) | undefined;
}

/**
 * Divides a corpus into k parts of one size, to within a group, each with the labels in proportion; each in turn is the test part. The
 * order of the corpus is kept within parts.
 *
 * @param k From 2 to the number of sentences (or groups).
 */
export function kFold(
  sentences: Iterable<Sentence>,
  k: number,
  seed: number,
  options: FoldOptions = {},
): Fold[] {
  const all = [...sentences];
  const groups = groupsOf(all, options.group);
  if (!Number.isInteger(k) || k < 2 || k > groups.length) {
    throw new CorpusError({
      expected: `a whole number of parts from 2 to ${groups.length}, the number of ${options.group ? 'groups' : 'sentences'}`,
      actual: shown(k),
    });
  }
  const part = new Int32Array(all.length);
  const heads = groups.map(([first]) => all[first]);
  const sizes = new Array<number>(k).fill(0);
  // Stratum by stratum, each group to the part that has least so far: without groups, in turn.
  for (const group of shuffledStrata(heads, seed, options).flat()) {
    const target = sizes.indexOf(Math.min(...sizes));
    sizes[target] += groups[group].length;
    for (const index of groups[group]) part[index] = target;
  }
  return Array.from({ length: k }, (_, fold) => ({
    train: all.filter((_sentence, index) => part[index] !== fold),
    test: all.filter((_sentence, index) => part[index] === fold),
  }));
}

function groupsOf(sentences: readonly Sentence[], group: FoldOptions['group']): number[][] {
  if (group === undefined) return sentences.map((_, index) => [index]);
  const groups = new Map<string, number[]>();
  sentences.forEach((sentence, index) => {
    const key = group(sentence);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [index]);
    else members.push(index);
  });
  return [...groups.values()];
}
