import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { layerRules } from '../scripts/layer-rules.mjs';
import { directUses, layers, playgroundPackage, testingPackage } from '../scripts/layers.mjs';
import { readManifest, root } from './repository.js';

const scope = '@cognate/';

describe('the table of packages', () => {
  it('names every package there is, and no other', () => {
    const folders = ['packages', 'apps'].flatMap((parent) =>
      readdirSync(join(root, parent))
        .map((name) => `${parent}/${name}`)
        .filter((folder) => existsSync(join(root, folder, 'package.json'))),
    );
    const all = [...layers, testingPackage, playgroundPackage];
    expect(all.map(({ folder }) => folder).sort()).toEqual(folders.sort());
    for (const { name, folder } of all) {
      expect(readManifest(folder).name).toBe(scope + name);
    }
  });

  it('goes from the bottom up: a package uses only what stands above it in the list', () => {
    layers.forEach(({ name, uses }, index) => {
      const above = layers.slice(0, index).map((layer) => layer.name);
      for (const used of uses) expect(above, `${name} uses ${used}`).toContain(used);
    });
  });

  it('leaves out of the picture only what comes along anyway', () => {
    const follow = (name: string): string[] => {
      const layer = layers.find((candidate) => candidate.name === name)!;
      return directUses(layer).flatMap((used) => [used, ...follow(used)]);
    };
    for (const { name, uses } of layers) expect(new Set(follow(name)), name).toEqual(new Set(uses));
  });
});

describe.each(layers)('the manifest of $name', ({ folder, uses }) => {
  const manifest = readManifest(folder);

  it('depends on nothing but what the table allows', () => {
    for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies'] as const) {
      for (const name of Object.keys(manifest[field] ?? {})) {
        if (name.startsWith(scope)) expect(uses).toContain(name.slice(scope.length));
      }
    }
  });

  it('has the private test package among its development dependencies at most', () => {
    expect(Object.keys(manifest.dependencies ?? {})).not.toContain(scope + testingPackage.name);
  });
});

describe('the lint rules', () => {
  const linter = new Linter({ configType: 'flat', cwd: root });
  const complaints = (file: string, code: string) =>
    linter
      .verify(code, [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...layerRules], {
        filename: join(root, file),
      })
      .map(({ ruleId }) => ruleId);

  it.each(layers.flatMap((from) => layers.map((to) => ({ from, to }))))(
    '$from.name importing $to.name',
    ({ from, to }) => {
      const found = complaints(`${from.folder}/src/some/file.ts`, `import '${scope}${to.name}';`);
      expect(found).toEqual(from.uses.includes(to.name) ? [] : ['no-restricted-imports']);
    },
  );

  it.each([
    ["import 'node:fs';", 'no-restricted-imports'],
    ["import 'fs/promises';", 'no-restricted-imports'],
    ["export * from '@tensorflow/tfjs-core';", 'no-restricted-imports'],
    [`import '${scope}testing';`, 'no-restricted-imports'],
    ["import '../../text/src/index.js';", 'no-restricted-imports'],
    ['process.exit();', 'no-restricted-globals'],
    ["Buffer.from('a');", 'no-restricted-globals'],
    ['Math.random();', 'no-restricted-properties'],
  ])('a main entry with %s', (code, rule) => {
    expect(complaints('packages/crf/src/file.ts', code)).toEqual([rule]);
  });

  it('let a node entry use Node', () => {
    const code = "import 'node:fs'; process.exit();";
    expect(complaints('packages/corpora/src/node.ts', code)).toEqual([]);
    expect(complaints('packages/corpora/src/node/deep/file.ts', code)).toEqual([]);
    expect(complaints('apps/demo-cli/src/main.ts', code)).toEqual([]);
    expect(complaints('packages/corpora/src/node-like.ts', code)).toHaveLength(2);
  });

  it('let files of one package import each other', () => {
    expect(complaints('packages/crf/src/a/b.ts', "import '../lattice/viterbi.js'; import './c.js';")).toEqual(
      [],
    );
  });
});
