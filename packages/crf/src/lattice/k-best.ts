import { checkCount } from './checks.js';
import { load } from './load.js';
import { NoPathError } from './no-path-error.js';
import type { Constraints, Lattice, Path, PreparedLattice } from './types.js';
import { bestScores, bestTag, scoreOf } from './viterbi.js';
import { workspaceOf, type LatticeWorkspace } from './workspace.js';

/**
 * The k allowed paths with the highest scores, best first; all of them where there are fewer than k, none where no path
 * is allowed. Paths that score the same come in the order of their last tag, then of the tag before it, and so on. A lattice
 * without tokens has one path, empty, with score 0.
 *
 * Exact, and lazy: the recursive enumeration algorithm of Jiménez and Marzal 1999 works out further ways only to those tags
 * which a wanted path goes through, so that its cost over Viterbi's is about k * length * numTags.
 *
 * @throws RangeError where k is not a whole number of at least 1, an array has the wrong length, or a score is NaN or
 *   +Infinity.
 */
export function kBest(
  lattice: Lattice | PreparedLattice,
  k: number,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Path[] {
  checkCount('k', k, 1);
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, false);
  if (space.length === 0) return [{ tags: new Int32Array(0), score: 0 }];
  try {
    bestScores(space);
  } catch (error) {
    if (error instanceof NoPathError) return [];
    throw error;
  }
  const ways = new Ways(space);
  const paths: Path[] = [];
  while (paths.length < k && ways.has(paths.length)) {
    const tags = ways.path(paths.length);
    paths.push({ tags, score: scoreOf(space, tags) });
  }
  // The search adds up in another order than scoreOf does: what it took for a tie may not be one, and the other way round.
  return paths.sort((a, b) => b.score - a.score || compareFromEnd(a.tags, b.tags));
}

function compareFromEnd(a: Int32Array, b: Int32Array): number {
  for (let t = a.length - 1; t >= 0; t--) if (a[t] !== b[t]) return a[t] - b[t];
  return 0;
}

/** The ways to one tag of one token, as far as they have been worked out, best first. */
interface Node {
  readonly score: number[];
  /** The tag before (-1: there is none), and which of the ways to that tag it is. */
  readonly from: number[];
  readonly rank: number[];
  /** The next way over each tag before, from the moment that a second way is asked for. */
  next: NextWays | undefined;
  /** Whether all ways have been worked out. */
  complete: boolean;
}

interface NextWays {
  /** `[numTags]`: -Infinity where no further way is known. */
  readonly score: Float64Array;
  /** `[numTags]` */
  readonly rank: Int32Array;
}

class Ways {
  private readonly space: LatticeWorkspace;
  /** `[t * numTags + tag]`, and at length * numTags the end, which follows the tags of the last token. */
  private readonly nodes: (Node | undefined)[];

  constructor(space: LatticeWorkspace) {
    this.space = space;
    this.nodes = new Array<Node | undefined>(space.length * space.numTags + 1).fill(undefined);
  }

  /** Whether there is a path of this rank (0 = the best), the ones before having been asked for. */
  has(rank: number): boolean {
    const { length } = this.space;
    const end = this.node(length, 0);
    if (rank < end.score.length) return end.from[rank] >= 0;
    return this.extend(length, 0);
  }

  /** The path of a rank that there is. */
  path(rank: number): Int32Array {
    const { length } = this.space;
    const tags = new Int32Array(length);
    let node = this.node(length, 0);
    for (let t = length - 1; t >= 0; t--) {
      const tag = node.from[rank];
      rank = node.rank[rank];
      tags[t] = tag;
      node = this.node(t, tag);
    }
    return tags;
  }

  /** The node of a tag that can be reached; new ones know their best way, which is Viterbi's. */
  private node(t: number, tag: number): Node {
    const { length, numTags, alpha, transitions } = this.space;
    const key = t * numTags + tag;
    let node = this.nodes[key];
    if (!node) {
      let from = -1;
      const before = (t - 1) * numTags;
      if (t === length) from = bestTag(alpha, before, transitions.endScores, 0, 1, numTags);
      else if (t > 0) from = bestTag(alpha, before, transitions.scores, tag, numTags, numTags);
      const score = from < 0 ? alpha[key] : this.wayScore(t, tag, from, alpha[before + from]);
      node = { score: [score], from: [from], rank: [0], next: undefined, complete: from < 0 };
      this.nodes[key] = node;
    }
    return node;
  }

  /** What a way that reached tag `from` at t - 1 with `score` scores at t; added up in the order of `bestScores`. */
  private wayScore(t: number, tag: number, from: number, score: number): number {
    const { length, numTags, scores, forwardScale, transitions } = this.space;
    if (t === length) return score + transitions.endScores[from];
    return score + transitions.scores[from * numTags + tag] + scores[t * numTags + tag] - forwardScale[t];
  }

  /** Works out one more way to a node; false where there is none. Loops in place of recursion: sentences may be long. */
  private extend(t: number, tag: number): boolean {
    const tags = [tag];
    let at = t;
    // The successor of a way is the next best of: the next way to the tag before it, and the ways over other tags. So the
    // node before may have to be extended first, and the one before that.
    for (;;) {
      const node = this.node(at, tags[tags.length - 1]);
      const last = node.score.length - 1;
      const before = this.node(at - 1, node.from[last]);
      if (before.complete || before.score.length > node.rank[last] + 1) break;
      tags.push(node.from[last]);
      at--;
    }
    for (;;) {
      const found = this.takeNext(at, tags[tags.length - 1]);
      tags.pop();
      if (tags.length === 0) return found;
      at++;
    }
  }

  private takeNext(t: number, tag: number): boolean {
    const { numTags } = this.space;
    const node = this.node(t, tag);
    const next = (node.next ??= this.otherWays(t, tag, node.from[0]));
    const last = node.score.length - 1;
    const from = node.from[last];
    const rank = node.rank[last] + 1;
    const before = this.node(t - 1, from);
    if (rank < before.score.length) {
      next.rank[from] = rank;
      next.score[from] = this.wayScore(t, tag, from, before.score[rank]);
    }
    let best = -1;
    let most = -Infinity;
    for (let i = 0; i < numTags; i++) {
      if (next.score[i] > most) {
        most = next.score[i];
        best = i;
      }
    }
    if (best < 0) {
      node.complete = true;
      return false;
    }
    node.score.push(most);
    node.from.push(best);
    node.rank.push(next.rank[best]);
    next.score[best] = -Infinity;
    return true;
  }

  /** The best ways over all tags before but the one of the best. */
  private otherWays(t: number, tag: number, except: number): NextWays {
    const { numTags, alpha } = this.space;
    const score = new Float64Array(numTags);
    for (let i = 0; i < numTags; i++) {
      score[i] = i === except ? -Infinity : this.wayScore(t, tag, i, alpha[(t - 1) * numTags + i]);
    }
    return { score, rank: new Int32Array(numTags) };
  }
}
