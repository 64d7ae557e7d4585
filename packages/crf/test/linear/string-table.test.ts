import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { StringTable } from '../../src/linear/string-table.js';
import { decode, encodeInto } from '../../src/linear/wtf8.js';

const strange = [
  '',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '\0',
  'a\0b',
  '\n\t',
  'é',
  'e\u0301',
  'ß',
  'Київ',
  'पुणे',
  'لاہور',
  '東京',
  '😀',
  '👩‍👩‍👧',
  '\ud800',
  '\udc00',
  'x\ud83d',
  '\ude00\ud83d',
  '\ufeff',
  '\ufffd',
  '\u{10ffff}',
  'a'.repeat(100_000),
  'я'.repeat(70_000),
];

describe('bytes of strings', () => {
  const encode = (text: string): Uint8Array => {
    const target = new Uint8Array(text.length * 3 + 2);
    return target.slice(1, encodeInto(text, target, 1));
  };

  it('are UTF-8 for well-formed strings', () => {
    const utf8 = new TextEncoder();
    for (const text of strange.filter((text) => !/\p{Surrogate}/u.test(text))) {
      expect(Buffer.compare(encode(text), utf8.encode(text))).toBe(0);
    }
  });

  it('give every string back', () => {
    const random = seededRandom(1);
    const units = [0x61, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff];
    const texts = Array.from({ length: 3000 }, () =>
      String.fromCharCode(
        ...Array.from({ length: randomInteger(random, 8) }, () => randomChoice(random, units)),
      ),
    );
    for (const text of [...strange, ...texts]) {
      const bytes = encode(text);
      expect(decode(bytes, 0, bytes.length)).toBe(text);
    }
  });

  it('decode as TextDecoder does where they are no UTF-8, but for surrogates', () => {
    const random = seededRandom(2);
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    const leads = [0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
    for (let round = 0; round < 1000; round++) {
      const bytes = Uint8Array.from({ length: 1 + randomInteger(random, 6) }, () =>
        randomChoice(random, leads),
      );
      // TextDecoder takes the start of a cut-off character as one bad byte; here each byte is one.
      const theirs = utf8.decode(bytes).replaceAll(/\ufffd+/g, '\ufffd');
      expect(decode(bytes, 0, bytes.length).replaceAll(/\ufffd+/g, '\ufffd')).toBe(theirs);
    }
  });
});

describe('StringTable', () => {
  it('takes any string for what it is', () => {
    const table = new StringTable();
    expect(strange.map((text) => table.find(text))).toEqual(strange.map(() => -1));
    expect(strange.map((text) => table.intern(text))).toEqual(strange.map((_, i) => i));
    expect(strange.map((text) => table.intern(text))).toEqual(strange.map((_, i) => i));
    expect(strange.map((_, i) => table.at(i))).toEqual(strange);
    expect(table.size).toBe(strange.length);
  });

  it('numbers as a Map does, through growth', () => {
    const random = seededRandom(3);
    const table = new StringTable();
    const map = new Map<string, number>();
    for (let round = 0; round < 20_000; round++) {
      const text = `${randomChoice(random, ['w=', 'суф=', ''])}${randomInteger(random, 10_000)}`;
      const expected = map.get(text);
      if (table.find(text) !== (expected ?? -1)) throw new Error(`find ${text}`);
      const id = table.intern(text);
      if (id !== (expected ?? map.size)) throw new Error(`intern ${text}`);
      map.set(text, id);
    }
    expect(table.size).toBe(map.size);
    for (const [text, id] of map) if (table.at(id) !== text) throw new Error(`at ${id}`);
  });

  it('is the same table when made of its arrays', () => {
    const table = new StringTable();
    for (const text of strange) table.intern(text);
    const again = StringTable.from(table.arrays(), new Uint8Array(strange.length).fill(1));
    expect(strange.map((text) => again.find(text))).toEqual(strange.map((_, i) => i));
    expect(again.find('unknown')).toBe(-1);
    expect(again.intern('one more')).toBe(strange.length);
    expect(again.at(strange.length)).toBe('one more');
    expect(table.find('one more')).toBe(-1);
  });

  it('selects and renumbers', () => {
    const table = new StringTable();
    const texts = Array.from({ length: 1000 }, (_, i) => `n${i}`);
    for (const text of texts) table.intern(text);
    const keep = Uint8Array.from(texts, (_, i) => (i % 3 === 0 ? 1 : 0));
    const kept = table.select(keep);
    expect(kept.size).toBe(334);
    for (const [i, text] of texts.entries()) expect(kept.find(text)).toBe(i % 3 === 0 ? i / 3 : -1);
    expect(kept.at(333)).toBe('n999');
    expect(table.select(new Uint8Array(1000)).find('n0')).toBe(-1);
  });
});
