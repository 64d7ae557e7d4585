import { createKernels, currentKernels, type KernelKind } from './kernels.js';

/** A product whose operands stay in the first two levels of the cache: rows, depth, columns. */
const [M, K, N] = [12, 128, 64];

/**
 * How quickly the kernels multiply when memory does not hold them up: the peak with which the speed of a whole training step is to be compared.
 *
 * @param kind of those in use unless told
 * @param milliseconds how long to measure, about; the best of many short runs counts
 * @returns in 10^9 floating-point operations a second, a multiplication and an addition being two
 * @throws if the host does not run kernels of the kind
 */
export function measureKernels(kind: KernelKind = currentKernels().kind, milliseconds = 200): number {
  const { run, heap } = createKernels(kind);
  const a = heap.allocateZeros(M * K);
  const panels = heap.allocateZeros(K * N);
  const c = heap.allocateZeros(M * N);
  const start = performance.now();
  let best = Infinity;
  // Each run is long enough for the clock and short enough to be left alone now and then.
  let times = 1;
  for (let now = start; now - start < milliseconds; now = performance.now()) {
    for (let i = 0; i < times; i++) run.gemm(a, K, panels, c, N, 0, 0, M, K, N);
    const elapsed = performance.now() - now;
    if (elapsed < 2) times *= 2;
    else best = Math.min(best, elapsed / times);
  }
  return (2 * M * K * N) / best / 1e6;
}
