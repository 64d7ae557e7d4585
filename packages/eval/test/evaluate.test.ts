import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectEntities, evaluate, type EvaluateOptions, type Evaluation } from '../src/index.js';

const words = (text: string): string[][] => text.split('|').map((part) => part.trim().split(/\s+/));

/** Three sentences: X right, Y with a wrong end, Z missed, W spurious, V labelled U. */
const gold = words('B-X I-X O B-Y I-Y I-Y | B-Z O O | O B-V O');
const predicted = words('B-X I-X O B-Y I-Y O | O B-W O | O B-U O');

describe('evaluate', () => {
  it('counts by hand', () => {
    const result = evaluate(gold, predicted, { scheme: 'IOB2' });
    expect(result.micro).toEqual({
      correct: 1,
      predicted: 4,
      gold: 4,
      precision: 0.25,
      recall: 0.25,
      f1: 0.25,
    });
    expect(Object.keys(result.perLabel)).toEqual(['U', 'V', 'W', 'X', 'Y', 'Z']);
    expect(result.perLabel.X).toEqual({ correct: 1, predicted: 1, gold: 1, precision: 1, recall: 1, f1: 1 });
    expect(result.perLabel.Y).toMatchObject({ correct: 0, predicted: 1, gold: 1, f1: 0 });
    expect(result.macro).toEqual({ precision: 1 / 6, recall: 1 / 6, f1: 1 / 6 });
    expect(result.weighted).toEqual({ precision: 0.25, recall: 0.25, f1: 0.25 });
    expect(result).toMatchObject({ sentences: 3, tokens: 12, accuracy: 8 / 12 });
    expect(result.convention).toEqual({
      scorer: 'cognate',
      mode: 'conlleval',
      scheme: 'IOB2',
      predictedScheme: 'IOB2',
      schemeDetected: false,
      zeroDivision: 0,
      repaired: { gold: 0, predicted: 0 },
    });
  });

  it('counts by length', () => {
    const { perLength } = evaluate(gold, predicted);
    expect(perLength.map(({ length, correct, predicted: p, gold: g }) => [length, correct, p, g])).toEqual([
      [1, 0, 2, 2],
      [2, 1, 2, 1],
      [3, 0, 0, 1],
    ]);
    expect(perLength[1]).toMatchObject({ precision: 0.5, recall: 1, f1: 2 / 3 });
  });

  it('counts by language', () => {
    const { perLanguage } = evaluate(gold, predicted, { languages: ['gl', 'es', 'gl'] });
    expect(Object.keys(perLanguage ?? {})).toEqual(['es', 'gl']);
    expect(perLanguage?.gl).toMatchObject({
      sentences: 2,
      tokens: 9,
      micro: { correct: 1, predicted: 3, gold: 3 },
    });
    expect(Object.keys(perLanguage?.es.perLabel ?? {})).toEqual(['W', 'Z']);
    expect(perLanguage?.es.micro).toMatchObject({ correct: 0, predicted: 1, gold: 1 });
  });

  it('counts seen and unseen entities', () => {
    const tokens = words('Ana Lema en A Coruña Vella | Vigo Lugo . | a Xunta .');
    const training = [
      { tokens: ['Ana', 'Lema', 'e', 'Lugo'], tags: ['B-X', 'I-X', 'O', 'B-W'] },
      { tokens: ['Xunta', 'Vigo'], tags: ['B-V', 'B-Y'] },
      { tokens: ['sen', 'etiquetas'] },
    ];
    const { seen } = evaluate(gold, predicted, { tokens, training });
    // Seen: gold Ana Lema (X), Xunta (V); predicted Ana Lema (X), Lugo (W). Vigo was seen, but not as Z; Xunta not as U.
    expect(seen?.seen).toEqual({ correct: 1, predicted: 2, gold: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(seen?.unseen).toEqual({ correct: 0, predicted: 2, gold: 2, precision: 0, recall: 0, f1: 0 });

    const inventory = collectEntities(training, { scheme: 'IOB2' });
    expect(inventory.size).toBe(4);
    expect(inventory.has(['Ana', 'Lema'], 'X')).toBe(true);
    expect(inventory.has(['Ana Lema'], 'X')).toBe(false);
    expect(inventory.has(['ana', 'lema'], 'X')).toBe(false);
    expect(evaluate(gold, predicted, { tokens, training: inventory }).seen).toEqual(seen);
    expect(evaluate(gold, predicted, { tokens, training: [] }).seen?.seen.gold).toBe(0);
  });

  it('counts confusions', () => {
    const { confusion } = evaluate(gold, predicted);
    expect(confusion.labels).toEqual(['U', 'V', 'W', 'X', 'Y', 'Z']);
    expect(confusion.exact).toEqual([
      [0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0], // V taken for U
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    expect(confusion.overlapping[4]).toEqual([0, 0, 0, 0, 1, 0]);
    expect(confusion.overlapping.flat().reduce((sum, count) => sum + count)).toBe(1);
    expect(confusion.missed).toEqual([0, 0, 0, 0, 0, 1]);
    expect(confusion.spurious).toEqual([0, 0, 1, 0, 0, 0]);
    expect(confusion.outcomes).toEqual({
      correct: 1,
      label: 1,
      boundary: 1,
      'label-and-boundary': 0,
      missed: 1,
      spurious: 1,
    });
  });

  it('follows the repair policy', () => {
    const faulty = words('I-X O B-X I-Y');
    const score = (repair: EvaluateOptions['repair']) => evaluate(faulty, faulty, { scheme: 'IOB2', repair });
    expect(score('conlleval')).toMatchObject({
      micro: { gold: 3 },
      convention: { repaired: { gold: 2, predicted: 2 } },
    });
    expect(score('discard')).toMatchObject({
      micro: { gold: 1 },
      convention: { mode: 'discard', repaired: { gold: 2, predicted: 2 } },
    });
    expect(() => evaluate(words('O | B-X'), words('O | I-X'), { scheme: 'IOB2', repair: 'throw' })).toThrow(
      'predicted sentence 1: tag 0 ("I-X") breaks IOB2: it must follow B-X or I-X, but the sentence starts here',
    );
  });

  it('finds the scheme, and can read predictions in another one', () => {
    const detected = evaluate(words('B-X E-X O S-Y'), words('B-X E-X O S-Y'));
    expect(detected.convention).toMatchObject({
      scheme: 'BIOES',
      predictedScheme: 'BIOES',
      schemeDetected: true,
    });
    const mixed = evaluate(words('B-X I-X B-X'), words('B-X L-X U-X'), { predictedScheme: 'BILOU' });
    expect(mixed.micro).toMatchObject({ correct: 2, predicted: 2, gold: 2 });
    expect(mixed.convention).toMatchObject({
      scheme: 'IOB2',
      predictedScheme: 'BILOU',
      repaired: { predicted: 0 },
    });
  });

  it('takes aliases of schemes', () => {
    expect(evaluate(gold, predicted, { scheme: 'BIO' as 'IOB2' }).convention.scheme).toBe('IOB2');
  });
});

describe('0/0', () => {
  const rows = ({ micro, macro, weighted, accuracy }: Evaluation) => ({
    micro: [micro.precision, micro.recall, micro.f1],
    macro: [macro.precision, macro.recall, macro.f1],
    weighted: [weighted.precision, weighted.recall, weighted.f1],
    accuracy,
  });

  it.each([0, 1, NaN])('is %d where there is nothing at all', (zeroDivision) => {
    const z = zeroDivision;
    const result = evaluate([[]], [[]], { zeroDivision });
    expect(rows(result)).toEqual({ micro: [z, z, z], macro: [z, z, z], weighted: [z, z, z], accuracy: z });
    expect(result.convention.zeroDivision).toBe(Number.isNaN(z) ? 'NaN' : z);
  });

  it.each([0, 1, NaN])('is the precision of no prediction: %d', (zeroDivision) => {
    const z = zeroDivision;
    const result = evaluate([['B-X', 'B-Y']], [['O', 'B-Y']], { zeroDivision });
    expect(result.perLabel.X).toEqual({ correct: 0, predicted: 0, gold: 1, precision: z, recall: 0, f1: 0 });
    // A NaN is left out of the averages.
    expect(result.macro).toEqual({ precision: Number.isNaN(z) ? 1 : (z + 1) / 2, recall: 0.5, f1: 0.5 });
    expect(result.weighted).toEqual({ precision: Number.isNaN(z) ? 1 : (z + 1) / 2, recall: 0.5, f1: 0.5 });
  });

  it.each([0, 1, NaN])('is the recall of no gold entity: %d', (zeroDivision) => {
    const result = evaluate([['O']], [['B-X']], { zeroDivision, scheme: 'IOB2' });
    expect(rows(result)).toMatchObject({ micro: [0, zeroDivision, 0], weighted: [0, zeroDivision, 0] });
  });

  it('may be nothing else', () => {
    expect(() => evaluate([], [], { zeroDivision: 0.5 })).toThrow(
      'expected zeroDivision to be 0, 1 or NaN, got 0.5',
    );
  });
});

describe('sums', () => {
  const tag = fc.constantFrom('O', 'B-X', 'I-X', 'B-Y', 'I-Y', 'B-__proto__', 'I-__proto__');
  const pair = fc
    .array(fc.tuple(tag, tag), { maxLength: 10 })
    .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as const);
  const data = fc.array(fc.tuple(pair, fc.constantFrom('gl', 'es', '__proto__')), { maxLength: 6 });

  it('of every breakdown are the whole', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const result = evaluate(
          rows.map(([[a]]) => a),
          rows.map(([[, b]]) => b),
          {
            scheme: 'IOB2',
            languages: rows.map(([, language]) => language),
            tokens: rows.map(([[a]]) => a.map((_, t) => `w${t % 3}`)),
            training: [{ tokens: ['w0', 'w1'], tags: ['B-X', 'B-Y'] }],
          },
        );
        const total = (parts: readonly { correct: number; predicted: number; gold: number }[]) => ({
          correct: parts.reduce((sum, { correct }) => sum + correct, 0),
          predicted: parts.reduce((sum, part) => sum + part.predicted, 0),
          gold: parts.reduce((sum, part) => sum + part.gold, 0),
        });
        const { micro, confusion } = result;
        const whole = { correct: micro.correct, predicted: micro.predicted, gold: micro.gold };
        expect(total(Object.values(result.perLabel))).toEqual(whole);
        expect(total(result.perLength)).toEqual(whole);
        expect(total(Object.values(result.perLanguage ?? {}).map((group) => group.micro))).toEqual(whole);
        expect(total(Object.values(result.seen ?? {}))).toEqual(whole);

        const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
        const { labels, exact, overlapping, missed, spurious } = confusion;
        expect(labels).toEqual(Object.keys(result.perLabel));
        labels.forEach((label, i) => {
          const scores = result.perLabel[label];
          expect(exact[i][i]).toBe(scores.correct);
          expect(sum(exact[i]) + sum(overlapping[i]) + missed[i]).toBe(scores.gold);
          const column = sum(exact.map((row) => row[i])) + sum(overlapping.map((row) => row[i]));
          expect(column + spurious[i]).toBe(scores.predicted);
        });
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('arguments that do not fit', () => {
  const bad = (change: EvaluateOptions) => () => evaluate(gold, predicted, change);

  it('are named: shapes', () => {
    expect(() => evaluate(gold, predicted.slice(1))).toThrow(
      'expected as many sentences in predicted as in gold, got 2 and 3',
    );
    expect(() => evaluate([['O'], ['O', 'O']], [['O'], ['O']])).toThrow(
      'sentence 1: 2 gold tags, 1 tags in predicted: expected the same number',
    );
    expect(() => evaluate(['O'] as never, [['O']])).toThrow(
      'expected an array of strings as gold sentence 0, got "O"',
    );
    expect(() => evaluate([['O']], 'O' as never)).toThrow(
      'expected predicted as an array of sentences, got "O"',
    );
    expect(() => evaluate([['O']], [[null]] as never)).toThrow(
      'expected a string as predicted sentence 0, token 0, got null',
    );
  });

  it('are named: options', () => {
    expect(bad({ scheme: 'BMES' as 'IO' })).toThrow('expected scheme to be one of IO, IOB1');
    expect(bad({ repair: 'mend' as 'throw' })).toThrow(
      'expected repair to be one of conlleval, discard, throw, got "mend"',
    );
    expect(bad({ languages: ['gl'] })).toThrow(
      'expected languages to name one language for each of 3 sentences, got 1',
    );
    expect(bad({ languages: ['gl', 3, 'gl'] as never })).toThrow(
      'expected a string as language of sentence 1, got 3',
    );
    expect(bad({ training: [] })).toThrow('expected the option tokens beside training');
    expect(bad({ training: [], tokens: [['a']] })).toThrow('expected as many sentences in tokens as in gold');
    expect(bad({ training: [], tokens: [gold[0], gold[1], ['a']] })).toThrow(
      'sentence 2: 3 gold tags, 1 tokens in tokens: expected the same number',
    );
    expect(bad({ tokens: gold, training: [{ tokens: ['a'], tags: [] }] })).toThrow(
      'training sentence 0: 1 tokens, 0 tags: expected the same number',
    );
    expect(bad({ tokens: gold, training: [{}] as never })).toThrow(
      'expected an array of tokens in training sentence 0, got undefined',
    );
  });
});
