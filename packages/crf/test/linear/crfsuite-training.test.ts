import { describe, expect, it } from 'vitest';
import {
  LinearCrf,
  type DataEvent,
  type EndEvent,
  type FeaturesEvent,
  type IterationEvent,
} from '../../src/index.js';
import { fixtureBytes, lbfgsRuns, readLog, readSequences, readTaggings, runs } from './crfsuite-fixtures.js';
import { expectSameWeights } from './helpers.js';

const training = readSequences('train.txt');
const sentences = readSequences('test.txt');
const ends: Record<string, string> = {
  'terminated with the stopping criteria': 'delta',
  'terminated with the maximum number of iterations': 'max_iterations',
};

describe.each(lbfgsRuns)('training as CRFsuite did for %s', async (run) => {
  let data: DataEvent | undefined;
  let features: FeaturesEvent | undefined;
  let end: EndEvent | undefined;
  const iterations: IterationEvent<'lbfgs'>[] = [];
  const crf = await LinearCrf.train(training, {
    algorithm: 'lbfgs',
    params: runs[run].params,
    onEvent(event) {
      if (event.type === 'data') data = event;
      else if (event.type === 'features') features = event;
      else if (event.type === 'iteration') iterations.push(event);
      else if (event.type === 'end') end = event;
    },
  });
  const log = readLog(run);

  it('counts the data as CRFsuite does', () => {
    expect(data).toMatchObject({ sequences: 200, tokens: 991, attributes: 100, skipped: 0 });
    expect(data?.tags).toHaveLength(5);
  });

  it('generates as many features', () => {
    expect(features?.total).toBe(log.features);
    expect((features?.state ?? 0) + (features?.transition ?? 0)).toBe(log.features);
    expect(end?.activeFeatures).toBe(log.activeFeatures);
  });

  it('ends for the same reason after as many iterations', () => {
    expect(end).toMatchObject({ reason: ends[log.ended], iterations: log.losses.length });
  });

  it('takes the same steps', () => {
    expect(iterations.map((event) => event.evaluations)).toEqual(log.trials);
    for (const [i, event] of iterations.entries()) {
      expect(Math.abs(event.loss / log.losses[i] - 1)).toBeLessThan(1e-8);
      expect(Math.abs(event.step - log.steps[i])).toBeLessThan(1e-5);
      expect(Math.abs(event.featureNorm - log.featureNorms[i])).toBeLessThan(1e-5);
      expect(Math.abs(event.gradientNorm - log.errorNorms[i])).toBeLessThan(1e-4);
    }
  });

  it('comes to the same loss', () => {
    expect(Math.abs((end?.loss ?? 0) / log.losses[log.losses.length - 1] - 1)).toBeLessThan(1e-8);
  });

  it('predicts the same tags', () => {
    const taggings = readTaggings(run);
    for (const [i, { attributes }] of sentences.entries()) {
      expect(crf.predict(attributes)).toEqual(taggings[i].predicted);
    }
  });

  it('has the weights of the model file', () => {
    const theirs = LinearCrf.fromCrfsuite(fixtureBytes(`${run}.crfsuite`));
    expect(crf.statistics().stateWeights + crf.statistics().transitionWeights).toBe(log.activeFeatures);
    expectSameWeights(crf, theirs, 1e-5);
  });
});
