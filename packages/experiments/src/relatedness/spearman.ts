import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A rank correlation and how probable one as strong is by chance. */
export interface RankCorrelation {
  readonly rho: number;
  readonly pairs: number;
  /** Two-sided, by permutations; undefined where no correlation is defined. */
  readonly pValue: number | undefined;
}

/** Permutations are all of them up to so many values, else a random sample. */
const exactUpTo = 8;
const samples = 20_000;

/**
 * Spearman's rank correlation, ties by mean ranks. `rho` is NaN for fewer than three pairs, or where one side is constant.
 *
 * @param seed of the sample of permutations, where there are too many for all
 */
export function spearman(x: readonly number[], y: readonly number[], seed = 1): RankCorrelation {
  const pairs = x.length;
  const [a, b] = [centred(ranks(x)), centred(ranks(y))];
  const norms = Math.sqrt(dot(a, a) * dot(b, b));
  if (pairs < 3 || norms === 0) return { rho: NaN, pairs, pValue: undefined };
  const rho = dot(a, b) / norms;
  const limit = Math.abs(dot(a, b)) - 1e-9 * norms;
  let extreme = 0;
  let all = 0;
  const take = (order: readonly number[]): void => {
    all++;
    if (Math.abs(dot(a, order)) >= limit) extreme++;
  };
  if (pairs <= exactUpTo) eachPermutation([...b], take);
  else {
    // The order as it is counts as one of the sample, so that no p-value is 0.
    take(b);
    const order = [...b];
    const random = xoroshiro128plus(seed);
    for (let sample = 0; sample < samples; sample++) {
      shuffle(order, random);
      take(order);
    }
  }
  return { rho, pairs, pValue: extreme / all };
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return values.map((value) => value - mean);
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);

/** Heap's algorithm. */
function eachPermutation(
  values: number[],
  take: (values: readonly number[]) => void,
  count = values.length,
): void {
  if (count <= 1) {
    take(values);
    return;
  }
  for (let index = 0; index < count; index++) {
    eachPermutation(values, take, count - 1);
    const other = count % 2 === 0 ? index : 0;
    if (index < count - 1) [values[other], values[count - 1]] = [values[count - 1], values[other]];
  }
}

function shuffle(values: number[], random: ReturnType<typeof xoroshiro128plus>): void {
  for (let index = values.length - 1; index > 0; index--) {
    const other = uniformInt(random, 0, index);
    [values[index], values[other]] = [values[other], values[index]];
  }
}
