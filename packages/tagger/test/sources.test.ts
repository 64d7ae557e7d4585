import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  fetchModelFiles,
  LinearTagger,
  ModelFormatError,
  readModelArchive,
  TaggerError,
} from '../src/index.js';
import { loadModelFiles, loadTagger, saveTagger } from '../src/node.js';
import { galician } from './toy.js';

const text = 'Rosalía vive en Lugo.';
const deep = 'deep/'.repeat(40);
let folder: string;
let tagger: LinearTagger;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cognate-sources-'));
  tagger = await LinearTagger.train(galician, { params: { max_iterations: 20 } });
  for (const place of ['models/gl', `${deep}gl`]) await saveTagger(tagger, join(folder, place));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The system's own tar, so that archives are not only ours. */
function tar(name: string, ...args: string[]): string {
  const { status, stderr } = spawnSync('tar', ['-cf', name, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return join(folder, name);
}

const pack = async (files: Record<string, Uint8Array | string>): Promise<Uint8Array> =>
  packTar(
    Object.entries(files).map(([name, content]) => {
      const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return { header: { name, size: body.length, type: 'file' as const }, body };
    }),
  );

describe('archives', () => {
  test.each([
    ['plain, the folder', 'plain.tar', ['models/gl']],
    ['gzipped', 'gzipped.tgz', ['-z', 'models']],
    ['what is in the folder', 'flat.tar.gz', ['-z', '-C', 'models/gl', '.']],
    ['names too long for a plain header', 'deep.tar', ['--format=pax', deep]],
  ])('%s', async (_, name, args) => {
    const loaded = await loadTagger(tar(name, ...args));
    expect(loaded.tag(text)).toEqual(tagger.tag(text));
    expect(Object.keys(await loadModelFiles(join(folder, name))).sort()).toEqual([
      'README.md',
      'config.json',
      'model.crf',
    ]);
  });

  test('of bytes, where there are no files', async () => {
    const files = await readModelArchive(gzipSync(await pack({ ...tagger.toFiles() })));
    expect(LinearTagger.fromFiles(files).tag(text)).toEqual(tagger.tag(text));
  });

  test('what a name says of its kind does not count', async () => {
    const place = join(folder, 'model.bin');
    await writeFile(place, await readFile(tar('other.tgz', '-z', 'models/gl')));
    expect((await loadTagger(pathToFileURL(place))).tag(text)).toEqual(tagger.tag(text));
  });

  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['an archive of nothing', () => pack({}), /expected a model's config\.json in the archive, got no file/],
    [
      'no archive',
      () => Promise.resolve(new Uint8Array(2000).fill(65)),
      /expected a tar archive, plain or gzipped/,
    ],
    ['nothing', () => Promise.resolve(new Uint8Array()), /expected a tar archive, plain or gzipped/],
    ['no model', () => pack({ 'a/package.json': '{}' }), /config\.json in the archive, got a\/package\.json/],
    ['another config.json', () => pack({ 'config.json': '{}' }), /expected format "cognate-tagger"/],
    [
      'half a model',
      () => pack({ 'm/config.json': tagger.toFiles()['config.json'] }),
      /expected the model's m\/model\.crf in the archive/,
    ],
    [
      'two models',
      () => pack({ 'a/config.json': '{}', 'b/config.json': '{}' }),
      /expected one model in the archive, got a\/config\.json, b\/config\.json/,
    ],
    [
      'a way out',
      () => pack({ '../config.json': '{}' }),
      /paths inside the archive, got "\.\.\/config\.json"/,
    ],
    ['an absolute path', () => pack({ '/etc/config.json': '{}' }), /paths inside the archive/],
    [
      'a broken gzip stream',
      async () => gzipSync(await pack({ ...tagger.toFiles() })).subarray(0, 3000),
      /expected a tar archive, plain or gzipped/,
    ],
    [
      'an archive that ends in a file',
      async () => (await pack({ ...tagger.toFiles() })).subarray(0, 3000),
      /expected a tar archive, plain or gzipped/,
    ],
  ])('%s is an error that says so', async (_, make, message) => {
    const archive = await make();
    await expect(readModelArchive(archive)).rejects.toThrow(message);
    await expect(readModelArchive(archive)).rejects.toThrow(ModelFormatError);
  });

  test('a link is no file of the model', async () => {
    const place = join(folder, 'linked');
    await mkdir(place);
    await symlink(join(folder, 'models/gl/config.json'), join(place, 'config.json'));
    await expect(loadTagger(tar('linked.tgz', '-z', 'linked'))).rejects.toThrow(
      /config\.json in the archive/,
    );
  });

  test('a small archive of much is given up when it is more than allowed', async () => {
    const bomb = gzipSync(await pack({ 'big.bin': new Uint8Array(20_000_000), ...tagger.toFiles() }));
    expect(bomb.length).toBeLessThan(200_000);
    await expect(readModelArchive(bomb, { maxBytes: 1_000_000 })).rejects.toThrow(
      'expected an archive of at most 1000000 bytes when unpacked, got more',
    );
    await expect(readModelArchive(bomb)).resolves.toBeDefined();
  });

  test('the message names the archive', async () => {
    const place = join(folder, 'junk.tgz');
    await writeFile(place, 'junk'.repeat(100_000));
    await expect(loadTagger(place)).rejects.toThrow(`${place}: expected a tar archive`);
  });
});

describe('servers', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const files: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    void readFile(join(folder, pathname)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  };

  test('a folder and an archive, by their addresses', async () => {
    const origin = await serve(files);
    tar('served.tgz', '-z', 'models/gl');
    for (const place of ['models/gl', 'models/gl/', 'served.tgz', 'served.tgz?key=1'])
      expect((await loadTagger(`${origin}/${place}`)).tag(text)).toEqual(tagger.tag(text));
    expect((await loadTagger(new URL(`${origin}/models/gl`))).tag(text)).toEqual(tagger.tag(text));
  });

  test('a query goes along with every file', async () => {
    const asked: string[] = [];
    const origin = await serve((request, response) => {
      asked.push(request.url ?? '');
      files(request, response);
    });
    await loadTagger(`${origin}/models/gl?key=a%2Fb`);
    expect(asked).toEqual(['/models/gl/config.json?key=a%2Fb', '/models/gl/model.crf?key=a%2Fb']);
  });

  test('what is not there, is no model, or is too large', async () => {
    const origin = await serve(files);
    await writeFile(join(folder, 'junk.tgz'), 'junk');
    await expect(loadTagger(`${origin}/nothing`)).rejects.toThrow(
      `expected the model's config.json at ${origin}/nothing/config.json, got status 404`,
    );
    await expect(loadTagger(`${origin}/junk.tgz`)).rejects.toThrow(
      `${origin}/junk.tgz: expected a tar archive`,
    );
    await expect(loadTagger(`${origin}/models/gl`, { maxBytes: 5000 })).rejects.toThrow(
      `expected a model of at most 5000 bytes, got more at ${origin}/models/gl/model.crf`,
    );
    await expect(loadTagger('ftp://example.org/gl')).rejects.toThrow(TaggerError);
    await expect(fetchModelFiles('models/gl')).rejects.toThrow(
      'expected an address of http or https, got "models/gl"',
    );
    await expect(loadTagger('ftp://models.example/gl')).rejects.toThrow(
      'expected a folder, an archive or an address of http or https, got "ftp://models.example/gl"',
    );
  });

  test('nobody there', async () => {
    const origin = await serve(files);
    server?.close();
    await expect(loadTagger(`${origin}/models/gl`)).rejects.toThrow(
      /config\.json: no connection: .*ECONNREFUSED/,
    );
  });

  test('a server that falls silent, before its answer and within it', async () => {
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/mute') === true) return;
      response.write('{"format"');
    });
    for (const place of ['mute', 'half', 'mute.tgz', 'half.tgz'])
      await expect(loadTagger(`${origin}/${place}`, { timeout: 100 })).rejects.toThrow(
        /: expected an answer, got none for 0\.1 s$/,
      );
  });

  test('giving up', async () => {
    const origin = await serve(() => undefined);
    const reason = new Error('enough');
    const controller = new AbortController();
    const loading = loadTagger(`${origin}/models/gl`, { signal: controller.signal });
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    await expect(loading).rejects.toBe(reason);
  });

  test('no redirect takes the encryption off', async () => {
    const send = () =>
      Promise.resolve(Object.defineProperty(new Response('{}'), 'url', { value: 'http://other.example/' }));
    await expect(fetchModelFiles('https://models.example/gl', { fetch: send })).rejects.toThrow(
      'expected an encrypted answer, got a redirect to http://other.example/',
    );
  });
});
