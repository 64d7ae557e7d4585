import { describe, expect, it } from 'vitest';
import type { Sequence } from '../../src/index.js';
import type { FeatureRules } from '../../src/linear/features.js';
import { numbered, pairsOf, randomSequences } from './helpers.js';

/** CRFsuite's rules spelt out with a Map: "S attribute tag" and "T from to" with the sum of their values. */
function countedFeatures(data: readonly Sequence[], rules: FeatureRules): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string, value: number) => counts.set(key, (counts.get(key) ?? 0) + value);
  const tags = [...new Set(data.flatMap((sequence) => sequence.tags))];
  for (const { attributes, tags: gold } of data) {
    for (const [t, tag] of gold.entries()) {
      if (t > 0) add(`T ${gold[t - 1]} ${tag}`, 1);
      for (const [name, value] of pairsOf(attributes[t])) {
        add(`S ${name} ${tag}`, value);
        if (rules.possibleStates) for (const other of tags) add(`S ${name} ${other}`, 0);
      }
    }
  }
  if (rules.possibleTransitions) for (const from of tags) for (const to of tags) add(`T ${from} ${to}`, 0);
  return new Map([...counts].filter(([, count]) => count >= rules.minFrequency));
}

function generatedFeatures(data: readonly Sequence[], rules: FeatureRules): Map<string, number> {
  const { features, attributes, tags } = numbered(data, rules);
  const { rowOffsets, rowTags, transitionCells, observed, numStateFeatures, numTags } = features;
  const found = new Map<string, number>();
  for (let a = 0; a < attributes.size; a++) {
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      found.set(`S ${attributes.at(a)} ${tags.at(rowTags[r])}`, observed[r]);
    }
  }
  for (const [k, cell] of transitionCells.entries()) {
    const from = tags.at(Math.floor(cell / numTags));
    found.set(`T ${from} ${tags.at(cell % numTags)}`, observed[numStateFeatures + k]);
  }
  expect(found.size).toBe(features.numFeatures);
  return found;
}

describe('features', () => {
  const flags = [false, true];
  const settings = flags.flatMap((possibleStates) =>
    flags.flatMap((possibleTransitions) =>
      [0, 1, 3.5].map((minFrequency) => ({ minFrequency, possibleStates, possibleTransitions })),
    ),
  );

  it.each(settings)('follow the rules: %o', (rules) => {
    for (const weighted of flags) {
      const data = randomSequences({ seed: 11, count: 60, tags: 5, attributes: 25, maxLength: 6, weighted });
      const expected = countedFeatures(data, rules);
      const got = generatedFeatures(data, rules);
      expect(new Set(got.keys())).toEqual(new Set(expected.keys()));
      for (const [key, count] of got) expect(count).toBeCloseTo(expected.get(key) ?? NaN, 10);
    }
  });

  it('counts an attribute that a token has twice twice', () => {
    const { features } = numbered([{ attributes: [['x', 'x', 'y']], tags: ['A'] }]);
    expect([...features.observed]).toEqual([2, 1]);
  });

  it('leaves out features whose values sum to less than 0, as CRFsuite does', () => {
    const data = [{ attributes: [{ up: 1, down: -1, zero: 0 }], tags: ['A'] }];
    const { features, attributes } = numbered(data);
    const names = Array.from({ length: attributes.size }, (_, a) => a)
      .filter((a) => features.rowOffsets[a + 1] > features.rowOffsets[a])
      .map((a) => attributes.at(a));
    expect(names).toEqual(['up', 'zero']);
  });
});
