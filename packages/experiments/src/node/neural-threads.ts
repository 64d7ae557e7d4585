import type { BackendName } from '@cognate/nn';
import type { NeuralTagger, NeuralDefinition } from '@cognate/tagger/neural';
import type { ThreadTeam } from '@cognate/trainer';
import { threadTeam } from '@cognate/trainer/node';

/** What a thread is told of the network that it is to compute. */
export interface NeuralThreadData {
  readonly definition: NeuralDefinition;
  readonly backend: BackendName;
  readonly relaxedSimd: boolean;
}

export interface NeuralThreadsOptions {
  /** How many, the calling one included; at least 2. */
  readonly threads: number;
  /** What `selectBackend` gave to this thread: the others are to compute the same way. */
  readonly backend: { readonly backend: BackendName; readonly kernels: string };
}

/** Threads for `trainNeural`: `trainNeural({ ..., threads: neuralThreads({ threads: 2, backend }) })`. */
export function neuralThreads({
  threads,
  backend,
}: NeuralThreadsOptions): (tagger: NeuralTagger) => ThreadTeam {
  return ({ definition }) => {
    const data: NeuralThreadData = {
      definition,
      backend: backend.backend,
      relaxedSimd: backend.kernels === 'relaxed-simd',
    };
    return threadTeam({ threads, module: workerModule, data });
  };
}

// Of the build: a thread of Node runs JavaScript, so that from the sources there are no threads.
const workerModule = new URL('./neural-worker.js', import.meta.url);
