import type { Breathe } from '../../breathe.js';
import type { Corpus } from '../../corpus.js';
import type { Problem } from './problem.js';
import type { Share } from './share.js';
import type { Team } from './team.js';
import { turn } from './turn.js';

/** About how much work is done between two looks at the clock; a unit takes up to a nanosecond. */
const WORK_PER_LOOK = 3e6;

/** This thread works alone, and lets other tasks run in between. */
export function alone(share: Share, pieces: readonly number[]): Team {
  return {
    size: 1,
    async loss(weights: number, gradient: number, breathe: Breathe) {
      share.load(weights);
      if (!share.begin()) return NaN;
      let loss = 0;
      for (let i = 0; i + 1 < pieces.length; i++) {
        loss += share.run(pieces[i], pieces[i + 1]);
        const pause = breathe();
        if (pause !== undefined) await pause;
      }
      share.end();
      share.collect(gradient);
      return loss;
    },
    turn: (addresses) => turn(share.functions, addresses, ...share.range(), (part) => part),
    close: () => Promise.resolve(),
  };
}

/** Cuts the sequences into runs of about `WORK_PER_LOOK`: run `i` is pieces[i] .. pieces[i + 1]. */
export function cutPieces(corpus: Corpus, { common: { stride } }: Problem): number[] {
  const { numSequences, sequenceOffsets, tokenOffsets } = corpus;
  const work = (token: number): number => (tokenOffsets[token] + 3 * stride * token) * stride;
  const pieces = [0];
  for (let s = 1; s < numSequences; s++) {
    const begun = sequenceOffsets[pieces[pieces.length - 1]];
    if (work(sequenceOffsets[s]) - work(begun) >= WORK_PER_LOOK) pieces.push(s);
  }
  pieces.push(numSequences);
  return pieces;
}
