import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NormalizationForm, normalize } from '../src/index.js';

const forms: NormalizationForm[] = ['NFC', 'NFD', 'NFKC', 'NFKD'];

describe('normalize', () => {
  test('composes, and leads back', () => {
    const source = 'O cafe\u0301 de A Corun\u0303a';
    const normalized = normalize(source);
    const { text, form } = normalized;
    expect([text, form]).toEqual(['O café de A Coruña', 'NFC']);
    const start = text.indexOf('Coruña');
    const span = normalized.toOriginal(start, start + 6);
    expect(source.slice(span.start, span.end)).toBe('Corun\u0303a');
  });

  test('takes all of what cannot be taken apart', () => {
    // One character becomes three: half of them come from the whole of it.
    const normalized = normalize('aﬃb', 'NFKC');
    expect(normalized.text).toBe('affib');
    expect(normalized.toOriginal(2, 3)).toEqual({ start: 1, end: 2 });
    expect(normalized.toOriginal(4, 5)).toEqual({ start: 2, end: 3 });
    expect(normalized.toOriginal(0, 5)).toEqual({ start: 0, end: 3 });
    expect(normalized.toOriginal(4, 4)).toEqual({ start: 2, end: 2 });
  });

  test('letters with a nukta are taken apart by NFC', () => {
    const normalized = normalize('\u0958\u0930');
    expect(normalized.text).toBe('\u0915\u093c\u0930');
    expect(normalized.toOriginal(2, 3)).toEqual({ start: 1, end: 2 });
  });

  test.each([
    [-1, 2],
    [2, 1],
    [0, 4],
    [0.5, 1],
    [0, NaN],
  ])('%s..%s is no span of three characters', (start, end) => {
    expect(() => normalize('abc').toOriginal(start, end)).toThrow(
      `expected a span within 0..3, got ${start}..${end}`,
    );
  });

  test('any text, any form: as the host does it, and any span leads to what made it', () => {
    const unit = fc.constantFrom(
      ...Array.from('aeioñ é\n'),
      ...[
        '\u0301',
        '\u0327',
        '\u0323',
        '\u093c',
        '\u0958',
        '\u0915',
        'ﬃ',
        '\ufdfa',
        '가',
        '\u1100',
        '\u1161',
        '\u11a8',
      ],
      ...[
        '\u{1d15e}',
        '\u{16d63}',
        '\u{16d67}',
        '\u0344',
        '\ud800',
        '\ude00',
        '\u09c7',
        '\u09be',
        '\u0dd9',
        '\u0dcf',
      ],
    );
    const source = fc.array(unit, { maxLength: 20 }).map((units) => units.join(''));
    fc.assert(
      fc.property(source, fc.constantFrom(...forms), fc.nat(30), fc.nat(30), (text, form, a, b) => {
        const normalized = normalize(text, form);
        expect(normalized.text).toBe(text.normalize(form));
        const { length } = normalized.text;
        const [start, end] = [Math.min(a, length), Math.min(b, length)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const span = normalized.toOriginal(start, end);
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeLessThanOrEqual(text.length);
        // What the span came from makes at least the span.
        expect(text.slice(span.start, span.end).normalize(form)).toContain(normalized.text.slice(start, end));
        // Both ways round the whole is the whole.
        expect(normalized.toOriginal(0, length)).toEqual({ start: 0, end: length === 0 ? 0 : text.length });
      }),
      { numRuns: 3000, seed: 4 },
    );
  });
});
