import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LinearCrf, viterbi, type Attributes, type Sequence } from '../../src/index.js';
import { hashName } from '../../src/linear/file/hash-name.js';
import { readModel } from '../../src/linear/file/model-file.js';
import { PlainTagger } from '../../src/linear/tagging/plain-tagger.js';
import { SimdTagger } from '../../src/linear/tagging/simd-tagger.js';
import { taggerOf } from '../../src/linear/tagging/tagger.js';
import { allTaggings, randomSequences } from './helpers.js';

const place = () => ({ source: 'attributes', sequence: undefined, position: undefined });

/** Names that are hard to tell apart, to write, or to find. */
const strange = [
  '',
  '\0',
  'a\0b',
  'a',
  'b',
  'ab',
  'é',
  'e\u0301',
  'Київ',
  'пуne',
  'पुणे',
  '東京',
  '😀',
  '\ud800',
  '\udc00',
  'x\ud83d',
  '\ude00y',
  '\ufffd',
  '\ufeff',
  'word=',
  'word=é',
  'word=word=',
  '=word',
  'y'.repeat(51),
  'y'.repeat(52),
  'y'.repeat(53),
  'y'.repeat(254),
  'y'.repeat(255),
  'я'.repeat(200),
  'z'.repeat(30_000),
  'я'.repeat(40_000),
];

async function modelOf(data: readonly Sequence[], tags: number): Promise<Uint8Array> {
  const all = Array.from({ length: tags }, (_, i): Sequence => ({
    attributes: [[`tag=${i}`]],
    tags: [`T${i}`],
  }));
  const crf = await LinearCrf.train([...data, ...all], { params: { max_iterations: 6 }, threads: 1 });
  return crf.toBytes();
}

function taggers(bytes: Uint8Array) {
  const model = readModel(bytes);
  const { tagger } = taggerOf(readModel(bytes));
  expect(tagger).toBeInstanceOf(SimdTagger);
  return { model, simd: tagger, plain: new PlainTagger(model) };
}

/** The best tags by the lattice functions. */
function latticeTags(emissions: Float64Array, transitions: Float64Array, numTags: number): number[] {
  const length = emissions.length / numTags;
  return [...viterbi({ length, numTags, emissions, transitions }).tags];
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('tagging in WebAssembly', () => {
  // Rows of one, of two blocks of tags and what is left over; full rows and partial ones.
  it.each([1, 2, 3, 5, 6, 8, 9, 14, 17, 33])('does what plain TypeScript does: %i tags', async (tags) => {
    const data = randomSequences({ seed: 70 + tags, count: 60, tags, attributes: 40, maxLength: 9 });
    const { model, simd, plain } = taggers(await modelOf(data, tags));
    for (const { attributes } of data) {
      const emissions = plain.emissions(attributes, place());
      expect(simd.emissions(attributes, place())).toEqual(emissions);
      const best = simd.best(attributes, place())!;
      expect([...best.subarray(0, attributes.length)]).toEqual(
        latticeTags(emissions, model.transitions, model.tags.length),
      );
    }
  });

  it('finds the best of all taggings', async () => {
    const data = randomSequences({ seed: 91, count: 40, tags: 4, attributes: 12, maxLength: 4 });
    const crf = LinearCrf.fromBytes(await modelOf(data, 4));
    for (const { attributes } of data) {
      let most = -Infinity;
      for (const tagging of allTaggings(attributes.length, 4)) {
        most = Math.max(
          most,
          crf.score(
            attributes,
            tagging.map((tag) => crf.tags[tag]),
          ),
        );
      }
      expect(crf.score(attributes, crf.predict(attributes))).toBeCloseTo(most, 10);
    }
  });

  it('of equal paths takes that of the lattice functions', async () => {
    // No weights at all: every path scores 0.
    const data = [
      { attributes: [['x']], tags: ['A'] },
      { attributes: [['x']], tags: ['B'] },
    ];
    const crf = await LinearCrf.train(data, { params: { max_iterations: 1 } });
    expect(crf.predict([[], [], []])).toEqual(['A', 'A', 'A']);
  });

  it('knows every name, whatever is in it', async () => {
    const random = seededRandom(5);
    const data = strange.map((name, i): Sequence => ({
      attributes: [[name], [name, 'w']],
      tags: [`T${i % 3}`, 'T1'],
    }));
    const { simd, plain } = taggers(await modelOf(data, 3));
    const unknown = ['A', 'worD=', '\ud801', '\ude00', 'e', 'y'.repeat(46), 'z'.repeat(29_999)];
    const names = [...strange, ...unknown];
    for (const name of names) {
      expect(simd.emissions([[name]], place())).toEqual(plain.emissions([[name]], place()));
    }
    for (let round = 0; round < 300; round++) {
      const tokens = Array.from({ length: 1 + randomInteger(random, 12) }, () =>
        Array.from({ length: randomInteger(random, 6) }, () => randomChoice(random, names)),
      );
      expect(simd.emissions(tokens, place())).toEqual(plain.emissions(tokens, place()));
    }
  });

  it('finds names in two parts, cut wherever it may be', async () => {
    const data = strange.map((name, i): Sequence => ({ attributes: [[name]], tags: [`T${i % 3}`] }));
    const { simd, plain, model } = taggers(await modelOf(data, 3));
    const crf = LinearCrf.fromBytes(await modelOf(data, 3));
    const names = [...strange, 'A', 'worD=', '\ud801', 'a\ud83d\ude00b', 'z'.repeat(29_999)];
    for (const name of names) {
      const id = plain.find(name);
      expect(simd.find(name)).toBe(id);
      for (let cut = 0; cut <= Math.min(name.length, 60); cut++)
        expect(crf.attributeId(name.slice(0, cut), name.slice(cut))).toBe(id);
      if (id >= 0) expect(model.attributes.at(id)).toBe(name);
      else expect(strange).not.toContain(name);
    }
  });

  it('gives the weights of an attribute by its number, of which lattices are made', async () => {
    const data = randomSequences({ seed: 14, count: 50, tags: 5, attributes: 30, maxLength: 6 });
    const crf = LinearCrf.fromBytes(await modelOf(data, 5));
    for (const { attributes } of data) {
      const emissions = new Float64Array(attributes.length * crf.tags.length);
      (attributes as string[][]).forEach((names, t) => {
        for (const name of names) {
          const id = crf.attributeId(name);
          if (id < 0) continue;
          const { tags, weights } = crf.stateRow(id);
          weights.forEach((weight, i) => (emissions[t * crf.tags.length + tags[i]] += weight));
        }
      });
      expect(crf.lattice(attributes).emissions).toEqual(emissions);
    }
    for (const wrong of [-1, 0.5, NaN, 1e9, '0'])
      expect(() => crf.stateRow(wrong as number)).toThrow(
        /^expected the number of an attribute, 0 to \d+, got /,
      );
  });

  it('knows names that have the hash of others', async () => {
    // Names whose hashes differ by their high bits alone begin in the same slot or close by; that of a record is the low bits.
    const names = Array.from({ length: 6000 }, (_, i) => `n${i}`);
    const byRecord = new Map<number, string[]>();
    for (const name of names) {
      const bytes = new TextEncoder().encode(name);
      const record = hashName(bytes, 0, bytes.length) % 4096;
      byRecord.set(record, [...(byRecord.get(record) ?? []), name]);
    }
    const crowded = [...byRecord.values()].filter((group) => group.length > 2).flat();
    expect(crowded.length).toBeGreaterThan(300);
    const data = crowded.map((name, i): Sequence => ({ attributes: [[name]], tags: [`T${i % 4}`] }));
    const { simd, plain } = taggers(await modelOf(data.slice(0, 400), 4));
    for (let i = 0; i + 5 < crowded.length; i += 2) {
      const tokens = [crowded.slice(i, i + 5), crowded.slice(i + 1, i + 3)];
      expect(simd.emissions(tokens, place())).toEqual(plain.emissions(tokens, place()));
    }
  });

  it('takes values, records and maps', async () => {
    const data = randomSequences({
      seed: 12,
      count: 50,
      tags: 3,
      attributes: 20,
      maxLength: 6,
      weighted: true,
    });
    const { simd, plain } = taggers(await modelOf(data, 3));
    for (const { attributes } of data) {
      const mixed: Attributes[] = [...attributes, ['a1', 'a2'], { a3: -2, nothing: 4 }, [], ['a4']];
      expect(simd.emissions(mixed, place())).toEqual(plain.emissions(mixed, place()));
    }
  });

  it('takes tokens of any number of attributes and sequences of any length', async () => {
    const data = randomSequences({ seed: 13, count: 50, tags: 3, attributes: 20, maxLength: 6 });
    const bytes = await modelOf(data, 3);
    const { simd, plain } = taggers(bytes);
    const many = Array.from({ length: 5000 }, (_, i) => `a${i % 30}`);
    const sequences: Attributes[][] = [
      [],
      [[]],
      [[], [], []],
      [many, ['a1'], many.slice(0, 1000), many.slice(0, 1024), ['a2'], many.slice(0, 1025)],
      Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? ['a3'] : [])),
      Array.from({ length: 20_000 }, (_, i) => [`a${i % 25}`, 'a3', 'б']),
    ];
    const crf = LinearCrf.fromBytes(bytes);
    for (const tokens of sequences) {
      const emissions = plain.emissions(tokens, place());
      expect(simd.emissions(tokens, place())).toEqual(emissions);
      const expected = latticeTags(emissions, readModel(bytes).transitions, crf.tags.length);
      expect(crf.predict(tokens)).toEqual(expected.map((tag) => crf.tags[tag]));
    }
  });

  it('says which token is wrong', async () => {
    const crf = LinearCrf.fromBytes(await modelOf([], 2));
    for (const wrong of [[1], [null], [undefined], new Array(2), 'text', 5, null]) {
      const tokens = [['a'], ['b'], wrong] as unknown as Attributes[];
      expect(() => crf.predict(tokens)).toThrow(/^attributes, token 2 \(counted from 0\): expected /);
      expect(crf.predict([['a']])).toHaveLength(1);
    }
  });

  it('leaves scores that overflow to the lattice functions, which refuse them', async () => {
    const trained = LinearCrf.fromBytes(await modelOf([], 2));
    const crf = trained.patch([{ kind: 'state', attribute: 'tag=0', tag: 'T0', weight: 1 }]);
    const huge = { 'tag=0': 1.7e308 };
    expect(crf.predict([huge])).toEqual(['T0']);
    expect(() => crf.predict([huge, huge])).toThrow(RangeError);
    expect(() => crf.predict([['tag=1'], huge, huge])).toThrow(RangeError);
  });

  it('is not there where there is no WebAssembly, and plain TypeScript is', async () => {
    const data = randomSequences({ seed: 14, count: 30, tags: 3, attributes: 20, maxLength: 6 });
    const bytes = await modelOf(data, 3);
    const expected = data.map(({ attributes }) => LinearCrf.fromBytes(bytes).predict(attributes));
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { LinearCrf: Fresh } = await import('../../src/index.js');
    const crf = Fresh.fromBytes(bytes);
    expect(crf.kernel).toBe('plain');
    expect(data.map(({ attributes }) => crf.predict(attributes))).toEqual(expected);
    vi.unstubAllGlobals();
    expect(LinearCrf.fromBytes(bytes).kernel).toBe('simd');
  });
});

describe('the hash of names', () => {
  it('is what the README says, worked out with whole numbers', () => {
    const factor = 0x9e3779b97f4a7c15n;
    const u64 = (value: bigint) => value & 0xffffffffffffffffn;
    const random = seededRandom(2);
    for (let length = 0; length < 60; length++) {
      const bytes = Uint8Array.from({ length }, () => randomInteger(random, 256));
      let hash = u64(BigInt(length) * factor);
      for (let at = 0; at < length; at += 8) {
        const word = Buffer.alloc(8);
        word.set(bytes.subarray(at, at + 8));
        hash = u64((hash ^ word.readBigUInt64LE()) * factor);
        hash ^= hash >> 32n;
      }
      expect(hashName(bytes, 0, length)).toBe(Number(u64(hash * factor) >> 32n));
    }
  });
});
