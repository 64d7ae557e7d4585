import {
  grad,
  ready,
  tensor1d,
  tensor2d,
  setBackend,
  square,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, it } from 'vitest';
import { dense, registerGradients } from '../../src/index.js';
import { withHolding } from '../../src/kernels/holding.js';
import { currentKernels } from '../../src/kernels/kernels.js';

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
  registerGradients();
});

const blocks = () => currentKernels().heap.blocks;

it('gives back its blocks after the operation', () => {
  const seen = withHolding((holding) => {
    holding.allocate(10);
    holding.release(holding.allocate(10));
    holding.place(Float32Array.from([1]));
    return blocks();
  });
  expect(seen).toBe(2);
  expect(blocks()).toBe(0);
});

it('gives them back after a failure', () => {
  expect(() =>
    withHolding((holding) => {
      holding.allocate(10);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(blocks()).toBe(0);
});

it('keeps them while the tape is recorded, and until its gradients are taken', () => {
  const weights = tensor2d([[2]]);
  const bias = tensor1d([1]);
  const x = tensor2d([[3]]);
  const loss = (w: Tensor): Scalar => {
    const y = dense(dense(x, w, bias), w, bias);
    expect(blocks()).toBeGreaterThan(0);
    return sum(square(y));
  };
  // y = w (3 w + 1) + 1 = 15, dy/dw = 6 w + 1 = 13.
  expect(grad(loss)(weights).dataSync()[0]).toBeCloseTo(2 * 15 * 13, 4);
  // The gradient of x was not asked for: its holding goes with the next operation.
  dense(x, weights, bias);
  expect(blocks()).toBe(0);
});
