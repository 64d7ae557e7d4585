import { createContext, runInContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Bundles a program for a browser and runs it where there is nothing but what every browser has; no network either. */
async function runInBrowser(program: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../src', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  const window: Record<string, unknown> = {
    TextDecoder,
    TextEncoder,
    URL,
    atob,
    console: { ...console, error: () => undefined, warn: () => undefined },
    document: {},
    fetch: () => Promise.reject(new Error('there is no network here')),
    location: { href: 'https://example.org/' },
    navigator: { userAgent: '' },
    performance,
    queueMicrotask,
    setTimeout,
  };
  const context = createContext(window);
  window.window = context;
  window.self = context;
  return await (runInContext(
    `new Promise((done, fail) => { window.done = done; window.fail = fail; ${outputFiles[0].text} })`,
    context,
  ) as Promise<unknown>);
}

it('runs in a browser: takes the best backend that it can load, and trains', async () => {
  const result = await runInBrowser(`
    import * as nn from './index.js';
    import * as tf from '@tensorflow/tfjs-core';
    (async () => {
      const choice = await nn.selectBackend({ relaxedSimd: false });
      const parameters = new nn.ParameterSet();
      parameters.add('w', [2], (values) => values.fill(2));
      const optimizer = nn.sgd({ learningRate: 0.25 });
      const gradients = nn.computeGradients(parameters, () => tf.sum(tf.square(parameters.tensor('w'))));
      optimizer.step(parameters, gradients);
      return JSON.stringify([choice, gradients.loss, [...parameters.get('w').values]]);
    })().then(window.done, window.fail);
  `);
  expect(JSON.parse(result as string)).toEqual([
    {
      backend: 'cpu',
      kernels: 'simd',
      rejected: [
        { backend: 'tensorflow', reason: 'it needs Node' },
        { backend: 'wasm', reason: expect.stringMatching(/there is no network here/) as unknown },
      ],
    },
    8,
    [1, 1],
  ]);
});

it('leaves out of a bundle what a program does not use', async () => {
  expect(
    await runInBrowser(`
      import { RandomStream } from './index.js';
      window.done(new RandomStream(1).next() < 1 && typeof _tfengine);
    `),
  ).toBe('undefined');
});
