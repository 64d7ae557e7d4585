import { describe, expect, it } from 'vitest';
import { LinearCrf } from '../../src/index.js';
import { fixtureBytes, readSequences, readTaggings, runs } from './crfsuite-fixtures.js';

const sentences = readSequences('test.txt');
/** Half a unit of the last digit that CRFsuite prints, and a little for its own rounding. */
const PRINTED = 5.01e-7;

describe.each(Object.keys(runs))('CRFsuite model %s', (run) => {
  const crf = LinearCrf.fromCrfsuite(fixtureBytes(`${run}.crfsuite`));
  const taggings = readTaggings(run);

  it('has a tagging for each sentence', () => {
    expect(taggings).toHaveLength(sentences.length);
    expect(sentences.length).toBeGreaterThan(50);
  });

  it('predicts what CRFsuite predicts', () => {
    for (const [i, { attributes }] of sentences.entries()) {
      expect(crf.predict(attributes)).toEqual(taggings[i].predicted);
    }
  });

  it('gives scores, log partitions and probabilities to the printed digits', () => {
    for (const [i, { attributes }] of sentences.entries()) {
      const { predicted, score, logPartition, probability } = taggings[i];
      expect(Math.abs(crf.score(attributes, predicted) - score)).toBeLessThan(PRINTED);
      expect(Math.abs(crf.logPartition(attributes) - logPartition)).toBeLessThan(PRINTED);
      expect(Math.abs(crf.probability(attributes, predicted) - probability)).toBeLessThan(PRINTED);
    }
  });

  it('gives marginals to the printed digits', () => {
    for (const [i, { attributes }] of sentences.entries()) {
      const marginals = crf.marginals(attributes);
      for (const [t, expected] of taggings[i].marginals.entries()) {
        expect(Object.keys(expected).sort()).toEqual([...crf.tags].sort());
        for (const [tag, probability] of Object.entries(expected)) {
          const got = marginals[t * crf.tags.length + crf.tagId(tag)];
          expect(Math.abs(got - probability)).toBeLessThan(PRINTED);
        }
      }
    }
  });

  it('survives the way through our own file', () => {
    const again = LinearCrf.fromBytes(crf.toBytes());
    for (const { attributes } of sentences) {
      expect(again.predict(attributes)).toEqual(crf.predict(attributes));
      expect(again.marginals(attributes)).toEqual(crf.marginals(attributes));
    }
  });
});
