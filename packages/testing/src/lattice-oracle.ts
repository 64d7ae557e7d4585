/*
 * Answers about a linear-chain lattice by brute force: every path is written out and scored. Slow, short, and unlike any
 * clever way to the same number, which is what makes it an oracle.
 */

/** What the oracle reads of a lattice. The shapes are those of `@cognate/crf`. */
export interface OracleLattice {
  readonly length: number;
  readonly numTags: number;
  /** `[t * numTags + tag]` */
  readonly emissions: ArrayLike<number>;
  /** `[from * numTags + to]` */
  readonly transitions: ArrayLike<number>;
  /** `[numTags]` */
  readonly startTransitions?: ArrayLike<number> | undefined;
  /** `[numTags]` */
  readonly endTransitions?: ArrayLike<number> | undefined;
}

export interface OracleConstraints {
  readonly transitions?: ArrayLike<number> | undefined;
  readonly start?: ArrayLike<number> | undefined;
  readonly end?: ArrayLike<number> | undefined;
  readonly tags?: ArrayLike<number> | undefined;
  readonly allowed?: ArrayLike<number> | undefined;
}

export interface OracleSpan {
  readonly start: number;
  readonly tags: readonly number[];
  readonly precededBy?: ArrayLike<number> | undefined;
  readonly followedBy?: ArrayLike<number> | undefined;
}

export interface OraclePath {
  readonly tags: readonly number[];
  readonly score: number;
}

/** Every allowed path whose score is not -Infinity. A lattice of length 0 has one path, empty, with score 0. */
export function enumeratePaths(lattice: OracleLattice, constraints: OracleConstraints = {}): OraclePath[] {
  const { length, numTags } = lattice;
  let sequences: number[][] = [[]];
  for (let t = 0; t < length; t++) {
    const fixed = constraints.tags?.[t] ?? -1;
    const choices = fixed >= 0 ? [fixed] : Array.from({ length: numTags }, (_, tag) => tag);
    sequences = sequences.flatMap((tags) => choices.map((tag) => [...tags, tag]));
  }
  return sequences
    .filter((tags) => allows(numTags, constraints, tags))
    .map((tags) => ({ tags, score: pathScore(lattice, tags) }))
    .filter(({ score }) => score > -Infinity);
}

function pathScore(lattice: OracleLattice, tags: readonly number[]): number {
  const { numTags, emissions, transitions, startTransitions, endTransitions } = lattice;
  if (tags.length === 0) return 0;
  let score = (startTransitions?.[tags[0]] ?? 0) + (endTransitions?.[tags[tags.length - 1]] ?? 0);
  tags.forEach((tag, t) => {
    score += emissions[t * numTags + tag];
    if (t > 0) score += transitions[tags[t - 1] * numTags + tag];
  });
  return score;
}

function allows(numTags: number, constraints: OracleConstraints, tags: readonly number[]): boolean {
  const { transitions, start, end, allowed } = constraints;
  if (tags.length === 0) return true;
  if (start?.[tags[0]] === 0 || end?.[tags[tags.length - 1]] === 0) return false;
  return tags.every((tag, t) => {
    if (allowed?.[t * numTags + tag] === 0) return false;
    return t === 0 || transitions?.[tags[t - 1] * numTags + tag] !== 0;
  });
}

/** log of the sum of exp(score) over paths; -Infinity where there are none. */
export function pathsLogSum(paths: readonly OraclePath[]): number {
  let most = -Infinity;
  for (const { score } of paths) most = Math.max(most, score);
  if (most === -Infinity) return most;
  // Smallest terms first, so that they are not lost one by one.
  const terms = paths.map(({ score }) => Math.exp(score - most)).sort((a, b) => a - b);
  return most + Math.log(terms.reduce((sum, term) => sum + term, 0));
}

export function oracleLogPartition(lattice: OracleLattice, constraints?: OracleConstraints): number {
  return pathsLogSum(enumeratePaths(lattice, constraints));
}

/** The paths by score, best first; ties by the last tag, then the one before it, and so on. */
export function oracleKBest(
  lattice: OracleLattice,
  k: number,
  constraints?: OracleConstraints,
): OraclePath[] {
  const fromEnd = (a: readonly number[], b: readonly number[]): number => {
    for (let t = a.length - 1; t >= 0; t--) if (a[t] !== b[t]) return a[t] - b[t];
    return 0;
  };
  return enumeratePaths(lattice, constraints)
    .sort((a, b) => b.score - a.score || fromEnd(a.tags, b.tags))
    .slice(0, k);
}

/** log of the share that the paths which satisfy `belongs` have in all, whose log sum is `total`. */
export function logShare(
  paths: readonly OraclePath[],
  belongs: (tags: readonly number[]) => boolean,
  total = pathsLogSum(paths),
): number {
  return pathsLogSum(paths.filter(({ tags }) => belongs(tags))) - total;
}

/** Logarithms of the marginals, `[t * numTags + tag]`: they tell 1e-400 from 0. */
export function oracleLogMarginals(lattice: OracleLattice, constraints?: OracleConstraints): Float64Array {
  const { length, numTags } = lattice;
  const paths = enumeratePaths(lattice, constraints);
  const total = pathsLogSum(paths);
  return Float64Array.from({ length: length * numTags }, (_, p) =>
    logShare(paths, (tags) => tags[Math.floor(p / numTags)] === p % numTags, total),
  );
}

/** Logarithms of the edge marginals, `[t * numTags * numTags + from * numTags + to]`, t = 0 .. length - 2. */
export function oracleLogEdgeMarginals(
  lattice: OracleLattice,
  constraints?: OracleConstraints,
): Float64Array {
  const { length, numTags } = lattice;
  const paths = enumeratePaths(lattice, constraints);
  const total = pathsLogSum(paths);
  const square = numTags * numTags;
  return Float64Array.from({ length: Math.max(0, length - 1) * square }, (_, p) => {
    const t = Math.floor(p / square);
    const from = Math.floor((p % square) / numTags);
    return logShare(paths, (tags) => tags[t] === from && tags[t + 1] === p % numTags, total);
  });
}

/** Logarithms of the probabilities of spans, `[spans.length]`. */
export function oracleLogSpanMarginals(
  lattice: OracleLattice,
  spans: readonly OracleSpan[],
  constraints?: OracleConstraints,
): Float64Array {
  const paths = enumeratePaths(lattice, constraints);
  const total = pathsLogSum(paths);
  return Float64Array.from(spans, ({ start, tags: pattern, precededBy, followedBy }) =>
    logShare(
      paths,
      (tags) => {
        const end = start + pattern.length;
        if (start > 0 && precededBy?.[tags[start - 1]] === 0) return false;
        if (end < tags.length && followedBy?.[tags[end]] === 0) return false;
        return pattern.every((tag, k) => tags[start + k] === tag);
      },
      total,
    ),
  );
}
