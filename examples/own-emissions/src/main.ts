import { logPartition, spanMarginals, viterbi, type Constraints, type Lattice } from '@cognate/crf';
import { allowedTransitions, spansFromTags } from '@cognate/tag-scheme';

const tokens = ['Rosalía', 'naceu', 'en', 'Santiago', 'de', 'Compostela'];
const tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
const numTags = tags.length;

// What some model of yours thinks of each token and tag; here, numbers written by hand.
const emissions = Float32Array.of(
  // O   B-PER I-PER B-LOC I-LOC
  ...[0.2, 4.0, 0.6, 2.4, 0.4], // Rosalía
  ...[6.0, 0.2, 0.8, 0.2, 0.2], // naceu
  ...[6.2, 0.0, 0.4, 0.2, 0.6], // en
  ...[0.4, 3.8, 1.0, 2.8, 4.0], // Santiago
  ...[3.0, 0.0, 1.2, 0.0, 2.2], // de
  ...[0.8, 1.6, 1.0, 1.8, 3.4], // Compostela
);
const lattice: Lattice = {
  length: tokens.length,
  numTags,
  emissions, // [token * numTags + tag]
  transitions: new Float32Array(numTags * numTags), // [from * numTags + to]: nothing known about neighbours
};

// 1. Each token by itself: I-LOC after O is no entity at all.
show('free');

// 2. Under BIO: a mask of what may follow what, which every function of the lattice takes.
const bio = allowedTransitions(tags, 'IOB2');
show('under BIO', bio);

// 3. Somebody has told us that "de" is inside a place name. The rest is decided around it.
const known = Int32Array.of(-1, -1, -1, -1, tags.indexOf('I-LOC'), -1); // -1: not known
show('with one tag known', { ...bio, tags: known });

/** Prints the best tags and how probable each of their entities is, among all that the constraints allow. */
function show(title: string, constraints?: Constraints): void {
  const { tags: path, score } = viterbi(lattice, constraints);
  const best = Array.from(path, (tag) => tags[tag]);
  const probability = Math.exp(score - logPartition(lattice, constraints));
  console.log(`${title}: ${best.join(' ')} (${probability.toFixed(2)})`);

  for (const { start, end, label } of spansFromTags(best, 'IOB2', 'discard')) {
    // The entity begins here, goes on to its end, and no further.
    const inside = tags.indexOf(`I-${label}`);
    const span = {
      start,
      tags: [tags.indexOf(`B-${label}`), ...new Array<number>(end - start - 1).fill(inside)],
      followedBy: Uint8Array.from(tags, (_, tag) => (tag === inside ? 0 : 1)),
    };
    const [marginal] = spanMarginals(lattice, [span], constraints);
    console.log(`  ${label} ${tokens.slice(start, end).join(' ')} (${marginal.toFixed(2)})`);
  }
}
