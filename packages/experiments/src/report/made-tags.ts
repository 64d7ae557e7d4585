type Counts = readonly number[];

/** Sentences of tags that have the counts of all runs of two sides, every sentence with those of every run, for functions that take tags. */
export function tagsOf(
  a: readonly Counts[],
  b: readonly Counts[],
): { readonly gold: string[][]; readonly tags: [string[][], string[][]] } {
  const runs = (a.length * b.length) / greatestCommonDivisor(a.length, b.length);
  const sentences = a[0].length / 3;
  const gold: string[][] = [];
  const tags: [string[][], string[][]] = [[], []];
  for (let sentence = 0; sentence < sentences; sentence++) {
    const made = { gold: [] as string[], first: [] as string[], second: [] as string[] };
    for (let run = 0; run < runs; run++) addRun(made, a[run % a.length], b[run % b.length], 3 * sentence);
    gold.push(made.gold);
    tags[0].push(made.first);
    tags[1].push(made.second);
  }
  return { gold, tags };
}

interface Made {
  readonly gold: string[];
  readonly first: string[];
  readonly second: string[];
}

/** Adds tags that have the counts of a sentence: entities of one token each, first the gold ones, then the superfluous. */
function addRun(made: Made, a: Counts, b: Counts, at: number): void {
  const [correctA, predictedA, gold] = [a[at], a[at + 1], a[at + 2]];
  const [correctB, predictedB] = [b[at], b[at + 1]];
  const superfluous = Math.max(predictedA - correctA, predictedB - correctB);
  for (let entity = 0; entity < gold; entity++) {
    made.gold.push('B-X');
    made.first.push(entity < correctA ? 'B-X' : 'O');
    made.second.push(entity < correctB ? 'B-X' : 'O');
  }
  for (let entity = 0; entity < superfluous; entity++) {
    made.gold.push('O');
    made.first.push(entity < predictedA - correctA ? 'B-X' : 'O');
    made.second.push(entity < predictedB - correctB ? 'B-X' : 'O');
  }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
