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
      let out = panels >> 2;
      for (let column = 0; column < n; column += PANEL) {
        const width = Math.min(PANEL, n - column);
        let source = (b >> 2) + column;
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
        let out = (panels >> 2) + Math.floor(column / PANEL) * PANEL * k + (column % PANEL);
        const source = (transposed >> 2) + column * stride;
        for (let row = 0; row < k; row++) {
          floats[out] = column < n ? floats[source + row] : 0;
          out += PANEL;
        }
      }
    },

    gemm(a, aStride, panels, c, cStride, init, initStride, m, k, n) {
      for (let row = 0; row < m; row += 2) {
        const from = (a >> 2) + row * aStride;
        const out = (c >> 2) + row * cStride;
        const start = init === 0 ? -1 : (init >> 2) + row * initStride;
        const second = row + 1 < m ? 1 : 0;
        productPair(
          heap.f32,
          from,
          from + second * aStride,
          1,
          panels >> 2,
          out,
          out + second * cStride,
          start,
          start + second * (init === 0 ? 0 : initStride),
          k,
          n,
        );
      }
    },

    gemmTransposed(a, aStride, panels, c, cStride, add, m, k, n) {
      for (let row = 0; row < m; row += 2) {
        const from = (a >> 2) + row;
        const out = (c >> 2) + row * cStride;
        const second = row + 1 < m ? 1 : 0;
        const next = out + second * cStride;
        productPair(
          heap.f32,
          from,
          from + second,
          aStride,
          panels >> 2,
          out,
          next,
          add ? out : -1,
          add ? next : -1,
          k,
          n,
        );
      }
    },

    lstmForwardStep(gates, cPrevious, previousRows, c, tanhC, y, yStride, rows, h) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const gate = (gates >> 2) + row * 4 * h;
        const at = row * h;
        for (let j = 0; j < h; j++) {
          const i = sigmoid(floats[gate + j]);
          const forget = sigmoid(floats[gate + h + j]);
          const g = tanh(floats[gate + 2 * h + j]);
          const o = sigmoid(floats[gate + 3 * h + j]);
          let cell = f(i * g);
          if (row < previousRows) cell = f(cell + f(forget * floats[(cPrevious >> 2) + at + j]));
          const t = tanh(cell);
          floats[gate + j] = i;
          floats[gate + h + j] = forget;
          floats[gate + 2 * h + j] = g;
          floats[gate + 3 * h + j] = o;
          floats[(c >> 2) + at + j] = cell;
          floats[(tanhC >> 2) + at + j] = t;
          floats[(y >> 2) + row * yStride + j] = f(o * t);
        }
      }
    },

    lstmBackwardStep(gates, cPrevious, previousRows, tanhC, dy, dyStride, dc, rows, h) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const gate = (gates >> 2) + row * 4 * h;
        const at = row * h;
        for (let j = 0; j < h; j++) {
          const i = floats[gate + j];
          const forget = floats[gate + h + j];
          const g = floats[gate + 2 * h + j];
          const o = floats[gate + 3 * h + j];
          const t = floats[(tanhC >> 2) + at + j];
          const d = floats[(dy >> 2) + row * dyStride + j];
          const cell = f(floats[(dc >> 2) + at + j] + f(f(d * o) * f(1 - f(t * t))));
          const previous = row < previousRows ? floats[(cPrevious >> 2) + at + j] : 0;
          floats[gate + j] = f(f(cell * g) * f(i * f(1 - i)));
          floats[gate + h + j] = f(f(cell * previous) * f(forget * f(1 - forget)));
          floats[gate + 2 * h + j] = f(f(cell * i) * f(1 - f(g * g)));
          floats[gate + 3 * h + j] = f(f(d * t) * f(o * f(1 - o)));
          floats[(dc >> 2) + at + j] = f(cell * forget);
        }
      }
    },

    gatherRows(source, sourceStride, index, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const from = (source >> 2) + heap.i32[(index >> 2) + row] * sourceStride;
        floats.copyWithin((out >> 2) + row * outStride, from, from + width);
      }
    },

    scatterAddRows(source, sourceStride, index, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        const target = (out >> 2) + heap.i32[(index >> 2) + row] * outStride;
        const from = (source >> 2) + row * sourceStride;
        for (let j = 0; j < width; j++) floats[target + j] += floats[from + j];
      }
    },

    sumRows(a, stride, rows, width, out) {
      const floats = heap.f32;
      const sums = out >> 2;
      floats.fill(0, sums, sums + width);
      for (let row = 0; row < rows; row++) {
        const from = (a >> 2) + row * stride;
        for (let j = 0; j < width; j++) floats[sums + j] += floats[from + j];
      }
    },

    multiply(a, b, count, out) {
      const floats = heap.f32;
      for (let i = 0; i < count; i++) floats[(out >> 2) + i] = floats[(a >> 2) + i] * floats[(b >> 2) + i];
    },

    multiplyAdd(a, aStride, b, bStride, c, cStride, rows, width, out, outStride) {
      const floats = heap.f32;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < width; j++) {
          const product = f(floats[(b >> 2) + row * bStride + j] * floats[(c >> 2) + row * cStride + j]);
          floats[(out >> 2) + row * outStride + j] = floats[(a >> 2) + row * aStride + j] + product;
        }
      }
    },

    applyTanh(a, count) {
      const floats = heap.f32;
      for (let i = a >> 2; i < (a >> 2) + count; i++) floats[i] = tanh(floats[i]);
    },

    tanhGradient(y, dy, count) {
      const floats = heap.f32;
      for (let i = 0; i < count; i++) {
        const value = floats[(y >> 2) + i];
        floats[(dy >> 2) + i] *= f(1 - f(value * value));
      }
    },
  };
}

/** Sums under way: an array rounds them, which V8 does much more quickly than `Math.fround` from one round of a loop to the next. */
const sums = new Float32Array(8);

/**
 * Two rows of a product with a packed matrix, which may be the same row twice. They start from those at `from0` and `from1`, or from zeros if these are
 * negative. Places are indices of floats; the values of A are `step` apart.
 */
function productPair(
  floats: Float32Array,
  a0: number,
  a1: number,
  step: number,
  panels: number,
  out0: number,
  out1: number,
  from0: number,
  from1: number,
  k: number,
  n: number,
): void {
  for (let column = 0; column < n; column += 4) {
    let b = panels + (column >> 3) * PANEL * k + (column & 4);
    const width = Math.min(4, n - column);
    for (let i = 0; i < 4; i++) {
      sums[i] = from0 >= 0 && i < width ? floats[from0 + column + i] : 0;
      sums[4 + i] = from1 >= 0 && i < width ? floats[from1 + column + i] : 0;
    }
    let p0 = a0;
    let p1 = a1;
    for (let depth = 0; depth < k; depth++) {
      const s = floats[p0];
      const t = floats[p1];
      const b0 = floats[b];
      const b1 = floats[b + 1];
      const b2 = floats[b + 2];
      const b3 = floats[b + 3];
      sums[0] += f(s * b0);
      sums[1] += f(s * b1);
      sums[2] += f(s * b2);
      sums[3] += f(s * b3);
      sums[4] += f(t * b0);
      sums[5] += f(t * b1);
      sums[6] += f(t * b2);
      sums[7] += f(t * b3);
      p0 += step;
      p1 += step;
      b += PANEL;
    }
    for (let i = 0; i < width; i++) {
      floats[out0 + column + i] = sums[i];
      floats[out1 + column + i] = sums[4 + i];
    }
  }
}
