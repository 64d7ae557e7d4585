import { dense, embeddingLookup, glorot, ParameterSet, RandomStream, uniform, zeros } from '@cognate/nn';
import type { LossContext, TrainableModel } from '@cognate/trainer';
import * as tf from '@tensorflow/tfjs-core';

/** What the network learns from: anything will do, as long as the network understands it. */
export interface Sentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

const EDGE = '\n'; // stands for the neighbours of the first and the last token
const COLUMNS = 12;
const HIDDEN = 32;

/** What the network sees of a token: each string is a row of one table, the same for all languages. */
const seenOf = (token: string, place: string): string[] => [
  `${place} ${token.toLowerCase()}`,
  `${place} …${token.slice(-3).toLowerCase()}`,
  `${place} ${token
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}+/gu, 'a')
    .replace(/\d+/gu, '0')}`,
];

/** A network of two layers over the token and its neighbours, which decides for each token by itself. */
export class WindowTagger implements TrainableModel<Sentence> {
  readonly parameters = new ParameterSet();
  readonly #rows = new Map<string, number>();

  readonly #tags: readonly string[];

  /** @param known sentences whose words are to have rows in the table; others share row 0 */
  constructor(known: readonly Sentence[], seed: number) {
    this.#tags = [...new Set(known.flatMap(({ tags }) => tags))];
    const tags = this.#tags.length;
    for (const { tokens } of known) {
      for (const seen of this.#window(tokens).flat()) {
        if (!this.#rows.has(seen)) this.#rows.set(seen, this.#rows.size + 1);
      }
    }
    const random = new RandomStream(seed);
    // sparse: a step touches only the rows of its sentences.
    this.parameters.add('table', [this.#rows.size + 1, COLUMNS], uniform(random, 0.1), { sparse: true });
    this.parameters.add('hidden.weights', [9 * COLUMNS, HIDDEN], glorot(random));
    this.parameters.add('hidden.bias', [HIDDEN], zeros());
    this.parameters.add('output.weights', [HIDDEN, tags], glorot(random));
    this.parameters.add('output.bias', [tags], zeros());
  }

  length({ tokens }: Sentence): number {
    return tokens.length;
  }

  /** Σ -log p(tag | window) over all tokens; a fifth of the table's numbers are left out at random. */
  batchLoss(batch: readonly Sentence[], { random }: LossContext): tf.Scalar {
    const scores = this.#scores(batch, (size) =>
      Float32Array.from({ length: size }, () => (random.next() < 0.2 ? 0 : 1.25)),
    );
    const gold = batch.flatMap(({ tags }) => tags.map((tag) => this.#tags.indexOf(tag)));
    const right = tf.oneHot(tf.tensor1d(gold, 'int32'), this.#tags.length);
    return tf.neg(tf.sum<tf.Scalar>(tf.mul(right, tf.logSoftmax(scores))));
  }

  /** The most probable tag of each token. */
  decode(batch: readonly Sentence[]): string[][] {
    const best = tf.tidy(() => tf.argMax(this.#scores(batch), 1).dataSync());
    let next = 0;
    return batch.map(({ tokens }) => tokens.map(() => this.#tags[best[next++]]));
  }

  /** [tokens of all sentences, tags] */
  #scores(batch: readonly Sentence[], mask?: (size: number) => Float32Array): tf.Tensor2D {
    const seen = batch.flatMap(({ tokens }) => this.#window(tokens));
    const ids = Int32Array.from(seen.flat(), (one) => this.#rows.get(one) ?? 0);
    // Nine rows of the table side by side for each token.
    let input: tf.Tensor2D = tf.reshape(embeddingLookup(this.parameters, 'table', ids), [
      seen.length,
      9 * COLUMNS,
    ]);
    if (mask) input = tf.mul(input, tf.tensor2d(mask(input.size), input.shape));
    const layer = (name: string) =>
      [this.parameters.tensor(`${name}.weights`), this.parameters.tensor(`${name}.bias`)] as const;
    return dense(dense(input, ...layer('hidden'), 'tanh'), ...layer('output'));
  }

  #window(tokens: readonly string[]): string[][] {
    return tokens.map((token, t) => [
      ...seenOf(tokens[t - 1] ?? EDGE, 'before'),
      ...seenOf(token, 'here'),
      ...seenOf(tokens[t + 1] ?? EDGE, 'after'),
    ]);
  }
}
