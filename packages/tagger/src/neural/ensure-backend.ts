import { selectBackend } from '@cognate/nn';
import { getBackend } from '@tensorflow/tfjs-core';

/** Chooses a backend of TensorFlow.js if the program has not set one. */
export async function ensureBackend(): Promise<void> {
  // The type does not say it, but there is none before one is set.
  const backend = getBackend() as string | undefined;
  if (backend === undefined) await selectBackend();
}
