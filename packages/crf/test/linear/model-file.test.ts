import { randomInteger, seededRandom } from '@cognate/testing';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LinearCrf, ModelFileError } from '../../src/index.js';
import { numbersAt, putNumbers } from '../../src/linear/file/little-endian.js';
import { xxhash32 } from '../../src/linear/file/xxhash32.js';
import { randomSequences } from './helpers.js';

const data = randomSequences({ seed: 31, count: 40, tags: 3, attributes: 15, maxLength: 5 });
const crf = await LinearCrf.train(
  [...data, { attributes: [['é', '', '\ud800']], tags: ['Ω'] }],
  { params: { max_iterations: 10 } }, // prettier-ignore
);
const file = crf.toBytes();

/** Where the sections begin, worked out from the README's description and not by the package. */
function layout(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [tags, attributes, weights, tagBytes, attributeBytes, slots] = [24, 28, 32, 36, 40, 44].map((at) =>
    view.getUint32(at, true),
  );
  let end = 64;
  const next = (size: number) => {
    const at = end;
    end += size + ((8 - (size % 8)) % 8);
    return at;
  };
  return {
    counts: { tags, attributes, weights, tagBytes, attributeBytes, slots },
    transitions: next(8 * tags * tags),
    stateWeights: next(8 * weights),
    rowOffsets: next(4 * (attributes + 1)),
    attributeOffsets: next(4 * (attributes + 1)),
    attributeSlots: next(4 * slots),
    tagOffsets: next(4 * (tags + 1)),
    rowTags: next(2 * weights),
    tagNames: next(tagBytes),
    attributeNames: next(attributeBytes),
    end,
  };
}

/** A changed copy of the file whose checksum is right again. */
function forged(change: (view: DataView, bytes: Uint8Array) => void, length = file.length): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(file.subarray(0, length));
  const view = new DataView(bytes.buffer);
  change(view, bytes);
  view.setUint32(12, xxhash32(bytes, 16), true);
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

describe('model files', () => {
  it('give the model back, to the bit', () => {
    const again = LinearCrf.fromBytes(file);
    expect(again.tags).toEqual(crf.tags);
    expect([...again.attributeNames()]).toEqual([...crf.attributeNames()]);
    expect(again.topWeights({ limit: 1e6 })).toEqual(crf.topWeights({ limit: 1e6 }));
    expect(again.toBytes()).toEqual(file);
    for (const { attributes } of data) expect(again.marginals(attributes)).toEqual(crf.marginals(attributes));
  });

  it('may lie anywhere in a buffer, and may be changed after reading', () => {
    const shifted = new Uint8Array(file.length + 16);
    shifted.set(file, 3);
    const again = LinearCrf.fromBytes(shifted.subarray(3, 3 + file.length));
    shifted.fill(0);
    expect(again.toBytes()).toEqual(file);
    expect(LinearCrf.fromBytes(Buffer.from(file)).toBytes()).toEqual(file);
  });

  it('are laid out as the README says', () => {
    const view = new DataView(file.buffer);
    const at = layout(file);
    expect([...file.subarray(0, 8)]).toEqual([0x89, 0x43, 0x52, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(view.getUint32(8, true)).toBe(1);
    expect(view.getUint32(12, true)).toBe(xxhash32(file.subarray(16)));
    expect(view.getFloat64(16, true)).toBe(file.length);
    expect(at.end).toBe(file.length);
    const { counts } = at;
    expect(counts.tags).toBe(crf.tags.length);
    const names = (offsets: number, start: number, count: number) =>
      Array.from({ length: count }, (_, id) => {
        const from = start + view.getUint32(offsets + 4 * id, true);
        const to = start + view.getUint32(offsets + 4 * id + 4, true);
        return Buffer.from(file.subarray(from, to)).toString();
      });
    expect(names(at.tagOffsets, at.tagNames, counts.tags)).toEqual(crf.tags);
    const attributes = names(at.attributeOffsets, at.attributeNames, counts.attributes);
    // Buffer has no way to show a lone surrogate.
    expect(attributes).toEqual(
      [...crf.attributeNames()].map((name) => (name === '\ud800' ? '\ufffd'.repeat(3) : name)),
    );
    for (const [from, tag] of crf.tags.entries()) {
      for (const [to, other] of crf.tags.entries()) {
        const weight = view.getFloat64(at.transitions + 8 * (from * counts.tags + to), true);
        expect(weight).toBe(crf.transitionWeight(tag, other));
      }
    }
    let seen = 0;
    for (const [a, name] of [...crf.attributeNames()].entries()) {
      const end = view.getUint32(at.rowOffsets + 4 * a + 4, true);
      for (let r = view.getUint32(at.rowOffsets + 4 * a, true); r < end; r++, seen++) {
        const tag = crf.tags[view.getUint16(at.rowTags + 2 * r, true)];
        expect(view.getFloat64(at.stateWeights + 8 * r, true)).toBe(crf.stateWeight(name, tag));
      }
    }
    expect(seen).toBe(counts.weights);
  });

  it('have a hash table in which each name is found by the README', () => {
    const view = new DataView(file.buffer);
    const at = layout(file);
    const { slots, attributes } = at.counts;
    const bits = Math.log2(slots);
    const low = (value: bigint) => value & 0xffffffffn;
    for (let id = 0; id < attributes; id++) {
      let hash = 0x811c9dc5n;
      const from = at.attributeNames + view.getUint32(at.attributeOffsets + 4 * id, true);
      const to = at.attributeNames + view.getUint32(at.attributeOffsets + 4 * id + 4, true);
      for (const byte of file.subarray(from, to)) hash = low((hash ^ BigInt(byte)) * 0x01000193n);
      hash = low((hash ^ (hash >> 16n)) * 0x85ebca6bn);
      hash = low((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
      hash ^= hash >> 16n;
      const entry = Number((hash >> BigInt(bits)) << BigInt(bits)) + id + 1;
      let slot = Number(hash) % slots;
      while (view.getUint32(at.attributeSlots + 4 * slot, true) !== entry) {
        expect(view.getUint32(at.attributeSlots + 4 * slot, true)).not.toBe(0);
        slot = (slot + 1) % slots;
      }
    }
  });

  it('of version 1 stay readable', () => {
    const path = new URL('../fixtures/model-v1.crf', import.meta.url);
    const old = LinearCrf.fromBytes(readFileSync(path));
    expect(old.tags).toEqual(['T0', 'T2', 'T1', 'Ω']);
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
  });

  it('that are something else say so', () => {
    expect(failure(new TextEncoder().encode('{"model": "crf"}')).message).toBe(
      'expected a model file, which begins with 89 43 52 46 0d 0a 1a 0a, got 7b in the place of 89, at byte 0',
    );
    expect(failure('text' as unknown as Uint8Array).message).toMatch('expected a Uint8Array, got "text"');
    expect(failure(forged((view) => view.setUint32(8, 2, true))).message).toBe(
      'expected version 1 of the format, got 2, at byte 8',
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

  it('cannot claim more than they hold', () => {
    for (const field of [24, 28, 32, 36, 40, 44]) {
      for (const value of [0, 1, 4096, 4097, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
        failure(forged((view) => view.setUint32(field, value, true)));
        // And all counts together.
        failure(
          forged((view) => [24, 28, 32, 36, 40, 44].forEach((other) => view.setUint32(other, value, true))),
        );
      }
    }
    for (const length of [0, -1, NaN, Infinity, 1e300, file.length + 1]) {
      failure(forged((view) => view.setFloat64(16, length, true)));
    }
    // A header alone.
    failure(forged((view) => view.setFloat64(16, 64, true), 64));
  });

  it('cannot point outside of themselves', () => {
    const places = [at.rowOffsets, at.attributeOffsets, at.tagOffsets];
    const sizes = [counts.attributes, counts.attributes, counts.tags];
    for (const [k, place] of places.entries()) {
      for (let i = 0; i <= sizes[k]; i++) {
        const error = failure(forged((view) => view.setUint32(place + 4 * i, 2 ** 32 - 1 - i, true)));
        expect(error.message).toMatch(/offset of/);
        expect(error.offset).toBe(place + 4 * i);
      }
    }
    const tag = failure(forged((view) => view.setUint16(at.rowTags, counts.tags, true)));
    expect(tag.message).toBe(`expected a tag from 0 to 3, got 4, at byte ${at.rowTags}`);
    const slots = Array.from({ length: counts.slots }, (_, i) => i);
    const view = new DataView(file.buffer);
    const used = slots.find((i) => view.getUint32(at.attributeSlots + 4 * i, true) !== 0)!;
    const slot = failure(
      forged((forgery) => forgery.setUint32(at.attributeSlots + 4 * used, counts.slots - 1, true)),
    );
    expect(slot.message).toMatch(`expected a slot with a number from 1 to ${counts.attributes}`);
  });

  it('cannot make a search go round for ever', () => {
    const full = forged((view) => {
      for (let i = 0; i < counts.slots; i++) view.setUint32(at.attributeSlots + 4 * i, 0xffff0001, true);
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
    for (let round = 0; round < 4000; round++) {
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
      expect(model.predict([['a1', 'a2'], [], ['é']])).toHaveLength(3);
      expect([...model.attributeNames()]).toHaveLength(counts.attributes);
      model.topWeights();
      model.toBytes();
    }
    expect(models).toBeGreaterThan(100);
    expect(models).toBeLessThan(4000);
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

  it('have the checksum that xxHash32 defines', () => {
    const hash = (text: string) => xxhash32(new TextEncoder().encode(text));
    expect(hash('')).toBe(0x02cc5d05);
    expect(hash('a')).toBe(0x550d7456);
    expect(hash('abc')).toBe(0x32d153ff);
    expect(hash('Nobody inspects the spammish repetition')).toBe(0xe2293b2f);
    expect(xxhash32(new TextEncoder().encode('xabcx'), 1, 4)).toBe(0x32d153ff);
  });
});
