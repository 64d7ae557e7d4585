import { describe, expect, it } from 'vitest';
import { semeval13, semevalViews, type SemevalScores } from '../src/index.js';

const counts = ({ correct, incorrect, partial, missed, spurious }: SemevalScores): string =>
  [correct, incorrect, partial, missed, spurious].join(' ');

/** One gold entity X at tokens 1 and 2 of four. */
const gold = ['O', 'B-X', 'I-X', 'O'];

describe('the four views', () => {
  it.each([
    ['the same', 'O B-X I-X O', '1 0 0 0 0', '1 0 0 0 0', '1 0 0 0 0', '1 0 0 0 0'],
    ['another label', 'O B-Y I-Y O', '0 1 0 0 0', '1 0 0 0 0', '1 0 0 0 0', '0 1 0 0 0'],
    ['another boundary', 'O B-X O O', '0 1 0 0 0', '0 1 0 0 0', '0 0 1 0 0', '1 0 0 0 0'],
    ['both', 'B-Y I-Y O O', '0 1 0 0 0', '0 1 0 0 0', '0 0 1 0 0', '0 1 0 0 0'],
    ['nothing', 'O O O O', '0 0 0 1 0', '0 0 0 1 0', '0 0 0 1 0', '0 0 0 1 0'],
    ['elsewhere', 'B-X O O O', '0 0 0 1 1', '0 0 0 1 1', '0 0 0 1 1', '0 0 0 1 1'],
    ['in two pieces', 'O B-X B-X O', '0 1 0 0 1', '0 1 0 0 1', '0 0 1 0 1', '1 0 0 0 1'],
  ])('%s', (_, predicted, ...expected) => {
    const { overall } = semeval13([gold], [predicted.split(' ')], { scheme: 'IOB2' });
    expect(semevalViews.map((view) => counts(overall[view]))).toEqual(expected);
    for (const view of semevalViews) {
      const { correct, incorrect, partial, missed, spurious, possible, actual } = overall[view];
      expect(possible).toBe(correct + incorrect + partial + missed);
      expect(actual).toBe(correct + incorrect + partial + spurious);
    }
  });

  it('take the first free gold entity that overlaps, as nervaluate 1.1', () => {
    // One prediction over two gold entities of other labels; the second one would have the right label.
    const { overall } = semeval13([['B-X', 'B-Y', 'O']], [['B-Y', 'I-Y', 'O']], { scheme: 'IOB2' });
    expect(counts(overall.ent_type)).toBe('0 1 0 1 0');
    const one = semeval13([['B-X', 'B-Y', 'I-Y']], [['B-X', 'B-Y', 'I-Y']], { scheme: 'IOB2' });
    expect(counts(one.overall.strict)).toBe('2 0 0 0 0');
  });

  it('judge each label by its own entities alone', () => {
    const { perLabel } = semeval13([['B-X', 'B-Y', 'O']], [['B-Y', 'B-Y', 'O']], { scheme: 'IOB2' });
    expect(Object.keys(perLabel)).toEqual(['X', 'Y']);
    expect(counts(perLabel.X.strict)).toBe('0 0 0 1 0');
    expect(counts(perLabel.Y.strict)).toBe('1 0 0 0 1');
  });

  it('can leave labels out', () => {
    const { overall, perLabel } = semeval13([['B-X', 'B-Y']], [['B-Y', 'B-Y']], {
      scheme: 'IOB2',
      labels: ['Y'],
    });
    expect(counts(overall.strict)).toBe('1 0 0 0 1');
    expect(Object.keys(perLabel)).toEqual(['Y']);
  });
});

describe('the credit of a partial match', () => {
  const half = ['B-X', 'O', 'O', 'O'];
  const full = ['B-X', 'I-X', 'O', 'O'];

  it('is a half in one sentence', () => {
    const { overall } = semeval13([full], [half]);
    expect(overall.partial).toMatchObject({ partial: 1, precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it('is lost between sentences, as in nervaluate, unless the caller wants the definition of the task', () => {
    const lost = semeval13([full, full], [half, full]);
    expect(lost.credit).toBe('nervaluate');
    expect(lost.overall.partial).toMatchObject({ correct: 1, partial: 1, precision: 0.5, recall: 0.5 });
    const kept = semeval13([full, full], [half, full], { credit: 'semeval' });
    expect(kept.overall.partial).toMatchObject({
      correct: 1,
      partial: 1,
      precision: 0.75,
      recall: 0.75,
      f1: 0.75,
    });
  });
});

describe('semeval13', () => {
  it('reads other schemes, and says how', () => {
    const { convention, overall } = semeval13([['B-X', 'E-X', 'S-Y']], [['B-X', 'E-X', 'E-Y']]);
    expect(convention).toEqual({
      scorer: 'nervaluate',
      mode: 'conlleval',
      scheme: 'BIOES',
      predictedScheme: 'BIOES',
      schemeDetected: true,
      zeroDivision: 0,
      repaired: { gold: 0, predicted: 1 },
    });
    expect(counts(overall.strict)).toBe('2 0 0 0 0');
  });

  it('has zeros where there is nothing', () => {
    expect(semeval13([], []).overall.partial).toMatchObject({ precision: 0, recall: 0, f1: 0, possible: 0 });
    expect(semeval13([[]], [[]]).overall.strict).toMatchObject({ precision: 0, recall: 0, f1: 0, actual: 0 });
  });

  it('wants a credit that it knows', () => {
    expect(() => semeval13([['O']], [['O']], { credit: 'full' as 'semeval' })).toThrow(
      'expected credit to be one of nervaluate, semeval, got "full"',
    );
  });
});
