import type { HeapViews } from './heap.js';
import type { OptimiserFunctions } from './optimiser-functions.js';

const f = Math.fround;
const root = (x: number): number => f(Math.sqrt(x));

/** The smallest normal float32. */
const SMALLEST = 2 ** -126;
const flush = (x: number): number => (Math.abs(x) < SMALLEST ? 0 : x);

/** The arithmetic of the optimisers in plain TypeScript, rounded operation by operation like assembly/optimisers.ts: the same bits. */
export function scalarOptimisers(heap: HeapViews): OptimiserFunctions {
  return {
    descend(x, g, count, rate) {
      const floats = heap.f32;
      const scale = f(rate);
      for (let i = x >>> 2, k = g >>> 2, end = i + count; i < end; i++, k++) {
        floats[i] -= f(scale * floats[k]);
      }
    },

    descendWithMomentum(x, v, g, count, momentum, rate) {
      const floats = heap.f32;
      const keep = f(momentum);
      const scale = f(rate);
      for (let i = x >>> 2, j = v >>> 2, k = g >>> 2, end = i + count; i < end; i++, j++, k++) {
        const velocity = flush(f(f(keep * floats[j]) + floats[k]));
        floats[j] = velocity;
        floats[i] -= f(scale * velocity);
      }
    },

    adadelta(x, gradients, steps, g, count, keep, take, small, rate) {
      const floats = heap.f32;
      const kept = f(keep);
      const taken = f(take);
      const epsilon = f(small);
      const scale = f(rate);
      for (let n = 0; n < count; n++) {
        const gradient = floats[(g >>> 2) + n];
        const meanD = floats[(steps >>> 2) + n];
        const meanG = flush(f(f(kept * floats[(gradients >>> 2) + n]) + f(taken * f(gradient * gradient))));
        const d = f(gradient * root(f(f(meanD + epsilon) / f(meanG + epsilon))));
        floats[(gradients >>> 2) + n] = meanG;
        floats[(steps >>> 2) + n] = flush(f(f(kept * meanD) + f(taken * f(d * d))));
        floats[(x >>> 2) + n] -= f(scale * d);
      }
    },

    adam(x, mean, squares, g, count, keep1, take1, keep2, take2, scale, small) {
      const floats = heap.f32;
      const kept1 = f(keep1);
      const taken1 = f(take1);
      const kept2 = f(keep2);
      const taken2 = f(take2);
      const factor = f(scale);
      const epsilon = f(small);
      for (let n = 0; n < count; n++) {
        const gradient = floats[(g >>> 2) + n];
        const m = flush(f(f(kept1 * floats[(mean >>> 2) + n]) + f(taken1 * gradient)));
        const v = flush(f(f(kept2 * floats[(squares >>> 2) + n]) + f(taken2 * f(gradient * gradient))));
        floats[(mean >>> 2) + n] = m;
        floats[(squares >>> 2) + n] = v;
        floats[(x >>> 2) + n] -= f(f(factor * m) / f(root(v) + epsilon));
      }
    },

    decay(x, count, factor, steps) {
      const floats = heap.f32;
      const keep = f(factor);
      for (let i = x >>> 2, end = i + count; i < end; i++) {
        let value = flush(floats[i]);
        for (let step = steps; step > 0 && value !== 0; step--) value = flush(f(value * keep));
        floats[i] = value;
      }
    },

    coast(x, v, count, momentum, rates, steps, steady) {
      const floats = heap.f32;
      const keep = f(momentum);
      for (let step = 0; step < steps; step++) {
        const scale = floats[(rates >>> 2) + step];
        let moving = false;
        for (let i = x >>> 2, j = v >>> 2, end = i + count; i < end; i++, j++) {
          const velocity = flush(f(keep * floats[j]));
          const before = floats[i];
          floats[j] = velocity;
          floats[i] = before - f(scale * velocity);
          if (steady ? floats[i] !== before : velocity !== 0) moving = true;
        }
        if (!moving) return step + 1;
      }
      return steps;
    },

    adamCoast(x, mean, squares, count, keep1, keep2, scales, smalls, steps, steadyFrom) {
      const floats = heap.f32;
      const kept1 = f(keep1);
      const kept2 = f(keep2);
      for (let step = 0; step < steps; step++) {
        const factor = floats[(scales >>> 2) + step];
        const epsilon = floats[(smalls >>> 2) + step];
        let moving = false;
        for (let n = 0; n < count; n++) {
          const m = flush(f(kept1 * floats[(mean >>> 2) + n]));
          const v = flush(f(kept2 * floats[(squares >>> 2) + n]));
          const before = floats[(x >>> 2) + n];
          const after = f(before - f(f(factor * m) / f(root(v) + epsilon)));
          floats[(mean >>> 2) + n] = m;
          floats[(squares >>> 2) + n] = v;
          floats[(x >>> 2) + n] = after;
          if (step < steadyFrom ? m !== 0 : after !== before) moving = true;
        }
        if (!moving) return step + 1;
      }
      return steps;
    },
  };
}
