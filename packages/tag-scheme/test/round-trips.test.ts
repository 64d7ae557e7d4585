import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convertTags,
  invalidTags,
  schemes,
  spansFromTags,
  tagSet,
  tagsFromSpans,
  type Scheme,
  type Span,
} from '../src/index.js';
import { everySequence, expectSame } from './oracle.js';

/** Labels that could trip something up. */
const label = fc.oneof(
  fc.constantFrom(
    'PER',
    'LOC',
    '',
    '-',
    'GEO-LOC',
    'B',
    'O',
    'I-PER',
    '__proto__',
    'constructor',
    'लोग',
    '😀',
  ),
  fc.string({ maxLength: 4 }),
);

/** Sentences with any entities: a gap before each, its length, its label. */
const sentence = fc
  .record({
    parts: fc.array(fc.record({ gap: fc.nat(2), length: fc.integer({ min: 1, max: 4 }), label }), {
      maxLength: 6,
    }),
    tail: fc.nat(2),
  })
  .map(({ parts, tail }) => {
    let position = 0;
    const spans = parts.map(({ gap, length, label }): Span => {
      const start = position + gap;
      position = start + length;
      return { start, end: position, label };
    });
    return { spans, length: position + tail };
  });

/** What IO makes of spans: adjacent ones of one label are one. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last?.end === span.start && last.label === span.label) {
      result[result.length - 1] = { ...last, end: span.end };
    } else result.push(span);
  }
  return result;
}

describe('spans to tags and back', () => {
  it.each(schemes)('%s', (scheme) => {
    fc.assert(
      fc.property(sentence, ({ spans, length }) => {
        const tags = tagsFromSpans(spans, length, scheme);
        expect(tags).toHaveLength(length);
        expect(invalidTags(tags, scheme)).toEqual([]);
        expect(spansFromTags(tags, scheme, 'throw')).toEqual(scheme === 'IO' ? merged(spans) : spans);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('spans may come in any order', () => {
    const spans = [
      { start: 3, end: 4, label: 'X' },
      { start: 0, end: 2, label: 'Y' },
      { start: 2, end: 3, label: 'X' },
    ];
    const before = structuredClone(spans);
    expect(tagsFromSpans(spans, 5, 'IOB1')).toEqual(['I-Y', 'I-Y', 'I-X', 'B-X', 'O']);
    expect(tagsFromSpans(spans, 5, 'IOE1')).toEqual(['I-Y', 'I-Y', 'E-X', 'I-X', 'O']);
    expect(tagsFromSpans(spans, 5, 'BILOU')).toEqual(['B-Y', 'L-Y', 'U-X', 'U-X', 'O']);
    expect(spans).toEqual(before);
  });
});

describe('conversions', () => {
  const lossless = schemes.filter((scheme) => scheme !== 'IO');

  it('there and back again, between all schemes but IO', () => {
    fc.assert(
      fc.property(
        sentence,
        fc.constantFrom(...lossless),
        fc.constantFrom(...lossless),
        ({ spans, length }, from, to) => {
          const tags = tagsFromSpans(spans, length, from);
          const converted = convertTags(tags, from, to, 'throw');
          expect(converted).toEqual(tagsFromSpans(spans, length, to));
          expect(convertTags(converted, to, from, 'throw')).toEqual(tags);
        },
      ),
      { numRuns: 1000, seed: 2 },
    );
  });

  it.each(schemes)('%s to itself repairs, and leaves valid tags alone', (scheme) => {
    for (const tags of everySequence(tagSet(['X', 'Y'], scheme), 4)) {
      const repaired = convertTags(tags, scheme, scheme);
      expectSame(invalidTags(repaired, scheme), [], tags);
      expectSame(spansFromTags(repaired, scheme), spansFromTags(tags, scheme), tags);
      if (invalidTags(tags, scheme).length === 0) expectSame(repaired, tags, tags);
    }
  });

  it('by hand', () => {
    const iob1 = ['I-PER', 'I-PER', 'O', 'I-LOC', 'B-LOC', 'I-LOC', 'I-ORG'];
    const expected: Record<Scheme, string> = {
      IO: 'I-PER I-PER O I-LOC I-LOC I-LOC I-ORG',
      IOB1: 'I-PER I-PER O I-LOC B-LOC I-LOC I-ORG',
      IOB2: 'B-PER I-PER O B-LOC B-LOC I-LOC B-ORG',
      IOE1: 'I-PER I-PER O E-LOC I-LOC I-LOC I-ORG',
      IOE2: 'I-PER E-PER O E-LOC I-LOC E-LOC E-ORG',
      BIOES: 'B-PER E-PER O S-LOC B-LOC E-LOC S-ORG',
      BILOU: 'B-PER L-PER O U-LOC B-LOC L-LOC U-ORG',
    };
    for (const scheme of schemes) expect(convertTags(iob1, 'IOB1', scheme).join(' ')).toBe(expected[scheme]);
  });

  it('bare labels become tags of the other scheme', () => {
    expect(convertTags(['PER', 'PER', 'O', 'LOC'], 'IO', 'IOB2')).toEqual(['B-PER', 'I-PER', 'O', 'B-LOC']);
    expect(convertTags(['PER', 'O'], 'IO', 'IO')).toEqual(['I-PER', 'O']);
  });

  it('under discard, faulty entities are gone', () => {
    expect(convertTags(['I-X', 'O', 'B-X', 'I-X'], 'IOB2', 'BIOES', 'discard')).toEqual([
      'O',
      'O',
      'B-X',
      'E-X',
    ]);
  });
});

describe('spans that do not fit', () => {
  const write = (spans: unknown[], length = 4) => tagsFromSpans(spans as Span[], length, 'IOB2');

  it('are named', () => {
    const x = (start: number, end: number) => ({ start, end, label: 'X' });
    expect(() => write([x(0, 2), x(1, 3)])).toThrow('span 0..2 (X) and span 1..3 (X) overlap');
    expect(() => write([x(2, 3), x(0, 4)])).toThrow('span 0..4 (X) and span 2..3 (X) overlap');
    expect(() => write([x(3, 5)])).toThrow('span 3..5 (X) does not fit: expected 0 <= start < end <= 4');
    expect(() => write([x(-1, 1)])).toThrow('span -1..1 (X)');
    expect(() => write([x(2, 2)])).toThrow('span 2..2 (X)');
    expect(() => write([x(0.5, 2)])).toThrow('span 0.5..2 (X)');
    expect(() => write([{ start: 0, end: 1 }])).toThrow('expected a string as the label of span 0..1');
    expect(() => write([], -1)).toThrow('expected the number of tokens as a whole number from 0, got -1');
    expect(() => write([], 1.5)).toThrow('got 1.5');
    expect(() => tagsFromSpans([], 1, 'XYZ' as Scheme)).toThrow('expected a scheme');
  });
});
