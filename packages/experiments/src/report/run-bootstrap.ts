import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Runs that are drawn together: [sentence * 3 + (0 correct, 1 predicted, 2 gold)] of each. */
export type Unit = readonly (readonly number[])[];

export interface RunBootstrap {
  /** 95 per cent of the rounds' differences. */
  readonly low: number;
  readonly high: number;
  /** Two-sided, (1 + #{|d* - d| >= |d|}) / (samples + 1), as in the paired bootstrap over sentences. */
  readonly pValue: number;
}

/** Differences are quotients of small whole numbers; two that differ by less than this are the same one rounded twice. */
const rounding = 1e-12;

/**
 * A bootstrap on two levels: each round draws runs of each side anew, with replacement, and then sentences, the same ones for both sides. So p tells
 * whether the settings differ, not only these runs of them.
 *
 * Of n units n - 1 are drawn: with n the variance between means of so few would come out too small, by a factor of (n - 1) / n (Rao and Wu 1988,
 * J. Am. Stat. Assoc. 83; with two seeds, by a half). A single unit is taken as it is.
 *
 * @param one units of a side, like those of the other: runs on one corpus, with the same gold entities
 * @param paired whether the units of both sides belong together by their place: then the same ones are drawn for both
 */
export function bootstrapRuns(
  one: readonly Unit[],
  other: readonly Unit[],
  paired: boolean,
  samples: number,
): RunBootstrap {
  const sides = [one, other].map((side) => side.map(unitCounts));
  const gold = Float64Array.from(columnOf(one[0][0], 2));
  const sentences = gold.length;
  const random = xoroshiro128plus(1);
  const below = (limit: number): number => Math.floor(((random.next() >>> 0) / 2 ** 32) * limit);
  // How often each sentence is in a round.
  const times = new Float64Array(sentences).fill(1);
  const f1 = (side: readonly UnitCounts[], drawn: readonly number[]): number => {
    const total = dot(gold, times);
    let correct = 0;
    let rest = 0;
    for (const [index, count] of drawn.entries()) {
      if (count === 0) continue;
      const unit = side[index];
      correct += count * dot(unit.correct, times);
      rest += count * (dot(unit.predicted, times) + unit.runs * total);
    }
    return rest === 0 ? 0 : (2 * correct) / rest;
  };
  const all = sides.map((side) => f1(side, Array<number>(side.length).fill(1)));
  const difference = all[0] - all[1];
  const differences = new Float64Array(samples);
  let extreme = 0;
  for (let sample = 0; sample < samples; sample++) {
    const first = drawUnits(one.length, below);
    const second = paired ? first : drawUnits(other.length, below);
    times.fill(0);
    for (let draw = 0; draw < sentences; draw++) times[below(sentences)]++;
    const delta = f1(sides[0], first) - f1(sides[1], second);
    differences[sample] = delta;
    if (Math.abs(delta - difference) >= Math.abs(difference) - rounding) extreme++;
  }
  differences.sort();
  return {
    low: quantile(differences, 0.025),
    high: quantile(differences, 0.975),
    pValue: (1 + extreme) / (samples + 1),
  };
}

/** Sums over the runs of a unit, a number for each sentence. */
interface UnitCounts {
  readonly runs: number;
  readonly correct: Float64Array;
  readonly predicted: Float64Array;
}

function unitCounts(unit: Unit): UnitCounts {
  const sums = (offset: number): Float64Array => {
    const sum = new Float64Array(unit[0].length / 3);
    for (const counts of unit)
      for (const [sentence, count] of columnOf(counts, offset).entries()) sum[sentence] += count;
    return sum;
  };
  return { runs: unit.length, correct: sums(0), predicted: sums(1) };
}

const columnOf = (counts: readonly number[], offset: number): number[] =>
  counts.filter((_, index) => index % 3 === offset);

/** How often each unit is drawn. */
function drawUnits(count: number, below: (limit: number) => number): number[] {
  if (count === 1) return [1];
  const drawn = Array<number>(count).fill(0);
  for (let draw = 0; draw < count - 1; draw++) drawn[below(count)]++;
  return drawn;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}

/** By linear interpolation between the sorted values (type 7 of Hyndman and Fan 1996), as `@cognate/eval` has it. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
