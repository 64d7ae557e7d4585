import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProblems } from '../scripts/package-problems.mjs';
import { root } from './repository.js';

const license = readFileSync(join(root, 'LICENSE'), 'utf8');
const manifest = {
  name: '@cognate/some',
  files: ['dist'],
  exports: {
    '.': {
      import: { types: './dist/index.d.ts', default: './dist/index.js' },
      require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
    },
    './package.json': './package.json',
  },
  dependencies: { '@cognate/other': '^1.0.0' },
};
const good = {
  'package.json': JSON.stringify(manifest),
  'README.md': '# some',
  LICENSE: license,
  'dist/index.js': '',
  'dist/index.cjs': '',
  'dist/index.d.ts': '',
  'dist/index.d.cts': '',
};

const problems = (files: Record<string, string>) =>
  findProblems(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])), root);
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
const withManifest = (more: object) => ({
  ...good,
  'package.json': JSON.stringify({ ...manifest, ...more }),
});

describe('the check of a tarball', () => {
  it('finds nothing wrong with a good one', () => {
    expect(problems(good)).toEqual([]);
  });

  it.each([
    ['without a README', without('README.md'), /README.md is missing/],
    ['without a licence', without('LICENSE'), /LICENSE is missing/],
    ['under another licence', { ...good, LICENSE: 'Mine.' }, /LICENSE is missing/],
    ['with sources', { ...good, 'src/index.ts': '' }, /src\/index.ts is not listed/],
    ['without a file of an entry', without('dist/index.d.cts'), /index.d.cts is not in the tarball/],
    ['that lists what is not there', withManifest({ files: ['dist', 'data'] }), /lists data/],
    ['with scripts', withManifest({ scripts: { postinstall: 'x' } }), /still has "scripts"/],
    ['with development dependencies', withManifest({ devDependencies: {} }), /still has "devDependencies"/],
    [
      'with a range of the workspace',
      withManifest({ dependencies: { '@cognate/other': 'workspace:^' } }),
      /@cognate\/other is "workspace:\^"/,
    ],
    [
      'with the source condition',
      withManifest({ exports: { '.': { '@cognate/source': './src/index.ts', ...manifest.exports['.'] } } }),
      /@cognate\/source/,
    ],
    [
      'without CommonJS',
      withManifest({ exports: { '.': { import: manifest.exports['.'].import } } }),
      /require.default is missing/,
    ],
    ['with a path of this machine', { ...good, 'dist/index.js': `// ${root}/x` }, /index.js holds the path/],
  ])('finds one %s', (_, files, expected) => {
    expect(problems(files).join('\n')).toMatch(expected);
  });
});
