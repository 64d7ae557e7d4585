import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropIds, dropout, dropoutMask, RandomStream, variationalDropout } from '../src/index.js';
import { onEachBackend, startBackend } from './ops/backends.js';

const stream = () => new RandomStream(12);

describe('dropoutMask', () => {
  it.each([0.1, 0.5, 0.75])('drops a share of %d, and grows the rest so that the mean is 1', (rate) => {
    const mask = dropoutMask(100_000, rate, stream());
    const dropped = mask.filter((factor) => factor === 0).length / mask.length;
    expect(Math.abs(dropped - rate)).toBeLessThan(0.006);
    const kept = mask.find((factor) => factor !== 0)!;
    expect(kept).toBeCloseTo(1 / (1 - rate), 3);
    expect(mask.every((factor) => factor === 0 || factor === kept)).toBe(true);
    // The probability is a multiple of 2^-16, and the factor fits it exactly.
    expect((1 - Math.round(rate * 65536) / 65536) * kept).toBeCloseTo(1, 6);
  });

  it('drops neighbours independently of each other', () => {
    const mask = dropoutMask(100_000, 0.5, stream());
    let same = 0;
    for (let i = 1; i < mask.length; i++) if (mask[i] === mask[i - 1]) same++;
    expect(Math.abs(same / mask.length - 0.5)).toBeLessThan(0.006);
  });

  it('is the same for the same stream, and another for another', () => {
    expect(dropoutMask(99, 0.5, stream())).toEqual(dropoutMask(99, 0.5, stream()));
    expect(dropoutMask(99, 0.5, stream())).not.toEqual(dropoutMask(99, 0.5, stream().fork('x')));
  });

  it('takes rates from 0 to just below 1', () => {
    expect([...dropoutMask(3, 0, stream())]).toEqual([1, 1, 1]);
    expect(dropoutMask(1000, 1 - 1e-9, stream()).every(Number.isFinite)).toBe(true);
    for (const rate of [1, -0.1, NaN]) {
      expect(() => dropoutMask(3, rate, stream())).toThrow(
        /^rate: expected a number of at least 0 and below 1/,
      );
    }
  });
});

describe('dropIds', () => {
  const ids = Int32Array.from({ length: 30_000 }, (_, i) => 1 + (i % 2));

  it('puts the replacement in place of a share of them', () => {
    const found = dropIds(ids, 0.3, 0, stream());
    const share = found.filter((id) => id === 0).length / ids.length;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.01);
    expect(found.every((id, i) => id === 0 || id === ids[i])).toBe(true);
    expect(ids).not.toContain(0);
  });

  it('may drop each id at a rate of its own, without changing what the others draw', () => {
    const found = dropIds(ids, (id) => (id === 1 ? 0 : 0.5), 7, stream());
    const others = dropIds(ids, (id) => (id === 1 ? 1 : 0.5), 7, stream());
    expect(found.filter((id) => id === 1)).toHaveLength(15_000);
    expect(others.filter((id) => id === 1)).toHaveLength(0);
    found.forEach((id, i) => {
      if (ids[i] === 2) expect(others[i]).toBe(id);
    });
    expect(Math.abs(found.filter((id) => id === 2).length / 15_000 - 0.5)).toBeLessThan(0.015);
  });

  it.each([-0.1, 1.1, NaN])('refuses the rate %d', (rate) => {
    expect(() => dropIds(ids, rate, 0, stream())).toThrow(/^rate: expected a number from 0 to 1/);
  });
});

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));

  it('dropout multiplies by the mask, forward and backward', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const mask = dropoutMask(6, 0.5, stream());
    expect(new Set(mask).size).toBe(2);
    const [value, gradient] = [dropout(x, 0.5, stream()), tf.grad((t) => dropout(t, 0.5, stream()))(x)];
    expect([...value.dataSync()]).toEqual(Array.from(mask, (factor, i) => factor * (i + 1)));
    expect([...gradient.dataSync()]).toEqual([...mask]);
    expect(value.shape).toEqual([2, 3]);
    const before = tf.memory().numTensors;
    expect(dropout(x, 0, stream())).toBe(x);
    dropout(x, 0.5, stream()).dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, value, gradient]);
  });

  it('variationalDropout has one mask for each sequence', () => {
    const [columns, lengths] = [8, Int32Array.of(2, 0, 3)];
    const x = tf.ones<tf.Rank.R2>([5, columns]);
    const before = tf.memory().numTensors;
    const dropped = variationalDropout(x, lengths, 0.5, stream());
    const rows = dropped.arraySync();
    const masks = dropoutMask(3 * columns, 0.5, stream());
    const mask = (sequence: number) => [...masks.subarray(sequence * columns, (sequence + 1) * columns)];
    expect(rows).toEqual([mask(0), mask(0), mask(2), mask(2), mask(2)]);
    expect(mask(0)).not.toEqual(mask(2));
    expect(variationalDropout(x, lengths, 0, stream())).toBe(x);
    expect(() => variationalDropout(x, Int32Array.of(2, 2), 0.5, stream())).toThrow(
      /^lengths: expected them to add up to the 5 rows of x, got 4/,
    );
    dropped.dispose();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});
