import { describe, expect, it } from 'vitest';
import {
  InvalidTagError,
  invalidTags,
  readSpans,
  schemes,
  spansFromTags,
  tagSet,
  tagsFromSpans,
  type Scheme,
} from '../src/index.js';
import { conllevalChunks, entitiesOf, everySequence, expectSame, isValid } from './oracle.js';

const longestFor = (tags: readonly string[]): number => (tags.length > 7 ? 4 : 6);

describe.each(schemes)('%s, every short sequence', (scheme) => {
  const tags = tagSet(['X', 'Y'], scheme);
  const longest = longestFor(tags);

  it('is valid where the regular expression of the scheme says so', () => {
    for (const sequence of everySequence(tags, longest)) {
      const found = invalidTags(sequence, scheme);
      if ((found.length === 0) !== isValid(sequence, scheme)) {
        expect.fail(`"${sequence.join(' ')}": ${JSON.stringify(found)}`);
      }
    }
  });

  it('has the entities of the regular expression if valid, under every repair policy', () => {
    let several = 0;
    for (const sequence of everySequence(tags, longest)) {
      if (!isValid(sequence, scheme)) continue;
      const expected = entitiesOf(sequence, scheme);
      if (expected.length > 1) several++;
      for (const repair of ['conlleval', 'discard', 'throw'] as const) {
        expectSame(readSpans(sequence, scheme, repair), { spans: expected, repaired: 0 }, sequence);
      }
      if (scheme !== 'IO') expectSame(tagsFromSpans(expected, sequence.length, scheme), sequence, sequence);
    }
    expect(several).toBeGreaterThan(20);
  });

  it('has as many repaired tags as invalidTags lists, and throw names the first', () => {
    for (const sequence of everySequence(tags, Math.min(longest, 4))) {
      const invalid = invalidTags(sequence, scheme);
      expectSame(readSpans(sequence, scheme).repaired, invalid.length, sequence);
      if (invalid.length === 0) continue;
      let thrown: unknown;
      try {
        spansFromTags(sequence, scheme, 'throw');
      } catch (error) {
        thrown = error;
      }
      if (!(thrown instanceof InvalidTagError)) expect.fail(`"${sequence.join(' ')}" did not throw`);
      const { index, tag, reason } = thrown;
      expectSame({ index, tag, reason, scheme: thrown.scheme }, { ...invalid[0], scheme }, sequence);
    }
  });

  it('loses under discard exactly the entities that hold an invalid tag', () => {
    for (const sequence of everySequence(tags, Math.min(longest, 4))) {
      const invalid = invalidTags(sequence, scheme).map(({ index }) => index);
      const sound = spansFromTags(sequence, scheme).filter(
        ({ start, end }) => !invalid.some((index) => index >= start && index < end),
      );
      expectSame(spansFromTags(sequence, scheme, 'discard'), sound, sequence);
    }
  });
});

describe.each<Scheme>(['IO', 'IOB1', 'IOB2', 'IOE1', 'IOE2'])('%s under conlleval', (scheme) => {
  it("reads what conlleval's rules read", () => {
    for (const sequence of everySequence(tagSet(['X', 'Y'], scheme), 5)) {
      expectSame(spansFromTags(sequence, scheme), conllevalChunks(sequence), sequence);
    }
  });
});

describe('faulty tags', () => {
  it('a foreign prefix is read by its common meaning', () => {
    expect(readSpans(['B-X', 'E-X', 'I-X', 'S-Y', 'L-Y'], 'IOB2')).toEqual({
      spans: [
        { start: 0, end: 2, label: 'X' },
        { start: 2, end: 3, label: 'X' },
        { start: 3, end: 4, label: 'Y' },
        { start: 4, end: 5, label: 'Y' },
      ],
      repaired: 4,
    });
  });

  it('a bare label belongs to IO, and is read like I- elsewhere', () => {
    const tags = ['PER', 'PER', 'O', 'GEO-LOC'];
    const spans = [
      { start: 0, end: 2, label: 'PER' },
      { start: 3, end: 4, label: 'GEO-LOC' },
    ];
    expect(readSpans(tags, 'IO')).toEqual({ spans, repaired: 0 });
    expect(readSpans(tags, 'IOB2')).toEqual({ spans, repaired: 3 });
    expect(readSpans(tags, 'IOB2', 'discard')).toEqual({ spans: [], repaired: 3 });
  });

  it('tags without label are entities without label', () => {
    expect(spansFromTags(['B', 'I', 'O', 'B', 'B'], 'IOB2')).toEqual([
      { start: 0, end: 2, label: '' },
      { start: 3, end: 4, label: '' },
      { start: 4, end: 5, label: '' },
    ]);
  });

  it('the empty tag and an O with a label lie outside', () => {
    expect(readSpans(['', 'O-X', 'B-X', ''], 'IOB2')).toEqual({
      spans: [{ start: 2, end: 3, label: 'X' }],
      repaired: 3,
    });
  });

  it('reasons say what is wanted and what came', () => {
    const reasons = (tags: string[], scheme: Scheme) =>
      invalidTags(tags, scheme).map(({ index, reason }) => `${index}: ${reason}`);
    expect(reasons(['I-X', 'O', 'I-Y', 'E-Y', 'Y', '', 'O-Y', 'B-'], 'IOB2')).toEqual([
      '0: it must follow B-X or I-X, but the sentence starts here',
      '2: it must follow B-Y or I-Y, but "O" stands before it',
      '3: E is not a prefix of IOB2 (B, I, O)',
      '4: it has none of the prefixes of IOB2 (B, I, O)',
      '5: the tag is empty',
      '6: O takes no label',
      '7: no label follows the hyphen',
    ]);
    expect(reasons(['B-X', 'O', 'B-X'], 'BIOES')).toEqual([
      '0: I-X or E-X must follow it, but "O" follows',
      '2: I-X or E-X must follow it, but the sentence ends here',
    ]);
    expect(reasons(['B-X', 'I-Y', 'B-X'], 'IOB1')).toEqual([
      '0: it must follow I-X or B-X, but the sentence starts here',
      '2: it must follow I-X or B-X, but "I-Y" stands before it',
    ]);
    expect(() => spansFromTags(['O', 'I-X'], 'IOB2', 'throw')).toThrow(
      'tag 1 ("I-X") breaks IOB2: it must follow B-X or I-X, but "O" stands before it',
    );
  });

  it('arguments that do not fit are named', () => {
    expect(() => spansFromTags(['O'], 'BIO' as Scheme)).toThrow(
      'expected a scheme (IO, IOB1, IOB2, IOE1, IOE2, BIOES, BILOU), got "BIO"',
    );
    expect(() => spansFromTags(['O'], 'constructor' as Scheme)).toThrow('expected a scheme');
    expect(() => spansFromTags(['O'], 'IOB2', 'fix' as 'throw')).toThrow(
      'expected a repair policy (conlleval, discard, throw), got "fix"',
    );
    expect(() => spansFromTags(['O', 7 as unknown as string], 'IOB2')).toThrow(
      'expected a string as tag 1, got 7',
    );
    expect(() => spansFromTags(['O', undefined as unknown as string], 'IOB2')).toThrow(
      'tag 1, got undefined',
    );
  });

  it('many different tags do not confuse the reader', () => {
    const tags = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? `B-${i}` : `I-${i - 1}`));
    const spans = spansFromTags([...tags, ...tags], 'IOB2', 'throw');
    expect(spans).toHaveLength(20_000);
    expect(spans[19_999]).toEqual({ start: 39_998, end: 40_000, label: '19998' });
  });
});
