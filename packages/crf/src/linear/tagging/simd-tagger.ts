import { readAttributes, type Attributes, type Place } from '../attributes.js';
import type { AttributeNames } from '../string-table.js';
import { BYTES_PER_UNIT, encodeInto } from '../wtf8.js';
import { INPUT_BYTES, MAX_NAMES, MAX_TOKENS, type TaggingFunctions, type TaggingMemory } from './memory.js';
import type { Tagger } from './tagger.js';

/** About how many names go over at once. */
const PIECE = 256;

/**
 * Tags in WebAssembly with SIMD. The names of attributes go over as one text, which costs less than to look at each character
 * here, and leaves no more garbage than such texts.
 */
export class SimdTagger implements Tagger {
  readonly kernel = 'simd';
  readonly #memory: TaggingMemory;
  readonly #functions: TaggingFunctions;
  readonly #names: AttributeNames;
  readonly #encoder = new TextEncoder();
  readonly #input: Uint8Array;
  readonly #counts: Uint32Array; // [MAX_TOKENS]
  readonly #path: Uint16Array;
  #edgesAreReady = false;
  /** Of the token whose attributes are looked at one by one. */
  #row = 0;

  constructor(memory: TaggingMemory, names: AttributeNames) {
    this.#memory = memory;
    this.#functions = memory.functions;
    this.#names = names;
    this.#input = memory.bytes(memory.scratch.input, INPUT_BYTES);
    this.#counts = memory.u32(memory.scratch.counts, MAX_TOKENS);
    this.#path = memory.u16(memory.scratch.path, memory.maxTokens);
  }

  emissions(tokens: readonly Attributes[], place: Place): Float64Array {
    const { numTags, stride, maxTokens, scratch } = this.#memory;
    const emissions = new Float64Array(tokens.length * numTags);
    for (let from = 0; from < tokens.length; from += maxTokens) {
      const to = Math.min(from + maxTokens, tokens.length);
      this.#score(tokens, from, to, place);
      const scores = this.#memory.f64(scratch.scores, (to - from) * stride);
      for (let t = from, row = 0; t < to; t++, row += stride) {
        for (let j = 0; j < numTags; j++) emissions[t * numTags + j] = scores[row + j];
      }
    }
    return emissions;
  }

  best(tokens: readonly Attributes[], place: Place): Uint16Array | undefined {
    const { length } = tokens;
    if (length > this.#memory.maxTokens) return undefined;
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
      const count = countNames(tokens[t]);
      if (count < 0 || total + count > MAX_NAMES) {
        this.#addTokens(tokens, first, t, first - from, total, place);
        first = t;
        total = 0;
      }
      if (count < 0) {
        this.#addOneByOne(tokens[t], t, t - from, place);
        first = t + 1;
      } else {
        this.#counts[t - first] = count;
        total += count;
        if (total >= PIECE || t - first === MAX_TOKENS - 1) {
          this.#addTokens(tokens, first, t + 1, first - from, total, place);
          first = t + 1;
          total = 0;
        }
      }
    }
    this.#addTokens(tokens, first, to, first - from, total, place);
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
    const texts: string[] = [];
    for (let t = first; t < end; t++) {
      if (this.#counts[t - first] > 0) texts.push((tokens[t] as readonly string[]).join('\0'));
    }
    const text = texts.length === 1 ? texts[0] : texts.join('\0');
    const { read, written } = this.#encoder.encodeInto(text, this.#input);
    if (read === text.length && this.#functions.addNames(row, row + end - first, written, total) === 1)
      return;
    for (let t = first; t < end; t++) this.#addOneByOne(tokens[t], t, row + t - first, place);
  }

  #addOneByOne(attributes: Attributes, token: number, row: number, place: Place): void {
    place.position = token;
    this.#row = row;
    readAttributes(attributes, place, this.#addName);
  }

  // One closure for all tokens.
  readonly #addName = (name: string, value: number): void => {
    if (name.length * BYTES_PER_UNIT <= INPUT_BYTES) {
      this.#functions.addName(this.#row, encodeInto(name, this.#input), value);
      return;
    }
    const attribute = this.#names.find(name);
    if (attribute >= 0) this.#functions.addAttribute(this.#row, attribute, value);
  };
}

/** How many names an array of names has; -1 for anything else, which has to be looked at more closely. */
function countNames(attributes: unknown): number {
  if (!Array.isArray(attributes) || attributes.length > MAX_NAMES) return -1;
  for (let i = 0; i < attributes.length; i++) if (typeof attributes[i] !== 'string') return -1;
  return attributes.length;
}
