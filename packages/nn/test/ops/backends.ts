import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { registerGradients } from '../../src/index.js';

const require = createRequire(import.meta.url);

/** tfjs-node, where its native library is at hand: its folder in COGNATE_TFJS_NODE, or installed. Why not, otherwise. */
function loadTfjsNode(): string | undefined {
  try {
    require(process.env.COGNATE_TFJS_NODE ?? '@tensorflow/tfjs-node');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

/** Runs tests on each backend of tfjs in turn; on tfjs-node only where it loads, and says so where it does not. */
export function onEachBackend(tests: (name: string) => void): void {
  const missing = loadTfjsNode();
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  for (const name of ['cpu', 'wasm', 'tensorflow']) {
    if (name === 'tensorflow' && missing !== undefined) {
      it.skip(`on tensorflow: tfjs-node does not load here (${missing})`);
      continue;
    }
    describe(`on ${name}`, () => {
      tests(name);
    });
  }
}

/** For `beforeAll` of the tests of one backend. */
export async function startBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`tfjs could not start its backend ${name}`);
  await ready();
  registerGradients();
}
