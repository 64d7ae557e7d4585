import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAll } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  commit,
  startHub,
  wikiannFile,
  type HubServer,
} from '../../../packages/corpora/test/fixtures/hub-server.js';
import { UsageError } from '../src/failure.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-corpora-'));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('sample', () => {
  test('writes all splits, with their licences beside them', async () => {
    const { stdout } = await cognate(
      'corpora',
      'sample',
      'gl',
      'ur',
      '--sentences',
      '100',
      '--out',
      at('samples'),
    );
    expect(stdout).toContain('gl-train.bio: 100 sentences\n');
    expect(readdirSync(at('samples')).sort()).toEqual(
      ['gl', 'ur'].flatMap((code) =>
        ['README.md', 'dev.bio', 'test.bio', 'train.bio'].map((file) => `${code}-${file}`),
      ),
    );
    const read = await readAll(join(at('samples'), 'gl-train.bio'), { language: 'gl' });
    const expected = (await sampleCorpus('gl', 'train')).slice(0, 100);
    expect(read.map(({ tokens, tags }) => ({ tokens, tags }))).toEqual(
      expected.map(({ tokens, tags }) => ({ tokens, tags })),
    );
    const about = readFileSync(join(at('samples'), 'gl-README.md'), 'utf8');
    expect(about).toContain('Licence: MIT AND Unicode-3.0 AND CC-BY-4.0');
    expect(about).toContain('GeoNames (https://www.geonames.org), CC-BY-4.0');
  });

  test('replaces nothing unless told to', async () => {
    const again = ['corpora', 'sample', 'gl', '--out', at('samples')];
    await expect(cognate(...again)).rejects.toThrow(/gl-train\.bio exists already: --force replaces it/);
    await cognate(...again, '--force');
  });

  test('one split to standard output', async () => {
    const one = await cognate('corpora', 'sample', 'es', '--split', 'dev', '--format', 'jsonl', '--out', '-');
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(200);
    await expect(cognate('corpora', 'sample', 'es', '--out', '-')).rejects.toThrow(UsageError);
    await expect(cognate('corpora', 'sample', 'xx')).rejects.toThrow(/Allowed choices are es, ca/);
  });
});

test('list names the samples and the data sets', async () => {
  const { stdout } = await cognate('corpora', 'list');
  expect(stdout).toContain('gl Galician');
  expect(stdout).toMatch(/^wikiann +a language code/m);
  const json = JSON.parse((await cognate('corpora', 'list', '--json')).stdout) as {
    datasets: { revision: string }[];
  };
  expect(json.datasets[0].revision).toMatch(/^[0-9a-f]{40}$/);
});

describe('pull', () => {
  let hub: HubServer;
  beforeAll(async () => {
    hub = await startHub({
      'gl/train-00000-of-00001.parquet': wikiannFile([
        { tokens: ['Ana', 'vive', 'en', 'Lugo'], tags: [1, 0, 0, 3] },
      ]),
      'gl/validation-00000-of-00001.parquet': wikiannFile([{ tokens: ['Vigo', 'chove'], tags: [3, 0] }]),
    });
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    vi.stubEnv('HF_ENDPOINT', hub.url);
    vi.stubEnv('HF_HUB_CACHE', at('cache'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('downloads, writes files, notes the commit', async () => {
    const { stdout, stderr } = await cognate('corpora', 'pull', 'owner/names', 'gl', '--out', at('pulled'));
    expect(stdout).toBe(
      `${join(at('pulled'), 'gl-train.bio')}: 1 sentences\n${join(at('pulled'), 'gl-dev.bio')}: 1 sentences\n`,
    );
    expect(stderr).toContain(`cognate corpora pull owner/names gl --revision ${commit}`);
    expect(readFileSync(join(at('pulled'), 'gl-train.bio'), 'utf8')).toBe(
      'Ana\tB-PER\nvive\tO\nen\tO\nLugo\tB-LOC\n\n',
    );
    expect(readFileSync(join(at('pulled'), 'gl-README.md'), 'utf8')).toContain(commit);
  });

  test('what was downloaded before needs no network; what was not is an error that says so', async () => {
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    await cognate(
      'corpora',
      'pull',
      'owner/names',
      'gl',
      '--offline',
      '--out',
      at('offline'),
      '--split',
      'train',
    );
    expect(readdirSync(at('offline'))).toEqual(['gl-README.md', 'gl-train.bio']);
    await expect(
      cognate('corpora', 'pull', 'wikiann', 'gl', '--offline', '--out', at('none')),
    ).rejects.toThrow(/in the cache, .*got none/);
    expect(existsSync(at('none'))).toBe(false);
  });

  test('a name or configuration that is missing', async () => {
    await expect(cognate('corpora', 'pull', 'wikiann')).rejects.toThrow(
      /wikiann: expected a configuration, a language code/,
    );
    await expect(cognate('corpora', 'pull', 'wikian', 'gl')).rejects.toThrow(
      /expected wikiann, .* or owner\/name/,
    );
  });
});
