import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { KernelName } from '../kernel/kernel.js';
import { simdIsSupported } from '../kernel/simd/module.js';
import type { OnlineKernel } from './kernel.js';
import { plainOnlineKernel } from './plain.js';
import { simdOnlineKernel } from './simd.js';

/** The fastest kernel that this host runs, or the one that is asked for. */
export async function onlineKernel(
  corpus: Corpus,
  features: FeatureSet,
  kernel?: KernelName,
): Promise<OnlineKernel> {
  const plain = (note?: string): OnlineKernel => ({
    ...plainOnlineKernel(corpus, features),
    notes: note === undefined ? [] : [note],
  });
  if (kernel === 'plain') return plain();
  if (!simdIsSupported()) return plain('WebAssembly with SIMD is not supported here');
  try {
    const simd = await simdOnlineKernel(corpus, features);
    return simd ?? plain('the data do not fit into the memory of WebAssembly');
  } catch (error) {
    return plain(`WebAssembly could not be used: ${String(error)}`);
  }
}
