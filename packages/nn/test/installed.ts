import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** What a program under Node had to say: the value that it gave to `done`, and everything that was printed. */
export interface Outcome {
  readonly result: unknown;
  readonly printed: string;
}

export interface Installation {
  /**
   * Runs a program in a process of its own, as an ES module or as CommonJS. It has `nn`, this package; `tf`, tfjs-core; and
   * `done`, to be called with a value that JSON can hold.
   */
  run(kind: 'esm' | 'cjs', program: string, env?: Readonly<Record<string, string>>): Outcome;
  /** Puts a package of one CommonJS file beside the others; undefined takes it away. */
  install(name: string, code: string | undefined): void;
  remove(): void;
}

/** This package as it is when it is installed: built for Node both ways, in a node_modules with its dependencies. */
export async function installPackage(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-nn-'));
  const modules = join(folder, 'node_modules');
  const own = join(modules, '@cognate/nn');
  for (const [format, extension] of [
    ['esm', 'mjs'],
    ['cjs', 'cjs'],
  ] as const) {
    await build({
      entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
      outfile: join(own, `index.${extension}`),
      bundle: true,
      format,
      platform: 'node',
      target: 'es2022',
      external: ['@tensorflow/*'],
      logLevel: 'error',
    });
  }
  const exports = { import: './index.mjs', require: './index.cjs' };
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: '@cognate/nn', exports }));
  mkdirSync(join(modules, '@tensorflow'));
  for (const name of ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-backend-wasm']) {
    const target = dirname(require.resolve(`@tensorflow/${name}/package.json`));
    symlinkSync(target, join(modules, '@tensorflow', name));
  }

  return {
    run(kind, program, env = {}) {
      const load = {
        esm: "import * as nn from '@cognate/nn'; import * as tf from '@tensorflow/tfjs-core';",
        cjs: "const nn = require('@cognate/nn'); const tf = require('@tensorflow/tfjs-core');",
      }[kind];
      const file = join(folder, kind === 'esm' ? 'program.mjs' : 'program.cjs');
      const mark = '\u0000result:';
      writeFileSync(
        file,
        `${load}\nconst done = (value) => process.stdout.write('${mark}' + JSON.stringify(value));
        (async () => { ${program} })().catch((error) => { console.error(error); process.exit(1); });`,
      );
      const { stdout, stderr } = spawnSync(process.execPath, [file], {
        encoding: 'utf8',
        env: { ...process.env, COGNATE_TFJS_NODE: '', ...env },
      });
      const [before, result] = stdout.split(mark) as [string, string?];
      if (result === undefined) throw new Error(`the program failed: ${stderr}`);
      return { result: JSON.parse(result), printed: before + stderr };
    },
    install(name, code) {
      const target = join(modules, name);
      rmSync(target, { recursive: true, force: true });
      if (code === undefined) return;
      mkdirSync(target, { recursive: true });
      writeFileSync(join(target, 'index.js'), code);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
