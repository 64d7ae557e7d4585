import { nodeProcess } from '../backend/host.js';
import { hasKernels, kernelKinds, useKernels, type KernelKind } from './kernels.js';

interface V8Module {
  setFlagsFromString(flags: string): void;
}

/**
 * Makes the host compile relaxed SIMD if it can be made to: Node 20 knows it, behind a flag of V8 that may be set before a module is compiled.
 * Does nothing where it needs no flag. Gives whether there is relaxed SIMD now.
 */
function allowRelaxedSimd(): boolean {
  if (hasKernels('relaxed-simd')) return true;
  const v8 = nodeProcess()?.getBuiltinModule?.('node:v8') as V8Module | undefined;
  // Where there is no module that needs the flag, it would only print a warning.
  if (v8 === undefined || !hasKernels('simd')) return false;
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  return hasKernels('relaxed-simd');
}

const relaxedByDefault = (): boolean => nodeProcess()?.env.COGNATE_RELAXED_SIMD !== '0';

export interface KernelOptions {
  /**
   * Whether multiplication and addition may be fused, setting V8's flag for it if that is needed; the default, unless the environment variable
   * COGNATE_RELAXED_SIMD is 0. Without, the kernels give the same bits on every host.
   */
  readonly relaxedSimd?: boolean;
}

/** Makes the operations that follow use the best kernels that the host runs and the options allow. Gives their kind. */
export function selectKernels({ relaxedSimd = relaxedByDefault() }: KernelOptions = {}): KernelKind {
  const allowed = relaxedSimd && allowRelaxedSimd();
  const kind = kernelKinds.find(
    (candidate) => (allowed || candidate !== 'relaxed-simd') && hasKernels(candidate),
  );
  // The scalar kernels run everywhere.
  const best = kind ?? 'scalar';
  useKernels(best);
  return best;
}
