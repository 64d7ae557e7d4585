import {
  getKernel,
  registerKernel,
  UnsortedSegmentSum,
  type KernelConfig,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';

/** What of tfjs's WebAssembly backend is used here. */
interface WasmBackend {
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  makeOutput(shape: number[], dtype: string): TensorInfo;
}

/**
 * Gives tfjs's WebAssembly backend the one kernel that it lacks for the gradient of `tf.gather`: sums of the rows that have the same
 * number.
 */
export function ensureSegmentSum(): void {
  // The type doesn't say it, but there may be none.
  if (getKernel(UnsortedSegmentSum, 'wasm') as KernelConfig | undefined) return;
  registerKernel({
    kernelName: UnsortedSegmentSum,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', TensorInfo>;
      const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
      const wasm = backend as unknown as WasmBackend;
      const row = x.shape.slice(segmentIds.shape.length);
      const out = wasm.makeOutput([numSegments, ...row], x.dtype);
      // Views of the heap, taken after the output was allocated: the heap may have grown.
      const [from, ids, to] = [x, segmentIds, out].map((tensor) => wasm.typedArrayFromHeap(tensor));
      const width = row.reduce((product, length) => product * length, 1);
      to.fill(0);
      ids.forEach((id, k) => {
        // As in the other backends, numbers that are none belong nowhere.
        if (id < 0 || id >= numSegments) return;
        for (let j = 0; j < width; j++) to[id * width + j] += from[k * width + j];
      });
      return out;
    },
  });
}
