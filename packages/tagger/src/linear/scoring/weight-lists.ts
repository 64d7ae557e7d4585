import type { LinearCrf } from '@cognate/crf';

/** Lists of weights one after another: the weights of all attributes that hold together, in the order in which they are added up. */
export class WeightLists {
  /** [size]: the tag of each weight. */
  tags = new Uint16Array(1024);
  /** [size] */
  weights = new Float64Array(1024);
  size = 0;

  /** Adds the weights of attributes; unknown ones have none. */
  add(crf: LinearCrf, attributes: readonly string[]): void {
    for (const attribute of attributes) {
      const id = crf.attributeId(attribute);
      if (id < 0) continue;
      const { tags, weights } = crf.stateRow(id);
      this.#reserve(tags.length);
      this.tags.set(tags, this.size);
      this.weights.set(weights, this.size);
      this.size += tags.length;
    }
  }

  /** Adds weights `start` to `end` of others. */
  copy(from: WeightLists, start: number, end: number): void {
    this.#reserve(end - start);
    for (let i = start; i < end; i++, this.size++) {
      this.tags[this.size] = from.tags[i];
      this.weights[this.size] = from.weights[i];
    }
  }

  #reserve(count: number): void {
    const needed = this.size + count;
    if (needed <= this.weights.length) return;
    const length = Math.max(needed, 2 * this.weights.length);
    const { tags, weights } = this;
    this.tags = new Uint16Array(length);
    this.tags.set(tags);
    this.weights = new Float64Array(length);
    this.weights.set(weights);
  }
}
