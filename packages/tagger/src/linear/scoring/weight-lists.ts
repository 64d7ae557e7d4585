import type { LinearCrf } from '@cognate/crf';

/** Lists of weights one after another: the weights of all attributes that hold together, in the order in which they are added up. */
export class WeightLists {
  /** [size]: the tag of each weight. */
  tags = new Uint16Array(1024);
  /** [size] */
  weights = new Float64Array(1024);
  size = 0;

  get bytes(): number {
    return this.tags.byteLength + this.weights.byteLength;
  }

  /** Adds the weights of an attribute, whose name may come in two parts; an unknown one has none. */
  add(crf: LinearCrf, attribute: string, rest = ''): void {
    const id = crf.attributeId(attribute, rest);
    if (id < 0) return;
    const { tags, weights } = crf.stateRow(id);
    this.#reserve(tags.length);
    this.tags.set(tags, this.size);
    this.weights.set(weights, this.size);
    this.size += tags.length;
  }

  addAll(crf: LinearCrf, attributes: readonly string[]): void {
    for (const attribute of attributes) this.add(crf, attribute);
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
