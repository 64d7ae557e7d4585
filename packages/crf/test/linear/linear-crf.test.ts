import { describe, expect, it } from 'vitest';
import {
  CrfInputError,
  LinearCrf,
  NoPathError,
  scoreTags,
  viterbi,
  type Attributes,
} from '../../src/index.js';
import { allTaggings, pairsOf, randomSequences } from './helpers.js';

const data = randomSequences({ seed: 5, count: 80, tags: 3, attributes: 12, maxLength: 5, weighted: true });
const crf = await LinearCrf.train(data, { params: { c2: 0.1, max_iterations: 40 } });
const tests = randomSequences({ seed: 6, count: 25, tags: 3, attributes: 15, maxLength: 4, weighted: true });

/** Score of a tagging from the model's weights by name. */
function scoreByName(attributes: readonly Attributes[], tags: readonly string[]): number {
  let score = 0;
  for (const [t, tag] of tags.entries()) {
    if (t > 0) score += crf.transitionWeight(tags[t - 1], tag);
    for (const [name, value] of pairsOf(attributes[t])) score += value * crf.stateWeight(name, tag);
  }
  return score;
}

/** All taggings with score and probability, best first. */
function enumerate(attributes: readonly Attributes[]) {
  const all = Array.from(allTaggings(attributes.length, crf.tags.length), (ids) => {
    const tags = ids.map((id) => crf.tags[id]);
    return { tags, score: scoreByName(attributes, tags) };
  });
  const total = all.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return all
    .map(({ tags, score }) => ({ tags, score, probability: Math.exp(score) / total }))
    .sort((x, y) => y.score - x.score);
}

describe('LinearCrf', () => {
  it('has the tags in order of appearance', () => {
    expect(crf.tags).toEqual([...new Set(data.flatMap((sequence) => sequence.tags))]);
    expect(crf.tags.map((tag) => crf.tagId(tag))).toEqual([0, 1, 2]);
    expect(crf.tagId('none')).toBe(-1);
    expect(Object.isFrozen(crf.tags)).toBe(true);
  });

  it('predicts, ranks and weighs as enumeration does', () => {
    for (const { attributes } of tests) {
      const all = enumerate(attributes);
      expect(crf.predict(attributes)).toEqual(all[0].tags);
      const ranked = crf.kBest(attributes, 4);
      expect(ranked).toHaveLength(Math.min(4, all.length));
      for (const [i, { tags, score, probability }] of ranked.entries()) {
        expect(score).toBeCloseTo(all[i].score, 10);
        expect(probability).toBeCloseTo(all[i].probability, 10);
        expect(scoreByName(attributes, tags)).toBeCloseTo(score, 10);
      }
      expect(crf.score(attributes, all[1].tags)).toBeCloseTo(all[1].score, 10);
      expect(crf.probability(attributes, all[1].tags)).toBeCloseTo(all[1].probability, 10);
      expect(Math.exp(crf.logPartition(attributes) - all[0].score) * all[0].probability).toBeCloseTo(1, 10);
    }
  });

  it('gives marginals and span marginals as enumeration does', () => {
    for (const { attributes } of tests) {
      const all = enumerate(attributes);
      const marginals = crf.marginals(attributes);
      for (let t = 0; t < attributes.length; t++) {
        for (const [k, tag] of crf.tags.entries()) {
          const expected = all.reduce(
            (sum, { tags, probability }) => sum + (tags[t] === tag ? probability : 0),
            0,
          );
          expect(marginals[t * 3 + k]).toBeCloseTo(expected, 10);
        }
      }
      if (attributes.length < 2) continue;
      const [span] = crf.spanMarginals(attributes, [
        { start: 0, tags: [1, 2], followedBy: Uint8Array.of(1, 1, 0) },
      ]);
      const expected = all.reduce((sum, { tags, probability }) => {
        const fits = tags[0] === crf.tags[1] && tags[1] === crf.tags[2] && tags[2] !== crf.tags[2];
        return sum + (fits ? probability : 0);
      }, 0);
      expect(span).toBeCloseTo(expected, 10);
    }
  });

  it('decodes under constraints', () => {
    const transitions = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 1, 1);
    for (const { attributes } of tests) {
      const allowed = enumerate(attributes).filter(({ tags }) =>
        tags.every((tag, t) => {
          const id = crf.tagId(tag);
          return t === 0 ? id === 1 : transitions[crf.tagId(tags[t - 1]) * 3 + id] === 1;
        }),
      );
      const constraints = { transitions, tags: attributes.map((_, t) => (t === 0 ? 1 : -1)) };
      const mass = allowed.reduce((sum, { probability }) => sum + probability, 0);
      expect(crf.predict(attributes, constraints)).toEqual(allowed[0].tags);
      const [best] = crf.kBest(attributes, 1, constraints);
      expect(best.probability).toBeCloseTo(allowed[0].probability / mass, 10);
      expect(crf.marginals(attributes, constraints)[1]).toBeCloseTo(1, 12);
      expect(Math.exp(crf.logPartition(attributes, constraints) - crf.logPartition(attributes))).toBeCloseTo(
        mass,
        10,
      );
    }
    const impossible = { start: Uint8Array.of(0, 0, 0) };
    expect(() => crf.predict(tests[0].attributes, impossible)).toThrow(NoPathError);
  });

  it('hands out lattices that are copies', () => {
    const { attributes } = tests[0];
    const lattice = crf.lattice(attributes);
    expect(lattice).toMatchObject({ length: attributes.length, numTags: 3 });
    const { tags, score } = viterbi(lattice);
    expect(Array.from(tags, (id) => crf.tags[id])).toEqual(crf.predict(attributes));
    expect(scoreTags(lattice, tags)).toBeCloseTo(score, 12);
    lattice.transitions.fill(100);
    lattice.emissions.fill(100);
    expect(crf.score(attributes, crf.predict(attributes))).toBeCloseTo(score, 12);
  });

  it('treats the forms of attributes alike', () => {
    const asMap = [new Map([['a1', 1]]), new Map([['a2', 1], ['a5', 1]])]; // prettier-ignore
    const asRecord: Attributes[] = [{ a1: 1 }, { a2: 1, a5: 1 }];
    const asArray = [['a1'], ['a2', 'a5']];
    expect(crf.marginals(asRecord)).toEqual(crf.marginals(asMap));
    expect(crf.marginals(asArray)).toEqual(crf.marginals(asMap));
    // Twice the same name is that name with value 2; inherited properties are none.
    expect(crf.marginals([['a3', 'a3']])).toEqual(crf.marginals([{ a3: 2 }]));
    const inherited = Object.create({ a1: 1 }) as Record<string, number>;
    inherited.a2 = 1;
    expect(crf.marginals([inherited])).toEqual(crf.marginals([['a2']]));
  });

  it('ignores attributes it does not know, and takes tokens without any', () => {
    expect(crf.marginals([['a1', 'unknown'], []])).toEqual(crf.marginals([['a1'], []]));
    expect(crf.predict([[], {}, new Map()])).toHaveLength(3);
  });

  it('takes an empty sequence', () => {
    expect(crf.predict([])).toEqual([]);
    expect(crf.kBest([], 3)).toEqual([{ tags: [], score: 0, probability: 1 }]);
    expect(crf.marginals([])).toHaveLength(0);
    expect(crf.probability([], [])).toBe(1);
    expect(crf.score([], [])).toBe(0);
  });

  it('says what is wrong with what it is given', () => {
    const bad = (attributes: unknown) => () => crf.predict(attributes as Attributes[]);
    expect(bad('text')).toThrow(
      'attributes: expected an array with the attributes of each token, got "text"',
    );
    for (const given of [undefined, null, 'text']) {
      expect(() => crf.lattice(given as unknown as Attributes[])).toThrow(CrfInputError);
    }
    expect(bad([['a1'], undefined])).toThrow(
      'attributes, token 1 (counted from 0): expected attributes as an array of strings, a record or a Map, got undefined',
    );
    expect(bad([['a1', 2]])).toThrow('token 0 (counted from 0): expected attribute 1 to be a string, got 2');
    expect(bad([{ a1: NaN }])).toThrow('expected the value of attribute "a1" to be a finite number, got NaN');
    expect(bad([{ a1: '1' }])).toThrow('to be a finite number, got "1"');
    expect(bad([new Map([[1, 1]])])).toThrow('expected the name of an attribute to be a string, got 1');
    expect(bad([new Set(['a1'])])).toThrow(
      'expected a Map of attributes to give pairs of name and value, got "a1"',
    );
    expect(bad(['a1'])).toThrow(CrfInputError);
    expect(() => crf.score([['a1']], ['T0', 'T1'])).toThrow(
      'tags: expected one tag for each of 1 tokens, got 2',
    );
    expect(() => crf.probability([['a1'], []], ['T0', 'X'])).toThrow(
      /tags, token 1 \(counted from 0\): expected a tag of the model \(T\d, T\d, T\d\), got "X"/,
    );
    const error = (() => {
      try {
        return bad([[], [], { x: Infinity }])();
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ name: 'CrfInputError', position: 2, sequence: undefined });
  });
});
