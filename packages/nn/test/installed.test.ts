import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../src/index.js';
import { installPackage, type Installation } from './installed.js';

let installation: Installation;
beforeAll(async () => {
  installation = await installPackage();
});
afterAll(() => {
  installation.remove();
});

const tfjsNode = process.env.COGNATE_TFJS_NODE;
const notThere = { backend: 'tensorflow', reason: '@tensorflow/tfjs-node is not installed' };

describe.each(['esm', 'cjs'] as const)('installed, as %s', (kind) => {
  it('tells tfjs-core the gradients of its operations, which it does not know by itself, and leaves those that are known', () => {
    const { result } = installation.run(
      kind,
      `
      await import('@tensorflow/tfjs-backend-cpu');
      tf.env().set('PROD', true);
      const slope = (f, at) => tf.grad(f)(tf.tensor(at)).dataSync()[0];
      let before = '';
      try { slope(tf.tanh, [0.5]); } catch (error) { before = error.message; }
      const own = { kernelName: 'Neg', gradFunc: (dy) => ({ x: () => dy }) };
      tf.registerGradient(own);
      nn.registerGradients();
      nn.registerGradients();
      const operations = {
        tanh: [tf.tanh, 0.5],
        softmax: [(x) => tf.slice(tf.softmax(tf.stack([x, tf.square(x)])), [0], [1]), 0.7],
        prod: [(x) => tf.prod(tf.stack([x, tf.add(x, 1), tf.square(x)])), 0.9],
        gatherInBatches: [(x) => tf.gather(tf.mul([[1, 2], [3, 5]], x), [[0], [1]], 1, 1), 2],
        gather: [(x) => tf.gather(tf.mul(x, [1, 2, 3]), [2, 2, 0]), 2],
        conv2d: [(x) => tf.conv2d(tf.fill([1, 3, 3, 1], 2), tf.mul(tf.ones([2, 2, 1, 1]), x), 1, 'valid'), 1.5],
        maxPool: [(x) => tf.maxPool(tf.mul(tf.reshape(tf.range(0, 16), [1, 4, 4, 1]), x), 2, 2, 'valid'), 1.5],
        matMul: [(x) => tf.matMul(tf.mul(tf.ones([2, 3]), x), tf.mul(tf.ones([3, 2]), tf.exp(x))), 0.3],
      };
      const found = {};
      for (const [name, [f, at]] of Object.entries(operations)) {
        const sum = (x) => tf.sum(f(tf.reshape(x, [])));
        const value = (x) => tf.tidy(() => sum(tf.tensor([x])).dataSync()[0]);
        found[name] = [slope(sum, [at]), (value(at + 0.01) - value(at - 0.01)) / 0.02];
      }
      done({ before, kept: tf.getGradient('Neg') === own, found });
    `,
    );
    const { before, kept, found } = result as {
      before: string;
      kept: boolean;
      found: Record<string, [number, number]>;
    };
    expect(before).toMatch(/gradient function not found for Tanh/);
    expect(kept).toBe(true);
    expect(Object.keys(found)).toHaveLength(8);
    for (const [name, [gradient, difference]] of Object.entries(found)) {
      expect(gradient, name).not.toBe(0);
      expect(Math.abs(gradient - difference) / Math.abs(difference), name).toBeLessThan(5e-3);
    }
  });

  it('takes WebAssembly where tfjs-node is not installed, and prints nothing', () => {
    const { result, printed } = installation.run(
      kind,
      `
      const first = await nn.selectBackend();
      const cpu = await nn.selectBackend({ prefer: 'cpu', relaxedSimd: false });
      done({ first, cpu, in: tf.getBackend(), sum: tf.sum([1, 2]).dataSync()[0] });
    `,
    );
    const notTried = (backend: string) => ({ backend, reason: 'not tried, because cpu was preferred' });
    expect(result).toEqual({
      first: { backend: 'wasm', kernels: expect.stringMatching(/simd$/) as unknown, rejected: [notThere] },
      cpu: { backend: 'cpu', kernels: 'simd', rejected: [notTried('tensorflow'), notTried('wasm')] },
      in: 'cpu',
      sum: 3,
    });
    expect(printed).toBe('');
  });
});

describe('selectBackend', () => {
  const choose = (options = {}, before = '', env = {}) =>
    installation.run('esm', `${before}; done(await nn.selectBackend(${JSON.stringify(options)}));`, env);

  it('says why a tfjs-node that is there does not load', () => {
    installation.install(
      '@tensorflow/tfjs-node',
      "throw new Error('The Node.js native addon module can not be found at path: x\\nmore about it');",
    );
    const { result } = choose();
    installation.install('@tensorflow/tfjs-node', undefined);
    expect(result).toMatchObject({
      backend: 'wasm',
      rejected: [
        {
          backend: 'tensorflow',
          reason:
            '@tensorflow/tfjs-node does not load: The Node.js native addon module can not be found at path: x',
        },
      ],
    });
  });

  it('says so when the folder that it is told holds none', () => {
    expect(choose({}, '', { COGNATE_TFJS_NODE: '/nowhere/tfjs-node' }).result).toMatchObject({
      backend: 'wasm',
      rejected: [
        {
          backend: 'tensorflow',
          reason: 'COGNATE_TFJS_NODE=/nowhere/tfjs-node: there is no package in that folder',
        },
      ],
    });
  });

  it('says so when a tfjs-node loads, but brings no backend', () => {
    installation.install('@tensorflow/tfjs-node', '');
    const { result } = choose();
    installation.install('@tensorflow/tfjs-node', undefined);
    expect(result).toMatchObject({
      backend: 'wasm',
      rejected: [{ backend: 'tensorflow', reason: "Backend name 'tensorflow' not found in registry" }],
    });
  });

  it('gives tfjs-node the function that Node 23 has removed', () => {
    installation.install(
      '@tensorflow/tfjs-node',
      "throw new Error('it says ' + require('util').isNullOrUndefined(null) + require('util').isNullOrUndefined(0));",
    );
    const { result } = choose({}, "(await import('node:util')).default.isNullOrUndefined = undefined");
    installation.install('@tensorflow/tfjs-node', undefined);
    expect(result).toMatchObject({
      rejected: [{ reason: '@tensorflow/tfjs-node does not load: it says truefalse' }],
    });
  });

  it('takes WebAssembly although a program asks for its threads, which do not start in Node', () => {
    const threads =
      "await import('@tensorflow/tfjs-backend-wasm'); tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true)";
    expect(choose({ prefer: 'wasm' }, threads).result).toMatchObject({ backend: 'wasm' });
  });

  it('falls back to plain JavaScript, and says why, where WebAssembly does not start', () => {
    const { result } = choose({ wasmPath: '/nowhere/' });
    expect(result).toMatchObject({
      backend: 'cpu',
      rejected: [
        notThere,
        { backend: 'wasm', reason: expect.stringMatching(/ENOENT.*\/nowhere\//) as unknown },
      ],
    });
  });

  it('refuses a backend that is none', async () => {
    await expect(selectBackend({ prefer: 'webgl' as 'wasm' })).rejects.toThrow(
      /^prefer: expected one of tensorflow, wasm, cpu, got "webgl"$/,
    );
  });

  if (tfjsNode === undefined || !existsSync(tfjsNode)) {
    it.skip('takes tfjs-node: none is at hand (COGNATE_TFJS_NODE)');
  } else {
    it('takes tfjs-node, prints nothing, and lets other backends be taken beside it', () => {
      const { result, printed } = installation.run(
        'cjs',
        `
        const first = await nn.selectBackend();
        const sum = tf.sum(tf.tensor([1, 2])).dataSync()[0];
        const cpu = await nn.selectBackend({ prefer: 'cpu' });
        const again = await nn.selectBackend();
        done([first.backend, first.rejected, sum, cpu.backend, again.backend]);
      `,
        { COGNATE_TFJS_NODE: tfjsNode },
      );
      expect(result).toEqual(['tensorflow', [], 3, 'cpu', 'tensorflow']);
      // Libraries newer than tfjs-node's own log this before they can be told not to.
      const ours = printed.split('\n').filter((line) => !/^(WARNING: .*absl::|I\d{4} .*oneDNN)/.test(line));
      expect(ours.join('')).toBe('');
    });
  }
});
