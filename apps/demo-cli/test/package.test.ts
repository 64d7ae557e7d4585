import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure, UsageError } from '../src/failure.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-package-'));
const at = (name: string): string => join(folder, name);
const model = at('model');
const tarball = at('ner.tgz');
const text = 'Xoana Pereira foi a Vigo.';
let tagger: LinearTagger;

/** A program in a folder, free of what the npm or pnpm that runs the tests tells its children. */
function run(command: string, args: readonly string[], cwd: string): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  const sentences = (await sampleCorpus('gl', 'train')).slice(0, 60);
  tagger = await LinearTagger.train(sentences, { language: 'gl', params: { max_iterations: 15 } });
  await saveTagger(tagger, model);
  await cognate('package', model, '--name', '@example/ner-gl', '--license', 'MIT', '--out', tarball);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a package, installed by npm', () => {
  const project = at('project');
  const installed = join(project, 'node_modules/@example/ner-gl');

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }\n');
    // Offline and without peers: nothing else may be fetched. The tagger that it wants is the workspace's.
    const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    run('npm', ['install', ...flags, tarball], project);
    mkdirSync(join(project, 'node_modules/@cognate'));
    symlinkSync(
      fileURLToPath(new URL('../../../packages/tagger', import.meta.url)),
      join(project, 'node_modules/@cognate/tagger'),
      'junction',
    );
  });

  test('loads and tags, as an ES module', () => {
    writeFileSync(
      join(project, 'use.mjs'),
      `import { load } from '@example/ner-gl';\nconsole.log(JSON.stringify((await load()).tag(${JSON.stringify(text)})));\n`,
    );
    const flags = ['--conditions=@cognate/source', '--import', import.meta.resolve('tsx')];
    const printed = run(process.execPath, [...flags, 'use.mjs'], project);
    expect(JSON.parse(printed)).toEqual(tagger.tag(text));
  });

  test('is a model’s folder, and has types that say what it gives', async () => {
    expect((await cognate('tag', '--model', installed, '--json', write('t.txt', text))).stdout).toBe(
      `${JSON.stringify({ text, entities: tagger.tag(text) })}\n`,
    );
    writeFileSync(
      join(project, 'use.ts'),
      `import { load } from '@example/ner-gl';
const labels: Promise<readonly string[]> = load().then((tagger) => tagger.tag('x').map(({ label }) => label));
// @ts-expect-error
const wrong: Promise<number> = load();
`,
    );
    // What the tagger's own types are is that package's matter: here something stands for them.
    writeFileSync(
      join(project, 'tagger.d.ts'),
      'export interface AnyTagger { tag(text: string): { label: string }[] }\n',
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      types: [],
      paths: { '@cognate/tagger': ['./tagger.d.ts'] },
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
    expect(run(process.execPath, [tsc, '-p', '.'], project)).toBe('');
  });

  test('its manifest and its card', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({
      name: '@example/ner-gl',
      version: '1.0.0',
      license: 'MIT',
      description: 'Named entities (LOC, ORG, PER) in Galician',
      peerDependencies: { '@cognate/tagger': expect.stringMatching(/^\^\d/) },
    });
    expect(manifest).not.toHaveProperty('scripts');
    const card = readFileSync(join(installed, 'README.md'), 'utf8');
    expect(card).toMatch(/^# @example\/ner-gl\n/);
    expect(card).toContain("import { load } from '@example/ner-gl'");
    expect(card).toContain('\n## Named entities: Galician (gl)\n');
    expect(card).not.toContain('this/folder');
  });
});

test('a browser’s module takes its files from beside it', () => {
  const folderOf = join(folder, 'project/node_modules/@example/ner-gl');
  const source = readFileSync(join(folderOf, 'browser.js'), 'utf8');
  for (const file of ['config.json', 'model.crf'])
    expect(source).toContain(`new URL('./${file}', import.meta.url)`);
  expect(source).not.toContain('node:');
});

test('the same model gives the same bytes, and npm reads them', async () => {
  await cognate('package', model, '--name', '@example/ner-gl', '--license', 'MIT', '--out', at('again.tgz'));
  expect(readFileSync(at('again.tgz'))).toEqual(readFileSync(tarball));
  const listed = run('tar', ['-tzf', tarball], folder).trim().split('\n').sort();
  expect(listed).toEqual(
    [
      'README.md',
      'browser.js',
      'config.json',
      'index.cjs',
      'index.d.cts',
      'index.d.ts',
      'index.js',
      'model.crf',
      'package.json',
    ].map((name) => `package/${name}`),
  );
});

test('a model is taken from an archive and from a server, by every command that takes one', async () => {
  const server = createServer((_, response) => response.end(readFileSync(tarball)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ner.tgz`;
  try {
    const input = write('in.txt', text);
    const gold = write('gold.bio', 'Xoana\tB-PER\nfoi\tO\n');
    for (const place of [tarball, address]) {
      const tagged = await cognate('tag', '--model', place, '--json', input);
      expect((JSON.parse(tagged.stdout) as { entities: unknown }).entities).toEqual(tagger.tag(text));
      expect((await cognate('render', '--model', place, input)).stdout).toContain('<mark');
      expect((await cognate('evaluate', '--model', place, gold, '--language', 'gl')).stdout).toContain(
        'micro',
      );
      expect(JSON.parse((await cognate('info', place, '--json')).stdout)).toMatchObject({ type: 'linear' });
    }
    await cognate(
      'package',
      address,
      '--out',
      at('from-server.tgz'),
      '--name',
      'x',
      '--package-version',
      '2.0.0-beta.1',
    );
  } finally {
    server.close();
  }
});

test('what is wrong is said, and nothing is written', async () => {
  await expect(cognate('package', model, '--out', tarball)).rejects.toThrow(/exists already: --force/);
  await expect(cognate('package', model, '--name', 'Not A Name')).rejects.toThrow(UsageError);
  await expect(cognate('package', model, '--package-version', 'one')).rejects.toThrow(
    /expected a version as 1\.0\.0, got "one"/,
  );
  await expect(cognate('package', folder, '--out', at('no.tgz'))).rejects.toThrow(
    /expected a model's config\.json/,
  );
  await expect(cognate('package', tarball, '--out', tarball)).rejects.toThrow(Failure);
});

test('the folder of the tarball is made', async () => {
  await cognate('package', model, '--out', at('sub/folder/ner.tgz'));
  expect(readdirSync(at('sub/folder'))).toEqual(['ner.tgz']);
});

test('a damaged model is named', async () => {
  cpSync(model, at('cut'), { recursive: true });
  const whole = readFileSync(join(model, 'model.crf'));
  writeFileSync(at('cut/model.crf'), whole.subarray(0, whole.length / 2));
  const packing = cognate('package', at('cut'), '--out', at('cut.tgz'));
  await expect(packing).rejects.toThrow(Failure);
  await expect(packing).rejects.toThrow(at('cut'));
  expect(readdirSync(folder)).not.toContain('cut.tgz');
});

function write(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}
