/*
 * Long vectors: each function does the elements from `from` to `to`, so that threads can share the work, and sums are added up in
 * an order that depends on nothing else.
 */

// @ts-ignore: a decorator on a function
@inline
function sumOf(a: v128, b: v128, c: v128, d: v128): f64 {
  const s = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Σ a · b */
export function dot(a: usize, b: usize, from: u32, to: u32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let i = <usize>from << 3;
  const end = <usize>to << 3;
  for (; i + 64 <= end; i += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + i), v128.load(b + i)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a + i, 16), v128.load(b + i, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a + i, 32), v128.load(b + i, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a + i, 48), v128.load(b + i, 48)));
  }
  let sum = sumOf(s0, s1, s2, s3);
  for (; i < end; i += 8) sum += load<f64>(a + i) * load<f64>(b + i);
  return sum;
}

/** target += factor · source */
export function addScaled(target: usize, factor: f64, source: usize, from: u32, to: u32): void {
  step(target, target, factor, source, from, to);
}

/** target = start + factor · direction */
export function step(target: usize, start: usize, factor: f64, direction: usize, from: u32, to: u32): void {
  const factors = f64x2.splat(factor);
  let i = <usize>from << 3;
  const end = <usize>to << 3;
  for (; i + 16 <= end; i += 16) {
    v128.store(target + i, f64x2.add(v128.load(start + i), f64x2.mul(factors, v128.load(direction + i))));
  }
  for (; i < end; i += 8) {
    store<f64>(target + i, load<f64>(start + i) + factor * load<f64>(direction + i));
  }
}

/** target = scale · (target + factor · source); gives Σ target · other of the new target. */
export function combine(
  target: usize,
  factor: f64,
  source: usize,
  scale: f64,
  other: usize,
  from: u32,
  to: u32,
): f64 {
  const factors = f64x2.splat(factor);
  const scales = f64x2.splat(scale);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let i = <usize>from << 3;
  const end = <usize>to << 3;
  for (; i + 32 <= end; i += 32) {
    const t0 = f64x2.mul(scales, f64x2.add(v128.load(target + i), f64x2.mul(factors, v128.load(source + i))));
    const t1 = f64x2.mul(
      scales,
      f64x2.add(v128.load(target + i, 16), f64x2.mul(factors, v128.load(source + i, 16))),
    );
    v128.store(target + i, t0);
    v128.store(target + i, t1, 16);
    s0 = f64x2.add(s0, f64x2.mul(t0, v128.load(other + i)));
    s1 = f64x2.add(s1, f64x2.mul(t1, v128.load(other + i, 16)));
  }
  let sum = sumOf(s0, s1, f64x2.splat(0), f64x2.splat(0));
  for (; i < end; i += 8) {
    const value = scale * (load<f64>(target + i) + factor * load<f64>(source + i));
    store<f64>(target + i, value);
    sum += value * load<f64>(other + i);
  }
  return sum;
}

/** target = a - b */
export function subtract(target: usize, a: usize, b: usize, from: u32, to: u32): void {
  step(target, a, -1, b, from, to);
}

/** target = -source */
export function negate(target: usize, source: usize, from: u32, to: u32): void {
  let i = <usize>from << 3;
  const end = <usize>to << 3;
  for (; i + 16 <= end; i += 16) v128.store(target + i, f64x2.neg(v128.load(source + i)));
  for (; i < end; i += 8) store<f64>(target + i, -load<f64>(source + i));
}

/** table[places[f]] = weights[f] */
export function scatter(table: usize, places: usize, weights: usize, from: u32, to: u32): void {
  for (let f = from; f < to; f++) {
    const place = load<u32>(places + (<usize>f << 2));
    store<f64>(table + (<usize>place << 3), load<f64>(weights + (<usize>f << 3)));
  }
}

/**
 * gradient[f] = the sum over threads of expected[places[f]] - observed[f]. The threads' arrays are `bytes` apart. Places from
 * `onceBase` on are in one array for all.
 */
export function collect(
  gradient: usize,
  observed: usize,
  places: usize,
  expected: usize,
  bytes: usize,
  threads: i32,
  onceBase: u32,
  onceExpected: usize,
  from: u32,
  to: u32,
): void {
  for (let f = from; f < to; f++) {
    const place = load<u32>(places + (<usize>f << 2));
    let sum: f64;
    if (place >= onceBase) {
      sum = load<f64>(onceExpected + (<usize>(place - onceBase) << 3));
    } else {
      let at = expected + (<usize>place << 3);
      sum = load<f64>(at);
      for (let k = 1; k < threads; k++) {
        at += bytes;
        sum += load<f64>(at);
      }
    }
    store<f64>(gradient + (<usize>f << 3), sum - load<f64>(observed + (<usize>f << 3)));
  }
}

/** Sets f64 elements to 0. */
export function clear(target: usize, from: u32, to: u32): void {
  memory.fill(target + (<usize>from << 3), 0, <usize>(to - from) << 3);
}
