import { describe, expect, it } from 'vitest';
import { LinearCrf, type Algorithm, type TrainEvent } from '../../src/index.js';
import { cRandom } from '../../src/linear/trainers/shuffler.js';
import { fixtureBytes, onlineRuns, readLog, readSequences, readTaggings, runs } from './crfsuite-fixtures.js';
import { expectSameWeights } from './helpers.js';

const training = readSequences('train.txt');
const sentences = readSequences('test.txt');
/** Half a unit of the last digit that CRFsuite prints, and a little for its own rounding. */
const PRINTED = 5.01e-7;

// Their results hang on the order of the sequences, and that on the random numbers of the C library.
describe.each(onlineRuns)('training as CRFsuite did for %s', async (run) => {
  const events: TrainEvent[] = [];
  const crf = await LinearCrf.train(training, {
    algorithm: run as Algorithm,
    params: runs[run].params,
    onEvent: (event) => void events.push(event),
  });
  const log = readLog(run);
  const iterations = events.filter((event) => event.type === 'iteration');
  const end = events[events.length - 1];

  it('has the losses and norms of its log', () => {
    expect(iterations).toHaveLength(runs[run].params.max_iterations);
    for (const [i, event] of iterations.entries()) {
      expect(Math.abs(event.loss - log.losses[i])).toBeLessThan(PRINTED);
      expect(Math.abs(event.featureNorm - log.featureNorms[i])).toBeLessThan(PRINTED);
    }
    expect(end).toMatchObject({ type: 'end', reason: 'max_iterations', iterations: iterations.length });
  });

  it('predicts the same tags', () => {
    const taggings = readTaggings(run);
    for (const [i, { attributes }] of sentences.entries()) {
      expect(crf.predict(attributes)).toEqual(taggings[i].predicted);
    }
  });

  it('has the weights of the model file', () => {
    expectSameWeights(crf, LinearCrf.fromCrfsuite(fixtureBytes(`${run}.crfsuite`)), 1e-12);
  });

  if (run === 'l2sgd') {
    it('tries the same learning rates with the same losses, and takes the model of the best epoch', () => {
      const trials = events.filter((event) => event.type === 'calibration');
      expect(trials).toHaveLength(log.calibration.length);
      for (const [i, { learningRate, loss, better }] of trials.entries()) {
        const theirs = log.calibration[i];
        expect(Math.abs(learningRate - theirs.eta)).toBeLessThan(PRINTED);
        expect(Math.abs(loss - theirs.loss)).toBeLessThan(PRINTED);
        expect(better).toBe(!theirs.worse);
      }
      expect(Math.abs((end as { loss: number }).loss - Math.min(...log.losses))).toBeLessThan(PRINTED);
    });
  }
});

describe('cRandom', () => {
  // Printed by a C program: the first two numbers and the 103rd after srand(seed).
  it.each([
    [1, 1804289383, 846930886, 2040651434],
    [42, 71876166, 708592740, 1935092574],
    [4000000000, 1111130805, 1380198982, 997479561],
    [0, 1804289383, 846930886, 2040651434],
  ])('gives the numbers of the C library for seed %i', (seed, first, second, later) => {
    const random = cRandom(seed);
    const numbers = Array.from({ length: 103 }, () => random.next());
    expect([numbers[0], numbers[1], numbers[102]]).toEqual([first, second, later]);
  });
});
