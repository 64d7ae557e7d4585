import * as tf from '@tensorflow/tfjs-core';
import { describe, type Parameter } from '../parameters/parameter.js';
import type { ParameterSet } from '../parameters/parameter-set.js';
import { nonFiniteIndex } from './finite.js';
import { registerGradients } from './register-gradients.js';
import { addLookups, mergeLookups } from './sparse-rows.js';
import { Tape, withTape } from './tape.js';
import type { Gradients } from './types.js';

export interface GradientOptions {
  /**
   * Arrays for the gradients of dense parameters, by name, each as long as the parameter's values; they may be views of shared memory.
   * Parameters that aren't there get new ones. What was in them is overwritten, or of no meaning if the call throws.
   */
  readonly into?: ReadonlyMap<string, Float32Array> | undefined;
}

/**
 * The loss and its gradients with respect to the parameters that it reads, by {@link ParameterSet.tensor} and
 * {@link embeddingLookup}. `loss` is any function that makes a scalar from them with operations of tfjs; it runs once, and
 * every tensor it makes is disposed of.
 *
 * With `options.into` the gradients of dense parameters are written to arrays that exist already, so that a training loop makes none of
 * its own at every step.
 *
 * Throws an Error if the loss isn't a scalar, reads none of the parameters, or has none of them in its result; a RangeError that
 * names the parameter if the loss or a gradient isn't finite, or if an array of `into` has another length. No tensor is left behind then
 * either.
 */
export function computeGradients(
  parameters: ParameterSet,
  loss: () => tf.Scalar,
  options: GradientOptions = {},
): Gradients {
  const { into } = options;
  if (into) checkArrays(parameters, into);
  registerGradients();
  const depth = tf.engine().state.gradientDepth;
  try {
    let gradients: Gradients | undefined;
    tf.tidy(() => {
      gradients = differentiate(parameters, loss, into);
    });
    // tidy has called the function, or has thrown.
    return gradients as unknown as Gradients;
  } catch (error) {
    dropTape(depth);
    throw error;
  }
}

function checkArrays(parameters: ParameterSet, into: ReadonlyMap<string, Float32Array>): void {
  for (const [name, { length }] of into) {
    const parameter = parameters.get(name);
    if (length === parameter.values.length) continue;
    throw new RangeError(
      `${describe(parameter)}: expected an array of ${parameter.values.length} values for its gradient, got ${length}`,
    );
  }
}

function differentiate(
  parameters: ParameterSet,
  loss: () => tf.Scalar,
  into: ReadonlyMap<string, Float32Array> | undefined,
): Gradients {
  const anchor = tf.scalar(0);
  const tape = new Tape(parameters, anchor, into);
  return withTape(tape, () => {
    const gradient = tf.valueAndGrad(() => {
      const result: unknown = loss();
      if (!(result instanceof tf.Tensor) || result.rank !== 0 || result.dtype !== 'float32') {
        throw new TypeError(
          `expected the loss to be a scalar tensor of float32, got ${describeResult(result)}`,
        );
      }
      if (tape.read.size === 0) {
        throw new Error(
          'the loss reads no parameter of the set: use parameters.tensor() or embeddingLookup() in it',
        );
      }
      return result;
    });
    let value: tf.Tensor;
    try {
      ({ value } = gradient(anchor));
    } catch (cause) {
      if (!(cause instanceof Error) || !cause.message.startsWith('Cannot compute gradient of y=f(x)'))
        throw cause;
      const names = [...tape.read].map((name) => `'${name}'`).join(', ');
      throw new Error(
        `the loss reads ${names}, but its result doesn't depend on them by operations that have a gradient`,
        { cause },
      );
    }
    return collect(tape, value.dataSync()[0]);
  });
}

/** Checks what has come back and puts it in order. */
function collect(tape: Tape, loss: number): Gradients {
  const { parameters } = tape;
  const read = Array.from(parameters).filter(({ name }) => tape.read.has(name));
  if (!Number.isFinite(loss)) throw new RangeError(`the loss is ${loss}${blame(read)}`);
  const dense = new Map<string, Float32Array>();
  const sparse: Gradients['sparse'] = new Map();
  for (const parameter of read) {
    const { name, shape } = parameter;
    const lookups = tape.lookups.get(name);
    if (lookups && parameter.sparse) {
      const rows = mergeLookups(lookups, shape[1]);
      checkFinite(parameter, rows.values, loss);
      sparse.set(name, rows);
      continue;
    }
    const whole = tape.whole.get(name) ?? (lookups && tape.zeros(parameter));
    if (!whole) continue;
    if (lookups) addLookups(whole, lookups, shape[1]);
    checkFinite(parameter, whole, loss);
    dense.set(name, whole);
  }
  return { loss, dense, sparse };
}

function checkFinite(parameter: Parameter, gradient: Float32Array, loss: number): void {
  const index = nonFiniteIndex(gradient);
  if (index < 0) return;
  throw new RangeError(
    `${describe(parameter)}: its gradient has ${gradient[index]} in it, though the loss is ${loss}`,
  );
}

/** Names the first parameter that is itself to blame for a loss. */
function blame(read: readonly Parameter[]): string {
  for (const parameter of read) {
    const index = nonFiniteIndex(parameter.values);
    if (index < 0) continue;
    return `, and ${describe(parameter)} has ${parameter.values[index]} at index ${index}`;
  }
  return `, though ${read.map(describe).join(', ')} ${read.length === 1 ? 'is' : 'are'} finite`;
}

function describeResult(result: unknown): string {
  if (!(result instanceof tf.Tensor)) return typeof result;
  const { dtype, shape } = result as tf.Tensor;
  return `${dtype} of shape [${(shape as number[]).join(', ')}]`;
}

/** tfjs keeps what a loss has saved for its gradient if the loss fails: dispose of that. */
function dropTape(depth: number): void {
  const { state } = tf.engine();
  // An outer gradient uses the same tape, and is not done with it.
  if (depth > 0) return;
  // The type doesn't say it, but there is none between two gradients.
  const tape = state.activeTape as typeof state.activeTape | null;
  for (const node of tape ?? []) for (const saved of node.saved ?? []) saved.dispose();
  state.activeTape = null as unknown as typeof state.activeTape;
}
