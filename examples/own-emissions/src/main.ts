import { kBest, logPartition, scoreTags, spanMarginals, viterbi, type Lattice } from '@cognate/crf';
import { allowedTransitions, spansFromTags } from '@cognate/tag-scheme';

const tokens = ['Rosalía', 'naceu', 'en', 'Santiago', 'de', 'Compostela'];
const tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
const numTags = tags.length;

// What some model of yours thinks of each token and tag; here, numbers written by hand.
const emissions = Float32Array.of(
  // O   B-PER I-PER B-LOC I-LOC
  ...[0.1, 2.0, 0.3, 1.2, 0.2], // Rosalía
  ...[3.0, 0.1, 0.4, 0.1, 0.1], // naceu
  ...[3.1, 0.0, 0.2, 0.1, 0.3], // en
  ...[0.2, 1.0, 0.5, 1.4, 1.6], // Santiago
  ...[1.1, 0.0, 0.6, 0.0, 1.3], // de
  ...[0.4, 0.8, 0.5, 0.9, 1.7], // Compostela
);
const lattice: Lattice = {
  length: tokens.length,
  numTags,
  emissions, // [token * numTags + tag]
  transitions: new Float32Array(numTags * numTags), // [from * numTags + to]; you may have learned these
};

// The best tags as the scores have them; an I-LOC after O is what no scheme allows.
const named = (indices: ArrayLike<number>) => Array.from(indices, (index) => tags[index]);
console.log('free:       ', named(viterbi(lattice).tags).join(' '));

// Under BIO: a mask of what may follow what, which every function of the lattice takes.
const scheme = allowedTransitions(tags, 'IOB2');
const best = viterbi(lattice, scheme);
const bestTags = named(best.tags);
console.log('under BIO:  ', bestTags.join(' '));

// The probability of the whole sequence, among all that BIO allows.
const probability = Math.exp(scoreTags(lattice, best.tags) - logPartition(lattice, scheme));
console.log('probability:', probability.toFixed(3));

// The probability of each entity as a whole: it begins here, ends there, and goes no further.
for (const { start, end, label } of spansFromTags(bestTags, 'IOB2')) {
  const inside = tags.indexOf(`I-${label}`);
  const path = Array.from({ length: end - start }, (_, index) =>
    index === 0 ? tags.indexOf(`B-${label}`) : inside,
  );
  const followedBy = Uint8Array.from(tags, (_, tag) => (tag === inside ? 0 : 1));
  const [score] = spanMarginals(lattice, [{ start, tags: path, followedBy }], scheme);
  console.log(`${label} ${score.toFixed(3)}    ${tokens.slice(start, end).join(' ')}`);
}

// Somebody knows that token 3 begins a person: the rest is decoded around that.
const known = Int32Array.of(-1, -1, -1, tags.indexOf('B-PER'), -1, -1); // -1: free
console.log('corrected:  ', named(viterbi(lattice, { ...scheme, tags: known }).tags).join(' '));

// The runners-up.
for (const { tags: other, score } of kBest(lattice, 3, scheme)) {
  console.log(score.toFixed(2), named(other).join(' '));
}
