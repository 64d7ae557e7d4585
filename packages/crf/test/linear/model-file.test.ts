import { randomInteger, seededRandom } from '@cognate/testing';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LinearCrf, ModelFileError } from '../../src/index.js';
import { hashName } from '../../src/linear/file/hash-name.js';
import { numbersAt, putNumbers } from '../../src/linear/file/little-endian.js';
import { instanceIn, valueOf } from '../../src/linear/tagging/layout.js';
import { FileMemory } from '../../src/linear/tagging/memory.js';
import { compiledNow } from '../../src/linear/tagging/module.js';
import { randomSequences } from './helpers.js';

const data = randomSequences({ seed: 31, count: 40, tags: 3, attributes: 15, maxLength: 5 });
const crf = await LinearCrf.train(
  [...data, { attributes: [['é', '', '\ud800', 'k=1', 'kind=two', 'kind=']], tags: ['Ω'] }],
  { params: { max_iterations: 10 } }, // prettier-ignore
);
const file = crf.toBytes();

const COUNTS = [
  'tags',
  'attributes',
  'weights',
  'endings',
  'slots',
  'prefixes',
  'tagBytes',
  'endingBytes',
] as const;

/** Where the sections begin, worked out from the README's description and not by the package. */
function layout(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = Object.fromEntries(
    COUNTS.map((name, i) => [name, view.getUint32(24 + 4 * i, true)]),
  ) as Record<(typeof COUNTS)[number], number>;
  const { tags, attributes, weights, endings } = counts;
  let end = 64;
  const next = (size: number, alignment = 8) => {
    const at = Math.ceil(end / alignment) * alignment;
    end = at + size;
    return at;
  };
  const maskBytes = tags > 64 ? 0 : Math.ceil(tags / 8);
  return {
    counts,
    maskBytes,
    transitions: next(8 * tags * tags),
    stateWeights: next(8 * weights),
    slots: next(4 * counts.slots),
    records: next(32 * Math.ceil(endings / 8), 32),
    prefixes: next(attributes),
    rowMasks: next(maskBytes * attributes),
    rowSizes: next(maskBytes > 0 ? 0 : 2 * attributes),
    rowTags: next(maskBytes > 0 ? 0 : 2 * weights),
    tagOffsets: next(4 * (tags + 1)),
    tagNames: next(counts.tagBytes),
    endingNames: next(counts.endingBytes),
    end: Math.ceil(end / 8) * 8,
  };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What the file says of each ending, by the README. */
function endingsOf(bytes: Uint8Array) {
  const at = layout(bytes);
  const view = viewOf(bytes);
  let nameAt = 0;
  let attribute = 0;
  return Array.from({ length: at.counts.endings }, (_, e) => {
    const record = at.records + 32 * Math.floor(e / 8);
    if (e % 8 === 0) {
      expect(view.getUint32(record + 4, true)).toBe(nameAt);
      expect(view.getUint32(record + 8, true)).toBe(attribute);
    }
    let size = view.getUint8(record + 16 + (e % 8));
    if (size === 255) {
      size = view.getUint32(at.endingNames + nameAt, true);
      nameAt += 4;
    }
    const name = bytes.subarray(at.endingNames + nameAt, at.endingNames + nameAt + size);
    nameAt += size;
    const first = attribute;
    attribute += view.getUint8(record + 24 + (e % 8));
    return { name, record, attributes: Array.from({ length: attribute - first }, (_, i) => first + i) };
  });
}

/** What it says of each attribute. */
function attributesOf(bytes: Uint8Array) {
  const at = layout(bytes);
  const view = viewOf(bytes);
  const endings = endingsOf(bytes);
  let row = 0;
  return endings.flatMap(({ name: ending, record, attributes }, e) => {
    if (e % 8 === 0) expect(view.getUint32(record, true)).toBe(row);
    return attributes.map((a) => {
      const prefix = view.getUint8(at.prefixes + a);
      expect(prefix).toBeLessThan(at.counts.prefixes);
      const rowStart = row;
      let tags: number[];
      if (at.maskBytes > 0) {
        const mask = bytes.subarray(at.rowMasks + at.maskBytes * a, at.rowMasks + at.maskBytes * (a + 1));
        tags = Array.from({ length: 8 * mask.length }, (_, t) => t).filter(
          (t) => mask[t >> 3] & (1 << (t & 7)),
        );
      } else {
        const size = view.getUint16(at.rowSizes + 2 * a, true);
        tags = Array.from({ length: size }, (_, i) => view.getUint16(at.rowTags + 2 * (row + i), true));
      }
      row += tags.length;
      return { name: Buffer.concat([endings[prefix].name, ending]), prefix, rowStart, tags };
    });
  });
}

/** The checksum by the README, in whole numbers of any size. */
function checksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const factor = 0x9e3779b1n;
  const numbers = Array.from({ length: 16 }, (_, k) => BigInt.asUintN(32, BigInt(k + 1) * factor));
  let at = 16;
  for (; at + 64 <= bytes.length; at += 64) {
    for (let k = 0; k < 16; k++) {
      const sum = BigInt.asUintN(32, numbers[k] + BigInt(view.getUint32(at + 4 * k, true)));
      numbers[k] = BigInt.asUintN(32, ((sum << 13n) | (sum >> 19n)) * factor);
    }
  }
  const summary = Buffer.alloc(64 + bytes.length - at);
  for (const [k, number] of numbers.entries()) summary.writeUInt32LE(Number(number), 4 * k);
  summary.set(bytes.subarray(at), 64);
  // tagging.test.ts has the hash itself.
  return hashName(summary, 0, summary.length);
}

/** A changed copy of a file whose checksum is right again. */
function forged(
  change: (view: DataView, bytes: Uint8Array) => void,
  { length, of = file }: { length?: number; of?: Uint8Array } = {},
): Uint8Array {
  const bytes = new Uint8Array(length ?? of.length);
  bytes.set(of.subarray(0, bytes.length));
  const view = new DataView(bytes.buffer);
  change(view, bytes);
  view.setUint32(12, checksum(bytes), true);
  return bytes;
}

function failure(bytes: Uint8Array): ModelFileError {
  try {
    LinearCrf.fromBytes(bytes);
  } catch (error) {
    if (error instanceof ModelFileError) return error;
    throw error;
  }
  throw new Error('expected an error, got a model');
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('model files', () => {
  it('give the model back, to the bit', () => {
    const again = LinearCrf.fromBytes(file);
    expect(again.tags).toEqual(crf.tags);
    // Whatever tags has the order of the file.
    crf.attributeId('');
    expect([...again.attributeNames()]).toEqual([...crf.attributeNames()]);
    expect(again.topWeights({ limit: 1e6 })).toEqual(crf.topWeights({ limit: 1e6 }));
    expect(again.toBytes()).toEqual(file);
    for (const { attributes } of data) expect(again.marginals(attributes)).toEqual(crf.marginals(attributes));
  });

  it('may lie anywhere in a buffer', () => {
    for (const shift of [0, 3, 8, 20]) {
      const shifted = new Uint8Array(file.length + 32);
      shifted.set(file, shift);
      const again = LinearCrf.fromBytes(shifted.subarray(shift, shift + file.length));
      expect(again.predict([['a1']])).toEqual(crf.predict([['a1']]));
      expect(again.toBytes()).toEqual(file);
    }
    expect(LinearCrf.fromBytes(Buffer.from(file)).toBytes()).toEqual(file);
    const shared = new Uint8Array(new SharedArrayBuffer(file.length));
    shared.set(file);
    expect(LinearCrf.fromBytes(shared).toBytes()).toEqual(file);
  });

  it('are laid out as the README says', () => {
    const view = new DataView(file.buffer);
    const at = layout(file);
    expect([...file.subarray(0, 8)]).toEqual([0x89, 0x43, 0x52, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(view.getUint32(8, true)).toBe(4);
    expect(view.getUint32(12, true)).toBe(checksum(file));
    expect(view.getFloat64(16, true)).toBe(file.length);
    expect(at.end).toBe(file.length);
    const { counts } = at;
    const tagNames = Array.from({ length: counts.tags }, (_, id) => {
      const from = at.tagNames + view.getUint32(at.tagOffsets + 4 * id, true);
      return Buffer.from(
        file.subarray(from, at.tagNames + view.getUint32(at.tagOffsets + 4 * id + 4, true)),
      ).toString();
    });
    expect(tagNames).toEqual(crf.tags);
    const attributes = attributesOf(file);
    const names = [...LinearCrf.fromBytes(file).attributeNames()];
    // Buffer has no way to show a lone surrogate.
    expect(attributes.map(({ name }) => name.toString())).toEqual(
      names.map((name) => (name === '\ud800' ? '\ufffd'.repeat(3) : name)),
    );
    expect(new Set(attributes.map(({ prefix }) => prefix))).toEqual(new Set([0, 1, 2]));
    for (const [from, tag] of crf.tags.entries()) {
      for (const [to, other] of crf.tags.entries()) {
        const weight = view.getFloat64(at.transitions + 8 * (from * counts.tags + to), true);
        expect(weight).toBe(crf.transitionWeight(tag, other));
      }
    }
    let seen = 0;
    for (const [a, name] of names.entries()) {
      const { rowStart, tags } = attributes[a];
      for (const [i, tag] of tags.entries()) {
        const weight = view.getFloat64(at.stateWeights + 8 * (rowStart + i), true);
        expect(weight).toBe(crf.stateWeight(name, crf.tags[tag]));
        seen++;
      }
    }
    expect(seen).toBe(counts.weights);
  });

  it('have a hash table in which each ending is found by the README', () => {
    const view = new DataView(file.buffer);
    const at = layout(file);
    const { slots, endings, prefixes } = at.counts;
    const bits = BigInt(endings.toString(2).length);
    const u32 = (value: bigint) => value & 0xffffffffn;
    const all = endingsOf(file);
    for (const [e, { name }] of all.entries()) {
      // tagging.test.ts has the hash itself.
      const hash = BigInt(hashName(name, 0, name.length));
      const entry = Number(u32(hash << bits)) + e + 1;
      let slot = Number((hash * BigInt(slots)) >> 32n);
      for (let tries = 0; view.getUint32(at.slots + 4 * slot, true) !== entry; tries++) {
        expect(view.getUint32(at.slots + 4 * slot, true)).not.toBe(0);
        expect(tries).toBeLessThan(slots);
        slot = (slot + 1) % slots;
      }
    }
    // Those that save most come first.
    expect(all.slice(0, prefixes).map(({ name }) => Buffer.from(name).toString())).toEqual([
      '',
      'kind=',
      'k=',
    ]);
  });

  it('hold names and numbers of tags of any size', async () => {
    const names = ['', '=', ':', 'x='.repeat(200), 'y'.repeat(254), 'y'.repeat(255), 'z'.repeat(70_000)];
    // More prefixes than can be numbered, and endings that many names have.
    const many = Array.from({ length: 300 }, (_, i) => `p${i}${i % 2 === 0 ? '=' : ':'}${i % 7}`);
    for (const numTags of [300, 64, 17, 8]) {
      const tokens = [...names, ...many].map((name, i) => ({ name, tag: `T${i % numTags}` }));
      // Sequences of one token: with so many tags, transitions take long.
      const model = await LinearCrf.train(
        tokens.map(({ name, tag }) => ({ attributes: [[name, 'all']], tags: [tag] })),
        { params: { max_iterations: 2 } },
      );
      const bytes = model.toBytes();
      const maskBytes = numTags === 300 ? 0 : Math.ceil(numTags / 8);
      expect(layout(bytes)).toMatchObject({ maskBytes, counts: { prefixes: 255, tags: numTags } });
      const again = LinearCrf.fromBytes(bytes);
      expect(attributesOf(bytes).map(({ name }) => name.toString())).toEqual([...again.attributeNames()]);
      model.attributeId('');
      expect([...again.attributeNames()]).toEqual([...model.attributeNames()]);
      expect(again.topWeights({ limit: 100 })).toEqual(model.topWeights({ limit: 100 }));
      for (const { name, tag } of tokens) {
        expect(again.stateWeight(name, tag)).toBe(model.stateWeight(name, tag));
        expect(again.predict([[name]])).toEqual(model.predict([[name]]));
      }
      expect(again.toBytes()).toEqual(bytes);
      expect(again.kernel).toBe('simd');
      // By the thorough check and in plain TypeScript the same.
      vi.spyOn(FileMemory, 'holding').mockReturnValueOnce(undefined);
      const plain = LinearCrf.fromBytes(bytes);
      expect(plain.kernel).toBe('plain');
      for (const { name } of tokens.filter((_, i) => i % 9 === 0))
        expect(plain.lattice([[name, 'all']]).emissions).toEqual(again.lattice([[name, 'all']]).emissions);
    }
  });

  it('may be read into the memory where they are used', () => {
    const bytes = LinearCrf.allocate(file.length);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    bytes.set(file);
    const model = LinearCrf.fromBytes(bytes);
    expect(model.toBytes()).toEqual(file);
    for (const { attributes } of data) expect(model.predict(attributes)).toEqual(crf.predict(attributes));
    // They are the model's now.
    expect(() => LinearCrf.fromBytes(bytes)).toThrow(ModelFileError);
    // Not all of them need be used; damage is found, and mended bytes can be read again.
    const more = LinearCrf.allocate(file.length + 1000);
    more.set(file);
    const part = more.subarray(0, file.length);
    part[file.length - 1] ^= 1;
    expect(failure(part).message).toMatch('checksum');
    part[file.length - 1] ^= 1;
    expect(LinearCrf.fromBytes(part).toBytes()).toEqual(file);
    for (const wrong of [-1, 0.5, NaN, Infinity, '8', 2 ** 60])
      expect(() => LinearCrf.allocate(wrong as number)).toThrow(RangeError);
    expect(failure(LinearCrf.allocate(0)).message).toMatch('expected a header of 64 bytes, got 0 bytes');
  });

  it('are tagged with alike whatever stands behind them', () => {
    const name = new TextEncoder().encode('a1');
    const clean = crf.lattice([['a1']]).emissions;
    for (const parity of [0, 64]) {
      const more = LinearCrf.allocate(file.length + 600_000);
      // What the module would take for names that it remembers, with large weights.
      const view = viewOf(more);
      for (let at = parity; at + 128 <= more.length; at += 128) {
        const record = at - (more.byteOffset % 64);
        if (record < file.length) continue;
        view.setUint32(record, hashName(name, 0, 2), true);
        view.setUint32(record + 4, 3, true);
        more.set(name, record + 12);
        for (let tag = 0; tag < 8; tag++) view.setFloat64(record + 64 + 8 * tag, 1e3 * tag, true);
      }
      more.set(file);
      expect(LinearCrf.fromBytes(more.subarray(0, file.length)).lattice([['a1']]).emissions).toEqual(clean);
    }
  });

  it('may end beyond 2 GiB', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    const functions = instanceIn(memory, compiledNow());
    new Uint8Array(memory.buffer).set(file.subarray(0, 64), 192);
    // Weights.
    new DataView(memory.buffer, 192).setUint32(32, 2 ** 28, true);
    expect(functions.layOut()).toBe(1);
    for (const place of [functions.tagOffsets, functions.input, functions.scores])
      expect(valueOf(place)).toBeGreaterThan(2 ** 31);
    new DataView(memory.buffer, 192).setUint32(32, 2 ** 29, true);
    expect(functions.layOut()).toBe(0);
  });

  it('of version 4 stay readable', () => {
    const path = new URL('../fixtures/model-v4.crf', import.meta.url);
    const old = LinearCrf.fromBytes(readFileSync(path));
    expect(old.tags).toEqual(['T0', 'T2', 'T1', 'Ω']);
    expect(old.stateWeight('é', 'Ω')).toBe(0.2219598292467088);
    expect(old.predict([['é', '']])).toEqual(['Ω']);
  });
});

describe('damaged model files', () => {
  it('give an error at every length', () => {
    for (let length = 0; length < file.length; length++) {
      const error = failure(file.subarray(0, length));
      expect(error.offset).toBeLessThanOrEqual(length);
      expect(error.message).toMatch(/^expected .+, got .+, at byte \d+$/);
    }
    const longer = new Uint8Array(file.length + 8);
    longer.set(file);
    expect(failure(longer).message).toMatch(`expected a file of ${file.length} bytes`);
  });

  it('give an error for each changed bit', () => {
    const random = seededRandom(32);
    for (let at = 0; at < file.length; at++) {
      const bytes = file.slice();
      bytes[at] ^= 1 << randomInteger(random, 8);
      failure(bytes);
    }
    for (let round = 0; round < 2000; round++) {
      const bytes = file.slice();
      for (let k = randomInteger(random, 20); k >= 0; k--) {
        bytes[randomInteger(random, bytes.length)] = randomInteger(random, 256);
      }
      if (Buffer.compare(bytes, file) !== 0) failure(bytes);
    }
    // The highest bit of two words in a column, as that of signs of weights, which many sums would not notice.
    for (let at = 16; at + 128 <= file.length; at += 4) {
      const bytes = file.slice();
      for (const place of [
        at,
        at + 64 * (1 + randomInteger(random, Math.floor((file.length - at) / 64) - 1)),
      ])
        bytes[place + 3] ^= 0x80;
      failure(bytes);
    }
    // Words of a column that change places, and others whose changes make up for each other in sums.
    const words = (changes: readonly number[]) => {
      const bytes = file.slice();
      const view = viewOf(bytes);
      for (const [row, change] of changes.entries())
        view.setInt32(80 + 64 * row, view.getInt32(80 + 64 * row, true) + change, true);
      return bytes;
    };
    for (const changes of [
      [1, -1],
      [1, -2, 1],
      [2, -2, -2, 2],
      [1, -3, 3, -1],
      [2 ** 16, -(2 ** 17), 2 ** 16],
    ])
      failure(words(changes));
  });

  it('that are something else say so', () => {
    expect(failure(new TextEncoder().encode('{"model": "crf"}')).message).toBe(
      'expected a model file, which begins with 89 43 52 46 0d 0a 1a 0a, got 7b in the place of 89, at byte 0',
    );
    expect(failure('text' as unknown as Uint8Array).message).toMatch('expected a Uint8Array, got "text"');
    expect(failure(forged((view) => view.setUint32(8, 1, true))).message).toBe(
      'expected version 4 of the format, got 1, at byte 8',
    );
    const wrongSum = file.slice();
    wrongSum[file.length - 1] ^= 1;
    expect(failure(wrongSum).message).toMatch(
      /expected the checksum [0-9a-f]+, got [0-9a-f]+: the file is damaged/,
    );
  });
});

describe('forged model files, with the right checksum', () => {
  const at = layout(file);
  const { counts } = at;
  const fields = COUNTS.map((_, i) => 24 + 4 * i);

  it('cannot claim more than they hold', () => {
    for (const field of fields) {
      for (const value of [0, 1, 4096, 4097, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
        const view = new DataView(file.buffer);
        if (view.getUint32(field, true) === value) continue;
        failure(forged((forgery) => forgery.setUint32(field, value, true)));
        // And all counts together.
        failure(forged((forgery) => fields.forEach((other) => forgery.setUint32(other, value, true))));
      }
    }
    for (const length of [0, -1, NaN, Infinity, 1e300, file.length + 1]) {
      failure(forged((view) => view.setFloat64(16, length, true)));
    }
    // A header alone.
    failure(forged((view) => view.setFloat64(16, 64, true), { length: 64 }));
  });

  it('cannot point outside of themselves', () => {
    for (const [place, size, what] of [[at.tagOffsets, counts.tags, /offset of a name/]] as const) {
      for (let i = 0; i <= size; i++) {
        const error = failure(forged((view) => view.setUint32(place + 4 * i, 2 ** 32 - 1 - i, true)));
        expect(error.message).toMatch(what);
        expect(error.offset).toBe(place + 4 * i);
      }
    }
    // Four tags: the other bits of a mask are none.
    const mask = failure(forged((view) => view.setUint8(at.rowMasks, 0x11)));
    expect(mask.message).toBe(`expected a mask of 4 tags, got 11 as its last byte, at byte ${at.rowMasks}`);
    const prefix = failure(forged((view) => view.setUint8(at.prefixes + 2, counts.prefixes)));
    expect(prefix.message).toMatch(
      `expected a prefix from 0 to ${counts.prefixes - 1}, got ${counts.prefixes}`,
    );
    expect(prefix.offset).toBe(at.prefixes + 2);
    const slots = Array.from({ length: counts.slots }, (_, i) => at.slots + 4 * i);
    const view = new DataView(file.buffer);
    const used = slots.find((place) => view.getUint32(place, true) !== 0)!;
    for (const [number, expected] of [
      [0, `expected a slot with a number from 1 to ${counts.endings}, got 0`],
      [counts.endings + 1, `expected a slot with a number from 1 to ${counts.endings}`],
    ] as const) {
      const error = failure(forged((forgery) => forgery.setUint32(used, 0xffffff00 | number, true)));
      expect(error.message).toMatch(expected);
      expect(error.offset).toBe(used);
    }
  });

  it('cannot have records that contradict each other', () => {
    // A second record, of which each part is wrong in turn.
    const record = at.records + 32;
    expect(counts.endings).toBeGreaterThan(8);
    const view = new DataView(file.buffer);
    const add = (place: number, by: number) =>
      failure(forged((forgery) => forgery.setUint8(place, view.getUint8(place) + by)));
    for (const [at, message] of [
      [record, /^expected \d+ as a start, got/],
      [record + 4, /^expected \d+ as a start, got/],
      [record + 8, /^expected \d+ as a start, got/],
    ] as const) {
      expect(add(at, 1)).toMatchObject({ offset: at, message: expect.stringMatching(message) });
    }
    // What a record says of itself shows in the next one, or at the end.
    expect(add(at.records + 17, 1)).toMatchObject({ offset: record + 4 });
    expect(add(record + 16, 1).message).toMatch(/expected (\d+ as a start|an ending of at most|\d+ bytes)/);
    expect(add(at.records + 24, 1).message).toMatch(/expected \d+ as a start/);
    const last = at.records + 32 * Math.floor((counts.endings - 1) / 8) + 24 + ((counts.endings - 1) % 8);
    expect(add(last, 1)).toMatchObject({
      offset: last,
      message: expect.stringMatching(/^expected an ending of at most 1 attributes, got 2/),
    });
    expect(add(last, -1).message).toMatch(`expected ${counts.attributes} attributes of endings`);
    // A long ending, whose length is read from it.
    failure(forged((forgery) => forgery.setUint8(at.records + 16, 255)));
  });

  it('cannot make few bytes many names, or long ones', async () => {
    const long = ['y'.repeat(100), 'z'];
    const model = await LinearCrf.train(
      long
        .map((name) => ({ attributes: [[`k=${name}`, name]], tags: ['A'] }))
        .concat({ attributes: [['k=']], tags: ['B'] }),
      { params: { max_iterations: 2 } },
    );
    const of = model.toBytes();
    const { records, counts: few } = layout(of);
    const endings = endingsOf(of);
    const names = endings.map(({ name }) => Buffer.from(name).toString());
    // With long parts a name is not split.
    expect(names).toEqual(['', 'k=', `k=${long[0]}`, long[0], 'z']);
    for (const name of [...long, 'k=', ...long.map((part) => `k=${part}`)])
      expect(LinearCrf.fromBytes(of).attributeId(name)).toBeGreaterThanOrEqual(0);
    const both = (change: (view: DataView) => void, message: RegExp, offset: number) => {
      const bytes = forged(change, { of });
      for (const quick of [true, false]) {
        if (!quick) vi.spyOn(FileMemory, 'holding').mockReturnValueOnce(undefined);
        const error = failure(bytes);
        expect(error.message).toMatch(message);
        expect(error.offset).toBe(offset);
      }
    };
    const at63 = /^expected an ending of at most 63 bytes, got 10/;
    // A long one as a prefix; and with two attributes, the other one being that of the ending after it.
    both((view) => view.setUint32(44, few.endings, true), at63, records + 16 + 2);
    both(
      (view) => {
        view.setUint8(records + 24 + 3, 2);
        view.setUint8(records + 24 + 4, endings[4].attributes.length - 1);
      },
      at63,
      records + 16 + 3,
    );
    // The first prefix is none.
    both(
      (view) => {
        view.setUint8(records + 16, 1);
        view.setUint8(records + 17, 1);
      },
      /^expected an ending of at most 0 bytes, got 1/,
      records + 16,
    );
  });

  it('may have a name twice, which shows where all names are asked for', () => {
    const names = endingsOf(file).map(({ name }) => Buffer.from(name).toString());
    const [first, second] = [names.indexOf('a1'), names.indexOf('a2')];
    expect(Math.min(first, second)).toBeGreaterThanOrEqual(0);
    const place = endingsOf(file)[second].name.byteOffset - file.byteOffset;
    const twice = LinearCrf.fromBytes(forged((_, bytes) => bytes.set(Buffer.from('a1'), place)));
    expect(twice.predict([['a1']])).toHaveLength(1);
    for (const use of [() => [...twice.attributeNames()], () => twice.prune(0), () => twice.topWeights()])
      expect(use).toThrow('expected different names, got "a1" twice');
  });

  it('cannot have more weights or fewer than their rows', () => {
    const sizes = attributesOf(file).map(({ tags }) => tags.length);
    const fewer = sizes.findIndex((size) => size < 4);
    // The last row has too many then, if none before it has.
    const grown = failure(forged((view) => view.setUint8(at.rowMasks + fewer, 15)));
    expect(grown.message).toMatch(/^expected a row of at most \d+ weights, got \d+/);
    expect(grown.offset).toBeGreaterThan(at.rowMasks + fewer);
    const shrunk = failure(forged((view) => view.setUint8(at.rowMasks + sizes.length - 1, 0)));
    expect(shrunk.message).toBe(
      `expected ${counts.weights} weights of rows, got ${counts.weights - sizes.at(-1)}, at byte ${at.rowMasks}`,
    );
  });

  it('cannot have lists of tags that do not rise', async () => {
    const names = Array.from({ length: 70 }, (_, i) => `n${i}`);
    const model = await LinearCrf.train(
      names.map((name, i) => ({ attributes: [[name, 'all']], tags: [`T${i}`] })),
      { params: { max_iterations: 2 } },
    );
    const of = model.toBytes();
    const lists = layout(of);
    expect(lists.maskBytes).toBe(0);
    expect(LinearCrf.fromBytes(of).stateWeight('all', 'T3')).toBe(model.stateWeight('all', 'T3'));
    const { rowStart, tags } = attributesOf(of).find(({ name }) => name.toString() === 'all')!;
    const second = lists.rowTags + 2 * (rowStart + 1);
    for (const tag of [tags[0], 70]) {
      const error = failure(forged((view) => view.setUint16(second, tag, true), { of }));
      expect(error.message).toMatch(`expected a tag from ${tags[0] + 1} to 69, got ${tag}`);
      expect(error.offset).toBe(second);
    }
    for (const size of [9, 65_535]) {
      const error = failure(forged((view) => view.setUint16(lists.rowSizes, size, true), { of }));
      expect(error.message).toMatch(/expected (a tag|a row of at most)/);
    }
  });

  it('cannot make a search go round for ever', () => {
    const full = forged((view) => {
      for (let i = 0; i < counts.slots; i++) view.setUint32(at.slots + 4 * i, 0xffffff01, true);
    });
    expect(failure(full).message).toMatch('slots in use');
  });

  it('cannot hold weights or tags that are none', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const place = at.stateWeights + 8 * (counts.weights - 1);
      const error = failure(forged((view) => view.setFloat64(place, value, true)));
      expect(error.message).toBe(`expected a finite state weight, got ${value}, at byte ${place}`);
      failure(forged((view) => view.setFloat64(at.transitions, value, true)));
    }
    // The name T1 becomes T0.
    const twice = forged((_, bytes) => (bytes[at.tagNames + 5] = bytes[at.tagNames + 1]));
    expect(failure(twice).message).toMatch('expected 4 tags of different names, got 3');
  });

  it('give an error or a model that works, whatever is changed', () => {
    const random = seededRandom(33);
    let models = 0;
    const holding = vi.spyOn(FileMemory, 'holding');
    for (let round = 0; round < 1500; round++) {
      const bytes = forged((_, target) => {
        for (let k = randomInteger(random, 4); k >= 0; k--) {
          target[24 + randomInteger(random, target.length - 24)] = randomInteger(random, 256);
        }
      });
      let model: LinearCrf;
      try {
        model = LinearCrf.fromBytes(bytes);
      } catch (error) {
        if (error instanceof ModelFileError) continue;
        throw error;
      }
      models++;
      // What the quick check lets pass, the thorough one does, too.
      holding.mockReturnValueOnce(undefined);
      LinearCrf.fromBytes(bytes);
      expect(model.predict([['a1', 'a2'], [], ['é']])).toHaveLength(3);
      try {
        expect([...model.attributeNames()]).toHaveLength(counts.attributes);
        model.topWeights();
      } catch (error) {
        // A name that comes twice.
        expect(error).toBeInstanceOf(RangeError);
        expect(String(error)).toMatch(/expected different names, got ".*" twice/);
      }
      model.toBytes();
    }
    expect(models).toBeGreaterThan(40);
    expect(models).toBeLessThan(1500);
  });
});

describe('numbers in files', () => {
  it('are little-endian on every host', () => {
    for (const hostIsLittleEndian of [true, false]) {
      const target = new Uint8Array(24);
      putNumbers('u16', target, 0, Uint16Array.of(0x0102, 0xfffe), hostIsLittleEndian);
      putNumbers('u32', target, 4, Uint32Array.of(0x01020304), hostIsLittleEndian);
      putNumbers('f64', target, 8, Float64Array.of(-1.5, 1e300), hostIsLittleEndian);
      expect(numbersAt('u16', target.slice().buffer, 0, 2, hostIsLittleEndian)).toEqual(
        Uint16Array.of(0x0102, 0xfffe),
      );
      expect(numbersAt('u32', target.slice().buffer, 4, 1, hostIsLittleEndian)).toEqual(
        Uint32Array.of(0x01020304),
      );
      expect(numbersAt('f64', target.slice().buffer, 8, 2, hostIsLittleEndian)).toEqual(
        Float64Array.of(-1.5, 1e300),
      );
    }
    // A host of the other order has to turn the bytes round: seen from here it is that the order differs.
    const target = new Uint8Array(4);
    putNumbers('u32', target, 0, Uint32Array.of(0x01020304), false);
    expect([...target]).toEqual([1, 2, 3, 4]);
  });
});
