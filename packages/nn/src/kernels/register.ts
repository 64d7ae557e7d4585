import {
  getGradient,
  getKernel,
  registerGradient,
  registerKernel,
  type GradConfig,
  type KernelBackend,
  type KernelConfig,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** The tfjs backends for which the kernels are registered. */
const backendNames = ['tensorflow', 'wasm', 'cpu'] as const;

/** What of a backend the kernels use. */
type Backend = Pick<KernelBackend, 'readSync' | 'write'>;

type BackendName = (typeof backendNames)[number];

/** What the wasm backend offers beside what every backend does. */
interface WithHeap {
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}

/** How a kernel gets at tensors, whatever the backend. */
export class TensorAccess {
  readonly #backend: Backend;
  readonly #name: BackendName;

  constructor(backend: Backend, name: BackendName) {
    this.#backend = backend;
    this.#name = name;
  }

  /** The values of a float32 tensor, to be read at once: where the backend can, they are its own memory. */
  read(tensor: TensorInfo): Float32Array {
    return this.#name === 'wasm'
      ? (this.#backend as unknown as WithHeap).typedArrayFromHeap(tensor)
      : (this.#backend.readSync(tensor.dataId) as Float32Array);
  }

  /** A tensor with a copy of the values. */
  write(values: Float32Array, shape: readonly number[]): TensorInfo {
    // The wasm backend copies, the others keep what they are given.
    const own = this.#name === 'wasm' ? values : values.slice();
    return { dataId: this.#backend.write(own, [...shape], 'float32'), shape: [...shape], dtype: 'float32' };
  }

  /**
   * A tensor and its values, to be written at once: where the backend can, they are its own memory, with whatever was left in it. That
   * may move when a tensor is made, so that inputs are to be read afterwards.
   */
  create(shape: readonly number[]): { readonly tensor: TensorInfo; readonly values: Float32Array } {
    const own = this.#name === 'wasm' ? null : new Float32Array(shape.reduce((a, b) => a * b, 1));
    const dataId = this.#backend.write(own as Float32Array, [...shape], 'float32');
    const tensor: TensorInfo = { dataId, shape: [...shape], dtype: 'float32' };
    return { tensor, values: own ?? (this.#backend as unknown as WithHeap).typedArrayFromHeap(tensor) };
  }
}

/** The body of a kernel; it is given as an attribute, because it closes over what it needs beside tensors. */
export type KernelBody = (inputs: Readonly<Record<string, TensorInfo>>, tensors: TensorAccess) => TensorInfo;

/** One gradient for each input, by its name, computed when it is asked for. */
export type GradientBody = (dy: Tensor) => Record<string, () => Tensor>;

interface Attributes {
  readonly body: KernelBody;
  readonly gradients?: GradientBody;
}

/** Attributes as tfjs types them: it hands on any object as it is. */
export function attributes(given: Attributes): NamedAttrMap {
  return given as unknown as NamedAttrMap;
}

/** Registers a kernel of the name for every backend, and its gradient, once. */
export function ensureKernel(kernelName: string): void {
  for (const backendName of backendNames) {
    // Another copy of this module may have done so: any copy's kernels run any other's bodies.
    if ((getKernel(kernelName, backendName) as KernelConfig | undefined) !== undefined) continue;
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { body } = attrs as unknown as Attributes;
        return body(inputs as Record<string, TensorInfo>, new TensorAccess(backend as Backend, backendName));
      },
    });
  }
  if ((getGradient(kernelName) as GradConfig | undefined) === undefined) {
    registerGradient({
      kernelName,
      gradFunc: (dy, _saved, attrs) => {
        const { gradients } = attrs as unknown as Attributes;
        if (gradients === undefined) {
          throw new Error(`${kernelName} has no gradient: only first derivatives are to be had`);
        }
        return gradients(dy as Tensor);
      },
    });
  }
}
