import type { Problem } from '../simd/problem.js';
import type { TurnAddresses } from '../simd/turn.js';

/** What a new thread is told. */
export interface Start {
  readonly kind: 'start';
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly problem: Problem;
  readonly thread: number;
}

/** The work that all threads do together; each answers with a number. */
export type Job =
  | { readonly kind: 'loss'; readonly weights: number; readonly gradient: number }
  | { readonly kind: 'turn'; readonly addresses: TurnAddresses };

export type Answer = { readonly result: number } | { readonly error: string };
