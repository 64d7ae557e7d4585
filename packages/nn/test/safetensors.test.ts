import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, SafetensorsError, writeSafetensors, type SafeTensor } from '../src/index.js';
import { reverseEach } from '../src/safetensors/byte-order.js';
import { toFloat32 } from '../src/safetensors/tensor.js';

/** Written by the reference implementation, safetensors 0.8.0 for Python, from numpy arrays. */
const reference = () =>
  new Uint8Array(readFileSync(new URL('fixtures/reference.safetensors', import.meta.url)));

const tensor = (dtype: string, shape: number[], data: unknown) =>
  ({ dtype, shape, data }) as unknown as SafeTensor;

describe('readSafetensors', () => {
  it('reads what the reference implementation wrote', () => {
    const { tensors, metadata } = readSafetensors(reference());
    expect(Object.fromEntries(metadata)).toEqual({ format: 'np', note: 'λ' });
    expect(Object.fromEntries(tensors)).toEqual({
      long: tensor('I64', [2], BigInt64Array.of(-(2n ** 62n), 3n)),
      double: tensor('F64', [1, 1], Float64Array.of(Math.PI)),
      'encoder.weight': tensor('F32', [2, 3], Float32Array.of(0, 0.125, 0.25, 0.375, 0.5, 0.625)),
      none: tensor('F32', [0, 4], new Float32Array(0)),
      scalar: tensor('I32', [], Int32Array.of(-7)),
      half: tensor('F16', [5], Uint16Array.of(0x3c00, 0xc100, 0x7bff, 1, 0x7c00)),
      ключ: tensor('I16', [2], Int16Array.of(1, -1)),
      bytes: tensor('U8', [3], Uint8Array.of(1, 2, 255)),
      flag: tensor('BOOL', [3], Uint8Array.of(1, 0, 1)),
    });
  });

  it('reads numbers that are not aligned, as where the file is a part of something larger', () => {
    const bytes = reference();
    for (const offset of [1, 2, 4, 7]) {
      const larger = new Uint8Array(bytes.length + 8);
      larger.set(bytes, offset);
      const moved = readSafetensors(larger.subarray(offset, offset + bytes.length));
      expect(moved.tensors).toEqual(readSafetensors(bytes).tensors);
    }
  });

  it('makes float32 of what is floating point, and of nothing else', () => {
    const { tensors } = readSafetensors(reference());
    const floats = (name: string) => toFloat32(tensors.get(name)!);
    expect(floats('half')).toEqual(Float32Array.of(1, -2.5, 65504, 2 ** -24, Infinity));
    expect(floats('double')).toEqual(Float32Array.of(Math.PI));
    expect(floats('long')).toBeUndefined();
    // bfloat16 is the upper half of a float32: 1, -2.5, infinity.
    const brain = toFloat32({ dtype: 'BF16', shape: [3], data: Uint16Array.of(0x3f80, 0xc020, 0x7f80) });
    expect(brain).toEqual(Float32Array.of(1, -2.5, Infinity));
    expect(toFloat32({ dtype: 'F16', shape: [2], data: Uint16Array.of(0x7e00, 0x83ff) })).toEqual(
      Float32Array.of(NaN, -1023 * 2 ** -24),
    );
  });
});

/** A file with that header, as text or as the bytes of it, and so many bytes of data. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const text =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const one = (entry: object) => file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }, 8);
const withLength = (length: bigint) => {
  const bytes = one({});
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
};

describe('untrusted bytes', () => {
  it.each([
    ['nothing', new Uint8Array(0), /bytes 0 to 7: expected the length of the header, got a file of 0 bytes/],
    ['seven bytes', new Uint8Array(7), /got a file of 7 bytes/],
    [
      'a header longer than the file',
      withLength(10_000n),
      /header of at most \d+ bytes, got the length 10000/,
    ],
    ['a header of 2^64 - 1 bytes', withLength(2n ** 64n - 1n), /got the length 18446744073709551615/],
    ['a header that ends early', withLength(5n), /header, bytes 8 to 12: expected JSON in UTF-8/],
    ['text that is not UTF-8', file(Uint8Array.of(0x7b, 0xff, 0x7d), 0), /expected JSON in UTF-8/],
    ['an empty header', file('', 0), /expected JSON in UTF-8/],
    ['a list', file([1], 0), /expected a JSON object, got \[1\]/],
    ['a deep header', file('['.repeat(200_000), 0), /expected JSON in UTF-8/],
    ['no object', file({ a: 3 }, 0), /tensor "a": expected an object, got 3/],
    ['a list for an object', file({ a: [] }, 0), /tensor "a": expected an object, got \[\]/],
    ['an unknown dtype', one({ dtype: 'F7' }), /tensor "a": expected one of the dtypes F64, .* got "F7"/],
    ['a dtype from the prototype', one({ dtype: 'constructor' }), /got "constructor"/],
    ['no dtype', file({ a: { shape: [], data_offsets: [0, 0] } }, 0), /got nothing/],
    [
      'a negative length',
      one({ shape: [-2] }),
      /expected a shape of whole numbers of at least 0, got \[-2\]/,
    ],
    ['half a length', one({ shape: [1.5] }), /expected a shape/],
    ['a shape that is no list', one({ shape: '2' }), /expected a shape .* got "2"/],
    ['a huge shape', one({ shape: [2 ** 30, 2 ** 30] }), /expected 4611686018427388000 bytes .* got 8/],
    [
      'a shape whose product has no number',
      one({ shape: Array(60).fill(2 ** 50) }),
      /expected Infinity bytes/,
    ],
    ['one offset', one({ data_offsets: [0] }), /expected data_offsets of two whole numbers, got \[0\]/],
    ['offsets beyond the end', one({ shape: [3], data_offsets: [0, 12] }), /within the 8 bytes of data/],
    ['offsets in the wrong order', one({ data_offsets: [8, 0] }), /within the 8 bytes of data, got \[8,0\]/],
    ['a negative offset', one({ data_offsets: [-8, 0] }), /two whole numbers/],
    ['too few bytes', one({ shape: [3] }), /expected 12 bytes for the shape \[3\] of F32, got 8/],
    ['bytes that belong to none', file({}, 4), /end of the file: expected 0 bytes of data, got 4/],
    [
      'an overlap',
      file(
        {
          a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] },
          b: { dtype: 'U8', shape: [3], data_offsets: [3, 6] },
        },
        6,
      ),
      /tensor "b": its data from byte 3 overlaps tensor "a"'s, which reaches to 4/,
    ],
    [
      'a hole',
      file({ a: { dtype: 'U8', shape: [1], data_offsets: [2, 3] } }, 3),
      /tensor "a": its data start at byte 2, but those before it end at 0/,
    ],
    [
      'metadata that are no text',
      file({ __metadata__: { a: 1 } }, 0),
      /'__metadata__': expected an object of strings/,
    ],
    ['metadata that are no object', file({ __metadata__: null }, 0), /got null/],
    ['a long name', file({ ['n'.repeat(999)]: 1 }, 0), /tensor "n{70,80}\.\.\.: expected an object/],
  ])('%s: the error says where', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
    expect(() => readSafetensors(bytes)).toThrow(message);
  });

  it('takes names that mean something in JavaScript for names', () => {
    const entry = { dtype: 'U8', shape: [], data_offsets: [0, 1] };
    const { tensors } = readSafetensors(file(`{"__proto__":${JSON.stringify(entry)}}`, 1));
    expect([...tensors.keys()]).toEqual(['__proto__']);
    expect(Object.prototype).not.toHaveProperty('dtype');
  });

  it('a file cut off anywhere is refused', () => {
    const bytes = reference();
    for (let end = 0; end < bytes.length; end++) {
      expect(() => readSafetensors(bytes.subarray(0, end))).toThrow(SafetensorsError);
    }
  });

  it('a file with any bytes changed is read or refused, never anything else', () => {
    const bytes = reference();
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at] = value;
        try {
          const { tensors } = readSafetensors(changed);
          const sizes = [...tensors.values()].map(({ data }) => data.byteLength);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('writeSafetensors', () => {
  it('writes the bytes of the reference implementation, but for the order within a width', () => {
    const { tensors, metadata } = readSafetensors(reference());
    const bytes = writeSafetensors(tensors, Object.fromEntries(metadata));
    expect(bytes.length).toBe(reference().length);
    expect(readSafetensors(bytes)).toEqual({ tensors, metadata });
    // All data start where their numbers are aligned: the reader need not copy.
    for (const { data } of readSafetensors(bytes).tensors.values()) {
      expect(data.length === 0 || data.buffer === bytes.buffer).toBe(true);
    }
  });

  it('writes what it is given, and the same bytes each time', () => {
    const rows = [
      ['b', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
      ['a', { dtype: 'F32', shape: [1, 2], data: Float32Array.of(NaN, -0) }],
      ['__proto__', { dtype: 'I32', shape: [], data: Int32Array.of(5) }],
      ['', { dtype: 'F64', shape: [0], data: new Float64Array(0) }],
    ] as const;
    const bytes = writeSafetensors(rows);
    expect(writeSafetensors(rows)).toEqual(bytes);
    expect([...readSafetensors(bytes).tensors]).toEqual([rows[3], rows[1], rows[2], rows[0]]);
    expect(readSafetensors(bytes).metadata.size).toBe(0);
  });

  it('writes a view of shared memory', () => {
    const shared = new Float32Array(new SharedArrayBuffer(16)).subarray(1, 3);
    shared.set([1, 2]);
    const { tensors } = readSafetensors(
      writeSafetensors([['a', { dtype: 'F32', shape: [2], data: shared }]]),
    );
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(1, 2));
  });

  it('refuses names that are taken and shapes that do not fit', () => {
    const a = { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) } as const;
    expect(() =>
      writeSafetensors([
        ['x', a],
        ['x', a],
      ]),
    ).toThrow(/^tensor 'x': expected names that are unique/);
    expect(() => writeSafetensors([['__metadata__', a]])).toThrow(/^tensor '__metadata__': expected/);
    expect(() => writeSafetensors([['x', { ...a, shape: [3] }]])).toThrow(
      /^tensor 'x': expected a shape of 2 values, got \[3\]/,
    );
    expect(() => writeSafetensors([['x', { ...a, shape: [-1, -2] }]])).toThrow(/expected a shape/);
  });
});

describe('on a host with the other order of bytes', () => {
  it('each number is turned round', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    reverseEach(bytes, 4);
    expect([...bytes]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
  });
});
