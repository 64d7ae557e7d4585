import { describe, expect, it } from 'vitest';
import { capacity, codeOf, readCodes } from '../../src/samples/code.js';
import { decodeSplit } from '../../src/samples/decode.js';
import { moduleText, pack } from '../../scripts/generator/pack.js';
import type { Samples } from '../../scripts/generator/types.js';

describe('the code of a unit', () => {
  // 52 one-character codes, 28 * 91 of two, 11 * 91 * 91 of three.
  const edges = [0, 1, 51, 52, 53, 142, 143, 2599, 2600, 2601, 2690, 2691, 10_880, 10_881, 93_690];

  it('grows from one to three characters', () => {
    expect(edges.map((index) => codeOf(index).length)).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3]);
    expect(capacity).toBe(93_691);
  });

  it('is read back from any concatenation', () => {
    expect(readCodes(edges.map(codeOf).join(''))).toEqual(edges);
    expect(readCodes([...edges].reverse().map(codeOf).join(''))).toEqual([...edges].reverse());
  });

  it('is of its own for each unit, and needs no escape', () => {
    const codes = Array.from({ length: 12_000 }, (_, index) => codeOf(index));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => /[\s'\\`$]/u.test(code.replace(/\$/gu, '')))).toEqual([]);
  });
});

const samples: Samples = {
  train: [
    { tokens: ["L'", 'Aquila', 'e', 'Roma'], tags: ['B-LOC', 'I-LOC', 'O', 'B-LOC'], pattern: 'a' },
    { tokens: ['Roma', 'è', 'bella'], tags: ['B-PER', 'O', 'O'], pattern: 'b' },
  ],
  dev: [{ tokens: ['e', '\\'], tags: ['O', 'O'], pattern: 'c' }],
  test: [{ tokens: ['FC', 'Roma', '.'], tags: ['B-ORG', 'I-ORG', 'O'], pattern: 'd' }],
};

describe('packing', () => {
  const packed = pack(samples, ['cognate'], { train: 2, dev: 1, test: 1 });

  it('keeps tokens and tags, the same word under several tags too', () => {
    const read = (split: 'train' | 'dev' | 'test') =>
      decodeSplit(packed, 'it', split).map(({ tokens, tags }) => ({ tokens, tags }));
    for (const split of ['train', 'dev', 'test'] as const) {
      expect(read(split)).toEqual(samples[split].map(({ tokens, tags }) => ({ tokens, tags })));
    }
  });

  it('writes a module that holds it all', async () => {
    const text = moduleText('it', packed);
    const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
      default: unknown;
    };
    expect(module.default).toEqual(packed);
  });

  it('refuses what it cannot hold', () => {
    const withToken = (token: string, tag: string): Samples => ({
      ...samples,
      dev: [{ tokens: [token], tags: [tag], pattern: 'c' }],
    });
    const none = { train: 0, dev: 0, test: 0 };
    expect(() => pack(withToken('a b', 'O'), [], none)).toThrow(/hold a space: "a b"/);
    expect(() => pack(withToken('', 'O'), [], none)).toThrow(/empty/);
    expect(() => pack(withToken('a', 'B-MISC'), [], none)).toThrow('No mark for the tag B-MISC.');
  });
});
