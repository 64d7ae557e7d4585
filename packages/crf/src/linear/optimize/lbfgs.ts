import { lineSearches, type LineSearchName, type LineSearchResult } from './line-search.js';
import { addScaled, dot, type Objective } from './objective.js';
import { alignDirection, l1Norm, orthantSearch, pseudoGradient } from './orthant-wise.js';

export interface LbfgsOptions {
  /** How many steps back the curvature is remembered. */
  readonly memories: number;
  /** Stop when |gradient| / max(1, |x|) is at most this. */
  readonly epsilon: number;
  /** Stop when the value fell by less than `delta` of itself in `period` iterations; 0 = never. */
  readonly period: number;
  readonly delta: number;
  /** 0 = no limit. */
  readonly maxIterations: number;
  readonly lineSearch: LineSearchName;
  /** Evaluations in one line search. */
  readonly maxLineSearch: number;
  /** Weight of |x|₁; above 0 the method is OWL-QN with its own line search. */
  readonly c1: number;
}

/** Why a minimisation ended: the option that ended it, or `stopped` by the listener. */
export type StopReason = 'epsilon' | 'delta' | 'max_iterations' | 'linesearch' | 'stopped';

/** What an iteration came to. */
export interface LbfgsIteration {
  /** From 1. */
  readonly iteration: number;
  /** [size]: where it stands; to be read before the listener returns. */
  readonly x: Float64Array;
  /** The value there, with c1 · |x|₁. */
  readonly value: number;
  readonly xNorm: number;
  /** Norm of the gradient, of the pseudo-gradient with c1. */
  readonly gradientNorm: number;
  readonly step: number;
  /** Evaluations in this iteration. */
  readonly evaluations: number;
}

export interface LbfgsResult {
  readonly value: number;
  readonly iterations: number;
  readonly reason: StopReason;
}

/**
 * Limited-memory BFGS (J. Nocedal and S. Wright, Numerical Optimization, algorithms 7.4 and 7.5), and OWL-QN with c1 > 0.
 * Starts from `x` and leaves the result there. A line search that fails ends it at the last good point; `onIteration` can
 * end it, too.
 */
export async function lbfgs(
  objective: Objective,
  x: Float64Array,
  options: LbfgsOptions,
  onIteration: (iteration: LbfgsIteration) => Promise<{ stop: boolean }>,
): Promise<LbfgsResult> {
  const { size } = objective;
  const { c1, epsilon, period, delta, maxIterations, maxLineSearch } = options;
  const search = lineSearches[options.lineSearch];
  const history = new CurvatureHistory(size, options.memories);
  const gradient = new Float64Array(size);
  // The slope that is followed: the gradient itself without c1.
  const slope = c1 > 0 ? new Float64Array(size) : gradient;
  const previousX = new Float64Array(size);
  const previousGradient = new Float64Array(size);
  const previousSlope = c1 > 0 ? new Float64Array(size) : previousGradient;
  const direction = new Float64Array(size);
  const pastValues = new Float64Array(period);

  const setSlope = () => {
    if (c1 > 0) pseudoGradient(x, gradient, c1, slope);
  };
  const searchAlong = async (value: number, firstStep: number): Promise<LineSearchResult | undefined> => {
    if (c1 > 0) {
      const ray = { objective, c1, start: previousX, pseudo: previousSlope, direction, x, gradient, value };
      return orthantSearch(ray, firstStep, maxLineSearch);
    }
    const startSlope = dot(direction, previousGradient);
    if (!(startSlope < 0)) return undefined;
    return search(
      {
        value,
        slope: startSlope,
        async probe(step) {
          for (let i = 0; i < size; i++) x[i] = previousX[i] + step * direction[i];
          const probed = await objective.evaluate(x, gradient);
          return { value: probed, slope: dot(direction, gradient) };
        },
      },
      firstStep,
      maxLineSearch,
    );
  };

  let value = await objective.evaluate(x, gradient);
  if (c1 > 0) value += c1 * l1Norm(x);
  if (!Number.isFinite(value)) {
    throw new RangeError(`expected a finite loss at the start of training, got ${value}`);
  }
  setSlope();
  if (norm(slope) <= epsilon * Math.max(1, norm(x))) return { value, iterations: 0, reason: 'epsilon' };
  for (let i = 0; i < size; i++) direction[i] = -slope[i];
  let firstStep = 1 / norm(direction);
  if (period > 0) pastValues[0] = value;

  for (let iteration = 1; ; iteration++) {
    previousX.set(x);
    previousGradient.set(gradient);
    if (c1 > 0) previousSlope.set(slope);
    const found = await searchAlong(value, firstStep);
    if (found === undefined) {
      x.set(previousX);
      return { value, iterations: iteration - 1, reason: 'linesearch' };
    }
    value = found.value;
    setSlope();
    const xNorm = norm(x);
    const gradientNorm = norm(slope);
    const { step, evaluations } = found;
    const { stop } = await onIteration({ iteration, x, value, xNorm, gradientNorm, step, evaluations });

    if (stop) return { value, iterations: iteration, reason: 'stopped' };
    if (gradientNorm <= epsilon * Math.max(1, xNorm))
      return { value, iterations: iteration, reason: 'epsilon' };
    if (period > 0) {
      const past = pastValues[iteration % period];
      if (iteration >= period && Math.abs(past - value) < delta * Math.abs(value)) {
        return { value, iterations: iteration, reason: 'delta' };
      }
      pastValues[iteration % period] = value;
    }
    if (maxIterations > 0 && iteration >= maxIterations) {
      return { value, iterations: iteration, reason: 'max_iterations' };
    }

    history.add(x, previousX, gradient, previousGradient);
    for (let i = 0; i < size; i++) direction[i] = -slope[i];
    history.applyInverseHessian(direction);
    if (c1 > 0) alignDirection(direction, slope);
    firstStep = 1;
  }
}

const norm = (v: Float64Array): number => Math.sqrt(dot(v, v));

/** The last steps and how the gradient changed along them, in a ring. */
class CurvatureHistory {
  readonly #size: number;
  readonly #capacity: number;
  readonly #steps: Float64Array[] = []; // each [size]: x - previous x
  readonly #changes: Float64Array[] = []; // each [size]: gradient - previous gradient
  readonly #curvatures: number[] = []; // step · change
  #newest = -1;

  constructor(size: number, capacity: number) {
    this.#size = size;
    this.#capacity = capacity;
  }

  add(
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

  /** direction := H · direction, H the inverse Hessian that the history suggests (the two-loop recursion). */
  applyInverseHessian(direction: Float64Array): void {
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
