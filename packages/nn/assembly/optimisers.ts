/**
 * The arithmetic of the optimisers on runs of floats: each operation is rounded, none is fused, so that the scalar kernels come to the same
 * bits. Addresses are multiples of four floats, and each run is followed by room up to the next multiple, whose floats
 * are worked on, too.
 */

/** The smallest normal float: what falls below becomes 0, because arithmetic on smaller numbers is slow. */
const SMALLEST: f32 = 1.1754943508222875e-38;

/** How many steps of decay are taken before it is looked whether anything is left. */
const STRIDE: i32 = 64;

// @ts-ignore: a decorator on a function
@inline
function flush(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(SMALLEST)));
}

/** a x + b y */
// @ts-ignore: a decorator on a function
@inline
function mix(a: v128, x: v128, b: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(a, x), f32x4.mul(b, y));
}

/** x = x - rate g */
export function descend(x: usize, g: usize, count: i32, rate: f32): void {
  const scale = f32x4.splat(rate);
  for (let end = x + (<usize>count << 2); x < end; x += 16, g += 16) {
    v128.store(x, f32x4.sub(v128.load(x), f32x4.mul(scale, v128.load(g))));
  }
}

/** v = momentum v + g; x = x - rate v */
export function descendWithMomentum(x: usize, v: usize, g: usize, count: i32, momentum: f32, rate: f32): void {
  const keep = f32x4.splat(momentum);
  const scale = f32x4.splat(rate);
  for (let end = x + (<usize>count << 2); x < end; x += 16, v += 16, g += 16) {
    const velocity = flush(f32x4.add(f32x4.mul(keep, v128.load(v)), v128.load(g)));
    v128.store(v, velocity);
    v128.store(x, f32x4.sub(v128.load(x), f32x4.mul(scale, velocity)));
  }
}

/**
 * Zeiler's step: E[g²] = keep E[g²] + take g², d = g √((E[d²] + small) / (E[g²] + small)), E[d²] = keep E[d²] + take d²,
 * x = x - rate d.
 */
export function adadelta(
  x: usize,
  gradients: usize,
  steps: usize,
  g: usize,
  count: i32,
  keep: f32,
  take: f32,
  small: f32,
  rate: f32,
): void {
  const kept = f32x4.splat(keep);
  const taken = f32x4.splat(take);
  const epsilon = f32x4.splat(small);
  const scale = f32x4.splat(rate);
  for (let end = x + (<usize>count << 2); x < end; x += 16, gradients += 16, steps += 16, g += 16) {
    const gradient = v128.load(g);
    const meanD = v128.load(steps);
    const meanG = flush(mix(kept, v128.load(gradients), taken, f32x4.mul(gradient, gradient)));
    const ratio = f32x4.div(f32x4.add(meanD, epsilon), f32x4.add(meanG, epsilon));
    const d = f32x4.mul(gradient, f32x4.sqrt(ratio));
    v128.store(gradients, meanG);
    v128.store(steps, flush(mix(kept, meanD, taken, f32x4.mul(d, d))));
    v128.store(x, f32x4.sub(v128.load(x), f32x4.mul(scale, d)));
  }
}

/** Kingma and Ba's step: m = keep1 m + take1 g, v = keep2 v + take2 g², x = x - scale m / (√v + small). */
export function adam(
  x: usize,
  mean: usize,
  squares: usize,
  g: usize,
  count: i32,
  keep1: f32,
  take1: f32,
  keep2: f32,
  take2: f32,
  scale: f32,
  small: f32,
): void {
  const kept1 = f32x4.splat(keep1);
  const taken1 = f32x4.splat(take1);
  const kept2 = f32x4.splat(keep2);
  const taken2 = f32x4.splat(take2);
  const factor = f32x4.splat(scale);
  const epsilon = f32x4.splat(small);
  for (let end = x + (<usize>count << 2); x < end; x += 16, mean += 16, squares += 16, g += 16) {
    const gradient = v128.load(g);
    const m = flush(mix(kept1, v128.load(mean), taken1, gradient));
    const v = flush(mix(kept2, v128.load(squares), taken2, f32x4.mul(gradient, gradient)));
    v128.store(mean, m);
    v128.store(squares, v);
    const change = f32x4.div(f32x4.mul(factor, m), f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(x, f32x4.sub(v128.load(x), change));
  }
}

/** x = factor x, so many times; factor in 0 .. 1. What falls below the smallest normal number becomes 0. */
export function decay(x: usize, count: i32, factor: f32, steps: i32): void {
  const f = f32x4.splat(factor);
  const end = x + (<usize>count << 2);
  // Sixteen at a time: each product waits for the one before it, those of other numbers do not.
  for (; x + 64 <= end; x += 64) {
    let a = v128.load(x),
      b = v128.load(x, 16),
      c = v128.load(x, 32),
      d = v128.load(x, 48);
    for (let left = steps; left > 0; left -= STRIDE) {
      // They only shrink: what is below now would have been set to 0 when it fell below.
      a = flush(a);
      b = flush(b);
      c = flush(c);
      d = flush(d);
      if (!v128.any_true(f32x4.ne(v128.or(v128.or(a, b), v128.or(c, d)), f32x4.splat(0)))) break;
      for (let step = min(left, STRIDE); step > 0; step--) {
        a = f32x4.mul(a, f);
        b = f32x4.mul(b, f);
        c = f32x4.mul(c, f);
        d = f32x4.mul(d, f);
      }
    }
    v128.store(x, flush(a));
    v128.store(x, flush(b), 16);
    v128.store(x, flush(c), 32);
    v128.store(x, flush(d), 48);
  }
  for (; x < end; x += 16) {
    let a = v128.load(x);
    for (let left = steps; left > 0; left -= STRIDE) {
      a = flush(a);
      if (!v128.any_true(f32x4.ne(a, f32x4.splat(0)))) break;
      for (let step = min(left, STRIDE); step > 0; step--) a = f32x4.mul(a, f);
    }
    v128.store(x, flush(a));
  }
}

/**
 * Steps of `descendWithMomentum` with gradients of 0 and the rates at `rates`, until there are none left or nothing moves any more: after
 * a step that moved no number, if rates do not rise (`steady`), else after one that left no velocity. Gives the steps taken.
 */
export function coast(
  x: usize,
  v: usize,
  count: i32,
  momentum: f32,
  rates: usize,
  steps: i32,
  steady: bool,
): i32 {
  const keep = f32x4.splat(momentum);
  const bytes = <usize>count << 2;
  for (let step = 0; step < steps; step++) {
    const scale = v128.load32_splat(rates + (<usize>step << 2));
    let moving = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const velocity = flush(f32x4.mul(keep, v128.load(v + at)));
      const before = v128.load(x + at);
      const after = f32x4.sub(before, f32x4.mul(scale, velocity));
      v128.store(v + at, velocity);
      v128.store(x + at, after);
      moving = v128.or(moving, steady ? f32x4.ne(before, after) : f32x4.ne(velocity, f32x4.splat(0)));
    }
    if (!v128.any_true(moving)) return step + 1;
  }
  return steps;
}

/**
 * Steps of `adam` with gradients of 0, with scale and small at `scales` and `smalls`, until there are none left or nothing moves any more:
 * after a step from number `steadyFrom` on that moved no number, or after one that left no mean. Gives the steps taken.
 */
export function adamCoast(
  x: usize,
  mean: usize,
  squares: usize,
  count: i32,
  keep1: f32,
  keep2: f32,
  scales: usize,
  smalls: usize,
  steps: i32,
  steadyFrom: i32,
): i32 {
  const kept1 = f32x4.splat(keep1);
  const kept2 = f32x4.splat(keep2);
  const bytes = <usize>count << 2;
  for (let step = 0; step < steps; step++) {
    const factor = v128.load32_splat(scales + (<usize>step << 2));
    const epsilon = v128.load32_splat(smalls + (<usize>step << 2));
    let moving = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const m = flush(f32x4.mul(kept1, v128.load(mean + at)));
      const v = flush(f32x4.mul(kept2, v128.load(squares + at)));
      const before = v128.load(x + at);
      const after = f32x4.sub(before, f32x4.div(f32x4.mul(factor, m), f32x4.add(f32x4.sqrt(v), epsilon)));
      v128.store(mean + at, m);
      v128.store(squares + at, v);
      v128.store(x + at, after);
      moving = v128.or(moving, step < steadyFrom ? f32x4.ne(m, f32x4.splat(0)) : f32x4.ne(before, after));
    }
    if (!v128.any_true(moving)) return step + 1;
  }
  return steps;
}
