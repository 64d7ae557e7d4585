import { describe, expect, it } from 'vitest';
import { CrfInputError, LinearCrf, type FeatureWeight, type TopWeightsOptions } from '../../src/index.js';
import { randomSequences } from './helpers.js';

const data = randomSequences({ seed: 51, count: 80, tags: 4, attributes: 30, maxLength: 6 });
const crf = await LinearCrf.train(data, { params: { max_iterations: 20 } });

// All weights, by asking for each name.
const all: FeatureWeight[] = [];
for (const attribute of crf.attributeNames()) {
  for (const tag of crf.tags) {
    const weight = crf.stateWeight(attribute, tag);
    if (weight !== 0) all.push({ kind: 'state', attribute, tag, weight });
  }
}
for (const from of crf.tags) {
  for (const to of crf.tags) {
    const weight = crf.transitionWeight(from, to);
    if (weight !== 0) all.push({ kind: 'transition', from, to, weight });
  }
}
// Tags rise with their number within an attribute, as here.
const sorted = (rank: (weight: number) => number, keep: (weight: FeatureWeight) => boolean = () => true) =>
  all.filter(keep).sort((x, y) => rank(y.weight) - rank(x.weight));

describe('topWeights', () => {
  it('gives the weights of largest magnitude, or the highest, or the lowest', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(crf.topWeights()).toEqual(sorted(Math.abs).slice(0, 20));
    expect(crf.topWeights({ limit: 1e9 })).toEqual(sorted(Math.abs));
    expect(crf.topWeights({ limit: 7, order: 'highest' })).toEqual(sorted((w) => w).slice(0, 7));
    expect(crf.topWeights({ limit: 7, order: 'lowest' })).toEqual(sorted((w) => -w).slice(0, 7));
    expect(crf.topWeights({ limit: 0 })).toEqual([]);
  });

  it('takes only those asked for', () => {
    const check = (options: TopWeightsOptions, keep: (weight: FeatureWeight) => boolean) => {
      const expected = sorted(Math.abs, keep);
      expect(expected.length).toBeGreaterThan(0);
      expect(crf.topWeights({ ...options, limit: 1e9 })).toEqual(expected);
    };
    check({ kind: 'state' }, (w) => w.kind === 'state');
    check({ kind: 'transition' }, (w) => w.kind === 'transition');
    check({ tag: 'T2' }, (w) => (w.kind === 'state' ? w.tag === 'T2' : w.from === 'T2' || w.to === 'T2'));
    check({ attribute: 'a7' }, (w) => w.kind === 'state' && w.attribute === 'a7');
    check(
      { attribute: (name) => name.endsWith('7') },
      (w) => w.kind === 'state' && w.attribute.endsWith('7'),
    );
    check(
      { attribute: 'a7', tag: 'T1' },
      (w) => w.kind === 'state' && w.attribute === 'a7' && w.tag === 'T1',
    );
    expect(crf.topWeights({ attribute: 'unknown' })).toEqual([]);
    expect(crf.topWeights({ attribute: 'a7', kind: 'transition' })).toEqual([]);
  });

  it('says what is wrong with its options', () => {
    const bad = (options: unknown) => () => crf.topWeights(options as TopWeightsOptions);
    expect(bad({ limit: -1 })).toThrow('limit: expected a whole number of at least 0, got -1');
    expect(bad({ order: 'best' })).toThrow(`order: expected 'magnitude', 'highest' or 'lowest', got "best"`);
    expect(bad({ kind: 'edge' })).toThrow(`kind: expected 'state' or 'transition', got "edge"`);
    expect(bad({ attribute: /^a/ })).toThrow('attribute: expected a string or a function, got an object');
    expect(bad({ tag: 'X' })).toThrow(CrfInputError);
    expect(bad({ tag: 'X' })).toThrow(/tag: expected a tag of the model \(T\d, .*\), got "X"/);
  });
});

describe('weights by name', () => {
  it('are 0 for what the model does not know', () => {
    expect(crf.stateWeight('unknown', 'T0')).toBe(0);
    expect(crf.stateWeight('a1', 'unknown')).toBe(0);
    expect(crf.transitionWeight('unknown', 'T0')).toBe(0);
    expect(crf.transitionWeight('T0', 'unknown')).toBe(0);
  });
});

describe('statistics', () => {
  it('count and measure the weights', () => {
    const weights = all.map((w) => w.weight);
    const statistics = crf.statistics();
    expect(statistics).toMatchObject({
      tags: 4,
      attributes: 30,
      stateWeights: all.filter((w) => w.kind === 'state').length,
      transitionWeights: all.filter((w) => w.kind === 'transition').length,
      lowest: Math.min(...weights),
      highest: Math.max(...weights),
    });
    expect(statistics.l1).toBeCloseTo(
      weights.reduce((sum, w) => sum + Math.abs(w), 0),
      10,
    );
    expect(statistics.l2).toBeCloseTo(Math.hypot(...weights), 10);
  });

  it('are 0 for a model without weights', async () => {
    const empty = await LinearCrf.train(data, { params: { 'feature.minfreq': 1e9 } });
    expect(empty.statistics()).toEqual({
      tags: 4,
      attributes: 0,
      stateWeights: 0,
      transitionWeights: 0,
      lowest: 0,
      highest: 0,
      l1: 0,
      l2: 0,
    });
    expect(empty.topWeights()).toEqual([]);
  });
});
