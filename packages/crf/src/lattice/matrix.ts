/*
 * The three products that nearly all time goes into. Blocks of four sums at once: one sum alone would wait for each
 * addition to finish before the next. `m` is `[i * n + j]` throughout.
 */

/** y[yAt + j] = sum over i of x[xAt + i] * m[i, j] */
export function timesMatrix(
  x: Float64Array,
  xAt: number,
  m: Float64Array,
  n: number,
  y: Float64Array,
  yAt: number,
): void {
  const xEnd = xAt + n;
  let j = 0;
  for (; j + 3 < n; j += 4) {
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    let p = j;
    let i = xAt;
    for (; i + 1 < xEnd; i += 2) {
      const a = x[i];
      const b = x[i + 1];
      const q = p + n;
      y0 += a * m[p] + b * m[q];
      y1 += a * m[p + 1] + b * m[q + 1];
      y2 += a * m[p + 2] + b * m[q + 2];
      y3 += a * m[p + 3] + b * m[q + 3];
      p = q + n;
    }
    if (i < xEnd) {
      const a = x[i];
      y0 += a * m[p];
      y1 += a * m[p + 1];
      y2 += a * m[p + 2];
      y3 += a * m[p + 3];
    }
    y[yAt + j] = y0;
    y[yAt + j + 1] = y1;
    y[yAt + j + 2] = y2;
    y[yAt + j + 3] = y3;
  }
  for (; j < n; j++) {
    let sum = 0;
    for (let i = xAt, p = j; i < xEnd; i++, p += n) sum += x[i] * m[p];
    y[yAt + j] = sum;
  }
}

/** y[yAt + i] = sum over j of m[i, j] * x[xAt + j] */
export function matrixTimes(
  m: Float64Array,
  n: number,
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    const p = i * n;
    const q = p + n;
    const r = q + n;
    const s = r + n;
    let j = 0;
    for (; j + 1 < n; j += 2) {
      const a = x[xAt + j];
      const b = x[xAt + j + 1];
      y0 += a * m[p + j] + b * m[p + j + 1];
      y1 += a * m[q + j] + b * m[q + j + 1];
      y2 += a * m[r + j] + b * m[r + j + 1];
      y3 += a * m[s + j] + b * m[s + j + 1];
    }
    if (j < n) {
      const a = x[xAt + j];
      y0 += a * m[p + j];
      y1 += a * m[q + j];
      y2 += a * m[r + j];
      y3 += a * m[s + j];
    }
    y[yAt + i] = y0;
    y[yAt + i + 1] = y1;
    y[yAt + i + 2] = y2;
    y[yAt + i + 3] = y3;
  }
  for (; i < n; i++) {
    let sum = 0;
    for (let j = 0, p = i * n; j < n; j++) sum += m[p + j] * x[xAt + j];
    y[yAt + i] = sum;
  }
}

/** m[i, j] = sum over t < count of x[t * n + i] * y[(t + 1) * n + j] */
export function sumOuterProducts(
  x: Float64Array,
  y: Float64Array,
  count: number,
  n: number,
  m: Float64Array,
): void {
  const end = count * n;
  for (let i = 0; i < n; i += 2) {
    const pair = i + 1 < n;
    let j = 0;
    for (; pair && j + 3 < n; j += 4) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      for (let t = 0; t < end; t += n) {
        const a = x[t + i];
        const b = x[t + i + 1];
        const q = t + n + j;
        const c = y[q];
        const d = y[q + 1];
        const e = y[q + 2];
        const f = y[q + 3];
        a0 += a * c;
        a1 += a * d;
        a2 += a * e;
        a3 += a * f;
        b0 += b * c;
        b1 += b * d;
        b2 += b * e;
        b3 += b * f;
      }
      const p = i * n + j;
      m[p] = a0;
      m[p + 1] = a1;
      m[p + 2] = a2;
      m[p + 3] = a3;
      m[p + n] = b0;
      m[p + n + 1] = b1;
      m[p + n + 2] = b2;
      m[p + n + 3] = b3;
    }
    for (; j < n; j++) {
      let a0 = 0;
      let b0 = 0;
      for (let t = 0; t < end; t += n) {
        const c = y[t + n + j];
        a0 += x[t + i] * c;
        if (pair) b0 += x[t + i + 1] * c;
      }
      m[i * n + j] = a0;
      if (pair) m[i * n + n + j] = b0;
    }
  }
}
