import * as tf from '@tensorflow/tfjs-core';
import { registerGradients } from '../gradients/register-gradients.js';
import type { KernelKind } from '../kernels/kernels.js';
import { selectKernels, type KernelOptions } from '../kernels/select-kernels.js';
import { nodeProcess } from './host.js';
import { loadTfjsNode } from './tfjs-node.js';

/** tfjs-node, WebAssembly, plain JavaScript: the fastest first. */
export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

export interface BackendOptions extends KernelOptions {
  /** Try this one first; the others follow if it fails, the fastest first. */
  readonly prefer?: BackendName;
  /**
   * Where a browser finds the `.wasm` files of `@tensorflow/tfjs-backend-wasm`: the URL of their folder, with a slash at its end.
   */
  readonly wasmPath?: string;
}

export interface BackendChoice {
  readonly backend: BackendName;
  /** How the kernels of this package compute, whatever the backend. */
  readonly kernels: KernelKind;
  /** The better backends that were not taken, each with what was in the way. */
  readonly rejected: readonly { readonly backend: BackendName; readonly reason: string }[];
}

const ranking: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];

/**
 * Loads and sets the fastest backend of TensorFlow.js that works here, and with it the kernels of this package: tfjs-node if it
 * is installed (or if the environment variable COGNATE_TFJS_NODE names its folder) and loads, else WebAssembly, else plain
 * JavaScript. A backend has to multiply two matrices before it is taken.
 *
 * Throws a RangeError for a preferred backend that is none; an Error with all reasons if none works.
 */
export async function selectBackend(options: BackendOptions = {}): Promise<BackendChoice> {
  const { prefer } = options;
  if (prefer !== undefined && !ranking.includes(prefer)) {
    throw new RangeError(`prefer: expected one of ${ranking.join(', ')}, got ${JSON.stringify(prefer)}`);
  }
  registerGradients();
  const kernels = selectKernels(options);

  const rejected: { backend: BackendName; reason: string }[] = [];
  const order = prefer === undefined ? ranking : [prefer, ...ranking.filter((name) => name !== prefer)];
  for (const backend of order) {
    const reason = await whyNot(backend, options);
    if (reason === undefined) {
      const passedOver = ranking
        .slice(0, ranking.indexOf(backend))
        .filter((better) => !rejected.some((other) => other.backend === better))
        .map((better) => ({ backend: better, reason: `not tried, because ${backend} was preferred` }));
      return { backend, kernels, rejected: [...rejected, ...passedOver] };
    }
    rejected.push({ backend, reason });
  }
  const reasons = rejected.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new Error(`no backend of TensorFlow.js works here (${reasons})`);
}

/** Sets a backend and tries it. Gives what is in the way, or nothing. */
async function whyNot(backend: BackendName, options: BackendOptions): Promise<string | undefined> {
  // tfjs is not to warn that backends are registered twice (tfjs-node brings copies along), nor to recommend tfjs-node.
  const flags = tf.env();
  const production = flags.getBool('PROD');
  flags.set('PROD', true);
  try {
    await load(backend, options);
    if (!(await tf.setBackend(backend))) {
      // Why, tfjs says on the console only, but the factory says it when it is called by hand.
      await tf.findBackendFactory(backend)();
      throw new Error('it does not start');
    }
    await tf.ready();
    tryOut();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  } finally {
    flags.set('PROD', production);
  }
}

async function load(backend: BackendName, { wasmPath }: BackendOptions): Promise<void> {
  switch (backend) {
    case 'tensorflow':
      return loadTfjsNode();
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      if (wasmPath !== undefined) setWasmPaths(wasmPath);
      // Its threads do not start in Node: asked for them, it fails.
      if (nodeProcess()) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
  }
}

function tryOut(): void {
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync(),
  );
  const found = product.join(' ');
  if (found !== '19 22 43 50') throw new Error(`it multiplies wrongly: expected 19 22 43 50, got ${found}`);
}
