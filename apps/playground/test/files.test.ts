import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { beforeAll, describe, expect, test } from 'vitest';
import { LinearTagger, type ModelFiles } from '@cognate/tagger';
import { unpackArchive, type NamedFile } from '../src/files/archive.js';
import { readModelFiles } from '../src/files/model-files.js';
import { packModel } from '../src/files/pack-model.js';

const file = (path: string, content: BlobPart): NamedFile => ({ path, content: new Blob([content]) });

let model: ModelFiles;
beforeAll(async () => {
  const tagger = await LinearTagger.train([{ tokens: ['Lugo', 'arde'], tags: ['B-LOC', 'O'] }], {
    language: 'gl',
    params: { max_iterations: 5 },
  });
  model = tagger.toFiles();
});

const tagsOf = (files: ModelFiles) => LinearTagger.fromFiles(files).predictTags(['Lugo', 'arde']);
const inFolder = (folder: string) =>
  Object.entries(model).map(([name, bytes]) => file(`${folder}${name}`, bytes.slice()));

describe('a model is found', () => {
  test.each(['', 'gl/', 'some/where/gl/'])('among files in "%s"', async (folder) => {
    const read = await readModelFiles([file('notes.txt', 'x'), ...inFolder(folder)]);
    expect(tagsOf(read)).toEqual(['B-LOC', 'O']);
  });

  test('in the archive that the page gives to download, which is the same each time', async () => {
    const archive = await packModel(model, 'gl');
    expect(tagsOf(await readModelFiles([{ path: 'gl.tar.gz', content: archive }]))).toEqual(['B-LOC', 'O']);
    expect(await bytesOf(await packModel(model, 'gl'))).toEqual(await bytesOf(archive));
  });

  test('not where there is none, or more than one', async () => {
    await expect(readModelFiles([file('a.txt', ''), file('b.txt', '')])).rejects.toThrow(
      'expected a model: a folder with config.json and the file that it names; got a.txt, b.txt',
    );
    await expect(readModelFiles([...inFolder('a/'), ...inFolder('b/')])).rejects.toThrow('got 2 of them');
    await expect(readModelFiles([])).rejects.toThrow('got nothing');
  });
});

describe('an archive is told by its bytes', () => {
  test('a tar, plain and gzipped, without what systems leave behind', async () => {
    const tar = await packTar([
      { header: { name: 'a/b.txt', size: 5 }, body: 'hello' },
      { header: { name: '__MACOSX/b.txt', size: 1 }, body: 'x' },
      { header: { name: 'a/._b.txt', size: 1 }, body: 'x' },
    ]);
    for (const bytes of [tar, new Uint8Array(gzipSync(tar))]) {
      const files = await unpackArchive(file('whatever', bytes.slice()));
      expect(files.map(({ path }) => path)).toEqual(['a/b.txt']);
      expect(await files[0].content.text()).toBe('hello');
    }
  });

  test('a zip that another program wrote', async () => {
    // `printf hello > a.txt; zip -X0 a.zip a.txt`
    const zip = Buffer.from(
      'UEsDBAoAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAQIeAwoAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAAAAAAAEAAACkgQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAAoAAAAAAA=',
      'base64',
    );
    const files = await unpackArchive(file('a.zip', new Uint8Array(zip)));
    expect(await Promise.all(files.map(({ content }) => content.text()))).toEqual(['hello']);
  });

  test('anything else is itself, a gzipped text too', async () => {
    for (const bytes of [Buffer.from('Lugo B-LOC\n'), gzipSync('Lugo B-LOC\n'), Buffer.alloc(0)]) {
      const given = file('a', new Uint8Array(bytes));
      expect(await unpackArchive(given)).toEqual([given]);
    }
  });

  test('one that is cut off is an error', async () => {
    const tar = await packTar([{ header: { name: 'a', size: 2000 }, body: new Uint8Array(2000) }]);
    await expect(unpackArchive(file('a.tar', tar.slice(0, 1000)))).rejects.toThrow('cut off');
  });
});

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
