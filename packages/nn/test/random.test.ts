import { describe, expect, it } from 'vitest';
import { RandomStream } from '../src/index.js';
import { threefry } from '../src/random/threefry.js';

const FULL = 0xffffffff;

describe('threefry', () => {
  // From the known answers that its authors give with their library (Random123, kat_vectors: threefry2x32, 20 rounds).
  it.each([
    { counter: [0, 0], key: [0, 0], words: [0x6b200159, 0x99ba4efe] },
    { counter: [FULL, FULL], key: [FULL, FULL], words: [0x1cb996fc, 0xbb002be7] },
    { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], words: [0xc4923a9c, 0x483df7a0] },
  ])('gives the published words of counter $counter under key $key', ({ counter, key, words }) => {
    const out = new Uint32Array(2);
    threefry(out, key[0], key[1], counter[0], counter[1]);
    expect([...out]).toEqual(words);
  });
});

const draw = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.next());

describe('RandomStream', () => {
  it('starts with the published words of its seed', () => {
    const stream = new RandomStream(0);
    expect([stream.word(), stream.word()]).toEqual([0x6b200159, 0x99ba4efe]);
  });

  it('is the same for the same seed, and another for any other', () => {
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1];
    const firsts = seeds.map((seed) => draw(new RandomStream(seed), 3).join());
    expect(seeds.map((seed) => draw(new RandomStream(seed), 3).join())).toEqual(firsts);
    expect(new Set(firsts).size).toBe(seeds.length);
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => new RandomStream(seed)).toThrow(/^seed: expected a whole number .* got/);
  });

  it('draws numbers of [0, 1) that are uniform, alone and in successive pairs', () => {
    const stream = new RandomStream(7);
    const cells = 16;
    const count = 160_000;
    const singles = new Int32Array(cells);
    const pairs = new Int32Array(cells * cells);
    let last = 0;
    for (let i = 0; i < count; i++) {
      const cell = Math.floor(stream.next() * cells);
      singles[cell]++;
      pairs[last * cells + cell]++;
      last = cell;
    }
    // Chi-squared, as its distance from the mean in standard deviations.
    const deviation = (counts: Int32Array) => {
      const expected = count / counts.length;
      const sum = counts.reduce((total, n) => total + (n - expected) ** 2 / expected, 0);
      return (sum - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
    };
    expect(Math.abs(deviation(singles))).toBeLessThan(4);
    expect(Math.abs(deviation(pairs))).toBeLessThan(4);
  });

  it('draws normal numbers with the moments of the standard normal distribution', () => {
    const stream = new RandomStream(3);
    const numbers = Array.from({ length: 100_000 }, () => stream.normal());
    const moment = (k: number) => numbers.reduce((sum, x) => sum + x ** k, 0) / numbers.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(moment(3)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  it('draws whole numbers each as likely as the others, even near the number of words', () => {
    const stream = new RandomStream(5);
    const counts = new Int32Array(3);
    for (let i = 0; i < 30_000; i++) counts[stream.integer(3)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(350);
    // Of the 2^32 words, a quarter lies beyond 3 * 2^30; folded back it would double the share of the first third.
    let first = 0;
    for (let i = 0; i < 30_000; i++) if (stream.integer(3 * 2 ** 30) < 2 ** 30) first++;
    expect(Math.abs(first - 10_000)).toBeLessThan(350);
    expect(stream.integer(1)).toBe(0);
    for (const below of [0, -1, 1.5, 2 ** 33]) {
      expect(() => stream.integer(below)).toThrow(/^below: expected a whole number/);
    }
  });

  it('forks by name, whatever has been drawn before', () => {
    const fresh = new RandomStream(9);
    const used = new RandomStream(9);
    draw(used, 5);
    expect(draw(used.fork('dropout'), 4)).toEqual(draw(fresh.fork('dropout'), 4));
    expect(draw(fresh, 5)).toEqual(draw(new RandomStream(9), 5));
  });

  it('gives every name a stream of its own, the empty one, long ones and forks of forks too', () => {
    const stream = new RandomStream(1);
    const names = [
      '',
      'a',
      'b',
      'aa',
      'a\0',
      '\0',
      '\0\0',
      'ab',
      'ba',
      'λ',
      'epoch 1',
      'epoch 2',
      'x'.repeat(99),
    ];
    const firsts = [
      ...names.map((name) => stream.fork(name).next()),
      stream.next(),
      stream.fork('a').fork('b').next(),
      stream.fork('b').fork('a').next(),
      new RandomStream(2).fork('a').next(),
    ];
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it.each([0, 1, 2, 7])('goes on from a state after %d words as if it had not stopped', (before) => {
    const stream = new RandomStream(11).fork('x');
    for (let i = 0; i < before; i++) stream.word();
    const state: unknown = JSON.parse(JSON.stringify(stream.state()));
    const expected = draw(stream, 5);
    const other = new RandomStream(0);
    other.word();
    other.restore(state as ReturnType<RandomStream['state']>);
    expect(draw(other, 5)).toEqual(expected);
    expect(other.fork('y').next()).toBe(stream.fork('y').next());
  });

  it('reaches far places at once, beyond 2^32 blocks', () => {
    const stream = new RandomStream(0);
    const words = [2 ** 33, 2 ** 33 + 1].map((position) => {
      stream.restore({ key: [0, 0], position });
      return stream.word();
    });
    const block = new Uint32Array(2);
    threefry(block, 0, 0, 0, 1);
    expect(words).toEqual([...block]);
  });

  it('refuses names that are none, whose streams would all be the same', () => {
    const stream = new RandomStream(1);
    for (const name of [1, 2, undefined])
      expect(() => stream.fork(name as never)).toThrow(`name: expected a string, got ${String(name)}`);
  });

  it('refuses states that are none', () => {
    const stream = new RandomStream(0);
    expect(() => stream.restore({ key: [1, -1], position: 0 })).toThrow(/^state.key: expected two words/);
    expect(() => stream.restore({ key: [1, 2], position: -1 })).toThrow(/^state.position: expected/);
  });
});
