import type { Kernels } from '../kernels/kernels.js';
import type { StepTable } from './steps.js';

/** Steps for which a kernel is called at once: few of many are needed as a rule, before nothing moves any more. */
const STEPS = 256;

/**
 * Makes the steps `first` to `last` without gradients by a kernel that wants tables with a number for each step, and that gives how many
 * it has made: fewer if nothing moves any more. Gives the first step that is left.
 */
export function coast(
  { heap }: Kernels,
  tables: readonly StepTable[],
  first: number,
  last: number,
  make: (addresses: readonly number[], first: number, steps: number) => number,
): number {
  const addresses = tables.map(() => heap.allocate(STEPS));
  try {
    let next = first;
    while (next <= last) {
      const steps = Math.min(STEPS, last - next + 1);
      tables.forEach((table, i) => heap.f32.set(table.range(next, next + steps - 1), addresses[i] >>> 2));
      const made = make(addresses, next, steps);
      next += made;
      if (made < steps) break;
    }
    return next;
  } finally {
    for (const address of addresses) heap.release(address);
  }
}
