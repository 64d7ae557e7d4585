import * as tf from '@tensorflow/tfjs-core';
import { tapeOf } from '../gradients/tape.js';
import { describe } from '../parameters/parameter.js';
import type { ParameterSet } from '../parameters/parameter-set.js';
import { settle } from '../parameters/settling.js';

/**
 * Rows of a table, `[ids.length, columns]`: row k is row `ids[k]` of the parameter. Only those rows are copied to the backend.
 * Within `computeGradients` they carry the gradient back to the parameter, and what was looked up several times has the sum;
 * of a sparse table no other row has a gradient.
 *
 * Throws a RangeError that names the parameter if it isn't a matrix, if the numbers aren't an Int32Array, or if there is no row of one.
 */
export function embeddingLookup(parameters: ParameterSet, name: string, ids: Int32Array): tf.Tensor2D {
  const parameter = parameters.get(name);
  const { shape, values } = parameter;
  if (shape.length !== 2) {
    throw new RangeError(
      `${describe(parameter)}: expected two dimensions, rows and columns, to look up rows`,
    );
  }
  // Of a plain array fractions and NaN would pass for rows.
  if (!(ids instanceof Int32Array)) {
    throw new RangeError(`${describe(parameter)}: expected row numbers as an Int32Array`);
  }
  const [rows, columns] = shape;
  for (let k = 0; k < ids.length; k++) {
    if (ids[k] < 0 || ids[k] >= rows) {
      throw new RangeError(
        `${describe(parameter)}: expected row numbers from 0 to ${rows - 1}, got ${ids[k]} at index ${k}`,
      );
    }
  }
  settle(parameters, parameter, ids);
  const gather = () => {
    const found = new Float32Array(ids.length * columns);
    for (let k = 0; k < ids.length; k++) {
      found.set(values.subarray(ids[k] * columns, (ids[k] + 1) * columns), k * columns);
    }
    return tf.tensor2d(found, [ids.length, columns], 'float32');
  };
  // The gradient comes after this call: the caller may use the array for other ids then.
  return tapeOf(parameters)?.lookup(parameter, ids.slice(), gather) ?? gather();
}
