import type { FeatureExtractor } from '../features/extractor.js';

/** The attributes of a batch as rows of the table of weights. */
export interface FeatureRowsOfBatch {
  /** Rows, token after token. */
  readonly rows: Int32Array;
  /** `[token]`: how many of the rows are its. */
  readonly counts: Int32Array;
}

/** Numbers the attributes of tokens: each has a row of weights of its own, or shares one by a hash of its name. */
export class FeatureRows {
  readonly count: number;
  readonly #extractor: FeatureExtractor;
  readonly #rows: ReadonlyMap<string, number> | undefined;

  /** @param buckets 0 = a row for each of `attributes`; others have no weights */
  constructor(extractor: FeatureExtractor, attributes: readonly string[], buckets: number) {
    this.#extractor = extractor;
    this.count = buckets > 0 ? buckets : attributes.length;
    if (buckets === 0) this.#rows = new Map(attributes.map((attribute, row) => [attribute, row]));
  }

  /** @param sentences tokens with their language */
  rowsOf(
    sentences: readonly { readonly tokens: readonly string[]; readonly code: string }[],
  ): FeatureRowsOfBatch {
    const rows: number[] = [];
    const counts: number[] = [];
    for (const { tokens, code } of sentences) {
      for (const attributes of this.#extractor.extract(tokens, code)) {
        const before = rows.length;
        for (const attribute of attributes) {
          const row = this.#rows ? this.#rows.get(attribute) : hash(attribute) % this.count;
          if (row !== undefined) rows.push(row);
        }
        counts.push(rows.length - before);
      }
    }
    return { rows: Int32Array.from(rows), counts: Int32Array.from(counts) };
  }
}

/** FNV-1a over UTF-16 code units, and MurmurHash3's finisher, which lets every bit of the name reach the low ones. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
