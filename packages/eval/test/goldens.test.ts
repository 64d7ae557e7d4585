import { readFileSync } from 'node:fs';
import type { Scheme } from '@cognate/tag-scheme';
import { describe, expect, it } from 'vitest';
import {
  conllevalReport,
  evaluate,
  semeval13,
  semevalViews,
  seqeval,
  type LabelledScores,
  type SemevalView,
} from '../src/index.js';

type Row = [precision: number, recall: number, f1: number, support: number];

interface SeqevalGolden {
  per_type: Record<string, Row>;
  micro: [number, number, number];
}

interface Case {
  scheme: Scheme | 'messy';
  gold: string[][];
  pred: string[][];
  conlleval: string;
  seqeval_default: SeqevalGolden;
  seqeval_strict?: SeqevalGolden;
  semeval13?: Record<SemevalView, Record<string, number>>;
}

/** Random taggings with the outputs of conlleval (2004-01-26), seqeval 1.2.2 and nervaluate 1.1 on them. */
const cases = JSON.parse(
  readFileSync(new URL('fixtures/span-evaluation.json', import.meta.url), 'utf8'),
) as Case[];

function expectScores(result: LabelledScores, golden: SeqevalGolden, name: string): void {
  expect(Object.keys(result.perLabel), name).toEqual(Object.keys(golden.per_type));
  for (const [label, [precision, recall, f1, support]] of Object.entries(golden.per_type)) {
    const scores = result.perLabel[label];
    near(scores.precision, precision, `${name} ${label} precision`);
    near(scores.recall, recall, `${name} ${label} recall`);
    near(scores.f1, f1, `${name} ${label} F1`);
    expect(scores.gold, `${name} ${label} support`).toBe(support);
  }
  const [precision, recall, f1] = golden.micro;
  near(result.micro.precision, precision, `${name} micro precision`);
  near(result.micro.recall, recall, `${name} micro recall`);
  near(result.micro.f1, f1, `${name} micro F1`);
}

function near(value: number, golden: number, name: string): void {
  if (!(Math.abs(value - golden) <= 1e-12)) expect.fail(`${name}: ${value}, expected ${golden}`);
}

describe('the reference programs', () => {
  it('are represented by 300 cases', () => {
    expect(cases).toHaveLength(300);
    expect(cases.filter((one) => one.seqeval_strict).length).toBeGreaterThan(150);
    expect(cases.filter((one) => one.semeval13)).toHaveLength(30);
  });

  it('conlleval: the text, byte for byte', () => {
    cases.forEach(({ gold, pred, conlleval }, index) => {
      expect(conllevalReport(gold, pred), `case ${index}`).toBe(conlleval);
    });
  });

  it('seqeval, default mode', () => {
    cases.forEach((one, index) => {
      expectScores(seqeval(one.gold, one.pred), one.seqeval_default, `case ${index}`);
    });
  });

  it('seqeval, strict mode', () => {
    cases.forEach(({ scheme, gold, pred, seqeval_strict }, index) => {
      if (!seqeval_strict || scheme === 'messy') return;
      expectScores(seqeval(gold, pred, { mode: 'strict', scheme }), seqeval_strict, `case ${index}`);
    });
  });

  it('nervaluate: four views', () => {
    cases.forEach(({ gold, pred, semeval13: golden }, index) => {
      if (!golden) return;
      const { overall } = semeval13(gold, pred, { scheme: 'IOB2' });
      for (const view of semevalViews) {
        for (const [name, value] of Object.entries(golden[view])) {
          near(overall[view][name as 'f1'], value, `case ${index}, ${view} ${name}`);
        }
      }
    });
  });

  it('agree with evaluate where they should', () => {
    cases.forEach(({ scheme, gold, pred, seqeval_default, seqeval_strict }, index) => {
      if (scheme === 'messy') return;
      if (scheme !== 'BILOU') {
        expectScores(evaluate(gold, pred, { scheme }), seqeval_default, `case ${index}, lenient`);
      }
      if (seqeval_strict) {
        expectScores(
          evaluate(gold, pred, { scheme, repair: 'discard' }),
          seqeval_strict,
          `case ${index}, strict`,
        );
      }
    });
  });
});
