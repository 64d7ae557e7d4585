import { parseSentences } from '@cognate/corpora';
import { expect, test } from 'vitest';
import { describeReading } from '../src/terminal/describe-reading.js';

test('all that was changed is counted, with examples of its own kind', () => {
  const texts = [
    { text: 'Chove na Coruña-cidade.', spans: [{ start: 9, end: 15, label: 'LOC' }] },
    {
      text: 'Vigo arde.',
      spans: [
        { start: 0, end: 4, label: 'LOC' },
        { start: 0, end: 2, label: 'PER' },
      ],
    },
  ];
  const { report } = parseSentences(texts.map((text) => JSON.stringify(text)).join('\n'), { language: 'gl' });
  expect(describeReading(report, 'spans.jsonl').split('\n')).toEqual([
    'Read spans.jsonl: 2 sentences, 8 tokens (spans).',
    '  1 spans that begin or end inside a token',
    '  e.g. input:1: LOC "Coruña" at 9-15',
    '  1 spans left out: they overlap with another',
    expect.stringMatching(/^ {2}e\.g\. input:2: PER /u),
  ]);
});

test('each of the counts of lines with broken markup', () => {
  const text = '<PER>Ana vive</LOC> aquí.\nChove en <LOC>Lugo</LOC>.\nAna</PER> chegou.\n';
  const { report } = parseSentences(text, { format: 'inline', brokenMarkup: 'drop' });
  expect(describeReading(report)).toContain('\n  2 lines whose inline tags do not pair\n  e.g. input:1: ');
});
