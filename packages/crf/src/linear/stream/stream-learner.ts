import type { Corpus } from '../corpus.js';
import { chainPass, type ChainPass } from '../kernel/chain-pass.js';
import { padded } from '../kernel/state-rows.js';
import { shrinkRun } from '../online/kernel.js';
import type { ModelWeights } from '../weights.js';
import { GrowingRows } from './growing-rows.js';

/**
 * A model that learns from batches of sequences that come and go, by AdaGrad as in trainers/adagrad.ts. Features are made when they
 * first come.
 */
export class StreamLearner {
  readonly #rows = new GrowingRows();
  readonly #eta: number;
  #numTags = 0;
  #transitions = new Float64Array(0); // [numTags * numTags]
  #transitionSquares = new Float64Array(0); // [numTags * numTags]
  #came = new Uint8Array(0); // [numTags * numTags]: whether a transition is a feature
  #chain: ChainPass | undefined;
  #maxLength = 0;
  #steps = new Float64Array(0); // [tokens of the batch * stride]: state scores, then probabilities, then steps

  constructor(eta: number) {
    this.#eta = eta;
  }

  /** Takes over the weights of a model whose tags and attributes have the numbers that they will have here. */
  load(model: ModelWeights): void {
    this.#grow(model.tags.length, model.attributes.size, 0);
    for (let a = 0; a < model.attributes.size; a++) {
      for (let r = model.rowOffsets[a]; r < model.rowOffsets[a + 1]; r++) {
        const place = this.#rows.place(a, model.rowTags[r]);
        this.#rows.weights[place] = model.stateWeights[r];
      }
    }
    this.#transitions.set(model.transitions);
    for (const [cell, weight] of model.transitions.entries()) if (weight !== 0) this.#came[cell] = 1;
  }

  /**
   * One step on a batch: all its sequences are judged by the weights before it. Gives its loss, -Σ weight · log p; NaN at weights
   * too large for finite scores.
   */
  learn(batch: Corpus, numTags: number, numAttributes: number): number {
    const { numSequences, sequenceOffsets, tokenOffsets, attributeIds, tags } = batch;
    let maxLength = 0;
    for (let s = 0; s < numSequences; s++) {
      maxLength = Math.max(maxLength, sequenceOffsets[s + 1] - sequenceOffsets[s]);
    }
    this.#grow(numTags, numAttributes, maxLength);
    for (let t = 0; t < batch.numTokens; t++) {
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) this.#rows.place(attributeIds[i], tags[t]);
    }
    return this.#step(batch);
  }

  /** The proximal step of c1 · Σ|w| + c2 · Σw² for all weights, each at its rate. */
  shrink(c1: number, c2: number): void {
    const rows = this.#rows;
    for (let a = 0; a < rows.count; a++) {
      const rate = this.#eta / Math.sqrt(rows.squares[a]);
      shrinkRun(rows.weights, rows.start(a), rows.end(a), rate, c1, c2);
    }
    for (let cell = 0; cell < this.#transitions.length; cell++) {
      const rate = this.#eta / Math.sqrt(this.#transitionSquares[cell]);
      shrinkRun(this.#transitions, cell, cell + 1, rate, c1, c2);
    }
  }

  /** The weights as they are, those of 0 among them. */
  pack(): Omit<ModelWeights, 'tags' | 'attributes'> {
    return { ...this.#rows.pack(), transitions: this.#transitions.slice() };
  }

  #grow(numTags: number, numAttributes: number, maxLength: number): void {
    this.#rows.addAttributes(numAttributes);
    if (numTags > this.#numTags) {
      this.#transitions = squareOf(this.#transitions, this.#numTags, new Float64Array(numTags ** 2));
      this.#transitionSquares = squareOf(
        this.#transitionSquares,
        this.#numTags,
        new Float64Array(numTags ** 2).fill(1),
      );
      this.#came = squareOf(this.#came, this.#numTags, new Uint8Array(numTags ** 2));
      this.#numTags = numTags;
      this.#chain = undefined;
    }
    if (maxLength > this.#maxLength) {
      this.#maxLength = Math.max(maxLength, this.#maxLength * 2);
      this.#chain = undefined;
    }
  }

  #step(batch: Corpus): number {
    const { numSequences, numTokens, sequenceOffsets, tags, weights: counts } = batch;
    const numTags = this.#numTags;
    const stride = padded(numTags);
    if (numTokens * stride > this.#steps.length) this.#steps = new Float64Array(2 * numTokens * stride);
    const chain = (this.#chain ??= chainPass(numTags, this.#maxLength));
    if (!chain.begin(this.#transitions)) return NaN;
    let loss = 0;
    for (let s = 0; s < numSequences; s++) {
      const from = sequenceOffsets[s];
      const to = sequenceOffsets[s + 1];
      const count = counts ? counts[s] : 1;
      const steps = this.#steps.subarray(from * stride, to * stride);
      this.#score(batch, from, to, steps, stride);
      let path = 0;
      for (let t = from, o = 0; t < to; t++, o += stride) {
        path += steps[o + tags[t]];
        if (t > from) path += this.#transitions[tags[t - 1] * numTags + tags[t]];
      }
      loss += count * (chain.run(to - from, steps, count) - path);
      for (let i = 0; i < steps.length; i++) steps[i] *= -count;
      for (let t = from, o = 0; t < to; t++, o += stride) steps[o + tags[t]] += count;
    }
    this.#changeRows(batch, stride);
    this.#changeTransitions(batch, chain.expectedTransitions());
    return loss;
  }

  #score(
    { tokenOffsets, attributeIds, attributeValues }: Corpus,
    from: number,
    to: number,
    scores: Float64Array,
    stride: number,
  ): void {
    const rows = this.#rows;
    const { weights, tags } = rows;
    scores.fill(0);
    for (let t = from, o = 0; t < to; t++, o += stride) {
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const value = attributeValues ? attributeValues[i] : 1;
        const end = rows.end(attributeIds[i]);
        for (let r = rows.start(attributeIds[i]); r < end; r++) scores[o + tags[r]] += value * weights[r];
      }
    }
  }

  #changeRows({ numTokens, tokenOffsets, attributeIds, attributeValues }: Corpus, stride: number): void {
    const rows = this.#rows;
    const { weights, tags, squares } = rows;
    const steps = this.#steps;
    // All squares grow before the first step: where an attribute comes often in a batch, its steps add up.
    for (let t = 0, o = 0; t < numTokens; t++, o += stride) {
      let half = 0;
      for (let j = 0; j < stride; j++) half += 0.5 * steps[o + j] * steps[o + j];
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const value = attributeValues ? attributeValues[i] : 1;
        squares[attributeIds[i]] += value * value * half;
      }
    }
    for (let t = 0, o = 0; t < numTokens; t++, o += stride) {
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const value = attributeValues ? attributeValues[i] : 1;
        const a = attributeIds[i];
        const rate = (this.#eta / Math.sqrt(squares[a])) * value;
        const end = rows.end(a);
        for (let r = rows.start(a); r < end; r++) weights[r] += rate * steps[o + tags[r]];
      }
    }
  }

  #changeTransitions({ numSequences, sequenceOffsets, tags, weights }: Corpus, slopes: Float64Array): void {
    const numTags = this.#numTags;
    for (let s = 0; s < numSequences; s++) {
      for (let t = sequenceOffsets[s] + 1; t < sequenceOffsets[s + 1]; t++) {
        const cell = tags[t - 1] * numTags + tags[t];
        slopes[cell] -= weights ? weights[s] : 1;
        this.#came[cell] = 1;
      }
    }
    for (let cell = 0; cell < slopes.length; cell++) {
      if (this.#came[cell] === 0) continue;
      const square = (this.#transitionSquares[cell] += 0.5 * slopes[cell] * slopes[cell]);
      this.#transitions[cell] -= (this.#eta / Math.sqrt(square)) * slopes[cell];
    }
  }
}

/** Puts a square matrix of `size` rows into the corner of a larger one. */
function squareOf<T extends Float64Array | Uint8Array>(source: T, size: number, target: T): T {
  const width = Math.sqrt(target.length);
  for (let i = 0; i < size; i++) target.set(source.subarray(i * size, (i + 1) * size), i * width);
  return target;
}
