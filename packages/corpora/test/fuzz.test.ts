import { describe, expect, it } from 'vitest';
import { CorpusError, readSentences } from '../src/index.js';
import { fuzz } from './fuzz.js';

/** The ordinary suite runs a sample; COGNATE_STRESS names another number of cases, 100,000 for a release. */
const cases = Number(process.env.COGNATE_STRESS ?? 1000);
const atATime = Math.max(100, cases / 100);

describe('random bytes with random options', () => {
  it.each(Array.from({ length: Math.ceil(cases / atATime) }, (_, seed) => seed))(
    'are read or refused with a place, seed %d',
    async (seed) => {
      expect(await fuzz(seed, atATime)).toBe(atATime);
    },
    600_000,
  );
});

describe('files that would fill the memory', () => {
  async function* endless(piece: string): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(piece.repeat(Math.ceil((1 << 16) / piece.length)));
    // Far more than is read: who goes on past the limit never ends.
    for (let i = 0; i < 1e6; i++) yield await Promise.resolve(bytes);
  }

  it.each<[string, string, 'conll' | 'json' | 'jsonl' | 'inline' | 'brat' | undefined]>([
    ['a line without end', 'x', undefined],
    ['a line without end, as columns', 'x\t', 'conll'],
    ['a sentence without end', 'x\tO\n', 'conll'],
    ['an array in an array', '[', 'json'],
    ['an object in an object', '{"a":', undefined],
    ['a string without end', '["', 'json'],
    ['a line of JSON without end', '{"tokens": ["a"', 'jsonl'],
    ['markup without end', '<a>', 'inline'],
    ['a document without end', 'a b\n', 'brat'],
  ])('are refused: %s', async (_, piece, format) => {
    const options = { format, annotations: format === 'brat' ? '' : undefined, maxLineLength: 1 << 20 };
    const before = process.memoryUsage().rss;
    const error: unknown = await readSentences(endless(piece), options)
      .toArray()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CorpusError);
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(300);
  });

  it('is read where it is only long: a line of 10 MB', async () => {
    const token = 'x'.repeat(10_000_000);
    const [sentence] = await readSentences([`${token}\tO\n\n`], { format: 'conll' }).toArray();
    expect(sentence.tokens[0]).toHaveLength(10_000_000);
  });
});
