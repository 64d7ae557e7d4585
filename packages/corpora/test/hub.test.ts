import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../src/node/hub/download.js';
import { HubError, loadHub, type HubOptions } from '../src/hub.js';
import { commit, startHub, wikiannFile, type HubServer } from './fixtures/hub-server.js';

const rows = Array.from({ length: 5000 }, (_, i) => ({
  tokens: [`Ana${i}`, 'Souto', 'vive', 'en', 'Lugo'],
  tags: [1, 2, 0, 0, 3],
}));
const files = {
  'gl/train-00000-of-00002.parquet': wikiannFile(rows.slice(0, 3000)),
  'gl/train-00001-of-00002.parquet': wikiannFile(rows.slice(3000)),
  'gl/validation-00000-of-00001.parquet': wikiannFile([{ tokens: ['Vigo', 'chove'], tags: [3, 0] }]),
  'es/train-00000-of-00001.parquet': wikiannFile([{ tokens: ['no'], tags: [0] }]),
  'README.md': Buffer.from('# names\n'),
  'gl/broken-00000-of-00001.parquet': Buffer.from('PAR1 this is no parquet file PAR1'),
};

let hub: HubServer;
let cacheDir: string;
let options: HubOptions;

beforeEach(async () => {
  hub = await startHub(files);
  cacheDir = mkdtempSync(join(tmpdir(), 'hub-'));
  options = { hubUrl: hub.url, cacheDir, retryDelay: 1, splits: ['train', 'validation'] };
});
afterEach(async () => {
  await hub.close();
  rmSync(cacheDir, { recursive: true, force: true });
});

const repoFolder = (): string => join(cacheDir, 'datasets--owner--names');
const downloads = (): string[] => hub.requests.filter((request) => request.startsWith('/datasets/'));
const failure = async (load: Promise<unknown>): Promise<HubError> => {
  const error: unknown = await load.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HubError);
  return error as HubError;
};
/** Every file that has a final name is whole. */
function expectSoundCache(): void {
  const blobs = join(repoFolder(), 'blobs');
  const sizes = new Set(Object.values(files).map((bytes) => bytes.length));
  const names = existsSync(blobs) ? readdirSync(blobs) : [];
  for (const name of names.filter((other) => !other.endsWith('.incomplete'))) {
    expect(sizes).toContain(statSync(join(blobs, name)).size);
  }
}

describe('loadHub', () => {
  it('gets a configuration, and reads its splits', async () => {
    const data = await loadHub('owner/names', 'gl', options);
    expect(data).toMatchObject({ repo: 'owner/names', config: 'gl', commit });
    expect(data.splits.map(({ name }) => name)).toEqual(['train', 'validation']);
    const train = await data.split('train').toArray();
    expect(train).toHaveLength(5000);
    expect(train[4999]).toEqual({
      tokens: ['Ana4999', 'Souto', 'vive', 'en', 'Lugo'],
      tags: ['B-PER', 'I-PER', 'O', 'O', 'B-LOC'],
    });
    let count = 0;
    for await (const { tokens } of data.split('validation')) count += tokens.length;
    expect(count).toBe(2);
    expect(downloads()).toHaveLength(3);
  });

  it('asks no more for what the cache has, and nothing at all offline', async () => {
    await loadHub('owner/names', 'gl', options);
    const before = downloads().length;
    const again = await loadHub('owner/names', 'gl', { ...options, revision: commit });
    expect(downloads()).toHaveLength(before);
    expect(again.commit).toBe(commit);
    await hub.close();
    const offline = await loadHub('owner/names', 'gl', { cacheDir, offline: true });
    expect(await offline.split('validation').toArray()).toEqual([
      { tokens: ['Vigo', 'chove'], tags: ['B-LOC', 'O'] },
    ]);
    const error = await failure(loadHub('owner/names', 'es', { cacheDir, offline: true }));
    expect(error.message).toMatch(/offline/);
    expect((await failure(loadHub('owner/other', 'es', { cacheDir, offline: true }))).message).toMatch(
      /in the cache.*load it once/,
    );
  });

  it("keeps the layout of the hub's own libraries", async () => {
    await loadHub('owner/names', 'gl', options);
    const snapshot = join(repoFolder(), 'snapshots', commit, 'gl', 'train-00000-of-00002.parquet');
    expect(readFileSync(snapshot).equals(files['gl/train-00000-of-00002.parquet'])).toBe(true);
    expect(readFileSync(join(repoFolder(), 'refs', 'main'), 'utf8')).toBe(commit);
    expect(
      readdirSync(join(repoFolder(), 'blobs')).every((name) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name)),
    ).toBe(true);
  });

  it('maps labels, and takes tag names from an option', async () => {
    const data = await loadHub('owner/names', 'gl', { ...options, labels: { LOC: 'PLACE' }, language: 'gl' });
    expect(await data.split('validation').toArray()).toEqual([
      { tokens: ['Vigo', 'chove'], tags: ['B-PLACE', 'O'], language: 'gl' },
    ]);
  });

  it.each<[string, string | undefined, HubOptions, RegExp]>([
    ['owner/nobody', undefined, {}, /status 404.*check the names/],
    ['owner/names', 'fr', {}, /a data set with the split "train", got one without.*configuration/],
    ['owner/names', 'gl', { splits: ['dev'] }, /the split "dev", got one with broken, train, validation/],
  ])('says what is not there: %s %s', async (repo, config, more, message) => {
    expect((await failure(loadHub(repo, config, { ...options, ...more }))).message).toMatch(message);
  });

  it('refuses names that lead elsewhere, and files that are no parquet', async () => {
    await expect(loadHub('../x', 'gl', options)).rejects.toThrow(/the name of a data set/);
    await expect(loadHub('owner/names', 'gl', { ...options, revision: '../x' })).rejects.toThrow(
      /option revision/,
    );
    const data = await loadHub('owner/names', 'gl', { ...options, splits: ['broken'] });
    await expect(data.split('broken').toArray()).rejects.toThrow(/gl\/broken.*a sound parquet file/);
    expect(() => data.split('train')).toThrow(HubError);
  });
});

describe('faults', () => {
  it('goes on where a connection was cut', async () => {
    hub.faults.push({ cutAfter: 1000 }, { cutAfter: 500 });
    const data = await loadHub('owner/names', 'gl', options);
    expect(await data.split('train').toArray()).toHaveLength(5000);
    expect(
      downloads()
        .filter((request) => request.includes('bytes='))
        .map((request) => request.split(' ')[1]),
    ).toEqual(['bytes=1000-', 'bytes=1500-']);
  });

  it('goes on in a second call where the first gave up', async () => {
    hub.faults.push({ cutAfter: 1000 });
    const error = await failure(loadHub('owner/names', 'gl', { ...options, retries: 0 }));
    expect(error.message).toMatch(/no connection|cut/);
    expectSoundCache();
    const data = await loadHub('owner/names', 'gl', options);
    expect(await data.split('train').toArray()).toHaveLength(5000);
    expect(downloads().at(1)).toMatch(/bytes=1000-$/);
  });

  it('waits out a hub that has trouble', async () => {
    hub.apiFaults.push(503, 429);
    hub.faults.push({ status: 503 }, { status: 502 });
    const data = await loadHub('owner/names', 'gl', options);
    expect(await data.split('train').toArray()).toHaveLength(5000);
  });

  it.each([
    [503, /status 503.*the hub has trouble/],
    [403, /status 403.*option token/],
    [404, /status 404/],
  ])('says so where it does not pass: %d', async (status, message) => {
    hub.faults.push(...Array.from({ length: 5 }, () => ({ status })));
    const error = await failure(loadHub('owner/names', 'gl', options));
    expect(error.message).toMatch(message);
    expect(error.status).toBe(status);
    expectSoundCache();
    hub.faults.length = 0;
    expect(await (await loadHub('owner/names', 'gl', options)).split('train').toArray()).toHaveLength(5000);
  });

  it('throws away data with a wrong checksum', async () => {
    hub.faults.push({ wrongBytes: true });
    const error = await failure(loadHub('owner/names', 'gl', options));
    expect(error.message).toMatch(/expected data with the checksum [0-9a-f]{64}, got data with/);
    expect(readdirSync(join(repoFolder(), 'blobs'))).toEqual([]);
    expect((await loadHub('owner/names', 'gl', options)).splits).toHaveLength(2);
  });

  it('says so without a network', async () => {
    await hub.close();
    const error = await failure(loadHub('owner/names', 'gl', { ...options, retries: 1 }));
    expect(error.message).toMatch(/no connection: .*ECONNREFUSED.*option offline/);
  });

  it('leaves nothing on a full disk', async () => {
    const bytes = files['gl/train-00000-of-00002.parquet'];
    const digest = 'b'.repeat(64);
    const target = join(cacheDir, digest);
    const full = async (path: string) => {
      const handle = await open(path, 'w');
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      let room = 100;
      // As a disk does: what there is room for is written, then nothing.
      handle.write = (async (bytes: Uint8Array, from: number, length: number, at: number) => {
        if (room === 0)
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
        const bytesWritten = Math.min(room, length);
        await write(bytes, from, bytesWritten, at);
        room -= bytesWritten;
        return { bytesWritten, buffer: bytes };
      }) as unknown as typeof handle.write;
      return handle;
    };
    const error = await failure(
      download({ path: 'gl/train-00000-of-00002.parquet', size: bytes.length, digest }, target, {
        url: `${hub.url}/datasets/owner/names/resolve/${commit}/gl/train-00000-of-00002.parquet`,
        ...{ headers: {}, fetch, retries: 3, delay: 1, signal: undefined, openFile: full },
      }),
    );
    expect(error.message).toMatch(/got a full disk \(option cacheDir/);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it('gets each file once where two ask for it at a time', async () => {
    const [one, two] = await Promise.all([
      loadHub('owner/names', 'gl', options),
      loadHub('owner/names', 'gl', options),
    ]);
    expect(await one.split('train').toArray()).toEqual(await two.split('train').toArray());
    expect(downloads()).toHaveLength(3);
    expectSoundCache();
    // The second is not hurt by what befalls the first.
    rmSync(repoFolder(), { recursive: true });
    hub.faults.push({ status: 404 });
    const results = await Promise.allSettled([
      loadHub('owner/names', 'gl', options),
      loadHub('owner/names', 'gl', options),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expectSoundCache();
  });

  it('tells of a cache that cannot be written, and leaves nothing half-written there', async () => {
    const file = join(cacheDir, 'file');
    writeFileSync(file, '');
    const error = await failure(loadHub('owner/names', 'gl', { ...options, cacheDir: file }));
    expect(error.message).toMatch(/owner\/names gl: expected a cache that can be written.*option cacheDir/);
    mkdirSync(join(repoFolder(), 'refs', 'main'), { recursive: true });
    await failure(loadHub('owner/names', 'gl', options));
    expect(readdirSync(join(repoFolder(), 'refs'))).toEqual(['main']);
    expectSoundCache();
    rmSync(join(repoFolder(), 'refs'), { recursive: true });
    expect((await loadHub('owner/names', 'gl', options)).commit).toBe(commit);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    hub.faults.push({ status: 503 });
    const load = loadHub('owner/names', 'gl', { ...options, retryDelay: 60_000, signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 100);
    await expect(load).rejects.toMatchObject({ name: 'AbortError' });
    expectSoundCache();
  });
});
