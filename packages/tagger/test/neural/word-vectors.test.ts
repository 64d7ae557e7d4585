import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TaggerError } from '../../src/index.js';
import { readWordVectors, type ReadVectorsOptions } from '../../src/neural/index.js';
import { loadWordVectors } from '../../src/node.js';

const file = '4 3\nde 0.1 -0.2 3e-1 \nVigo 1 2 3\nпуня 4 5 6\nA Coruña 7 8 9\nde 9 9 9\n';
const words = { de: [0.1, -0.2, 0.3], Vigo: [1, 2, 3], пуня: [4, 5, 6] };

const read = async (text: string | Uint8Array, options?: ReadVectorsOptions) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { size, vectors } = await readWordVectors([bytes], options);
  return { size, words: Object.fromEntries([...vectors].map(([word, vector]) => [word, [...vector]])) };
};
const single = (all: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(all).map(([word, vector]) => [word, [...Float32Array.from(vector)]]));

test('reads the format of word2vec and fastText', async () => {
  expect(await read(file)).toEqual({ size: 3, words: single(words) });
});

test("reads GloVe's, which has no first line with counts, and the lines of Windows", async () => {
  expect(await read(file.slice(4))).toEqual({ size: 3, words: single(words) });
  expect(await read(file.replaceAll('\n', '\r\n'))).toEqual({ size: 3, words: single(words) });
  expect(await read(`\ufeff${file.trimEnd()}`)).toEqual({ size: 3, words: single(words) });
});

test('pieces may be cut anywhere, within a character, too', async () => {
  const bytes = new TextEncoder().encode(file);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      async function* pieces() {
        for (let k = 1; k < at.length; k++) yield await Promise.resolve(bytes.subarray(at[k - 1], at[k]));
      }
      const { vectors } = await readWordVectors(pieces());
      expect(Object.fromEntries([...vectors].map(([word, vector]) => [word, [...vector]]))).toEqual(
        single(words),
      );
    }),
    { seed: 3, numRuns: 60 },
  );
});

test('keeps the words of a vocabulary only, and no more than a limit', async () => {
  expect(await read(file, { vocabulary: new Set(['Vigo', 'Lugo']) })).toEqual({
    size: 3,
    words: { Vigo: [1, 2, 3] },
  });
  expect(await read(file.slice(4), { vocabulary: new Set(['Vigo']) })).toEqual({
    size: 3,
    words: { Vigo: [1, 2, 3] },
  });
  expect(Object.keys((await read(file, { limit: 2 })).words)).toEqual(['de', 'Vigo']);
});

test('what follows the limit is not read', async () => {
  let pieces = 0;
  function* endless() {
    for (;;) {
      pieces++;
      yield new TextEncoder().encode(`w${pieces} 1 2\n`);
    }
  }
  const { vectors } = await readWordVectors(endless(), { limit: 5 });
  expect([vectors.size, pieces]).toEqual([5, 5]);
});

describe('what is none', () => {
  test.each<[string, string, ReadVectorsOptions?]>([
    ['vectors: expected lines of words and numbers, got none', ''],
    ['es.vec:3: expected 3 numbers after "b", got 2', '2 3\na 1 2 3\nb 1 2\n', { name: 'es.vec' }],
    ['vectors:2: expected numbers after "a", got "x"', '1 2\na 1 x\n'],
    ['vectors:2: expected numbers after "a", got "Infinity"', '1 2\na 1 Infinity\n'],
    ['vectors:1: expected a word and its numbers, got "word"', 'word\n'],
    ['vectors:1: expected vectors of 1 to 10000 numbers, got a first line that says 0', '5 0\n'],
    [
      'vectors:1: expected a word and its numbers, got a line of more than 1048576 characters',
      'x'.repeat(2_000_000),
    ],
    ['limit: expected a number above 0, got 0', file, { limit: 0 }],
  ])('%s', async (message, text, options) => {
    await expect(read(text, options)).rejects.toThrow(TaggerError);
    await expect(read(text, options)).rejects.toThrow(message);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cognate-vectors-'));
    await writeFile(join(folder, 'gl.vec'), file);
    await writeFile(join(folder, 'gl.vec.gz'), gzipSync(file));
    await writeFile(join(folder, 'bad.vec'), '1 2\na 1\n');
    await writeFile(join(folder, 'cut.vec.gz'), gzipSync(file.repeat(50)).subarray(0, 60));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(['gl.vec', 'gl.vec.gz'])('%s', async (name) => {
    const { vectors } = await loadWordVectors(join(folder, name));
    expect([...vectors.keys()]).toEqual(Object.keys(words));
    expect((await loadWordVectors(join(folder, name), { limit: 1 })).vectors.size).toBe(1);
  });

  test('errors name the file', async () => {
    await expect(loadWordVectors(join(folder, 'bad.vec'))).rejects.toThrow(/bad\.vec:2: expected 2 numbers/u);
    await expect(loadWordVectors(join(folder, 'none.vec'))).rejects.toThrow(/ENOENT.*none\.vec/u);
    await expect(loadWordVectors(join(folder, 'none.vec.gz'))).rejects.toThrow(/ENOENT.*none\.vec/u);
    await expect(loadWordVectors(join(folder, 'cut.vec.gz'))).rejects.toThrow(/unexpected end of file/u);
  });
});
