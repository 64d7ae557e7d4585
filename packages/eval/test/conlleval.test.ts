import { readFileSync } from 'node:fs';
import { tagSet } from '@cognate/tag-scheme';
import { describe, expect, it } from 'vitest';
import { conlleval, conllevalReport, evaluate, type ConllevalReportOptions } from '../src/index.js';

interface Case {
  options: ConllevalReportOptions;
  gold: string[][];
  pred: string[][];
  conlleval: string;
}

/** Outputs of the script itself on tags without label, brackets, odd prefixes, `-r`, `-o`, `-l`, and on ties of rounding. */
const cases = JSON.parse(
  readFileSync(new URL('fixtures/conlleval-odd-tags.json', import.meta.url), 'utf8'),
) as Case[];

describe('conllevalReport', () => {
  it('gives the bytes of the script on odd tags and with its options', () => {
    expect(cases.filter(({ options }) => options.raw)).not.toHaveLength(0);
    expect(cases.filter(({ options }) => options.latex)).not.toHaveLength(0);
    expect(cases.filter(({ gold }) => gold.length === 0)).not.toHaveLength(0);
    cases.forEach((one, index) => {
      expect(conllevalReport(one.gold, one.pred, one.options), `case ${index}`).toBe(one.conlleval);
    });
  });

  it('prints the label 0, which Perl holds for false, as the empty one, and that twice', () => {
    const lines = conllevalReport([['B-0', 'O']], [['B-0', 'O']]).split('\n');
    expect(lines[2]).toBe(`${' '.repeat(17)}: precision: 100.00%; recall: 100.00%; FB1: 100.00  1`);
    expect(lines[3]).toBe(lines[2]);
  });

  it('refuses tags that could not be a column', () => {
    expect(() => conllevalReport([['O', 'B X']], [['O', 'O']])).toThrow(
      'gold sentence 0, token 1: expected a tag without spaces, got "B X"',
    );
    expect(() => conllevalReport([['O'], ['O']], [['O'], ['']])).toThrow('predicted sentence 1, token 0');
  });
});

describe('conlleval', () => {
  it.each(['IO', 'IOB1', 'IOB2', 'IOE1', 'IOE2'] as const)('counts as evaluate does in %s', (scheme) => {
    const tags = tagSet(['X', 'Y'], scheme);
    const other = [...tags, ...tags].slice(1, 5);
    for (let code = 0; code < tags.length ** 4; code++) {
      const gold = [other.map((_, t) => tags[Math.floor(code / tags.length ** t) % tags.length])];
      const ours = evaluate(gold, [other], { scheme });
      const theirs = conlleval(gold, [other]);
      if (JSON.stringify(ours.perLabel) !== JSON.stringify(theirs.perLabel)) expect.fail(gold[0].join(' '));
    }
  });

  it('gives the counts behind the text', () => {
    const result = conlleval([['B-X', 'I-X', 'O', 'I-Y']], [['B-X', 'O', 'O', 'I-Y']]);
    expect(result).toMatchObject({
      tokens: 4,
      correctTags: 3,
      accuracy: 0.75,
      micro: { correct: 1, predicted: 2, gold: 2, precision: 0.5, recall: 0.5, f1: 0.5 },
      convention: {
        scorer: 'conlleval',
        mode: 'default',
        scheme: 'IOB2',
        schemeDetected: true,
        zeroDivision: 0,
        repaired: { gold: 1, predicted: 1 },
      },
    });
    expect(Object.keys(result.perLabel)).toEqual(['X', 'Y']);
    expect(result.perLabel.Y).toEqual({ correct: 1, predicted: 1, gold: 1, precision: 1, recall: 1, f1: 1 });
  });

  it('has zeros where there is nothing', () => {
    expect(conlleval([], [])).toMatchObject({ tokens: 0, accuracy: 0, micro: { f1: 0 } });
    expect(conllevalReport([], [])).toBe(
      'processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n',
    );
  });

  it('counts labels such as __proto__ like any other', () => {
    const tags = [['B-__proto__', 'O', 'B-constructor']];
    expect(Object.keys(conlleval(tags, tags).perLabel)).toEqual(['__proto__', 'constructor']);
  });
});
