import { randomInteger, seededRandom } from '@cognate/testing';
import { expect, it } from 'vitest';
import { Heap } from '../../src/kernels/heap.js';

const newHeap = (pages = 1, maximum = 1000) => new Heap(new WebAssembly.Memory({ initial: pages, maximum }));

const same = (heap: Heap, address: number, values: Float32Array) =>
  heap.floats(address, values.length).every((value, i) => value === values[i]);

it('keeps what blocks hold, however they come and go, and merges what is free', () => {
  const heap = newHeap();
  const random = seededRandom(1);
  const held: { address: number; values: Float32Array }[] = [];
  for (let i = 0; i < 3000; i++) {
    if (held.length < 20 || random() < 0.48) {
      const values = Float32Array.from({ length: randomInteger(random, 5000) }, () => random());
      held.push({ address: heap.place(values), values });
    } else {
      const [{ address, values }] = held.splice(randomInteger(random, held.length), 1);
      expect(same(heap, address, values)).toBe(true);
      heap.release(address);
    }
  }
  expect(heap.blocks).toBe(held.length);
  for (const { address, values } of held) {
    expect(address % 64).toBe(0);
    expect(same(heap, address, values)).toBe(true);
    heap.release(address);
  }
  expect(heap.blocks).toBe(0);
  // All of it is one free block again: all but the line at 0 can be had without growing.
  const { size } = heap;
  heap.allocate((size - 64) / 4);
  expect(heap.size).toBe(size);
});

it('gives zeros where it says so, and no block at 0', () => {
  const heap = newHeap();
  const first = heap.place(new Float32Array(100).fill(1));
  expect(first).toBeGreaterThan(0);
  heap.release(first);
  const second = heap.allocateZeros(100);
  expect(second).toBe(first);
  expect(heap.floats(second, 100)).toEqual(new Float32Array(100));
  expect(heap.allocate(0)).not.toBe(heap.allocate(0));
});

it('holds integers', () => {
  const heap = newHeap();
  const address = heap.place(Int32Array.from([3, -1, 2147483647]));
  expect([...heap.i32.subarray(address / 4, address / 4 + 3)]).toEqual([3, -1, 2147483647]);
});

it('refuses to grow beyond what the host gives, and works on', () => {
  const heap = newHeap(1, 2);
  expect(() => heap.allocate(100_000)).toThrow(/heap of 65536 bytes cannot grow by \d+: use smaller batches/);
  heap.release(heap.allocate(20_000));
  expect(heap.size).toBe(131072);
});

it('grows by what is needed where the host gives no more', () => {
  const heap = newHeap(8, 9);
  heap.allocate(120_000);
  heap.allocate(25_000);
  expect(heap.size).toBe(9 * 65536);
});

it('refuses to release what is not held', () => {
  const heap = newHeap();
  const address = heap.allocate(1);
  heap.release(address);
  expect(() => {
    heap.release(address);
  }).toThrow(/no block/);
});
