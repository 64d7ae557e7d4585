import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from '../parameters/parameter.js';
import type { ParameterSet } from '../parameters/parameter-set.js';

/** One lookup in a table and the gradient of what it gave. */
export interface LookupGradient {
  readonly ids: Int32Array;
  /** `[ids.length, columns]` */
  readonly values: Float32Array;
}

/**
 * What a loss reads of a set of parameters while it is differentiated, and the gradients that come back.
 *
 * tfjs wants to be told beforehand with respect to which tensors it shall differentiate, but which parameters a loss
 * reads shows only when it runs. So there is one tensor that it is told of, the anchor, and each tensor of a parameter is
 * the result of an operation on the anchor, whose gradient function keeps what arrives. Parameters that a batch doesn't
 * read cost nothing, and of sparse tables only the rows that were looked up are ever on the tape.
 */
export class Tape {
  /** Of what was read as a whole. */
  readonly whole = new Map<string, Float32Array>();
  readonly lookups = new Map<string, LookupGradient[]>();
  /** Names of the parameters that the loss has read. */
  readonly read = new Set<string>();
  readonly #tensors = new Map<string, tf.Tensor>();

  /** @param into arrays that gradients of whole parameters are written to, by name */
  constructor(
    readonly parameters: ParameterSet,
    private readonly anchor: tf.Tensor,
    private readonly into: ReadonlyMap<string, Float32Array> | undefined,
  ) {}

  /** The tensor of a dense parameter; the same one for each call, so that its gradient arrives once and complete. */
  tensor(parameter: Parameter, value: tf.Tensor): tf.Tensor {
    const { name } = parameter;
    let tensor = this.#tensors.get(name);
    if (!tensor) {
      tensor = this.#watch(
        // Another tensor on the same numbers: a clone would copy them.
        () => tf.reshape(value, value.shape),
        (gradient) => this.whole.set(name, download(gradient, this.into?.get(name))),
      );
      // The loss may ask within a tidy of its own, and again after it.
      tf.keep(tensor);
      this.#tensors.set(name, tensor);
      this.read.add(name);
    }
    return tensor;
  }

  /** A tensor of looked-up rows. */
  lookup(parameter: Parameter, ids: Int32Array, gather: () => tf.Tensor2D): tf.Tensor2D {
    const { name } = parameter;
    this.read.add(name);
    return this.#watch(gather, (gradient) => {
      const values = download(gradient);
      const lookups = this.lookups.get(name);
      if (lookups) lookups.push({ ids, values });
      else this.lookups.set(name, [{ ids, values }]);
    });
  }

  /** An array for the gradient of a parameter of which only rows were read. */
  zeros({ name, values }: Parameter): Float32Array {
    return this.into?.get(name)?.fill(0) ?? new Float32Array(values.length);
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }

  #watch<T extends tf.Tensor>(make: () => T, keep: (gradient: tf.Tensor) => void): T {
    return tf.customGrad((anchor) => ({
      value: make(),
      gradFunc: (dy: tf.Tensor) => {
        keep(dy);
        return tf.zerosLike(anchor as tf.Tensor);
      },
    }))(this.anchor) as T;
  }
}

/** What tfjs's WebAssembly backend offers beside what every backend does. */
interface WithHeap {
  typedArrayFromHeap(tensor: tf.Tensor): Float32Array;
}

/** The numbers of a tensor, in the array that is given or one of their own. */
function download(tensor: tf.Tensor, into?: Float32Array): Float32Array {
  if (into) {
    into.set(
      tf.getBackend() === 'wasm'
        ? (tf.backend() as unknown as WithHeap).typedArrayFromHeap(tensor)
        : tensor.dataSync<'float32'>(),
    );
    return into;
  }
  const values = tensor.dataSync<'float32'>();
  // Other backends may hand out the very array that they hold, and two tensors may share it. WebAssembly's is a copy.
  return tf.getBackend() === 'wasm' ? values : values.slice();
}

/** The innermost comes first. */
let active: readonly Tape[] = [];

/** The tape on which reads of these parameters are to be noted, if their gradients are being computed. */
export function tapeOf(parameters: ParameterSet): Tape | undefined {
  return active.find((tape) => tape.parameters === parameters);
}

/** Runs `use` while `tape` is in force. */
export function withTape<T>(tape: Tape, use: () => T): T {
  const before = active;
  active = [tape, ...before];
  try {
    return use();
  } finally {
    active = before;
    tape.dispose();
  }
}
