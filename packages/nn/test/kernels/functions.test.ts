import { seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  createKernels,
  hasKernels,
  kernelKinds,
  type KernelKind,
  type Kernels,
} from '../../src/kernels/kernels.js';
import { selectKernels } from '../../src/kernels/select-kernels.js';

// Relaxed SIMD, if the host can be made to have it.
selectKernels();
const kinds = kernelKinds.filter(hasKernels);
const created = new Map(kinds.map((kind) => [kind, createKernels(kind)]));
const kernelsOf = (kind: KernelKind) => created.get(kind)!;

it('has WebAssembly here, or these tests would compare the scalar kernels with themselves', () => {
  expect(kinds).toContain('simd');
});

const random = seededRandom(1);
const floats = (count: number) => Float32Array.from({ length: count }, () => random() * 4 - 2);

/** Sizes around those of vectors, tiles, panels and blocks. */
const products = [
  [1, 1, 1],
  [4, 8, 8],
  [3, 5, 7],
  [5, 3, 12],
  [6, 9, 11],
  [7, 13, 9],
  [2, 4, 3],
  [66, 3, 17],
  [9, 1030, 10],
  [70, 520, 4],
  [8, 2, 33],
  [11, 2, 40],
  [10, 6, 24],
  [19, 0, 6],
] as const;

/** C = I + A B in double precision, any layout by its index functions. */
function product(
  m: number,
  k: number,
  n: number,
  a: (row: number, depth: number) => number,
  b: (depth: number, column: number) => number,
  initial: (row: number, column: number) => number,
): Float64Array {
  return Float64Array.from({ length: m * n }, (_, i) => {
    const row = Math.floor(i / n);
    let sum = initial(row, i % n);
    for (let depth = 0; depth < k; depth++) sum += a(row, depth) * b(depth, i % n);
    return sum;
  });
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, k: number): void {
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i] - expected[i]), String(i)).toBeLessThan(1e-6 * (k + 4));
  }
}

/** `count` floats at an address, copied. */
const read = ({ heap }: Kernels, address: number, count: number) => heap.floats(address, count).slice();

/** Runs the same on kernels of a kind and on the scalar ones; the bits have to be the same, but where products are fused. */
function compare(kind: (typeof kinds)[number], run: (kernels: Kernels) => Float32Array): Float32Array {
  const found = run(kernelsOf(kind));
  const expected = run(kernelsOf('scalar'));
  if (kind === 'relaxed-simd') {
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-3 + 1e-5 * Math.abs(value));
    });
  } else {
    expect(found).toEqual(expected);
  }
  return found;
}

describe.each(kinds)('%s', (kind) => {
  it.each(products)('multiplies %i × %i by × %i', (m, k, n) => {
    const aStride = k + 3;
    const bStride = n + 2;
    const cStride = n + 1;
    const a = floats(m * aStride);
    const b = floats(k * bStride);
    const bTransposed = new Float32Array(n * (k + 1));
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < n; j++) bTransposed[j * (k + 1) + i] = b[i * bStride + j];
    }
    const bias = floats(n);
    // One row more than C has: what lies behind it has to stay.
    const old = floats((m + 1) * cStride);
    const exact = (initial: (row: number, column: number) => number) =>
      product(
        m,
        k,
        n,
        (row, depth) => a[row * aStride + depth],
        (depth, column) => b[depth * bStride + column],
        initial,
      );
    const widths = Math.ceil(n / 8) * 8 * k;
    const strided = (c: Float32Array) =>
      Float32Array.from({ length: m * n }, (_, i) => c[Math.floor(i / n) * cStride + (i % n)]);

    for (const transposed of [false, true]) {
      for (const start of ['zero', 'bias', 'add'] as const) {
        const found = compare(kind, (kernels) => {
          const { run, heap } = kernels;
          // Garbage in the way: padding and results have to be written.
          const panels = heap.place(new Float32Array(widths).fill(NaN));
          const c = heap.place(old);
          const given = heap.place(transposed ? bTransposed : b);
          if (transposed) run.packTransposed(given, k + 1, k, n, panels);
          else run.packPanels(given, bStride, k, n, panels);
          const init = { zero: 0, bias: heap.place(bias), add: c }[start];
          run.gemm(heap.place(a), aStride, panels, c, cStride, init, start === 'add' ? cStride : 0, m, k, n);
          return read(kernels, c, old.length);
        });
        const initial = {
          zero: () => 0,
          bias: (_: number, column: number) => bias[column],
          add: (row: number, column: number) => old[row * cStride + column],
        }[start];
        expectClose(strided(found), exact(initial), k);
        // What lies between the rows of C stays.
        for (let row = 0; row < m - 1; row++) {
          expect(found[row * cStride + n]).toBe(old[row * cStride + n]);
        }
        expect(found.slice(m * cStride)).toEqual(old.slice(m * cStride));
      }
    }
  });

  it.each(products)('multiplies a transposed %i × %i by × %i', (m, k, n) => {
    const aStride = m + 3;
    const cStride = n + 1;
    const a = floats(k * aStride);
    const b = floats(k * n);
    const old = floats((m + 1) * cStride);
    for (const add of [false, true]) {
      const found = compare(kind, (kernels) => {
        const { run, heap } = kernels;
        const panels = heap.allocate(Math.ceil(n / 8) * 8 * k);
        run.packPanels(heap.place(b), n, k, n, panels);
        const c = heap.place(old);
        run.gemmTransposed(heap.place(a), aStride, panels, c, cStride, add, m, k, n);
        return read(kernels, c, old.length);
      });
      const exact = product(
        m,
        k,
        n,
        (row, depth) => a[depth * aStride + row],
        (depth, column) => b[depth * n + column],
        (row, column) => (add ? old[row * cStride + column] : 0),
      );
      expectClose(
        Float32Array.from({ length: m * n }, (_, i) => found[Math.floor(i / n) * cStride + (i % n)]),
        exact,
        k,
      );
      expect(found.slice(m * cStride)).toEqual(old.slice(m * cStride));
    }
  });

  it('has tanh and its gradient', () => {
    const x = Float32Array.from([0, -0, 1e-6, -1e-3, 0.3, -1, 3, -9, 40, -1000, 1e30, ...floats(8)]);
    const y = compare(kind, (kernels) => {
      const at = kernels.heap.place(x);
      kernels.run.applyTanh(at, x.length);
      return read(kernels, at, x.length);
    });
    x.forEach((value, i) => {
      expect(Math.abs(y[i] - Math.tanh(value)), String(value)).toBeLessThan(4e-7);
    });
    const dy = floats(x.length);
    const dx = compare(kind, (kernels) => {
      const at = kernels.heap.place(dy);
      kernels.run.tanhGradient(kernels.heap.place(y), at, x.length);
      return read(kernels, at, x.length);
    });
    dx.forEach((value, i) => {
      expect(value).toBeCloseTo(dy[i] * (1 - y[i] ** 2), 6);
    });
  });

  it('passes on what is not a number', () => {
    for (const kernels of [kernelsOf(kind), kernelsOf('scalar')]) {
      const at = kernels.heap.place(Float32Array.from([NaN, 1]));
      kernels.run.applyTanh(at, 2);
      expect(read(kernels, at, 1)[0]).toBeNaN();
    }
  });

  it.each([1, 2, 3, 4, 5, 16, 19, 37])('gathers, scatters, sums and multiplies rows of %i', (width) => {
    const source = floats(5 * (width + 2));
    const index = Int32Array.from([4, 0, 0, 3, 4, 4]);
    const gathered = compare(kind, (kernels) => {
      const { run, heap } = kernels;
      const out = heap.allocateZeros(6 * (width + 1));
      run.gatherRows(heap.place(source), width + 2, heap.place(index), 6, width, out, width + 1);
      return read(kernels, out, 6 * (width + 1));
    });
    const scattered = compare(kind, (kernels) => {
      const { run, heap } = kernels;
      const out = heap.allocateZeros(5 * width);
      run.scatterAddRows(heap.place(gathered), width + 1, heap.place(index), 6, width, out, width);
      return read(kernels, out, 5 * width);
    });
    const sums = compare(kind, (kernels) => {
      const { run, heap } = kernels;
      const out = heap.allocate(width);
      run.sumRows(heap.place(gathered), width + 1, 6, width, out);
      return read(kernels, out, width);
    });
    const squares = compare(kind, (kernels) => {
      const { run, heap } = kernels;
      const at = heap.place(scattered);
      run.multiply(at, at, 5 * width, at);
      return read(kernels, at, 5 * width);
    });
    const added = compare(kind, (kernels) => {
      const { run, heap } = kernels;
      const out = heap.allocate(5 * width);
      const a = heap.place(source);
      run.multiplyAdd(a, width + 2, heap.place(scattered), width, a, width + 2, 5, width, out, width);
      return read(kernels, out, 5 * width);
    });
    for (let column = 0; column < width; column++) {
      const value = (row: number) => source[row * (width + 2) + column];
      index.forEach((row, i) => {
        expect(gathered[i * (width + 1) + column]).toBe(value(row));
      });
      expect(sums[column]).toBeCloseTo(3 * value(4) + 2 * value(0) + value(3), 5);
      [2, 0, 0, 1, 3].forEach((times, row) => {
        const at = row * width + column;
        expect(scattered[at]).toBeCloseTo(times * value(row), 5);
        expect(squares[at]).toBeCloseTo(scattered[at] ** 2, 4);
        expect(added[at]).toBeCloseTo(value(row) + scattered[at] * value(row), 4);
      });
    }
  });
});
