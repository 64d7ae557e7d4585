import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Puts the program with all that it imports into a folder, as JavaScript, and what it starts as threads and processes beside it: it starts in a
 * tenth of the time that it needs from its sources.
 *
 * @returns what Node is to run
 */
export async function bundleProgram(folder: string): Promise<string> {
  for (const data of ['configs', 'grids']) cpSync(at(`../${data}`), join(folder, data), { recursive: true });
  // What is CommonJS in it may require Node's own modules.
  const require = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(${JSON.stringify(import.meta.url)});`;
  await build({
    entryPoints: {
      main: at('../src/main.ts'),
      'tag-thread': at('../src/filter/tag-thread.ts'),
      'run-child': at('../../../packages/experiments/src/node/run-child.ts'),
    },
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@cognate/source'],
    // Of vega-lite's other form esbuild sees no exports.
    mainFields: ['module', 'main'],
    external: ['@resvg/resvg-js', '@tensorflow/tfjs-node'],
    banner: { js: require },
    // The backends of tfjs say that importing them does nothing, and register themselves.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return join(folder, 'dist', 'main.js');
}
