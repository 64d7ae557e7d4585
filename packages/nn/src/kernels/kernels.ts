import type { KernelFunctions } from './functions.js';
import { relaxedSimdModule, simdModule } from './generated/modules.js';
import { Heap, type GrowableMemory } from './heap.js';
import { scalarKernels } from './scalar.js';

/**
 * How the kernels compute, best first: WebAssembly with fused multiplication and addition, WebAssembly SIMD, plain TypeScript. The last
 * two give the same bits on every host; the first differs in the last bits between hosts that fuse and hosts that do not.
 */
export type KernelKind = 'relaxed-simd' | 'simd' | 'scalar';

export const kernelKinds: readonly KernelKind[] = ['relaxed-simd', 'simd', 'scalar'];

/** Functions over one heap, which is theirs alone. */
export interface Kernels {
  readonly kind: KernelKind;
  readonly heap: Heap;
  readonly run: KernelFunctions;
}

const PAGE = 65536;
const INITIAL_PAGES = 64;

const modules = { 'relaxed-simd': relaxedSimdModule, simd: simdModule };

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Whether this host runs kernels of a kind, as it is set up now. */
export function hasKernels(kind: KernelKind): boolean {
  if (kind === 'scalar') return true;
  return typeof WebAssembly === 'object' && WebAssembly.validate(decodeBase64(modules[kind]));
}

class ScalarMemory implements GrowableMemory {
  buffer = new ArrayBuffer(INITIAL_PAGES * PAGE);

  grow(pages: number): void {
    // The scalar kernels' addresses are signed: V8 makes slow code of unsigned ones.
    if (this.buffer.byteLength + pages * PAGE > 2 ** 31) throw new RangeError('no more than 2 GiB');
    const larger = new ArrayBuffer(this.buffer.byteLength + pages * PAGE);
    new Uint8Array(larger).set(new Uint8Array(this.buffer));
    this.buffer = larger;
  }
}

/** Kernels of a kind with a heap of their own. Throws if the host does not run them. */
export function createKernels(kind: KernelKind): Kernels {
  if (!hasKernels(kind)) {
    const able = kernelKinds.filter(hasKernels).join(', ');
    throw new Error(`this host does not run ${kind} kernels; it runs: ${able}`);
  }
  if (kind === 'scalar') {
    const heap = new Heap(new ScalarMemory());
    return { kind, heap, run: scalarKernels(heap) };
  }
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(decodeBase64(modules[kind])), {
    env: { memory },
  });
  // The exports of assembly/index.ts.
  const run = instance.exports as unknown as KernelFunctions & { reservedBytes(): number };
  return { kind, heap: new Heap(memory, run.reservedBytes()), run };
}

let current: Kernels | undefined;

/** The kernels in use; at first the best that the host runs as it is. */
export function currentKernels(): Kernels {
  return (current ??= createKernels(kernelKinds.find(hasKernels) ?? 'scalar'));
}

/**
 * Makes the operations that follow use kernels of a kind, with a heap of their own. Throws if the host does not run them.
 */
export function useKernels(kind: KernelKind): void {
  if (current?.kind !== kind) current = createKernels(kind);
}
