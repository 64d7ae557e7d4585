import { pairedBootstrap } from '@cognate/eval';
import { seededRandom } from '@cognate/testing';
import { expect, test } from 'vitest';
import { readGrid, type RunRecord } from '../src/index.js';
import { bootstrapRuns } from '../src/report/run-bootstrap.js';
import { compareRuns, makeReport } from '../src/report.js';
import { madeRecord, type Made } from './fixtures/records.js';

/** Runs of one setting on sentences that are hard for all of them or easy, whose seeds make them better or worse. */
function simulation(seed: number, sentences: number, betweenSeeds: number) {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => {
    const corpus = Array.from({ length: sentences }, () => ({
      gold: 1 + Math.floor(3 * random()),
      ease: 1.2 * normal(),
    }));
    return (shift = 0): number[] => {
      const quality = 0.5 + shift + betweenSeeds * normal();
      return corpus.flatMap(({ gold, ease }) => {
        const hits = Array.from({ length: gold }, () => random() < 1 / (1 + Math.exp(-ease - quality)));
        const correct = hits.filter(Boolean).length;
        return [correct, correct + (random() < 0.3 ? 1 : 0), gold];
      });
    };
  };
}

test(
  'seeds of one setting rarely differ, where sentences alone say that they do',
  { timeout: 60_000 },
  () => {
    const rounds = 200;
    for (const paired of [false, true]) {
      const newCorpus = simulation(7, 100, 0.3);
      let [runs, sentences] = [0, 0];
      for (let round = 0; round < rounds; round++) {
        const run = newCorpus();
        const [a, b] = [0, 1].map(() => [run(), run(), run()]);
        const each = [a, b].map((side) => side.map((one) => [one]));
        if (bootstrapRuns(each[0], each[1], paired, 300).pValue < 0.05) runs++;
        // All runs of a side as one: what is drawn is sentences.
        if (bootstrapRuns([a], [b], false, 300).pValue < 0.05) sentences++;
      }
      expect(sentences / rounds).toBeGreaterThan(0.2);
      // 0.05, and two standard deviations of a share of so many rounds.
      expect(runs / rounds).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / rounds));
    }
  },
);

test('settings that differ by more than their seeds are found to', () => {
  const run = simulation(3, 300, 0.1)();
  const side = (shift: number, ...seeds: number[]): RunRecord[] =>
    seeds.map((seed) => madeRecord({ seed, counts: run(shift) }));
  const [good, bad] = [side(1, 1, 2, 3), side(0, 1, 2, 3)];
  const compared = compareRuns(good, bad, 'test');
  expect(compared).toMatchObject({ runs: [3, 3] });
  expect(compared?.bootstrap).toBeLessThan(0.01);
  expect(compared?.low).toBeGreaterThan(0);
  // The same again.
  expect(compareRuns(good, bad, 'test')).toEqual(compared);
});

test('two seeds that lie apart make the difference of two settings unsure', () => {
  const run = simulation(4, 300, 0)();
  const of = (shift: number, seed: number): RunRecord => madeRecord({ seed, counts: run(shift) });
  const compared = compareRuns([of(1, 1), of(-1, 2)], [of(-1, 3), of(-1, 4)], 'test');
  // Given these runs it is sure.
  expect(compared?.randomisation).toBeLessThan(0.01);
  expect(compared?.bootstrap).toBeGreaterThan(0.2);
});

test('a side with one run is drawn by its sentences alone, as in the bootstrap over sentences', () => {
  const run = simulation(5, 200, 0)();
  const [a, b] = [run(0.3), run()];
  const tags = (counts: readonly number[], of: 'gold' | 'predicted'): string[][] =>
    Array.from({ length: counts.length / 3 }, (_, sentence) => {
      const [correct, predicted, gold] = counts.slice(3 * sentence, 3 * sentence + 3);
      const entities = (count: number, all: number) =>
        Array.from({ length: all }, (__, index) => (index < count ? 'B-X' : 'O'));
      return of === 'gold'
        ? [...entities(gold, gold), 'O']
        : [...entities(correct, gold), predicted > correct ? 'B-X' : 'O'];
    });
  const options = { scheme: 'IOB2', samples: 20_000 } as const;
  const expected = pairedBootstrap(tags(a, 'gold'), tags(a, 'predicted'), tags(b, 'predicted'), options);
  const found = bootstrapRuns([[a]], [[b]], false, 20_000);
  // Other random numbers, so near and no more.
  expect(found.pValue).toBeCloseTo(expected.pValue, 1.5);
  expect(found.low).toBeCloseTo(expected.interval.low, 2);
  expect(found.high).toBeCloseTo(expected.interval.high, 2);
});

test('only runs on draws that both sides have are compared', () => {
  const run = simulation(6, 100, 0)();
  const of = (draw: number, seed: number, counts = run()): RunRecord => madeRecord({ draw, seed, counts });
  const [common, single] = [of(0, 1), of(0, 1)];
  const alone = compareRuns([common], [single], 'test');
  expect(compareRuns([common, of(1, 1), of(2, 1)], [single], 'test')).toEqual(alone);
  expect(compareRuns([of(1, 1)], [single], 'test')).toBeUndefined();
  // A sample with a name may have changed: it is draw 0 in both, but not the same.
  const named = (record: RunRecord, digest: string): RunRecord => ({
    ...record,
    setting: { ...record.setting, digests: { 'train-100': digest } },
  });
  expect(compareRuns([named(common, 'a')], [named(single, 'b')], 'test')).toBeUndefined();
  expect(compareRuns([named(common, 'a')], [named(single, 'a')], 'test')).toEqual(alone);
});

test('a section says where p is given one run, and what was left out', () => {
  const sectionOf = (...all: Made[]) =>
    makeReport(
      readGrid({
        name: 'made-up',
        title: 'Made up',
        data: { kind: 'samples' },
        recipes: { linear: 'linear', neural: 'neural' },
        runs: [{ recipes: ['linear', 'neural'] }],
        report: [{ kind: 'significance', first: { recipe: 'neural' }, second: { recipe: 'linear' } }],
      }),
      all.map(madeRecord),
    ).sections[0];
  const seeds = (...numbers: number[]): Made[] => numbers.map((seed) => ({ model: 'neural', seed }));
  const single = sectionOf(...seeds(1, 2), {});
  expect(single.text.join(' ')).toContain('A side with one run');
  expect(single.tables[0].rows[0][2]).toBe('2, 1');
  expect(sectionOf(...seeds(1, 2), {}, { seed: 2 }).text.join(' ')).not.toContain('A side with one run');
  const draws = sectionOf({ model: 'neural' }, { model: 'neural', draw: 1 }, {});
  expect(draws.tables[0].rows[0][2]).toBe('1, 1');
  expect(draws.text.join(' ')).toContain('on common ones');
  const more = sectionOf(...seeds(1, 2), { model: 'neural', draw: 1 }, {});
  expect(more.tables[0].rows[0][2]).toBe('2, 1');
  expect(more.text.join(' ')).not.toContain('several draws');
  const both = sectionOf({ model: 'neural' }, { model: 'neural', draw: 1 }, {}, { draw: 1 });
  expect(both.text.join(' ')).toContain('several draws');
  const none = sectionOf({ model: 'neural', draw: 1 }, {});
  expect([none.tables[0].rows, none.text.join(' ')]).toEqual([
    [],
    expect.stringContaining('One pair is left out'),
  ]);
});
