import { fma } from './fma';

export function gemm(a: usize, b: usize): void {
  v128.store(a, fma(v128.load(a), v128.load(b), v128.load(a)));
}
