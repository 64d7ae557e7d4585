import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { KernelOptions, TrainingKernel } from './kernel.js';
import { simdIsSupported } from './simd/module.js';
import { simdKernel } from './simd/simd-kernel.js';
import { processors, whyNoThreads } from '../threads/host.js';

/**
 * How much work a thread must have in each evaluation of the loss for it to pay, in multiplications of two numbers or so: a few
 * milliseconds, against about fifty to start a thread once and a tenth to give it each piece of work.
 */
const WORK_A_THREAD = 5e6;

/** The fastest kernel that this host runs, of those that the options allow. */
export async function trainingKernel(
  corpus: Corpus,
  features: FeatureSet,
  options: KernelOptions,
): Promise<TrainingKernel> {
  const plain = async (note?: string): Promise<TrainingKernel> => {
    // Few hosts need it.
    const { plainKernel } = await import('./plain.js');
    return { ...plainKernel(corpus, features), notes: note === undefined ? [] : [note] };
  };
  if (options.kernel === 'plain') return plain();
  if (!simdIsSupported()) return plain('WebAssembly with SIMD is not supported here');

  const { vectors, signal } = options;
  const notes: string[] = [];
  const build = async (threads: number): Promise<TrainingKernel | undefined> => {
    const kernel = await simdKernel(corpus, features, threads, vectors, signal);
    kernel?.notes.push(...notes);
    return kernel;
  };
  let threads = options.threads ?? Math.min(processors(), threadsThatPay(corpus, features));
  const reason = threads > 1 ? whyNoThreads() : undefined;
  if (reason !== undefined) {
    notes.push(reason);
    threads = 1;
  }
  if (threads > 1) {
    try {
      const kernel = await build(threads);
      if (kernel) return kernel;
    } catch (error) {
      signal?.throwIfAborted();
      notes.push(`threads could not be started: ${String(error)}`);
    }
  }
  try {
    const kernel = await build(1);
    if (kernel) return kernel;
  } catch (error) {
    return plain(`WebAssembly could not be used: ${String(error)}`);
  }
  return plain('the data do not fit into the memory of WebAssembly');
}

function threadsThatPay({ numTokens, attributeIds }: Corpus, { numTags }: FeatureSet): number {
  const work = (attributeIds.length + 3 * numTags * numTokens) * numTags;
  return Math.max(1, Math.floor(work / WORK_A_THREAD));
}
