import { describe, expect, it } from 'vitest';
import { evaluate, jsonReport, seqeval, tagColumns, textReport } from '../src/index.js';
import { fixed, utf8Length } from '../src/format.js';
import { compareCodePoints } from '../src/order.js';

const split = (text: string): string[][] => text.split('|').map((part) => part.trim().split(/\s+/));

describe('textReport', () => {
  it('shows every part', () => {
    const gold = split('B-X I-X O B-Y I-Y I-Y I-Y I-Y I-Y | B-X O B-लोग');
    const predicted = split('B-X I-X O B-Y I-Y I-Y I-Y I-Y I-Y | O I-X B-X');
    const text = textReport(
      evaluate(gold, predicted, {
        languages: ['gl', 'mr'],
        tokens: gold.map((tags) => tags.map((_, t) => `w${t}`)),
        training: [{ tokens: ['w0', 'w1'], tags: ['B-X', 'I-X'] }],
      }),
    );
    expect(text).toBe(
      [
        'scorer cognate, mode conlleval, scheme IOB2 (detected), 0/0 = 0, tags that broke the scheme: 0 gold, 1 predicted',
        '2 sentences, 12 tokens, accuracy 75.00',
        '',
        'label     precision  recall      F1  correct  predicted  gold',
        'X             33.33   50.00   40.00        1          3     2',
        'Y            100.00  100.00  100.00        1          1     1',
        'लोग            0.00    0.00    0.00        0          0     1',
        'micro         50.00   50.00   50.00        2          4     4',
        'macro         44.44   50.00   46.67',
        'weighted      41.67   50.00   45.00',
        '',
        'language  precision  recall      F1  correct  predicted  gold',
        'gl           100.00  100.00  100.00        2          2     2',
        'mr             0.00    0.00    0.00        0          2     2',
        '',
        'tokens  precision  recall      F1  correct  predicted  gold',
        '1            0.00    0.00    0.00        0          2     2',
        '2          100.00  100.00  100.00        1          1     1',
        '6+         100.00  100.00  100.00        1          1     1',
        '',
        'training  precision  recall      F1  correct  predicted  gold',
        'seen         100.00  100.00  100.00        1          1     1',
        'unseen        33.33   33.33   33.33        1          3     3',
        '',
        'gold in rows, predicted in columns; +n: n more with other boundaries',
        '            X  Y  लोग  (missed)',
        'X           1  0    0         1',
        'Y           0  1    0         0',
        'लोग         1  0    0         0',
        '(spurious)  1  0    0',
        'correct 2, label 1, boundary 0, label-and-boundary 0, missed 1, spurious 1',
        '',
      ].join('\n'),
    );
  });

  it('says nan for a NaN', () => {
    expect(textReport(evaluate([['O']], [['O']], { zeroDivision: NaN }))).toContain(
      'micro           nan     nan  nan',
    );
  });
});

describe('jsonReport', () => {
  it('holds everything, and odd labels too', () => {
    const result = evaluate([['B-__proto__', 'O']], [['B-__proto__', 'O']], { languages: ['gl'] });
    const parsed = JSON.parse(jsonReport(result)) as typeof result;
    expect(jsonReport(result).endsWith('}\n')).toBe(true);
    expect(Object.keys(parsed)).toEqual([
      'convention',
      'sentences',
      'tokens',
      'accuracy',
      'micro',
      'macro',
      'weighted',
      'perLabel',
      'perLength',
      'confusion',
      'perLanguage',
    ]);
    expect(Object.keys(parsed.perLabel)).toEqual(['__proto__']);
    expect(parsed.convention).toEqual(result.convention);
    expect(parsed.micro).toEqual(result.micro);
    expect(jsonReport(seqeval([['B-X']], [['B-X']]), 0)).toContain('"scorer":"seqeval","mode":"default"');
  });

  it('writes NaN as null beside the convention that says so', () => {
    const text = jsonReport(evaluate([['O']], [['O']], { zeroDivision: NaN }), 0);
    expect(text).toContain('"zeroDivision":"NaN"');
    expect(text).toContain('"f1":null');
  });
});

describe('tagColumns', () => {
  it('takes the last two columns of lines', () => {
    const lines = [
      '\uFEFFAna NNP B-PER B-PER',
      'canta VB O O\r\n',
      '',
      '  ',
      'Vigo\tNNP\tB-LOC\tO  ',
      '-X- -X- O O',
      'e CC O O',
    ];
    expect(tagColumns(lines)).toEqual({
      tokens: [['Ana', 'canta'], ['Vigo'], ['e']],
      gold: [['B-PER', 'O'], ['B-LOC'], ['O']],
      predicted: [['B-PER', 'O'], ['O'], ['O']],
    });
    expect(tagColumns([])).toEqual({ tokens: [], gold: [], predicted: [] });
  });

  it('takes other columns, other separators and only one tag a line', () => {
    const options = { separator: '\t', tokenColumn: 2, goldColumn: 0, predictedColumn: 1 };
    expect(tagColumns(['B-X\tO\ttwo words'], options)).toEqual({
      tokens: [['two words']],
      gold: [['B-X']],
      predicted: [['O']],
    });
  });

  it('names the line that does not fit', () => {
    expect(() => tagColumns(['a O O', '', 'b O'])).toThrow('line 3: expected 3 columns as before, got 2');
    expect(() => tagColumns(['a'])).toThrow('line 1: expected a gold tag in column -2, got 1 columns');
    expect(() => tagColumns(['a b'], { predictedColumn: 5 })).toThrow(
      'line 1: expected a predicted tag in column 5',
    );
  });

  it('feeds evaluate', () => {
    const { gold, predicted } = tagColumns(['Ana B-PER B-PER', 'Lema I-PER I-PER', '', 'Vigo B-LOC B-ORG']);
    expect(evaluate(gold, predicted).micro).toMatchObject({ correct: 1, predicted: 2, gold: 2 });
  });
});

describe('numbers', () => {
  it.each([
    [3.125, '3.12'],
    [9.375, '9.38'],
    [0.125, '0.12'],
    [0.375, '0.38'],
    [62.5, '62.50'],
    [0.005, '0.01'], // the double lies above the tie
    [1.005, '1.00'], // the double lies below it
    [-3.125, '-3.12'],
    [-0.001, '-0.00'],
    [100, '100.00'],
    [200 / 3, '66.67'],
    [NaN, 'nan'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
  ])('%d is printed as by printf', (value, text) => {
    expect(fixed(value, 2)).toBe(text);
  });

  it('ties go to the even digit with any number of decimals', () => {
    expect([0.5, 1.5, 2.5, -0.5].map((value) => fixed(value, 0))).toEqual(['0', '2', '2', '-0']);
    expect([0.25, 0.75, 0.0625].map((value) => fixed(value, 1))).toEqual(['0.2', '0.8', '0.1']);
    expect(fixed(0.0625, 3)).toBe('0.062');
  });

  it('lengths are those of UTF-8', () => {
    for (const text of ['', 'PER', 'é', 'लोग', '\uFB00', '😀', 'a😀é']) {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }
  });

  it('labels are in the order of their bytes', () => {
    const labels = ['b', 'a', 'B', 'ab', '', 'é', '\uFB00', '😀', 'ꯍ', '0', '\u{10FFFF}', '\uFFFD', '\uE000'];
    const bytes = (text: string) => Buffer.from(text, 'utf8');
    const expected = [...labels].sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
    expect([...labels].sort(compareCodePoints)).toEqual(expected);
  });
});
