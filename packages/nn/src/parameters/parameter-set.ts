import * as tf from '@tensorflow/tfjs-core';
import { tapeOf } from '../gradients/tape.js';
import { toFloat32, type SafeTensor } from '../safetensors/tensor.js';
import { writeSafetensors } from '../safetensors/write.js';
import type { Initialiser } from './initialisers.js';
import { describe, sizeOf, type Parameter } from './parameter.js';
import { settle } from './settling.js';

export interface ParameterSetOptions {
  /** The values lie in SharedArrayBuffers: other threads to which they are posted see the same numbers. */
  readonly shared?: boolean;
  /**
   * Values that exist already, by the names of the parameters, as {@link ParameterSet.values} gives them in another thread.
   * `add` takes those in place of new ones and leaves them as they are.
   */
  readonly attach?: ReadonlyMap<string, Float32Array>;
}

export interface AddOptions {
  /** A table `[rows, columns]` of which single rows are looked up, never the whole. */
  readonly sparse?: boolean;
  /** The parameter's values, as they are, in place of new ones; the initialiser isn't called. */
  readonly values?: Float32Array;
}

export interface LoadOptions {
  /** Keep the values of parameters that aren't among the tensors; they are an error unless told. */
  readonly allowMissing?: boolean;
  /** Pass over tensors that aren't among the parameters; they are an error unless told. */
  readonly allowUnknown?: boolean;
}

/**
 * The parameters of a model, by name, in the order in which they were added.
 *
 * Their values are plain Float32Arrays outside TensorFlow.js, which optimisers, files and other threads use directly.
 * Who writes to them calls {@link touch}.
 */
export class ParameterSet implements Iterable<Parameter> {
  readonly #parameters = new Map<string, Parameter>();
  readonly #tensors = new Map<string, tf.Tensor>();
  readonly #options: ParameterSetOptions;

  constructor(options: ParameterSetOptions = {}) {
    this.#options = options;
  }

  /**
   * Adds a parameter. Throws a RangeError if there is one of that name, or if the shape doesn't fit the values or a sparse
   * table.
   */
  add(name: string, shape: readonly number[], initialise: Initialiser, options: AddOptions = {}): Parameter {
    const { sparse = false, values: own } = options;
    const described = describe({ name, shape });
    if (this.#parameters.has(name)) throw new RangeError(`${described}: there is one of that name already`);
    if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`${described}: expected whole numbers of at least 0 as its shape`);
    }
    if (sparse && shape.length !== 2) {
      throw new RangeError(`${described}: expected two dimensions, rows and columns, of a sparse table`);
    }
    const size = sizeOf(shape);
    const given = own ?? this.#options.attach?.get(name);
    if (given && given.length !== size) {
      throw new RangeError(`${described}: expected ${size} values, got ${given.length}`);
    }
    if (!given && this.#options.attach) {
      throw new RangeError(
        `${described}: expected its values among those to attach, which have no such name`,
      );
    }
    const values = given ?? this.#allocate(size);
    if (!given) initialise(values, shape, name);
    const parameter: Parameter = Object.freeze({ name, shape: Object.freeze([...shape]), values, sparse });
    this.#parameters.set(name, parameter);
    return parameter;
  }

  /** Throws a RangeError if there is none of that name. */
  get(name: string): Parameter {
    const parameter = this.#parameters.get(name);
    if (!parameter) {
      const names = [...this.#parameters.keys()].join(', ');
      throw new RangeError(`parameter '${name}': there is no such parameter among ${names || 'none at all'}`);
    }
    return parameter;
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** How many parameters there are. */
  get size(): number {
    return this.#parameters.size;
  }

  [Symbol.iterator](): Iterator<Parameter> {
    return this.#parameters.values();
  }

  /** The values by name: the arrays themselves, to post to another thread if they are shared; see `attach`. */
  values(): Map<string, Float32Array> {
    return new Map(Array.from(this, ({ name, values }) => [name, values]));
  }

  /**
   * A dense parameter as a tensor. Within `computeGradients` it carries the gradient back to the parameter. The set owns the
   * tensor and keeps it until the next {@link touch}: don't dispose of it, and don't hold on to it.
   */
  tensor(name: string): tf.Tensor {
    const parameter = this.get(name);
    if (parameter.sparse) {
      throw new TypeError(
        `${describe(parameter)} is a sparse table: look up rows of it with embeddingLookup`,
      );
    }
    const value = this.#cached(parameter);
    return tapeOf(this)?.tensor(parameter, value) ?? value;
  }

  /** Values have been changed: tensors made of them before are disposed of. */
  touch(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }

  /** All values as a safetensors file, with text of your own by name. */
  toSafetensors(metadata?: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
    const tensors = Array.from(this, (parameter) => {
      settle(this, parameter);
      const { name, shape, values } = parameter;
      return [name, { dtype: 'F32', shape, data: values }] as const;
    });
    return writeSafetensors(tensors, metadata);
  }

  /**
   * Takes over values by name, as `readSafetensors` gives them; numbers of other widths become float32. Throws a RangeError
   * before it has changed anything if a tensor is missing, unknown, of another shape, or not of floating point.
   */
  load(tensors: ReadonlyMap<string, SafeTensor>, options: LoadOptions = {}): void {
    const { allowMissing = false, allowUnknown = false } = options;
    const found: [Parameter, SafeTensor][] = [];
    for (const parameter of this) {
      const tensor = tensors.get(parameter.name);
      if (tensor) found.push([parameter, tensor]);
      else if (!allowMissing) throw new RangeError(`${describe(parameter)}: no tensor of that name to load`);
    }
    if (!allowUnknown) {
      for (const name of tensors.keys()) {
        if (!this.has(name)) throw new RangeError(`tensor '${name}': there is no parameter of that name`);
      }
    }
    const values = found.map(([parameter, tensor]) => {
      const { shape } = parameter;
      if (shape.length !== tensor.shape.length || shape.some((length, i) => length !== tensor.shape[i])) {
        throw new RangeError(
          `${describe(parameter)}: expected a tensor of that shape, got [${tensor.shape.join(', ')}]`,
        );
      }
      const floats = toFloat32(tensor);
      if (!floats) {
        throw new RangeError(`${describe(parameter)}: expected floating point numbers, got ${tensor.dtype}`);
      }
      return floats;
    });
    found.forEach(([parameter], i) => {
      settle(this, parameter);
      parameter.values.set(values[i]);
    });
    this.touch();
  }

  /** Gives back the tensors that the set keeps. The values stay. */
  dispose(): void {
    this.touch();
  }

  #cached(parameter: Parameter): tf.Tensor {
    const { name, shape, values } = parameter;
    let tensor = this.#tensors.get(name);
    if (!tensor) {
      settle(this, parameter);
      // WebAssembly copies at once; other backends may keep the array itself, and would follow its later changes.
      const own = tf.getBackend() === 'wasm' ? values : new Float32Array(values);
      tensor = tf.keep(tf.tensor(own, [...shape], 'float32'));
      this.#tensors.set(name, tensor);
    }
    return tensor;
  }

  #allocate(size: number): Float32Array {
    if (!this.#options.shared) return new Float32Array(size);
    return new Float32Array(new SharedArrayBuffer(size * Float32Array.BYTES_PER_ELEMENT));
  }
}
