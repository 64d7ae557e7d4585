import { hashText, mix32 } from './hash.js';

const initialSize = 1 << 10;

/**
 * Where in a corpus each text stood first. It keeps 64-bit hashes instead of the texts, at about 30 bytes each, so that a corpus of any
 * size can be gone through; open addressing with linear probing.
 */
export class SentenceIndex {
  /** Different texts. */
  size = 0;
  #mask = initialSize - 1;
  #high = new Uint32Array(initialSize);
  #low = new Uint32Array(initialSize);
  /** Place of the first sentence with this text, plus 1; 0 for a free slot. */
  #first = new Uint32Array(initialSize);
  /** Hash of that sentence's tags. */
  #tags = new Uint32Array(initialSize);

  /** Where this text stood first and whether it had the same tags; undefined if it is new, and then it is remembered. */
  add(key: string, place: number, tags: readonly string[] | undefined): Known | undefined {
    const { high, low } = hashText(key);
    let slot = this.#slot(high, low);
    if (this.#first[slot] !== 0) return this.#known(slot, tags);
    if ((this.size + 1) * 5 > this.#first.length * 3) {
      this.#grow();
      slot = this.#slot(high, low);
    }
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#first[slot] = place + 1;
    this.#tags[slot] = hashTags(tags);
    this.size++;
    return undefined;
  }

  /** Like `add`, but remembers nothing. */
  find(key: string, tags: readonly string[] | undefined): Known | undefined {
    const { high, low } = hashText(key);
    const slot = this.#slot(high, low);
    return this.#first[slot] === 0 ? undefined : this.#known(slot, tags);
  }

  #known(slot: number, tags: readonly string[] | undefined): Known {
    return { first: this.#first[slot] - 1, sameTags: this.#tags[slot] === hashTags(tags) };
  }

  /** Where the hash is, or would be. */
  #slot(high: number, low: number): number {
    let slot = low & this.#mask;
    while (this.#first[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const [high, low, first, tags] = [this.#high, this.#low, this.#first, this.#tags];
    const size = first.length * 2;
    this.#mask = size - 1;
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#first = new Uint32Array(size);
    this.#tags = new Uint32Array(size);
    for (let old = 0; old < first.length; old++) {
      if (first[old] === 0) continue;
      const slot = this.#slot(high[old], low[old]);
      this.#high[slot] = high[old];
      this.#low[slot] = low[old];
      this.#first[slot] = first[old];
      this.#tags[slot] = tags[old];
    }
  }
}

export interface Known {
  /** Place of the sentence in its corpus, from 0. */
  readonly first: number;
  readonly sameTags: boolean;
}

function hashTags(tags: readonly string[] | undefined): number {
  if (tags === undefined) return 0;
  let hash = tags.length;
  for (const tag of tags) hash = mix32(hash ^ hashText(tag).low);
  return hash;
}
