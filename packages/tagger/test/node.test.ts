import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LinearTagger, ModelFormatError, TaggerError } from '../src/index.js';
import { checkModelPlace, loadTagger, saveTagger } from '../src/node.js';
import { galician, spanish } from './toy.js';

const quick = { params: { max_iterations: 20 } };
const text = 'Rosalía vive en Lugo.';
let folder: string;
let tagger: LinearTagger;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cognate-tagger-'));
  tagger = await LinearTagger.train(galician, quick);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('saves, loads, and leaves nothing else behind', async () => {
  const place = join(folder, 'round', 'trip', 'gl');
  await saveTagger(tagger, place);
  expect((await readdir(place)).sort()).toEqual(['README.md', 'config.json', 'model.crf']);
  expect(await readdir(join(folder, 'round', 'trip'))).toEqual(['gl']);
  expect((await loadTagger(place)).tag(text)).toEqual(tagger.tag(text));
});

test('replaces a model and fills an empty folder', async () => {
  const place = join(folder, 'replaced');
  await mkdir(place);
  await saveTagger(tagger, place);
  const other = await LinearTagger.train(spanish, quick);
  await saveTagger(other, place);
  expect((await loadTagger(place)).language).toBe('es');
  expect((await readdir(folder)).filter((name) => name.includes('replaced'))).toEqual(['replaced']);
});

test('a place can be asked about before there is a model', async () => {
  const place = join(folder, 'asked');
  expect(await checkModelPlace(place)).toBe(false);
  await saveTagger(tagger, place);
  expect(await checkModelPlace(place)).toBe(true);
  await expect(checkModelPlace(folder)).rejects.toThrow(TaggerError);
});

test('what cannot be written is named', async () => {
  const broken = Object.create(tagger, { toFiles: { value: () => ({ 'model.crf': 1 }) } }) as LinearTagger;
  await expect(saveTagger(broken, join(folder, 'unwritten'))).rejects.toHaveProperty(
    'path',
    expect.stringMatching(/model\.crf$/u),
  );
  expect(await readdir(folder)).not.toContain('unwritten');
});

test('a full disk is told with the file of the model that it has no room for', async () => {
  const probe = await open(folder);
  const handles = Object.getPrototypeOf(probe) as typeof probe;
  await probe.close();
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const write = vi.spyOn(handles, 'writeFile').mockRejectedValue(full);
  const place = join(folder, 'full');
  try {
    await expect(saveTagger(tagger, place)).rejects.toMatchObject({
      code: 'ENOSPC',
      path: join(place, 'config.json'),
      message: `${join(place, 'config.json')}: cannot be written: ENOSPC: no space left on device, write`,
    });
  } finally {
    write.mockRestore();
  }
  expect((await readdir(folder)).filter((name) => name.includes('full'))).toEqual([]);
});

test('touches nothing that is not a model', async () => {
  const place = join(folder, 'mine');
  await mkdir(place);
  await writeFile(join(place, 'config.json'), '{"name":"mine"}');
  await expect(saveTagger(tagger, place)).rejects.toThrow(
    "expected a new folder, an empty one or a model's to save to",
  );
  await writeFile(join(folder, 'file'), 'x');
  await expect(saveTagger(tagger, join(folder, 'file'))).rejects.toThrow(TaggerError);
  expect(await readdir(place)).toEqual(['config.json']);
});

test('a failure leaves the old model and no rubbish', async () => {
  const place = join(folder, 'kept');
  await saveTagger(tagger, place);
  const broken = Object.create(tagger, {
    toFiles: { value: () => ({ 'config.json': new Uint8Array(), 'no/such/place': new Uint8Array() }) },
  }) as LinearTagger;
  await expect(saveTagger(broken, place)).rejects.toThrow(/ENOENT/u);
  expect((await loadTagger(place)).tag(text)).toEqual(tagger.tag(text));
  expect((await readdir(folder)).filter((name) => name.includes('kept'))).toEqual(['kept']);
});

test('what is no model', async () => {
  await expect(loadTagger(join(folder, 'nowhere'))).rejects.toThrow("expected a model's config.json in");
  await expect(loadTagger(join(folder, 'nowhere'))).rejects.toThrow(ModelFormatError);
  const place = join(folder, 'half');
  await saveTagger(tagger, place);
  await rm(join(place, 'model.crf'));
  await expect(loadTagger(place)).rejects.toThrow("expected a model's model.crf in");
  await writeFile(join(place, 'model.crf'), 'rubbish');
  await expect(loadTagger(place)).rejects.toThrow(/half: model\.crf: /u);
});
