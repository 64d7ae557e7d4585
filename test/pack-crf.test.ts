import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage } from '../scripts/pack.mjs';
import { root } from './repository.js';

/** The same few lines for every way of loading the package: train, predict, and decode scores of one's own. */
const use = `
const sentence = { attributes: [['w=Lugo'], ['w=chove']], tags: ['B-LOC', 'O'] };
const training = LinearCrf.train([sentence], { params: { max_iterations: 20 } });
const lattice = {
  length: 2,
  numTags: 2,
  emissions: Float64Array.of(3, 0, 0, 2),
  transitions: new Float64Array(4),
};
training.then((crf) => {
  console.log(crf.predict(sentence.attributes).join(' '));
  console.log(viterbi(lattice).tags.join(' '), viterbi(lattice).score);
});
`;
const printed = 'B-LOC O\n0 1 5\n';

describe('@cognate/crf as it is published, in an empty project', () => {
  let project: string;

  const run = (command: string, args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'cognate-pack-'));
    const tarball = packPackage(join(root, 'packages/crf'), project);
    writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }\n');
    // Offline: nothing may be fetched, because nothing else is needed.
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { status, stdout, stderr } = spawnSync(
      npm,
      ['install', '--offline', '--no-audit', '--no-fund', tarball],
      {
        cwd: project,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        // What the npm or pnpm that runs the tests tells its children is not meant for this project.
        env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
      },
    );
    if (status !== 0) throw new Error(`npm install failed:\n${stdout}${stderr}`);
  });

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  it('brings no other package along', () => {
    const modules = join(project, 'node_modules');
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['@cognate']);
    expect(readdirSync(join(modules, '@cognate'))).toEqual(['crf']);
    expect(readdirSync(join(modules, '@cognate/crf'))).not.toContain('node_modules');
  });

  it('is used by an ES module', () => {
    writeFileSync(join(project, 'use.mjs'), `import { LinearCrf, viterbi } from '@cognate/crf';\n${use}`);
    expect(run(process.execPath, ['use.mjs'])).toEqual({ status: 0, output: printed });
  });

  it('is used by a CommonJS module', () => {
    writeFileSync(
      join(project, 'use.cjs'),
      `const { LinearCrf, viterbi } = require('@cognate/crf');\n${use}`,
    );
    expect(run(process.execPath, ['use.cjs'])).toEqual({ status: 0, output: printed });
  });

  describe.each([
    { module: 'node16', moduleResolution: 'node16', file: 'use.mts' },
    { module: 'node16', moduleResolution: 'node16', file: 'use.cts' },
    { module: 'esnext', moduleResolution: 'bundler', file: 'use.ts' },
  ])('is used from TypeScript: $file under $moduleResolution', ({ module, moduleResolution, file }) => {
    it('compiles, with the published types, and runs', () => {
      const folder = join(project, `${moduleResolution}-${file}`);
      mkdirSync(folder);
      const typed = use.replace('const lattice =', 'const lattice: Lattice =');
      writeFileSync(
        join(folder, file),
        `import { LinearCrf, viterbi, type Lattice } from '@cognate/crf';
${typed}
// Types that are there but say nothing would let these pass.
// @ts-expect-error
const wrongArgument = () => viterbi('no lattice');
// @ts-expect-error
const wrongResult: () => Promise<string> = () => training;
// What a caller passes on may be undefined.
const none: { number?: number | undefined; signal?: AbortSignal | undefined } = {};
const undefinedOptions = (crf: LinearCrf, bytes: Uint8Array) => [
  crf.predictAll([], { threads: none.number, signal: none.signal }),
  crf.topWeights({ limit: none.number }),
  LinearCrf.fromCrfsuite(bytes, { encoding: undefined }),
  LinearCrf.merge([crf], { shares: undefined }),
  LinearCrf.train([], { params: { c1: none.number }, warmStart: { delta: none.number } }),
  LinearCrf.trainStream([], { params: { batch: none.number } }),
];
`,
      );
      const tsconfig = {
        compilerOptions: {
          target: 'ES2022',
          lib: ['ES2022', 'DOM'],
          module,
          moduleResolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          // The published types have to be right in themselves, without those of Node.
          skipLibCheck: false,
          skipDefaultLibCheck: true,
          types: [],
        },
        files: [file],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      expect(run(process.execPath, [tsc, '-p', folder, '--pretty', 'false'])).toEqual({
        status: 0,
        output: '',
      });

      if (moduleResolution === 'bundler') {
        // A bundler takes it for an ES module whatever it is called; Node goes by the manifest beside it.
        writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      }
      const emitted = readdirSync(folder).find((name) => /\.[cm]?js$/.test(name));
      expect(run(process.execPath, [join(folder, emitted!)])).toEqual({ status: 0, output: printed });
    });
  });
});
