import { prepareTransitions, type PreparedLattice, type PreparedTransitions } from '@cognate/crf';

/** A member of a pool as its lattices come. */
export interface PoolShare {
  /** What the member's scores count for. */
  readonly weight: number;
  /** `[pooled tag]`: the member's number of it. */
  readonly numbers: Int32Array;
  /** How many tags the member has. */
  readonly numTags: number;
}

/**
 * Lattices of one sentence, pooled: p(tags) ∝ Π_k p_k(tags)^w_k, the logarithmic opinion pool of CRFs (Smith, Cohn and Osborne 2005), is a CRF
 * again, whose scores are the weighted sums of the members'.
 */
export class Pool {
  readonly #shares: readonly PoolShare[];
  readonly #numTags: number;
  /** The transitions that were pooled last, which are those of the next sentence, too, more often than not. */
  #last: { readonly from: readonly PreparedTransitions[]; readonly pooled: PreparedTransitions } | undefined;

  /** @param numTags of the pool; each member has them all */
  constructor(shares: readonly PoolShare[], numTags: number) {
    this.#shares = shares;
    this.#numTags = numTags;
  }

  /** @param lattices `[member]`, of the same sentence; under masks, which are kept: what one member forbids is forbidden */
  pool(lattices: readonly PreparedLattice[]): PreparedLattice {
    const { length } = lattices[0];
    const n = this.#numTags;
    const emissions = new Float64Array(length * n); // [t * numTags + tag]
    lattices.forEach((lattice, member) => {
      const { weight, numbers, numTags } = this.#shares[member];
      const theirs = lattice.emissions;
      for (let t = 0; t < length; t++)
        for (let tag = 0; tag < n; tag++)
          emissions[t * n + tag] += weight * theirs[t * numTags + numbers[tag]];
    });
    const from = lattices.map(({ transitions }) => transitions);
    if (this.#last?.from.every((transitions, member) => transitions === from[member]) !== true)
      this.#last = { from, pooled: this.#transitions(from) };
    return { length, emissions, transitions: this.#last.pooled };
  }

  #transitions(from: readonly PreparedTransitions[]): PreparedTransitions {
    const n = this.#numTags;
    const transitions = new Float64Array(n * n); // [from * numTags + to]
    const startTransitions = new Float64Array(n);
    const endTransitions = new Float64Array(n);
    from.forEach((theirs, member) => {
      const { weight, numbers, numTags } = this.#shares[member];
      for (let a = 0; a < n; a++) {
        startTransitions[a] += weight * theirs.startScores[numbers[a]];
        endTransitions[a] += weight * theirs.endScores[numbers[a]];
        for (let b = 0; b < n; b++)
          transitions[a * n + b] += weight * theirs.scores[numbers[a] * numTags + numbers[b]];
      }
    });
    return prepareTransitions({ numTags: n, transitions, startTransitions, endTransitions });
  }
}
