import { createRequire } from 'node:module';

/** tfjs-node, where it is installed: beside the benchmarks, or at COGNATE_TFJS_NODE. Undefined where it is not, or does not load. */
export function loadTfjsNode(): unknown {
  const require = createRequire(import.meta.url);
  try {
    return require(process.env.COGNATE_TFJS_NODE ?? '@tensorflow/tfjs-node');
  } catch {
    return undefined;
  }
}
