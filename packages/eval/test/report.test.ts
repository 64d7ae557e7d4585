import { describe, expect, test } from 'vitest';
import { barChart, evaluate, frequentErrors, htmlReport, lineChart } from '../src/index.js';

const tokens = [
  ['Ana', 'vive', 'en', 'Vigo', '.'],
  ['Vou', 'a', 'Vigo', 'con', 'Ana', 'Souto'],
  ['Vigo', 'gaña'],
  ['O', 'Celta', 'xoga'],
];
const gold = [
  ['B-PER', 'O', 'O', 'B-LOC', 'O'],
  ['O', 'O', 'B-LOC', 'O', 'B-PER', 'I-PER'],
  ['B-LOC', 'O'],
  ['O', 'B-ORG', 'O'],
];
const predicted = [
  ['B-PER', 'O', 'O', 'B-ORG', 'O'],
  ['O', 'O', 'B-ORG', 'O', 'B-PER', 'O'],
  ['B-LOC', 'O'],
  ['B-MISC', 'O', 'O'],
];

describe('frequent errors', () => {
  test('those with the same words and labels together, the most frequent first', () => {
    const errors = frequentErrors(tokens, gold, predicted, { scheme: 'IOB2' });
    expect(errors.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['label', 2],
      ['boundary', 1],
      ['missed', 1],
      ['spurious', 1],
    ]);
    expect(errors[0]).toMatchObject({
      gold: { words: 'Vigo', label: 'LOC' },
      predicted: { words: 'Vigo', label: 'ORG' },
      examples: [{ sentence: 0 }, { sentence: 1 }],
    });
    expect(errors[1]).toMatchObject({ gold: { words: 'Ana Souto' }, predicted: { words: 'Ana' } });
    expect(errors[2].predicted).toBeUndefined();
    expect(errors[3].gold).toBeUndefined();
    // All that is not correct is there, and nothing else.
    const { outcomes } = evaluate(gold, predicted, { scheme: 'IOB2' }).confusion;
    const wrong = Object.values(outcomes).reduce((sum, count) => sum + count) - outcomes.correct;
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(wrong);
  });

  test('context is cut on both sides, and spans point into it', () => {
    const [, { examples }] = frequentErrors(tokens, gold, predicted, { scheme: 'IOB2', context: 1 });
    expect(examples).toEqual([
      {
        sentence: 1,
        tokens: ['con', 'Ana', 'Souto'],
        gold: { start: 1, end: 3, label: 'PER' },
        predicted: { start: 1, end: 2, label: 'PER' },
        cut: [true, false],
      },
    ]);
    const languages = ['gl', 'gl', 'gl', 'gl'];
    const [{ examples: first }] = frequentErrors(tokens, gold, predicted, {
      scheme: 'IOB2',
      most: 1,
      examples: 1,
      languages,
    });
    expect(first).toMatchObject([{ language: 'gl', cut: [false, false] }]);
  });

  test('shapes that differ are refused', () => {
    expect(() => frequentErrors(tokens.slice(1), gold, predicted)).toThrow(/tokens/);
    expect(() => frequentErrors(tokens, gold, predicted, { languages: ['gl'] })).toThrow(
      'expected a language for each of 4 sentences, got 1',
    );
  });
});

describe('the page', () => {
  const evil = '<script>alert("x")</script>&\'\u0000';
  const words = [[evil, 'b']];
  const right = [['B-"><img src=x>', 'O']];
  const wrong = [['O', 'O']];
  const evaluation = evaluate(right, wrong, { scheme: 'IOB2', languages: ['<i>'] });
  const errors = frequentErrors(words, right, wrong, { scheme: 'IOB2', languages: ['"><b>'] });
  const page = htmlReport({
    title: evil,
    subtitle: evil,
    highlights: [[evil, evil]],
    figures: [
      {
        svg: lineChart({ title: evil, x: evil, y: evil, series: [{ name: evil, points: [[1, 1]] }] }),
        caption: evil,
      },
      { svg: barChart({ title: evil, series: [evil], rows: [{ name: evil, values: [0.5] }] }) },
    ],
    sections: [{ title: evil, evaluation, errors }],
    facts: [[evil, evil]],
    settings: evil,
  });

  test('escapes everything that is not its own, and loads nothing', () => {
    for (const foreign of ['<script', '<img', '<i>', '<b>x', '"><b>', '\u0000'])
      expect(page).not.toContain(foreign);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;\ufffd');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<[^>]*\s(?:src|href|srcset|action)\s*=|<[^>]*url\(|@import|javascript:/iu);
  });

  test('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [tag, close, name, alone] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/giu)) {
      if (alone === '/' || name === 'meta') continue;
      if (close === '') open.push(name);
      else expect(open.pop(), tag).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test('has the numbers of the evaluation', () => {
    const text = htmlReport({
      title: 'T',
      sections: [{ title: 'Test', evaluation: evaluate(gold, predicted, { scheme: 'IOB2' }), errors: [] }],
    });
    // LOC: one of three found, of one predicted.
    expect(text).toContain(
      '<tr><td>LOC</td><td>100.00</td><td>33.33</td><td>50.00</td><td>1</td><td>1</td><td>3</td></tr>',
    );
    expect(text).toContain('None: every entity is right.');
  });
});

describe('charts', () => {
  /** What an axis says: the values of its ticks and where they are, as a line through two of them. */
  function scale(places: readonly (readonly [value: number, place: number])[]): (place: number) => number {
    const [[a, x], [b, y]] = [places[0], places[places.length - 1]];
    return (place) => a + ((place - x) / (y - x)) * (b - a);
  }
  const textsOf = (svg: string) =>
    [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>([^<]*)</gu)].map(
      ([, x, y, anchor, text]) => ({ x: Number(x), y: Number(y), anchor, text }),
    );

  test('the points of a line are where its axes say', () => {
    const points: [number, number][] = [
      [1, 9.5],
      [2, 3.25],
      [3, 0.125],
      [7, 4],
    ];
    const svg = lineChart({ title: 't', x: 'x', y: 'y', series: [{ name: 'a', points }] });
    const texts = textsOf(svg).filter(({ text }) => /^[\d.]+$/u.test(text));
    const xs = texts
      .filter(({ anchor }) => anchor === 'middle')
      .map(({ x, text }) => [Number(text), x] as const);
    const ys = texts
      .filter(({ anchor }) => anchor === 'end')
      .map(({ y, text }) => [Number(text), y - 4] as const);
    const drawn = /points="([^"]+)"/u
      .exec(svg)![1]
      .split(' ')
      .map((pair) => pair.split(',').map(Number));
    drawn.forEach(([x, y], index) => {
      expect(scale(xs)(x)).toBeCloseTo(points[index][0], 2);
      expect(scale(ys)(y)).toBeCloseTo(points[index][1], 1);
    });
  });

  test('gaps, a single point, and no point at all', () => {
    const line = (points: [number, number][]) =>
      lineChart({
        title: 't',
        x: 'x',
        y: 'y',
        series: [{ name: 'a', points }],
        mark: { x: 1, label: 'here' },
      });
    const gap = line([
      [1, 1],
      [2, NaN],
      [3, 2],
      [4, 2],
    ]);
    expect(gap.match(/<polyline/gu)).toHaveLength(2);
    expect(gap.match(/<circle/gu)).toHaveLength(3);
    expect(line([[5, 0]])).toContain('<circle');
    expect(line([])).toContain('no data');
    for (const svg of [gap, line([[5, 0]]), line([])]) expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });

  test('bars are as long as their scores', () => {
    const svg = barChart({
      title: 't',
      series: ['precision', 'F1'],
      rows: [
        { name: 'PER', values: [1, 0.25] },
        { name: 'LOC', values: [NaN, 0.5] },
      ],
    });
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="12" fill/gu)]
      .map(([, width]) => Number(width))
      .filter((width) => width !== 12);
    expect(widths.map((width) => width / widths[0])).toEqual(
      [1, 0.25, 0.5].map((share): unknown => expect.closeTo(share, 4)),
    );
  });
});
