import { describe, expect, test } from 'vitest';
import { moduleText } from '../../src/linear/kernel/generated/tagging-module.js';
import { decodeHex } from '../../src/linear/kernel/hex.js';

describe('decodeHex', () => {
  // null: as in a browser.
  test.each([undefined, null])('gives bytes at any length, decoder %s', (host) => {
    for (let length = 0; length < 20; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 97 + 200) & 255);
      const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      expect(decodeHex(text, host)).toEqual(bytes);
    }
  });

  test('both ways give the same module, which begins as one does', () => {
    const bytes = decodeHex(moduleText);
    expect([...bytes.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    expect(decodeHex(moduleText, null)).toEqual(bytes);
  });
});
