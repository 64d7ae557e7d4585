import { lineSearches, type LineSearchName, type LineSearchResult } from './line-search.js';
import type { Objective } from './objective.js';
import { alignDirection, l1Norm, orthantSearch, pseudoGradient } from './orthant-wise.js';
import { plainVectors, type Remembered } from './vectors.js';

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

/** How many vectors it holds at most, with so many memories: the arithmetic should have room for them. */
export const lbfgsVectors = (memories: number): number => 2 * memories + 7;

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

/** Where a minimisation stands after an iteration; the arrays are its own. */
export interface LbfgsState {
  /** Iterations that are made, at least 1. */
  readonly iteration: number;
  readonly value: number;
  /** [size] each; `direction` is where the next iteration looks. */
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  /** [period]: a ring of values. */
  readonly pastValues: Float64Array;
  readonly history: readonly Remembered[];
}

/** For a minimisation that can be stopped and gone on with. */
export interface LbfgsContinuation {
  /** Where to go on, in place of `x`. */
  readonly from?: LbfgsState | undefined;
  /** Before each iteration but the first: `state` gives where it stands, until the next call. */
  reached(iterations: number, state: () => LbfgsState): Promise<void>;
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
  continuation?: LbfgsContinuation,
): Promise<LbfgsResult> {
  const { size } = objective;
  const { c1, epsilon, period, delta, maxIterations, maxLineSearch } = options;
  const search = lineSearches[options.lineSearch];
  const math = objective.vectors ?? plainVectors(size);
  const history = math.history(options.memories);
  const gradient = math.vector();
  // The slope that is followed: the gradient itself without c1.
  const slope = c1 > 0 ? math.vector() : gradient;
  const previousX = math.vector();
  const previousGradient = math.vector();
  const previousSlope = c1 > 0 ? math.vector() : previousGradient;
  const direction = math.vector();
  const pastValues = new Float64Array(period);

  const norm = (v: Float64Array): number => Math.sqrt(math.dot(v, v));
  const setSlope = () => {
    if (c1 > 0) pseudoGradient(x, gradient, c1, slope);
  };
  const searchAlong = async (value: number, firstStep: number): Promise<LineSearchResult | undefined> => {
    if (c1 > 0) {
      const ray = { objective, c1, start: previousX, pseudo: previousSlope, direction, x, gradient, value };
      return orthantSearch(ray, firstStep, maxLineSearch);
    }
    const startSlope = math.dot(direction, previousGradient);
    if (!(startSlope < 0)) return undefined;
    return search(
      {
        value,
        slope: startSlope,
        async probe(step) {
          math.step(x, previousX, step, direction);
          const probed = await objective.evaluate(x, gradient);
          return { value: probed, slope: math.dot(direction, gradient) };
        },
      },
      firstStep,
      maxLineSearch,
    );
  };

  const from = continuation?.from;
  let value: number;
  let firstStep = 1;
  if (from) {
    ({ value } = from);
    x.set(from.x);
    gradient.set(from.gradient);
    setSlope();
    direction.set(from.direction);
    pastValues.set(from.pastValues);
    history.restore(from.history);
    if (maxIterations > 0 && from.iteration >= maxIterations) {
      return { value, iterations: from.iteration, reason: 'max_iterations' };
    }
  } else {
    value = await objective.evaluate(x, gradient);
    if (c1 > 0) value += c1 * l1Norm(x);
    if (!Number.isFinite(value)) {
      throw new RangeError(`expected a finite loss at the start of training, got ${value}`);
    }
    setSlope();
    if (norm(slope) <= epsilon * Math.max(1, norm(x))) return { value, iterations: 0, reason: 'epsilon' };
    for (let i = 0; i < size; i++) direction[i] = -slope[i];
    firstStep = 1 / norm(direction);
    if (period > 0) pastValues[0] = value;
  }

  for (let iteration = (from?.iteration ?? 0) + 1; ; iteration++) {
    previousX.set(x);
    previousGradient.set(gradient);
    if (c1 > 0) previousSlope.set(slope);
    if (continuation && iteration > 1) {
      // What an iteration starts from stays untouched until the turn that ends it, which nothing interrupts.
      const start = { iteration: iteration - 1, value, x: previousX, gradient: previousGradient };
      await continuation.reached(iteration - 1, () => ({
        ...start,
        direction,
        pastValues,
        history: history.steps(),
      }));
    }
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
    if (period > 0 && iteration >= period) {
      const past = pastValues[iteration % period];
      if (Math.abs(past - value) < delta * Math.abs(value)) {
        return { value, iterations: iteration, reason: 'delta' };
      }
    }
    if (maxIterations > 0 && iteration >= maxIterations) {
      return { value, iterations: iteration, reason: 'max_iterations' };
    }

    // Not before: the last iteration is made again from what the one before it has left if it is aborted while it is told.
    if (period > 0) pastValues[iteration % period] = value;
    await history.turn({ x, previousX, gradient, previousGradient, slope, direction });
    if (c1 > 0) alignDirection(direction, slope);
    firstStep = 1;
  }
}
