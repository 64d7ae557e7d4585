import { spansFromTags, type Span } from '@cognate/tag-scheme';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSpans } from '../src/index.js';

const spans = (tags: string): Span[] => spansFromTags(tags.split(' '), 'IOB2');
const place = (span: Span | undefined): string => (span ? `${span.start}-${span.end}` : 'none');
const outcomes = (gold: string, predicted: string): string[] =>
  alignSpans(spans(gold), spans(predicted)).map(
    ({ outcome, gold: a, predicted: b }) => `${outcome} ${place(a)} ${place(b)}`,
  );

describe('alignSpans', () => {
  it.each([
    ['B-X I-X', 'B-X I-X', ['correct 0-2 0-2']],
    ['B-X I-X', 'B-Y I-Y', ['label 0-2 0-2']],
    ['B-X I-X', 'B-X O', ['boundary 0-2 0-1']],
    ['B-X I-X', 'B-Y O', ['label-and-boundary 0-2 0-1']],
    ['B-X O', 'O B-X', ['missed 0-1 none', 'spurious none 1-2']],
    ['O O', 'O O', []],
    // The larger overlap wins, the other one is left over.
    ['B-X I-X I-X O', 'B-Y B-X I-X O', ['boundary 0-3 1-3', 'spurious none 0-1']],
    ['B-X I-X I-X', 'B-Y I-Y B-X', ['label-and-boundary 0-3 0-2', 'spurious none 2-3']],
    // Of equal overlaps the same label wins, then the leftmost.
    ['B-X I-X', 'B-Y B-X', ['boundary 0-2 1-2', 'spurious none 0-1']],
    ['B-X I-X', 'B-X B-X', ['boundary 0-2 0-1', 'spurious none 1-2']],
    ['B-X B-X O', 'B-X I-X O', ['boundary 0-1 0-2', 'missed 1-2 none']],
    // The same boundaries win over a larger overlap.
    ['B-X B-Y I-Y', 'B-Z B-Y I-Y', ['label 0-1 0-1', 'correct 1-3 1-3']],
  ])('%s against %s', (gold, predicted, expected) => {
    expect(outcomes(gold, predicted)).toEqual(expected);
  });

  it('uses every entity once, pairs only what overlaps, and leaves no overlapping pair over', () => {
    const sentence = fc.array(fc.constantFrom('O', 'B-X', 'I-X', 'B-Y', 'I-Y'), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        const gold = spans(a.join(' '));
        const predicted = spans(b.join(' '));
        const rows = alignSpans(gold, predicted);
        const byStart = (x: Span, y: Span) => x.start - y.start;
        expect(rows.flatMap((row) => row.gold ?? []).sort(byStart)).toEqual(gold);
        expect(rows.flatMap((row) => row.predicted ?? []).sort(byStart)).toEqual(predicted);
        const overlap = (x: Span, y: Span) => x.start < y.end && y.start < x.end;
        for (const { gold: x, predicted: y } of rows) if (x && y) expect(overlap(x, y)).toBe(true);
        const missed = rows.flatMap((row) => (row.outcome === 'missed' && row.gold ? [row.gold] : []));
        const spurious = rows.flatMap((row) =>
          row.outcome === 'spurious' && row.predicted ? [row.predicted] : [],
        );
        expect(missed.some((x) => spurious.some((y) => overlap(x, y)))).toBe(false);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
