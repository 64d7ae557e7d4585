import { getGradient, registerGradient, type GradConfig } from '@tensorflow/tfjs-core';
import * as configs from './generated/tfjs-gradients.js';
import { ensureSegmentSum } from './segment-sum.js';

let registered = false;

/**
 * Tells tfjs the gradients of its own operations, which `@tensorflow/tfjs-core` alone doesn't know. Gradients that are
 * registered already stay. {@link computeGradients} does this; call it before `tf.grad` and the like, unless your program loads
 * `@tensorflow/tfjs` or tfjs-node.
 *
 * Calling again costs next to nothing.
 */
export function registerGradients(): void {
  if (registered) return;
  for (const config of Object.values(configs) as GradConfig[]) {
    // The type doesn't say it, but there may be none.
    const known = getGradient(config.kernelName) as GradConfig | undefined;
    if (!known) registerGradient(config);
  }
  ensureSegmentSum();
  registered = true;
}
