import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { expect } from 'vitest';
import type { Attributes, LinearCrf, Sequence } from '../../src/index.js';
import { CorpusBuilder, type Corpus } from '../../src/linear/corpus.js';
import { generateFeatures, type FeatureRules, type FeatureSet } from '../../src/linear/features.js';
import { StringTable } from '../../src/linear/string-table.js';

export interface RandomSequencesOptions {
  readonly seed: number;
  readonly count: number;
  readonly tags: number;
  readonly attributes: number;
  readonly maxLength: number;
  /** Values other than 1. */
  readonly weighted?: boolean;
}

/** Sequences of random attributes; tags depend on them, noisily. */
export function randomSequences(options: RandomSequencesOptions): Sequence[] {
  const { seed, count, tags, attributes, maxLength, weighted = false } = options;
  const random = seededRandom(seed);
  const names = Array.from({ length: attributes }, (_, i) => `a${i}`);
  return Array.from({ length: count }, () => {
    const length = 1 + randomInteger(random, maxLength);
    const chosen = Array.from({ length }, () =>
      Array.from({ length: randomInteger(random, 4) }, () => randomChoice(random, names)),
    );
    return {
      attributes: chosen.map((list): Attributes =>
        weighted ? new Map(list.map((name) => [name, Math.round(random() * 32 - 8) / 8])) : list,
      ),
      tags: chosen.map((list) => {
        const hint =
          list.length > 0 && random() < 0.6 ? Number(list[0].slice(1)) : randomInteger(random, tags);
        return `T${hint % tags}`;
      }),
    };
  });
}

/** The attributes of a token as pairs, whatever their form. */
export function pairsOf(attributes: Attributes): [string, number][] {
  if (Array.isArray(attributes)) return (attributes as string[]).map((name) => [name, 1]);
  if (attributes instanceof Map) return [...(attributes as ReadonlyMap<string, number>)];
  return Object.entries(attributes as Record<string, number>);
}

export interface Numbered {
  readonly corpus: Corpus;
  readonly features: FeatureSet;
  readonly attributes: StringTable;
  readonly tags: StringTable;
}

export function numbered(data: readonly Sequence[], rules: Partial<FeatureRules> = {}): Numbered {
  const attributes = new StringTable();
  const tags = new StringTable();
  const builder = new CorpusBuilder(attributes, tags, false, 'data');
  for (const sequence of data) builder.add(sequence);
  const corpus = builder.build();
  const features = generateFeatures(corpus, attributes.size, tags.size, {
    minFrequency: 0,
    possibleStates: false,
    possibleTransitions: false,
    ...rules,
  });
  return { corpus, features, attributes, tags };
}

/** Every way to give `length` tokens one of `numTags` tags. */
export function* allTaggings(length: number, numTags: number): Generator<number[]> {
  const tags = new Array<number>(length).fill(0);
  for (;;) {
    yield tags;
    let t = length - 1;
    while (t >= 0 && ++tags[t] === numTags) tags[t--] = 0;
    if (t < 0) return;
  }
}

/**
 * The negative log-likelihood by adding up all taggings, from names and not from the package's arrays. The maximum is taken
 * out of the sum, so it holds for scores of any size.
 */
export function enumeratedLoss(
  data: readonly Sequence[],
  { features, attributes, tags }: Numbered,
  weights: Float64Array,
): number {
  const { rowOffsets, rowTags, transitionCells, numStateFeatures, numTags } = features;
  const state = (name: string, tag: number): number => {
    const row = attributes.find(name);
    for (let r = rowOffsets[row]; r < rowOffsets[row + 1]; r++) if (rowTags[r] === tag) return weights[r];
    return 0;
  };
  const transitions = new Float64Array(numTags * numTags);
  transitionCells.forEach((cell, k) => (transitions[cell] = weights[numStateFeatures + k]));
  let loss = 0;
  for (const sequence of data) {
    const tokens = sequence.attributes.map((token) =>
      Array.from({ length: numTags }, (_, tag) =>
        pairsOf(token).reduce((sum, [name, value]) => sum + value * state(name, tag), 0),
      ),
    );
    const scoreOf = (path: readonly number[]): number => {
      let score = 0;
      for (let t = 0; t < path.length; t++) {
        if (t > 0) score += transitions[path[t - 1] * numTags + path[t]];
        score += tokens[t][path[t]];
      }
      return score;
    };
    const scores = Array.from(allTaggings(tokens.length, numTags), scoreOf);
    const top = Math.max(...scores);
    const logPartition = top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0));
    loss += logPartition - scoreOf(sequence.tags.map((tag) => tags.find(tag)));
  }
  return loss;
}

/** Never pauses. */
export const noPause = (): undefined => undefined;

/** The promise's rejection, which has to come. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection, got a result');
}

/** Two models have the same tags, attributes and weights, these to within `tolerance`. */
export function expectSameWeights(ours: LinearCrf, theirs: LinearCrf, tolerance: number): void {
  expect(ours.tags).toEqual(theirs.tags);
  // Whatever tags has them in the order of model files.
  for (const model of [ours, theirs]) model.attributeId('');
  expect([...ours.attributeNames()]).toEqual([...theirs.attributeNames()]);
  const weights = ours.topWeights({ limit: 1e6 });
  const { stateWeights, transitionWeights } = theirs.statistics();
  expect(weights).toHaveLength(stateWeights + transitionWeights);
  for (const weight of weights) {
    const other =
      weight.kind === 'state'
        ? theirs.stateWeight(weight.attribute, weight.tag)
        : theirs.transitionWeight(weight.from, weight.to);
    expect(Math.abs(weight.weight - other)).toBeLessThanOrEqual(tolerance);
  }
}
