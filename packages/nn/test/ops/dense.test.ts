import {
  add,
  cast,
  grads,
  matMul,
  memory,
  mul,
  sum,
  tanh,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { finiteDifferences, seededRandom } from '@cognate/testing';
import { beforeAll, expect, it } from 'vitest';
import { dense } from '../../src/index.js';
import { currentKernels } from '../../src/kernels/kernels.js';
import { onEachBackend, startBackend } from './backends.js';
import { difference, randomFloats } from './lstm-cases.js';

const activations = ['linear', 'tanh'] as const;
const sizes = [
  [1, 1, 1],
  [3, 5, 7],
  [13, 4, 9],
  [8, 16, 8],
] as const;

/** In double precision: activation(x w + b) summed under factors. */
function exactLoss(
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  b: ArrayLike<number>,
  factors: ArrayLike<number>,
  activation: 'linear' | 'tanh',
): number {
  const units = b.length;
  const size = w.length / units;
  let loss = 0;
  for (let i = 0; i < factors.length; i++) {
    let z = b[i % units];
    for (let j = 0; j < size; j++) z += x[Math.floor(i / units) * size + j] * w[j * units + (i % units)];
    loss += factors[i] * (activation === 'tanh' ? Math.tanh(z) : z);
  }
  return loss;
}

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));

  it.each(activations.flatMap((activation) => sizes.map((size) => [activation, ...size] as const)))(
    '%s of %i × %i to %i: values as by plain operations, gradients as by differences',
    (activation, rows, size, units) => {
      const random = seededRandom(3);
      const arrays = [rows * size, size * units, units].map((count) => randomFloats(random, count));
      const factors = randomFloats(random, rows * units);
      const shapes = [[rows, size], [size, units], [units]];
      const tensors = arrays.map((array, i) => tensor(array, shapes[i]));
      const [x, w, b] = tensors;

      const linear = add(matMul(x as never, w as never), b);
      const expected = activation === 'tanh' ? tanh(linear) : linear;
      const found = dense(x, w, b, activation);
      expect(found.shape).toEqual([rows, units]);
      expect(difference(found.dataSync(), expected.dataSync())).toBeLessThan(1e-5);

      const gradients = grads((...given: Tensor[]) =>
        sum<Scalar>(mul(dense(given[0], given[1], given[2], activation), tensor(factors, [rows, units]))),
      )(tensors);
      arrays.forEach((_, i) => {
        const exact = arrays.map((array) => Float64Array.from(array));
        const wanted = finiteDifferences(
          () => exactLoss(exact[0], exact[1], exact[2], factors, activation),
          exact[i],
        );
        expect(gradients[i].shape).toEqual(shapes[i]);
        expect(difference(gradients[i].dataSync(), wanted), `gradient ${i}`).toBeLessThan(1e-5);
      });
    },
  );

  it.each([
    ['linear', 7, 5, 3, 9, [1, 0, 1, 1, 0, 1, 1]],
    ['tanh', 4, 3, 5, 2, [2, 2, 0, 2]],
  ] as const)(
    '%s with a context: as if its rows followed those of x, gradients as by differences',
    (activation, rows, size, width, units, places) => {
      const random = seededRandom(5);
      const contexts = 3;
      const shapes = [[rows, size], [size + width, units], [units], [contexts, width]];
      const arrays = shapes.map((shape) =>
        randomFloats(
          random,
          shape.reduce((a, b) => a * b),
        ),
      );
      const factors = randomFloats(random, rows * units);
      const tensors = arrays.map((array, i) => tensor(array, shapes[i]));
      const run = ([x, w, b, values]: Tensor[]) =>
        dense(x, w, b, activation, { values, index: Int32Array.from(places) });
      /** x and the context side by side. */
      const joined = (x: ArrayLike<number>, c: ArrayLike<number>) =>
        places.flatMap((place, row) => [
          ...Array.from({ length: size }, (_, j) => x[row * size + j]),
          ...Array.from({ length: width }, (_, j) => c[place * width + j]),
        ]);
      const plain = dense(
        tensor2d(joined(arrays[0], arrays[3]), [rows, size + width]),
        tensors[1],
        tensors[2],
        activation,
      );
      expect(difference(run(tensors).dataSync(), plain.dataSync())).toBeLessThan(1e-6);

      const gradients = grads((...given: Tensor[]) =>
        sum<Scalar>(mul(run(given), tensor(factors, [rows, units]))),
      )(tensors);
      arrays.forEach((_, i) => {
        const [x, w, b, c] = arrays.map((array) => Float64Array.from(array));
        const wanted = finiteDifferences(
          () => exactLoss(joined(x, c), w, b, factors, activation),
          [x, w, b, c][i],
        );
        expect(gradients[i].shape).toEqual(shapes[i]);
        expect(difference(gradients[i].dataSync(), wanted), `gradient ${i}`).toBeLessThan(1e-5);
      });
      expect(currentKernels().heap.blocks).toBe(0);
    },
  );

  it('is linear unless told', () => {
    const [x, w, b] = [tensor2d([[2]]), tensor2d([[3]]), tensor([4])];
    expect(dense(x, w, b).dataSync()[0]).toBe(10);
  });

  it('leaks nothing in 1,000 steps', () => {
    const [x, w, b] = [tensor2d([[2, 1]]), tensor2d([[3], [1]]), tensor([4])];
    const step = () =>
      tidy(() =>
        grads((...given: Tensor[]) => sum<Scalar>(dense(given[0], given[1], given[2], 'tanh')))([
          x,
          w,
          b,
        ])[0].dataSync(),
      );
    step();
    const { numTensors, numBytes } = memory();
    const { size } = currentKernels().heap;
    for (let i = 0; i < 1000; i++) step();
    expect(memory()).toMatchObject({ numTensors, numBytes });
    expect(currentKernels().heap).toMatchObject({ size, blocks: 0 });
  });

  it('refuses what does not fit', () => {
    const [x, w, b] = [tensor2d([[2, 1]]), tensor2d([[3], [1]]), tensor([4])];
    expect(() => dense(w, w, b)).toThrow(
      /\[rows, size\], \[size, units\], \[units\], got \[2, 1\], \[2, 1\], \[1\]/,
    );
    expect(() => dense(x, w, tensor([1, 2]))).toThrow(/got \[1, 2\], \[2, 1\], \[2\]/);
    expect(() => dense(tensor2d([], [0, 2]), w, b)).toThrow(/got \[0, 2\]/);
    expect(() => dense(cast(x, 'int32'), w, b)).toThrow(/float32, got int32/);
    expect(() => dense(x, w, b, 'relu' as 'tanh')).toThrow(/'linear' or 'tanh', got relu/);
    const wide = tensor2d([[3], [1], [2]]);
    const withContext = (values: Tensor, ...index: number[]) =>
      dense(x, wide, b, 'linear', { values, index: Int32Array.from(index) });
    expect(withContext(tensor2d([[5]]), 0).dataSync()[0]).toBe(21);
    expect(() => withContext(tensor2d([[5, 6]]), 0)).toThrow(/\[size \+ columns of the context, units\]/);
    expect(() => withContext(tensor([5]), 0)).toThrow(
      /float32 matrix of at least one row, got float32 of shape \[1\]/,
    );
    expect(() => withContext(tensor2d([[5]]), 0, 0)).toThrow(/1 entries, a row of x each, got 2/);
    expect(() => withContext(tensor2d([[5]]), 1)).toThrow(/rows of context.values, 0 to 0, got 1 at 0/);
  });
});
