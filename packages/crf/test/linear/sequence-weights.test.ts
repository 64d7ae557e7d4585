import { describe, expect, it } from 'vitest';
import { LinearCrf, type Sequence } from '../../src/index.js';
import { plainKernel } from '../../src/linear/kernel/plain.js';
import { enumeratedLoss, noPause, numbered, randomSequences, rejection } from './helpers.js';

const plainData = randomSequences({ seed: 41, count: 30, tags: 3, attributes: 10, maxLength: 4 });
const weightOf = (i: number): number => [1, 3, 0, 2, 0.5][i % 5];
const weightedData = plainData.map((sequence, i): Sequence => ({ ...sequence, weight: weightOf(i) }));

describe('weights of sequences', () => {
  it('multiply their part of loss and gradient', async () => {
    const problem = numbered(weightedData);
    const size = problem.features.numFeatures;
    const weights = Float64Array.from({ length: size }, (_, k) => Math.sin(k));
    const kernel = plainKernel(problem.corpus, problem.features);
    const gradient = new Float64Array(size);
    const loss = await kernel.lossAndGradient(weights, gradient, noPause);
    const expected = plainData.reduce(
      (sum, sequence, i) => sum + weightOf(i) * enumeratedLoss([sequence], problem, weights),
      0,
    );
    expect(loss).toBeCloseTo(expected, 9);
    for (let k = 0; k < size; k += 5) {
      const at = (value: number) => {
        const moved = weights.slice();
        moved[k] = value;
        return plainData.reduce(
          (sum, sequence, i) => sum + weightOf(i) * enumeratedLoss([sequence], problem, moved),
          0,
        );
      };
      expect(gradient[k]).toBeCloseTo((at(weights[k] + 1e-4) - at(weights[k] - 1e-4)) / 2e-4, 5);
    }
  });

  it('count as repetition does', async () => {
    const twice = plainData.flatMap((sequence, i) => (i % 2 === 0 ? [sequence] : [sequence, sequence]));
    const doubled = plainData.map((sequence, i) => (i % 2 === 0 ? sequence : { ...sequence, weight: 2 }));
    const losses = async (data: Sequence[]) => {
      const found: number[] = [];
      await LinearCrf.train(data, {
        params: { 'feature.minfreq': 2, max_iterations: 12 },
        onEvent: (event) => {
          if (event.type === 'iteration') found.push(event.loss);
        },
      });
      return found;
    };
    const expected = await losses(twice);
    const got = await losses(doubled);
    expect(got).toHaveLength(expected.length);
    for (const [i, loss] of got.entries()) expect(loss).toBeCloseTo(expected[i], 6);
  });

  it('have to be finite and not below 0', async () => {
    for (const weight of [-1, NaN, Infinity, '2', null]) {
      const bad = [plainData[0], { ...plainData[1], weight }] as Sequence[];
      const error = await rejection(LinearCrf.train(bad));
      expect((error as Error).message).toMatch(
        'data, sequence 1 (counted from 0): expected the weight of the sequence to be a finite number, at least 0, got',
      );
    }
  });
});
