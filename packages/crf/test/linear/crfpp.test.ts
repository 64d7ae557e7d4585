import { describe, expect, it } from 'vitest';
import { CrfInputError, LinearCrf, readCrfppTemplate } from '../../src/index.js';

// The example of CRF++'s own documentation, for the token "the" with tag DT.
const rows = [
  ['He', 'PRP', 'B-NP'],
  ['reckons', 'VBZ', 'B-VP'],
  ['the', 'DT', 'B-NP'],
  ['current', 'JJ', 'I-NP'],
  ['account', 'NN', 'I-NP'],
];

describe('readCrfppTemplate', () => {
  it.each([
    ['U00:%x[0,0]', 'U00:the'],
    ['U01:%x[0,1]', 'U01:DT'],
    ['U02:%x[-1,0]', 'U02:reckons'],
    ['U03:%x[-2,1]', 'U03:PRP'],
    ['U04:%x[0,0]/%x[0,1]', 'U04:the/DT'],
    ['U05:ABC%x[0,1]123', 'U05:ABCDT123'],
    ['U06:%x[-3,0]', 'U06:_B-1'],
    ['U07:%x[-5,1]/%x[3,1]', 'U07:_B-3/_B+1'],
    ['U08:%x[4,0]', 'U08:_B+2'],
    ['U', 'U'],
  ])('expands %s to %s', (template, attribute) => {
    expect(readCrfppTemplate(template).attributes(rows)[2]).toEqual([attribute]);
  });

  it('takes templates in order, comments, empty lines and line ends of either kind', () => {
    const template = readCrfppTemplate('# words\r\nU0:%x[0,0]\r\n\r\nU1:%x[1,1]\n   \n# tags\nB\n');
    expect(template.attributes(rows.slice(0, 2))).toEqual([
      ['U0:He', 'U1:VBZ'],
      ['U0:reckons', 'U1:_B+1'],
    ]);
    expect(template).toMatchObject({ transitions: true, columns: 2 });
    expect(readCrfppTemplate('U0:%x[0,4]')).toMatchObject({ transitions: false, columns: 5 });
    expect(template.attributes([])).toEqual([]);
  });

  it('makes attributes of bigram templates with macros if it is told to', () => {
    const text = 'U0:%x[0,0]\nB1:%x[0,1]\nB';
    expect(() => readCrfppTemplate(text)).toThrow(
      `template, line 2: expected B without macros (else say { bigrams: 'state' }), got "B1:%x[0,1]"`,
    );
    const template = readCrfppTemplate(text, { bigrams: 'state' });
    expect(template.attributes(rows)[2]).toEqual(['U0:the', 'B1:DT']);
    expect(template.transitions).toBe(true);
  });

  it.each([
    ['X0:%x[0,0]', 'template, line 1: expected U or B at its start, or # before a comment, got "X0:%x[0,0]"'],
    [' U0:%x[0,0]', 'line 1: expected U or B at its start'],
    ['B\nU0:%y[0,0]', 'template, line 2: expected macros as %x[row,column], got "%y[0,0]"'],
    ['U0:%x[0]', 'got "%x[0]"'],
    ['U0:%x[0,-1]', 'expected macros as %x[row,column]'],
    ['U0:100%', 'got "%"'],
  ])('refuses %j', (text, message) => {
    expect(() => readCrfppTemplate(text)).toThrow(CrfInputError);
    expect(() => readCrfppTemplate(text)).toThrow(message);
  });

  it('refuses rows without the columns, and what is no text', () => {
    const template = readCrfppTemplate('U0:%x[0,2]');
    expect(() => template.attributes([rows[0], ['the', 'DT']])).toThrow(
      'rows, token 1 (counted from 0): expected at least 3 columns, got 2',
    );
    expect(() => template.attributes('the' as unknown as string[][])).toThrow('rows: expected an array');
    expect(() => readCrfppTemplate(7 as unknown as string)).toThrow(
      'expected the text of a template file, got 7',
    );
    expect(() => readCrfppTemplate('U', { bigrams: 'all' as 'state' })).toThrow(
      `bigrams: expected 'refuse' or 'state'`,
    );
  });

  it('gives what a model trains on', async () => {
    const template = readCrfppTemplate('U0:%x[0,0]\nU1:%x[0,1]\nB');
    const crf = await LinearCrf.train(
      [{ attributes: template.attributes(rows), tags: rows.map((row) => row[2]) }],
      {
        params: { c2: 0.01 },
      },
    );
    expect(crf.predict(template.attributes(rows))).toEqual(rows.map((row) => row[2]));
  });
});
