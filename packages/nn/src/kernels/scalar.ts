import type { KernelFunctions } from './functions.js';
import type { HeapViews } from './heap.js';
import { scalarOptimisers } from './scalar-optimisers.js';

/** Columns of a panel, as in assembly/pack.ts. */
const PANEL = 8;

const f = Math.fround;

/** Of the fraction in assembly/functions.ts, from the lowest power of x^2 on. */
const numerator = [1, 0.134309321641922, 3.5552859771996737e-3, 2.1614681827486493e-5, 1.4809785398028907e-8];
const denominator = [
  1, 0.46764254570007324, 2.6102935895323753e-2, 3.3841721597127616e-4, 8.357915248780046e-7,
];
const [P0, P1, P2, P3, P4] = numerator.map(f);
const [Q0, Q1, Q2, Q3, Q4] = denominator.map(f);

function tanh(argument: number): number {
  const x = argument < -8 ? -8 : argument > 8 ? 8 : argument;
  const square = f(x * x);
  let p = f(f(P4 * square) + P3);
  p = f(f(p * square) + P2);
  p = f(f(p * square) + P1);
  p = f(f(p * square) + P0);
  let q = f(f(Q4 * square) + Q3);
  q = f(f(q * square) + Q2);
  q = f(f(q * square) + Q1);
  q = f(f(q * square) + Q0);
  return f(f(x * p) / q);
}

const sigmoid = (x: number): number => f(f(tanh(f(x * 0.5)) * 0.5) + 0.5);

/**
 * The kernels in plain TypeScript, for hosts without WebAssembly SIMD. They round like the module without fused multiplication and
 * addition, operation by operation: the same bits come out.
 */
export function scalarKernels(heap: HeapViews): KernelFunctions {
  return {
    ...scalarOptimisers(heap),

    packPanels(b, stride, k, n, panels) {
      const floats = heap.f32;
      let out = panels >>> 2;
      for (let column = 0; column < n; column += PANEL) {
        const width = Math.min(PANEL, n - column);
        let source = (b >>> 2) + column;
        for (let row = 0; row < k; row++) {
          for (let i = 0; i < PANEL; i++) floats[out + i] = i < width ? floats[source + i] : 0;
          out += PANEL;
          source += stride;
        }
      }
    },

    packTransposed(transposed, stride, k, n, panels) {
      const floats = heap.f32;
      const columns = Math.ceil(n / PANEL) * PANEL;
      for (let column = 0; column < columns; column++) {
        let out = (panels >>> 2) + Math.floor(column / PANEL) * PANEL * k + (column % PANEL);
        const source = (transposed >>> 2) + column * stride;
        for (let row = 0; row < k; row++) {
          floats[out] = column < n ? floats[source + row] : 0;
          out += PANEL;
        }
      }
    },

    gemm(a, aStride, panels, c, cStride, init, initStride, m, k, n) {
      for (let row = 0; row < m; row++) {
        productRow(
          heap.f32,
          (a >>> 2) + row * aStride,
          1,
          panels >>> 2,
          (c >>> 2) + row * cStride,
          init === 0 ? -1 : (init >>> 2) + row * initStride,
          k,
          n,
        );
      }
    },

    gemmTransposed(a, aStride, panels, c, cStride, add, m, k, n) {
      for (let row = 0; row < m; row++) {
        const out = (c >>> 2) + row * cStride;
        productRow(heap.f32, (a >>> 2) + row, aStride, panels >>> 2, out, add ? out : -1, k, n);
      }
    },

    lstmForwardStep(gates, cPrevious, previousRows, c, tanhC, y, yStride, rows, h) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const gate = (gates >>> 2) + row * 4 * h;
        const at = row * h;
        for (let j = 0; j < h; j++) {
          const i = sigmoid(floats[gate + j]);
          const forget = sigmoid(floats[gate + h + j]);
          const g = tanh(floats[gate + 2 * h + j]);
          const o = sigmoid(floats[gate + 3 * h + j]);
          let cell = f(i * g);
          if (row < previousRows) cell = f(cell + f(forget * floats[(cPrevious >>> 2) + at + j]));
          const t = tanh(cell);
          floats[gate + j] = i;
          floats[gate + h + j] = forget;
          floats[gate + 2 * h + j] = g;
          floats[gate + 3 * h + j] = o;
          floats[(c >>> 2) + at + j] = cell;
          floats[(tanhC >>> 2) + at + j] = t;
          floats[(y >>> 2) + row * yStride + j] = f(o * t);
        }
      }
    },

    lstmBackwardStep(gates, cPrevious, previousRows, tanhC, dy, dyStride, dc, rows, h) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const gate = (gates >>> 2) + row * 4 * h;
        const at = row * h;
        for (let j = 0; j < h; j++) {
          const i = floats[gate + j];
          const forget = floats[gate + h + j];
          const g = floats[gate + 2 * h + j];
          const o = floats[gate + 3 * h + j];
          const t = floats[(tanhC >>> 2) + at + j];
          const d = floats[(dy >>> 2) + row * dyStride + j];
          const cell = f(floats[(dc >>> 2) + at + j] + f(f(d * o) * f(1 - f(t * t))));
          const previous = row < previousRows ? floats[(cPrevious >>> 2) + at + j] : 0;
          floats[gate + j] = f(f(cell * g) * f(i * f(1 - i)));
          floats[gate + h + j] = f(f(cell * previous) * f(forget * f(1 - forget)));
          floats[gate + 2 * h + j] = f(f(cell * i) * f(1 - f(g * g)));
          floats[gate + 3 * h + j] = f(f(d * t) * f(o * f(1 - o)));
          floats[(dc >>> 2) + at + j] = f(cell * forget);
        }
      }
    },

    gatherRows(source, sourceStride, index, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const from = (source >>> 2) + heap.i32[(index >>> 2) + row] * sourceStride;
        floats.copyWithin((out >>> 2) + row * outStride, from, from + width);
      }
    },

    scatterAddRows(source, sourceStride, index, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const target = (out >>> 2) + heap.i32[(index >>> 2) + row] * outStride;
        const from = (source >>> 2) + row * sourceStride;
        for (let j = 0; j < width; j++) floats[target + j] += floats[from + j];
      }
    },

    sumRows(a, stride, rows, width, out) {
      const floats = heap.f32;
      const sums = out >>> 2;
      floats.fill(0, sums, sums + width);
      for (let row = 0; row < rows; row++) {
        const from = (a >>> 2) + row * stride;
        for (let j = 0; j < width; j++) floats[sums + j] += floats[from + j];
      }
    },

    multiply(a, b, count, out) {
      const floats = heap.f32;
      for (let i = 0; i < count; i++) floats[(out >>> 2) + i] = floats[(a >>> 2) + i] * floats[(b >>> 2) + i];
    },

    multiplyAdd(a, aStride, b, bStride, c, cStride, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < width; j++) {
          const product = f(floats[(b >>> 2) + row * bStride + j] * floats[(c >>> 2) + row * cStride + j]);
          floats[(out >>> 2) + row * outStride + j] = floats[(a >>> 2) + row * aStride + j] + product;
        }
      }
    },

    applyTanh(a, count) {
      const floats = heap.f32;
      for (let i = a >>> 2; i < (a >>> 2) + count; i++) floats[i] = tanh(floats[i]);
    },

    tanhGradient(y, dy, count) {
      const floats = heap.f32;
      for (let i = 0; i < count; i++) {
        const value = floats[(y >>> 2) + i];
        floats[(dy >>> 2) + i] *= f(1 - f(value * value));
      }
    },
  };
}

/** One row of a product with a packed matrix; `from` < 0 starts from zeros. Places are indices of floats. */
function productRow(
  floats: Float32Array,
  a: number,
  step: number,
  panels: number,
  out: number,
  from: number,
  k: number,
  n: number,
): void {
  const initial = (column: number) => (from >= 0 && column < n ? floats[from + column] : 0);
  for (let column = 0; column < n; column += 4) {
    let b = panels + (column >> 3) * PANEL * k + (column & 4);
    let s0 = initial(column);
    let s1 = initial(column + 1);
    let s2 = initial(column + 2);
    let s3 = initial(column + 3);
    for (let depth = 0, at = a; depth < k; depth++, at += step, b += PANEL) {
      const factor = floats[at];
      s0 = f(s0 + f(factor * floats[b]));
      s1 = f(s1 + f(factor * floats[b + 1]));
      s2 = f(s2 + f(factor * floats[b + 2]));
      s3 = f(s3 + f(factor * floats[b + 3]));
    }
    floats[out + column] = s0;
    if (column + 1 < n) floats[out + column + 1] = s1;
    if (column + 2 < n) floats[out + column + 2] = s2;
    if (column + 3 < n) floats[out + column + 3] = s3;
  }
}
