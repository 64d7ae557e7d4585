import { defineConfig, type Options } from 'tsup';

/** The build of every library here: ESM, CJS and types from the given entries. */
export const library = (entry: Record<string, string>, more: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { customConditions: [], types: ['node'] } },
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: true,
    ...more,
  });
