import { spawnSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { hasKernels, selectKernels, useKernels } from '../../src/index.js';
import { createKernels, currentKernels } from '../../src/kernels/kernels.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it('takes plain SIMD where fusing is not wanted', () => {
  expect(selectKernels({ relaxedSimd: false })).toBe('simd');
  expect(currentKernels().kind).toBe('simd');
});

it('takes relaxed SIMD where the host has it, if by a flag', () => {
  const program = `
    const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,5,1,96,0,1,123,3,2,1,0,10,15,1,13,0,65,1,253,15,65,1,253,15,253,128,2,11]);
    process.getBuiltinModule?.('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
    console.log(WebAssembly.validate(bytes));
  `;
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(selectKernels()).toBe(stdout.trim() === 'true' ? 'relaxed-simd' : 'simd');
});

it('takes plain SIMD where the environment asks for it, unless the program says otherwise', () => {
  const unless = selectKernels();
  vi.stubEnv('COGNATE_RELAXED_SIMD', '0');
  expect(selectKernels()).toBe('simd');
  expect(selectKernels({ relaxedSimd: true })).toBe(unless);
});

it('falls back on the scalar kernels where there is no WebAssembly', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(hasKernels('simd')).toBe(false);
  expect(selectKernels()).toBe('scalar');
  expect(() => createKernels('simd')).toThrow(/does not run simd kernels; it runs: scalar/);
});

it('keeps its kernels when they are chosen again', () => {
  useKernels('simd');
  const kernels = currentKernels();
  useKernels('simd');
  expect(currentKernels()).toBe(kernels);
});
