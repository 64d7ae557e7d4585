import {
  passedOver,
  plainVectors,
  type CurvatureHistory,
  type Turn,
  type VectorMath,
} from '../../optimize/vectors.js';
import { instantiate, type SimdFunctions } from './exports.js';
import type { Problem } from './problem.js';
import type { Team } from './team.js';
import type { RememberedStep } from './turn.js';

/** Vectors that L-BFGS needs at most beside its history. */
const OWN_VECTORS = 6;

/**
 * Vectors in the memory of the kernels, and the arithmetic on them; what takes longest, the turn of L-BFGS, is the team's. Vectors of
 * other origin, and those for which there was no room, are worked on in plain TypeScript.
 */
export class SimdVectors implements VectorMath {
  readonly #functions: SimdFunctions;
  readonly #buffer: ArrayBufferLike;
  readonly #size: number;
  readonly #free: number[];
  readonly #plain: VectorMath;
  readonly #team: Team;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, problem: Problem, team: Team) {
    this.#functions = instantiate(module, memory) as unknown as SimdFunctions;
    this.#buffer = memory.buffer;
    this.#size = problem.numFeatures;
    this.#free = [...problem.vectors].reverse();
    this.#plain = plainVectors(problem.numFeatures);
    this.#team = team;
  }

  vector(): Float64Array {
    const address = this.#free.pop();
    return address === undefined ? this.#plain.vector() : new Float64Array(this.#buffer, address, this.#size);
  }

  dot(a: Float64Array, b: Float64Array): number {
    const atA = this.address(a);
    const atB = this.address(b);
    return atA === 0 || atB === 0 ? this.#plain.dot(a, b) : this.#functions.dot(atA, atB, 0, this.#size);
  }

  step(target: Float64Array, start: Float64Array, factor: number, direction: Float64Array): void {
    const to = this.address(target);
    const from = this.address(start);
    const along = this.address(direction);
    if (to === 0 || from === 0 || along === 0) this.#plain.step(target, start, factor, direction);
    else this.#functions.step(to, from, factor, along, 0, this.#size);
  }

  history(capacity: number): CurvatureHistory {
    // All or nothing, so that a turn finds all that it needs in one memory. Some vectors are left for the optimiser's own.
    if (this.#free.length < 2 * capacity + OWN_VECTORS) return this.#plain.history(capacity);
    const ring: (RememberedStep | undefined)[] = [];
    const slots = Array.from({ length: capacity }, () => ({ step: this.#take(), change: this.#take() }));
    let next = 0;
    let made = 0;
    const at = (address: number) => new Float64Array(this.#buffer, address, this.#size);
    return {
      turn: async (points) => {
        const addresses = this.#addresses(points);
        const slot = slots[next];
        ring[next] = undefined;
        const older: RememberedStep[] = [];
        for (let k = 1; k < capacity; k++) {
          const step = ring[(next + capacity - k) % capacity];
          if (step) older.push(step);
        }
        const curvature = await this.#team.turn({ ...addresses, ...slot, older });
        if (curvature > 0) ring[next] = { ...slot, curvature };
        next = (next + 1) % capacity;
        made = Math.min(made + 1, capacity);
      },
      steps: () =>
        Array.from({ length: made }, (_, k) => {
          const remembered = ring[(next + capacity - made + k) % capacity];
          if (remembered === undefined) return passedOver;
          const { curvature, step, change } = remembered;
          return { curvature, step: at(step), change: at(change) };
        }),
      restore: (steps) => {
        made = steps.length;
        next = made % capacity;
        for (const [k, { curvature, step, change }] of steps.entries()) {
          if (!(curvature > 0)) continue;
          at(slots[k].step).set(step);
          at(slots[k].change).set(change);
          ring[k] = { ...slots[k], curvature };
        }
      },
    };
  }

  /** Of a vector in this memory; 0 of any other. */
  address(vector: Float64Array): number {
    return vector.buffer === this.#buffer ? vector.byteOffset : 0;
  }

  #addresses(turn: Turn): Record<keyof Turn, number> {
    const own = (vector: Float64Array): number => {
      const address = this.address(vector);
      if (address === 0) throw new Error('expected vectors that this arithmetic has made');
      return address;
    };
    return {
      x: own(turn.x),
      previousX: own(turn.previousX),
      gradient: own(turn.gradient),
      previousGradient: own(turn.previousGradient),
      slope: own(turn.slope),
      direction: own(turn.direction),
    };
  }

  #take(): number {
    return this.#free.pop() ?? 0;
  }
}
