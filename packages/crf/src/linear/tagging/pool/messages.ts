/** What a new thread is told: the module that tags, and the model. */
export interface Start {
  readonly module: WebAssembly.Module;
  /** The model file. */
  readonly file: Uint8Array;
}

/** Sequences as bytes and numbers, which go to a thread by transfer. Names go in pieces, each of whole tokens of one sequence. */
export interface Batch {
  /** [2 * sequences]: tokens, pieces */
  readonly sequences: Uint32Array<ArrayBuffer>;
  /** [5 * pieces]: first token of its sequence, token after the last, names, UTF-16 code units, bytes */
  readonly pieces: Uint32Array<ArrayBuffer>;
  /** [tokens]: how many names each has */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** [names], in UTF-16 code units */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** The names, one after the other, as UTF-8. */
  readonly text: Uint8Array<ArrayBuffer>;
}

/** The best tags of all tokens of a batch, `UNDECIDED` where a sequence is to be tagged by other means; or why there are none. */
export type Answer = { readonly tags: Uint16Array<ArrayBuffer> } | { readonly error: string };

/** No tag: there are fewer. */
export const UNDECIDED = 0xffff;
