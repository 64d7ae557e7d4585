import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers, libraries } from '../scripts/layers.mjs';
import { readManifest, root } from './repository.js';

const home = 'https://github.com/cognate-nlp/cognate';

describe.each(layers)('the manifest of $name', ({ folder }) => {
  const manifest = readManifest(folder);

  it('says what npm shows', () => {
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/.{30,}/),
      keywords: expect.arrayContaining(['nlp', 'ner']),
      homepage: `${home}/tree/main/${folder}#readme`,
      bugs: `${home}/issues`,
      repository: { type: 'git', url: `git+${home}.git`, directory: folder },
      license: 'MIT',
      author: 'The Cognate authors',
    });
  });

  it('publishes the build, openly and with provenance', () => {
    expect(manifest.private).toBeUndefined();
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
    expect(manifest.files).toContain('dist');
    expect(manifest.files).not.toContain('src');
  });

  it('wants the Node that the root wants', () => {
    expect(manifest.type).toBe('module');
    expect(manifest.engines).toEqual(readManifest('.').engines);
  });

  it('has the scripts that the root runs in every package', () => {
    expect(Object.keys(manifest.scripts as object)).toEqual(
      expect.arrayContaining(['build', 'typecheck', 'check:package']),
    );
  });

  it('takes other packages of Cognate from the workspace', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies };
    for (const [name, range] of Object.entries(all)) {
      if (name.startsWith('@cognate/')) expect(range, name).toBe('workspace:^');
    }
  });
});

describe.each(libraries)('the entries of $name', ({ folder }) => {
  const manifest = readManifest(folder);
  const entries = Object.entries(manifest.exports ?? {}).filter(([entry]) => entry !== './package.json');

  it('are there for ESM, CJS and types, and from source in the workspace', () => {
    expect(entries.map(([entry]) => entry)).toContain('.');
    for (const [entry, targets] of entries) {
      const source = (targets as Record<string, unknown>)['@cognate/source'];
      expect(existsSync(join(root, folder, String(source))), `${entry}: ${String(source)}`).toBe(true);
      // Conditions are taken in order: the source has to come first, the types before what they describe.
      expect(JSON.stringify(targets)).toMatch(
        /^\{"@cognate\/source":"\.\/src\/[^"]+\.ts","import":\{"types":"[^"]+\.d\.ts","default":"[^"]+\.js"\},"require":\{"types":"[^"]+\.d\.cts","default":"[^"]+\.cjs"\}\}$/,
      );
    }
  });

  it('have no side effects and show their manifest', () => {
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.exports?.['./package.json']).toBe('./package.json');
  });
});

describe('the lock file', () => {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');

  it('records checksums and no addresses to download from', () => {
    expect(lock).toContain('integrity: sha512-');
    expect(lock).not.toMatch(/tarball:|https?:\/\//);
  });
});
