import { addScaled, dot } from './objective.js';

/** Arithmetic on vectors of one length. */
export interface VectorMath {
  /** A vector of zeros where this arithmetic is fastest. Any other of that length works as well. */
  vector(): Float64Array;
  /** a · b */
  dot(a: Float64Array, b: Float64Array): number;
  /** target = start + factor · direction */
  step(target: Float64Array, start: Float64Array, factor: number, direction: Float64Array): void;
  /** What L-BFGS remembers of its last `capacity` steps. */
  history(capacity: number): CurvatureHistory;
}

/** The points before and after a step, and where to go from there. */
export interface Turn {
  readonly x: Float64Array;
  readonly previousX: Float64Array;
  readonly gradient: Float64Array;
  readonly previousGradient: Float64Array;
  /** The slope to go down: the gradient, or the pseudo-gradient with an L1 penalty. */
  readonly slope: Float64Array;
  /** Overwritten. */
  readonly direction: Float64Array;
}

/** A step that is remembered. */
export interface Remembered {
  /** step · change. The history passes over a step where this is not above 0; the vectors are empty then. */
  readonly curvature: number;
  /** [size]: x - previous x */
  readonly step: Float64Array;
  /** [size]: gradient - previous gradient */
  readonly change: Float64Array;
}

/** The last steps and how the gradient changed along them. */
export interface CurvatureHistory {
  /** Takes in a step; direction = -H · slope, H the inverse Hessian that the history suggests (the two-loop recursion). */
  turn(turn: Turn): Promise<void> | void;
  /** The last steps, the oldest first: views, good until the next turn. */
  steps(): Remembered[];
  /** Puts steps in the place of those that are remembered; no more than it has room for. */
  restore(steps: readonly Remembered[]): void;
}

const EMPTY = new Float64Array(0);

/** A step that the history passes over. */
export const passedOver: Remembered = { curvature: 0, step: EMPTY, change: EMPTY };

/** The arithmetic in plain TypeScript. */
export function plainVectors(size: number): VectorMath {
  return {
    vector: () => new Float64Array(size),
    dot,
    step(target, start, factor, direction) {
      for (let i = 0; i < size; i++) target[i] = start[i] + factor * direction[i];
    },
    history: (capacity) => new PlainHistory(size, capacity),
  };
}

/** A ring of steps. */
class PlainHistory implements CurvatureHistory {
  readonly #size: number;
  readonly #capacity: number;
  #steps: Float64Array[] = []; // each [size]: x - previous x
  #changes: Float64Array[] = []; // each [size]: gradient - previous gradient
  #curvatures: number[] = []; // step · change
  #newest = -1;

  constructor(size: number, capacity: number) {
    this.#size = size;
    this.#capacity = capacity;
  }

  turn({ x, previousX, gradient, previousGradient, slope, direction }: Turn): void {
    this.#add(x, previousX, gradient, previousGradient);
    for (let i = 0; i < direction.length; i++) direction[i] = -slope[i];
    this.#applyInverseHessian(direction);
  }

  steps(): Remembered[] {
    const count = this.#steps.length;
    return Array.from({ length: count }, (_, k) => {
      const at = (this.#newest + 1 + k) % count;
      const curvature = this.#curvatures[at];
      if (!(curvature > 0)) return passedOver;
      return { curvature, step: this.#steps[at], change: this.#changes[at] };
    });
  }

  restore(steps: readonly Remembered[]): void {
    const copy = (from: Float64Array): Float64Array => {
      const vector = new Float64Array(this.#size);
      vector.set(from);
      return vector;
    };
    this.#steps = steps.map(({ step }) => copy(step));
    this.#changes = steps.map(({ change }) => copy(change));
    this.#curvatures = steps.map(({ curvature }) => curvature);
    this.#newest = steps.length - 1;
  }

  #add(
    x: Float64Array,
    previousX: Float64Array,
    gradient: Float64Array,
    previousGradient: Float64Array,
  ): void {
    const at = (this.#newest + 1) % this.#capacity;
    if (at === this.#steps.length) {
      this.#steps.push(new Float64Array(this.#size));
      this.#changes.push(new Float64Array(this.#size));
    }
    const step = this.#steps[at];
    const change = this.#changes[at];
    for (let i = 0; i < step.length; i++) {
      step[i] = x[i] - previousX[i];
      change[i] = gradient[i] - previousGradient[i];
    }
    this.#curvatures[at] = dot(step, change);
    this.#newest = at;
  }

  #applyInverseHessian(direction: Float64Array): void {
    const count = this.#steps.length;
    const factors = new Float64Array(count);
    for (let k = 0, at = this.#newest; k < count; k++, at = (at + count - 1) % count) {
      if (!(this.#curvatures[at] > 0)) continue;
      factors[at] = dot(this.#steps[at], direction) / this.#curvatures[at];
      addScaled(direction, -factors[at], this.#changes[at]);
    }
    const newest = this.#newest;
    const changeSquared = dot(this.#changes[newest], this.#changes[newest]);
    if (this.#curvatures[newest] > 0) {
      const scale = this.#curvatures[newest] / changeSquared;
      for (let i = 0; i < direction.length; i++) direction[i] *= scale;
    }
    for (let k = 0, at = (newest + 1) % count; k < count; k++, at = (at + 1) % count) {
      if (!(this.#curvatures[at] > 0)) continue;
      const back = dot(this.#changes[at], direction) / this.#curvatures[at];
      addScaled(direction, factors[at] - back, this.#steps[at]);
    }
  }
}
