import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  detectScheme,
  readSpans,
  schemes,
  spansFromTags,
  tagsFromSpans,
  type Scheme,
  type Span,
} from '../src/index.js';
import { everySequence, expectSame } from './oracle.js';

/** Sentences with entities that touch, of different lengths. */
function sample(scheme: Scheme, count: number): string[][] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const spans: Span[] = [];
    let position = 0;
    while (position < 15) {
      const start = position + randomInteger(random, 3);
      position = start + 1 + randomInteger(random, 3);
      spans.push({ start, end: position, label: randomChoice(random, ['PER', 'LOC']) });
    }
    return tagsFromSpans(spans, position + 1, scheme);
  });
}

describe('detectScheme', () => {
  it.each(schemes.filter((scheme) => scheme !== 'IO'))('finds %s', (scheme) => {
    expect(detectScheme(sample(scheme, 20))).toMatchObject({ scheme, invalid: 0, certain: true });
  });

  it.each(schemes.filter((scheme) => scheme !== 'IO'))('finds %s in spite of some faults', (scheme) => {
    const sentences = sample(scheme, 100);
    const faults: Partial<Record<Scheme, [number, string]>> = { IOB1: [0, 'B-PER'], IOE1: [-1, 'E-PER'] };
    const [place, tag] = faults[scheme] ?? [0, 'I-PER'];
    sentences.forEach((tags, index) => {
      if (index % 5 === 0) tags[place < 0 ? tags.length - 1 : place] = tag;
    });
    const detection = detectScheme(sentences);
    expect(detection).toMatchObject({ scheme, certain: false });
    expect(detection.invalid).toBeGreaterThan(0);
    expect(detection.invalid).toBeLessThan(50);
  });

  it('calls tags with I only, and bare labels, IO', () => {
    expect(detectScheme([['I-PER', 'O', 'I-LOC']])).toMatchObject({
      scheme: 'IO',
      certain: false,
      entityTags: 2,
    });
    expect(detectScheme([['PER', 'O', 'LOC', 'LOC']])).toMatchObject({ scheme: 'IO', certain: true });
  });

  it('says IOB2 without knowing where there is no entity', () => {
    expect(detectScheme([])).toMatchObject({ scheme: 'IOB2', certain: false, entityTags: 0 });
    expect(detectScheme([[], ['O', 'O']])).toMatchObject({ scheme: 'IOB2', certain: false, entityTags: 0 });
  });

  it('counts the invalid tags of every scheme as readSpans does', () => {
    const tags = ['O', 'B-X', 'I-X', 'E-X', 'S-X', 'I-Y', 'X', ''];
    for (const sequence of everySequence(tags, 4)) {
      const { candidates } = detectScheme([sequence]);
      expectSame(candidates.length, schemes.length, sequence);
      for (const { scheme, invalid } of candidates) {
        expectSame({ scheme, invalid }, { scheme, invalid: readSpans(sequence, scheme).repaired }, sequence);
      }
    }
  });

  it('is right in saying that schemes without invalid tags read the same entities', () => {
    const tags = ['O', 'B-X', 'I-X', 'E-X', 'S-X', 'L-X', 'U-X', 'I-Y', 'B-Y'];
    for (const sequence of everySequence(tags, 4)) {
      const fitting = detectScheme([sequence]).candidates.filter(({ invalid }) => invalid === 0);
      const [first, ...others] = fitting.map(({ scheme }) => spansFromTags(sequence, scheme));
      for (const spans of others) expectSame(spans, first, sequence);
    }
  });
});
