import { schemes, tagSet, type Scheme } from '@cognate/tag-scheme';
import { describe, expect, it } from 'vitest';
import { evaluate, seqeval, type LabelledScores } from '../src/index.js';

const counts = ({ perLabel }: LabelledScores): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(perLabel).map(([label, row]) => [label, [row.correct, row.predicted, row.gold]]),
  );

function* everySequence(tags: readonly string[], longest: number): Generator<string[]> {
  let last: string[][] = [[]];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((sequence) => tags.map((tag) => [...sequence, tag]));
    yield* last;
  }
}

/** One result over many sentences would hide where two readings differ: each sentence is judged against a fixed other one. */
function expectSameReading(
  scheme: Scheme,
  repair: 'conlleval' | 'discard',
  mode: 'default' | 'strict',
): void {
  const tags = tagSet(['X', 'Y'], scheme);
  const other = tags.slice(1, 6);
  while (other.length < 5) other.push('O');
  for (const sequence of everySequence(tags, tags.length > 7 ? 4 : 5)) {
    const gold = [sequence];
    const predicted = [other.slice(0, sequence.length)];
    const ours = counts(evaluate(gold, predicted, { scheme, repair }));
    const theirs = counts(seqeval(gold, predicted, { mode, scheme }));
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      expect.fail(`"${sequence.join(' ')}": ${JSON.stringify(ours)}, seqeval ${JSON.stringify(theirs)}`);
    }
  }
}

describe('what evaluate says of its repair policies', () => {
  it.each(schemes.filter((scheme) => scheme !== 'BILOU'))(
    '%s under conlleval reads as the default mode of seqeval',
    (scheme) => expectSameReading(scheme, 'conlleval', 'default'),
  );

  it.each(['IOB2', 'IOE2', 'BIOES', 'BILOU'] as const)(
    '%s under discard reads as its strict mode',
    (scheme) => expectSameReading(scheme, 'discard', 'strict'),
  );
});

describe('seqeval', () => {
  const example = {
    gold: [
      ['O', 'O', 'O', 'B-MISC', 'I-MISC', 'I-MISC', 'O'],
      ['B-PER', 'I-PER', 'O'],
    ],
    predicted: [
      ['O', 'O', 'B-MISC', 'I-MISC', 'I-MISC', 'I-MISC', 'O'],
      ['B-PER', 'I-PER', 'O'],
    ],
  };

  it('gives the numbers of its own documentation', () => {
    for (const mode of ['default', 'strict'] as const) {
      const result = seqeval(example.gold, example.predicted, { mode });
      expect(result.micro).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5, gold: 2 });
      expect(result.macro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
      expect(result.weighted).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
      expect(counts(result)).toEqual({ MISC: [0, 1, 1], PER: [1, 1, 1] });
      expect(result.convention).toMatchObject({ scorer: 'seqeval', mode, scheme: 'IOB2', zeroDivision: 0 });
    }
  });

  it('names tags without label _', () => {
    expect(counts(seqeval([['B', 'I', 'O', 'B']], [['B', 'I', 'O', 'O']]))).toEqual({ _: [1, 1, 2] });
    expect(counts(seqeval([['B-', 'I', 'O']], [['B', 'I', 'O']], { mode: 'strict' }))).toEqual({
      _: [1, 1, 1],
    });
  });

  it('cuts labels as seqeval does: after one hyphen, or all hyphens at both ends', () => {
    const tags = [['B--X', 'O', 'BX', 'O', 'B-X-Y']];
    expect(Object.keys(seqeval(tags, tags).perLabel)).toEqual(['-X', 'X', 'X-Y']);
    expect(Object.keys(seqeval(tags, tags, { mode: 'strict' }).perLabel)).toEqual(['X', 'X-Y']);
  });

  it('does not know L and U in the default mode', () => {
    const tags = [['U-X', 'U-X', 'O']];
    expect(counts(seqeval(tags, tags))).toEqual({ X: [1, 1, 1] });
    expect(counts(seqeval(tags, tags, { mode: 'strict', scheme: 'BILOU' }))).toEqual({ X: [2, 2, 2] });
  });

  it('takes its own convention for 0/0', () => {
    const nothing = seqeval([['O']], [['O']], { zeroDivision: 1 });
    expect(nothing.micro).toMatchObject({ precision: 1, recall: 1, f1: 1 });
    const noPrediction = seqeval([['B-X']], [['O']], { zeroDivision: 1 });
    expect(noPrediction.micro).toMatchObject({ precision: 1, recall: 0, f1: 0 });
    const noGold = seqeval([['O']], [['B-X']], { zeroDivision: 1 });
    expect(noGold.perLabel.X).toMatchObject({ precision: 0, recall: 1, f1: 0 });
    expect(noGold.weighted).toEqual({ precision: 0, recall: 1, f1: 0 });
  });

  it.each([
    [['B-X', 'I-X', 'O'], 'IOB2'],
    [['B-X'], 'IOB2'],
    [['I-X', 'E-X'], 'IOE2'],
    [['B-X', 'E-X', 'O'], 'BIOES'],
    [['S-X'], 'BIOES'],
    [['B-X', 'L-X', 'O', 'U-X'], 'BILOU'],
    [['U-X'], 'BILOU'],
  ])('finds the strict scheme of %j', (tags, scheme) => {
    expect(seqeval([tags], [tags], { mode: 'strict' }).convention).toMatchObject({
      scheme,
      schemeDetected: true,
    });
  });

  it.each([[['O']], [['I-X', 'O']], [['S-X', 'O']], [['B-X', 'E-X', 'U-X']], [['B-X', 'PER']], [[]]])(
    'finds no strict scheme in %j, as seqeval',
    (tags) => {
      expect(() => seqeval([tags], [tags], { mode: 'strict' })).toThrow('name the scheme');
    },
  );

  it('refuses what it cannot read', () => {
    const strict = { mode: 'strict', scheme: 'IOB2' } as const;
    expect(() => seqeval([['O', 'E-X']], [['O', 'O']], strict)).toThrow(
      'gold sentence 0, token 1: expected a tag that starts with one of I, O, B (IOB2), got "E-X"',
    );
    expect(() => seqeval([['']], [['O']])).toThrow(
      'gold sentence 0, token 0: expected a tag, got an empty string',
    );
    expect(() => seqeval([['']], [['O']], strict)).toThrow('gold sentence 0, token 0');
    expect(() => seqeval([['O']], [['O']], { mode: 'strict', scheme: 'IO' })).toThrow('does not know IO');
    expect(() => seqeval([['O']], [['O']], { mode: 'lenient' as 'strict' })).toThrow(
      'expected mode to be one of default, strict, got "lenient"',
    );
    expect(() => seqeval([['O']], [['O']], { zeroDivision: NaN as 0 })).toThrow('expected zeroDivision');
  });
});
