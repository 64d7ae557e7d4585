import { readAttributes, type Attributes, type Place } from '../attributes.js';
import type { ModelWeights } from '../weights.js';
import { BYTES_PER_UNIT, encodeInto } from '../wtf8.js';
import { INPUT_BYTES, MAX_NAMES, MAX_TOKENS, valueOf, type TaggingFunctions } from './layout.js';
import type { TaggingMemory } from './memory.js';
import type { Tagger } from './tagger.js';

/** About how many names go over at once. */
const PIECE = 256;

/**
 * Tags in WebAssembly with SIMD. The names of attributes go over as one text, which costs less than to look at each character
 * here, and leaves no more garbage than such texts.
 */
export class SimdTagger implements Tagger {
  readonly kernel = 'simd';
  readonly memory: TaggingMemory;
  readonly #functions: TaggingFunctions;
  readonly #weights: ModelWeights;
  readonly #encoder = new TextEncoder();
  readonly #input: Uint8Array;
  readonly #lengths: Uint32Array; // [MAX_NAMES], of names, in UTF-16 code units
  readonly #counts: Uint32Array; // [MAX_TOKENS], of names
  readonly #path: Uint16Array;
  readonly #maxTokens: number;
  /** Numbers in a row of scores. */
  readonly #stride: number;
  #edgesAreReady = false;
  /** Of the token whose attributes are looked at one by one. */
  #row = 0;

  constructor(memory: TaggingMemory, weights: ModelWeights) {
    this.memory = memory;
    this.#functions = memory.functions;
    this.#weights = weights;
    const { buffer, functions } = memory;
    const { input, lengths, counts, path, maxTokens, stride } = functions;
    this.#input = new Uint8Array(buffer, valueOf(input), INPUT_BYTES);
    this.#lengths = new Uint32Array(buffer, valueOf(lengths), MAX_NAMES);
    this.#counts = new Uint32Array(buffer, valueOf(counts), MAX_TOKENS);
    this.#path = new Uint16Array(buffer, valueOf(path), valueOf(maxTokens));
    this.#maxTokens = valueOf(maxTokens);
    this.#stride = valueOf(stride);
  }

  find(name: string, rest = ''): number {
    if ((name.length + rest.length) * BYTES_PER_UNIT > INPUT_BYTES)
      return this.#weights.attributes.find(name + rest);
    return this.#functions.findName(encodeInto(rest, this.#input, encodeInto(name, this.#input)));
  }

  emissions(tokens: readonly Attributes[], place: Place): Float64Array {
    const numTags = this.#weights.tags.length;
    const maxTokens = this.#maxTokens;
    const stride = this.#stride;
    const emissions = new Float64Array(tokens.length * numTags);
    for (let from = 0; from < tokens.length; from += maxTokens) {
      const to = Math.min(from + maxTokens, tokens.length);
      this.#score(tokens, from, to, place);
      const scores = new Float64Array(
        this.memory.buffer,
        valueOf(this.#functions.scores),
        (to - from) * stride,
      );
      for (let t = from, row = 0; t < to; t++, row += stride) {
        for (let j = 0; j < numTags; j++) emissions[t * numTags + j] = scores[row + j];
      }
    }
    return emissions;
  }

  best(tokens: readonly Attributes[], place: Place): Uint16Array | undefined {
    const { length } = tokens;
    if (length > this.#maxTokens) return undefined;
    if (!this.#edgesAreReady) this.#functions.prepareEdges();
    this.#edgesAreReady = true;
    this.#score(tokens, 0, length, place);
    if (length > 0 && this.#functions.decode(length) === 0) return undefined;
    return this.#path;
  }

  /** The state scores of tokens `from` to `to`, in the rows of the memory from the first on. */
  #score(tokens: readonly Attributes[], from: number, to: number, place: Place): void {
    this.#functions.clearScores(0, to - from);
    // Names go over in pieces that leave the nearest cache to them.
    let first = from;
    let total = 0;
    for (let t = from; t < to; t++) {
      let count = this.#measure(tokens[t], total);
      if (count < 0 && total > 0) {
        this.#addTokens(tokens, first, t, first - from, total, place);
        first = t;
        total = 0;
        count = this.#measure(tokens[t], 0);
      }
      if (count < 0) {
        this.#addOneByOne(tokens[t], t, t - from, place);
        first = t + 1;
        continue;
      }
      this.#counts[t - first] = count;
      total += count;
      if (total >= PIECE || t - first === MAX_TOKENS - 1) {
        this.#addTokens(tokens, first, t + 1, first - from, total, place);
        first = t + 1;
        total = 0;
      }
    }
    this.#addTokens(tokens, first, to, first - from, total, place);
  }

  /**
   * Notes the lengths of a token's names after `total` others; gives their number. -1 if there is no room, or if these are not names
   * alone, so that they have to be looked at more closely.
   */
  #measure(attributes: unknown, total: number): number {
    if (!Array.isArray(attributes) || total + attributes.length > MAX_NAMES) return -1;
    const lengths = this.#lengths;
    for (let i = 0; i < attributes.length; i++) {
      const name: unknown = attributes[i];
      if (typeof name !== 'string') return -1;
      lengths[total + i] = name.length;
    }
    return attributes.length;
  }

  /** Adds the weights of the attributes of tokens `first` to `end`, which have `total` names as their counts say. */
  #addTokens(
    tokens: readonly Attributes[],
    first: number,
    end: number,
    row: number,
    total: number,
    place: Place,
  ): void {
    if (total === 0) return;
    let text = '';
    // Strings are only tied together here, and written one after the other below.
    for (let t = first; t < end; t++) text += text.concat.apply('', tokens[t] as string[]);
    const { read, written } = this.#encoder.encodeInto(text, this.#input);
    const all = read === text.length;
    if (all && this.#functions.addNames(row, row + end - first, total, read, written) === 1) return;
    for (let t = first; t < end; t++) this.#addOneByOne(tokens[t], t, row + t - first, place);
  }

  #addOneByOne(attributes: Attributes, token: number, row: number, place: Place): void {
    place.position = token;
    this.#row = row;
    readAttributes(attributes, place, this.#addName);
  }

  // One closure for all tokens.
  readonly #addName = (name: string, value: number): void => {
    const attribute = this.find(name);
    if (attribute >= 0) this.#functions.addAttribute(this.#row, attribute, value);
  };
}
