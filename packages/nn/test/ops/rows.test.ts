import {
  concat,
  grads,
  memory,
  mul,
  split,
  sum,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { seededRandom } from '@cognate/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatColumns, gatherRows } from '../../src/index.js';
import { onEachBackend, startBackend } from './backends.js';
import { difference, randomFloats, toRows } from './lstm-cases.js';

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));
  const random = seededRandom(4);

  describe('gatherRows', () => {
    const ids = Int32Array.from([3, 0, 3, 3, 1]);
    const values = randomFloats(random, 4 * 3);

    it('gives rows, and adds up their gradients', () => {
      const x = tensor2d(values, [4, 3]);
      const y = gatherRows(x, ids);
      expect(y.shape).toEqual([5, 3]);
      const rows = toRows(values, 3);
      expect([...y.dataSync()]).toEqual(Array.from(ids).flatMap((id) => rows[id]));

      const factors = randomFloats(random, 15);
      const [dx] = grads((given: Tensor) =>
        sum<Scalar>(mul(gatherRows(given, ids), tensor(factors, [5, 3]))),
      )([x]);
      const expected = new Float64Array(12);
      ids.forEach((id, i) => {
        for (let j = 0; j < 3; j++) expected[id * 3 + j] += factors[i * 3 + j];
      });
      expect(dx.shape).toEqual([4, 3]);
      expect(difference(dx.dataSync(), expected)).toBeLessThan(1e-6);
    });

    it('refuses what is no row', () => {
      const x = tensor2d(values, [4, 3]);
      expect(() => gatherRows(x, Int32Array.from([0, 4]))).toThrow(/0 \.\. 3, got 4 at 1/);
      expect(() => gatherRows(x, Int32Array.from([-1]))).toThrow(/got -1 at 0/);
      expect(() => gatherRows(x, new Int32Array(0))).toThrow(/at least one row/);
      expect(() => gatherRows(x, [1] as unknown as Int32Array)).toThrow(/Int32Array/);
      expect(() => gatherRows(tensor([1]), ids)).toThrow(/float32 matrix, got float32 of shape \[1\]/);
    });
  });

  describe('concatColumns', () => {
    it.each([[[3]], [[1, 2]], [[2, 5, 1]]])(
      'is tf.concat for columns %j, its gradient tf.split',
      (widths) => {
        const xs = widths.map((width) => tensor2d(randomFloats(random, 4 * width), [4, width]));
        const total = widths.reduce((a, b) => a + b, 0);
        const y = concatColumns(...xs);
        expect(y.shape).toEqual([4, total]);
        expect(y.dataSync()).toEqual(concat(xs, 1).dataSync());
        const factors = tensor2d(randomFloats(random, 4 * total), [4, total]);
        const gradients = grads((...given: Tensor[]) => sum<Scalar>(mul(concatColumns(...given), factors)))(
          xs,
        );
        split(factors, widths, 1).forEach((part, i) => {
          expect(gradients[i].dataSync()).toEqual(part.dataSync());
        });
      },
    );

    it('takes the same matrix twice', () => {
      const x = tensor2d([[1], [2]]);
      const [dx] = grads((given: Tensor) =>
        sum<Scalar>(
          mul(
            concatColumns(given, given),
            tensor2d([
              [1, 2],
              [3, 4],
            ]),
          ),
        ),
      )([x]);
      expect([...dx.dataSync()]).toEqual([3, 7]);
    });

    it('refuses what does not fit', () => {
      expect(() => concatColumns()).toThrow(/at least one matrix/);
      expect(() => concatColumns(tensor2d([[1]]), tensor2d([[1], [2]]))).toThrow(
        /1 rows, got float32 of shape \[2, 1\] at 1/,
      );
      expect(() => concatColumns(tensor([1]))).toThrow(/of shape \[1\] at 0/);
    });
  });

  it('leaks nothing', () => {
    const x = tensor2d([[1], [2]]);
    const step = () =>
      tidy(() =>
        grads((given: Tensor) =>
          sum<Scalar>(concatColumns(gatherRows(given, Int32Array.from([1, 1])), given)),
        )([x])[0].dataSync(),
      );
    step();
    const { numTensors, numBytes } = memory();
    for (let i = 0; i < 1000; i++) step();
    expect(memory()).toMatchObject({ numTensors, numBytes });
  });
});
