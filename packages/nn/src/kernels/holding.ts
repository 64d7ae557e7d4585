import { engine } from '@tensorflow/tfjs-core';
import { currentKernels, type Kernels } from './kernels.js';

/** Holdings that wait for the gradients of their tape. */
const waiting = new Set<Holding>();

/**
 * The blocks of the kernels' heap that one operation holds: for the time of the operation or, when tfjs records a tape, until its gradients have been
 * taken, or the tape has ended without asking for them.
 */
export class Holding {
  readonly kernels: Kernels = currentKernels();
  readonly #blocks = new Set<number>();
  #tape: unknown = null;

  /** A block of so many 4-byte cells, with whatever was left in it. */
  allocate(cells: number): number {
    return this.#own(this.kernels.heap.allocate(cells));
  }

  allocateZeros(cells: number): number {
    return this.#own(this.kernels.heap.allocateZeros(cells));
  }

  /** A block that holds the values. */
  place(values: Float32Array | Int32Array): number {
    return this.#own(this.kernels.heap.place(values));
  }

  /** Gives one block back. */
  release(address: number): void {
    this.#blocks.delete(address);
    this.kernels.heap.release(address);
  }

  /** Gives back all blocks. Harmless when that has been done. */
  releaseAll(): void {
    for (const address of this.#blocks) this.kernels.heap.release(address);
    this.#blocks.clear();
    waiting.delete(this);
  }

  /** Keeps the blocks for the gradients of the tape that is being recorded. */
  keepForTape(): void {
    this.#tape = engine().state.activeTape;
    waiting.add(this);
  }

  #own(address: number): number {
    this.#blocks.add(address);
    return address;
  }

  /** Gives back what operations on ended tapes still hold. */
  static sweep(): void {
    const tape = engine().state.activeTape;
    for (const holding of waiting) if (holding.#tape !== tape) holding.releaseAll();
  }
}

/**
 * Runs one operation with a holding of its own. It is kept afterwards if tfjs is recording and `compute` says so; given back otherwise, after a
 * failure too.
 */
export function withHolding<T>(compute: (holding: Holding, recording: boolean) => T): T {
  Holding.sweep();
  const holding = new Holding();
  const recording = engine().isTapeOn();
  try {
    const result = compute(holding, recording);
    if (recording) holding.keepForTape();
    else holding.releaseAll();
    return result;
  } catch (error) {
    holding.releaseAll();
    throw error;
  }
}
