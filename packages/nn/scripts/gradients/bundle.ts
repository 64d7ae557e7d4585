/**
 * The gradients of tfjs's own operations, as one module. tfjs-core keeps them apart from its entry, in files that Node can't load as
 * they are (ES modules without extensions in a package of CommonJS). Here they are bundled with the little that they
 * need beside the entry's exports, which they take from the entry, so that there are no second copies of anything.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as core from '@tensorflow/tfjs-core';
import { build, type Plugin } from 'esbuild';

const entry = '@tensorflow/tfjs-core';
const dist = dirname(createRequire(import.meta.url).resolve(entry));

export const gradientsFile = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../src/gradients/generated/tfjs-gradients.ts',
);

/** Modules of tfjs-core that are inside its entry, by their file names, as far as the gradients use them. */
const replacements: Readonly<Record<string, string>> = {
  util: `import { util } from '${entry}'; export const { ${Object.keys(core.util).join(', ')} } = util;`,
  engine: `import { engine } from '${entry}';
    export const ENGINE = { runKernel: (name, inputs, attrs) => engine().runKernel(name, inputs, attrs) };`,
  // Gradient functions pass nothing but tensors.
  tensor_util_env: 'export const convertToTensor = (tensor) => tensor;',
};

/** Two gradients call methods of tensors that tfjs-core alone doesn't have; here the functions of the same name. */
const methods: Readonly<Record<string, readonly [call: string, by: string][]>> = {
  'Prod_grad.js': [
    ['permutedX.reshape(', 'core.reshape(permutedX, '],
    ['prodGrad.reshape(', 'core.reshape(prodGrad, '],
  ],
  'GatherV2_grad.js': [
    ['x.split(', 'core.split(x, '],
    ['indices.slice(i', 'core.slice(indices, i'],
    ['dy.slice(i', 'core.slice(dy, i'],
    ['stacked.reshape(', 'core.reshape(stacked, '],
  ],
};

function withoutMethods(file: string, code: string): string {
  const calls = methods[file] ?? [];
  const replaced = calls.reduce((text, [call, by]) => {
    if (!text.includes(call)) throw new Error(`${file} of tfjs-core no longer calls ${call}...)`);
    return text.replaceAll(call, by);
  }, code);
  return calls.length > 0 ? `import * as core from '${entry}';\n${replaced}` : replaced;
}

const inPlaceOfCopies: Plugin = {
  name: 'in-place-of-copies',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
      const file = basename(path);
      if (file in replacements) return { path: file, namespace: 'replacement' };
      const exported = file.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      const isOperation = basename(dirname(join(dirname(importer), path))) === 'ops';
      const isExported = exported in core && isOperation;
      return isExported || ['base', 'kernel_names', 'operation'].includes(file)
        ? { path: entry, external: true }
        : undefined;
    });
    bundle.onLoad({ filter: /_grad\.js$/ }, ({ path }) => ({
      contents: withoutMethods(basename(path), readFileSync(path, 'utf8')),
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'replacement' }, ({ path }) => ({
      contents: replacements[path],
      resolveDir: dist,
    }));
  },
};

/** Writes them to {@link gradientsFile}. */
export async function writeGradients(): Promise<void> {
  const names = readdirSync(join(dist, 'gradients')).filter((file) => file.endsWith('_grad.js'));
  const { outputFiles } = await build({
    stdin: {
      contents: names
        .sort()
        .map((file) => `export * from './${basename(file, '.js')}';`)
        .join('\n'),
      resolveDir: join(dist, 'gradients'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: [entry],
    plugins: [inPlaceOfCopies],
    legalComments: 'eof',
    logLevel: 'silent',
  });
  mkdirSync(dirname(gradientsFile), { recursive: true });
  writeFileSync(
    gradientsFile,
    `// @ts-nocheck Written by scripts/generate.ts from tfjs-core.\n${outputFiles[0].text}`,
  );
}
