import { BYTES_PER_UNIT } from '../../wtf8.js';
import { INPUT_BYTES, MAX_NAMES, MAX_TOKENS } from '../layout.js';
import type { Batch } from './messages.js';

/** Names and bytes of a batch at most: about a millisecond's work of a thread. */
const NAMES = 1 << 14;
const BYTES = 1 << 19;
/** About how many names are written at once. */
const PIECE = 256;

/** Where the writing has got to. */
interface Marks {
  sequences: number;
  pieces: number;
  tokens: number;
  names: number;
  bytes: number;
}

/** Writes sequences down as a `Batch`. */
export class BatchBuilder {
  readonly #maxTokens: number;
  readonly #encoder = new TextEncoder();
  readonly #sequences = new Uint32Array(2 * NAMES);
  readonly #pieces = new Uint32Array(5 * NAMES);
  readonly #counts = new Uint32Array(NAMES);
  readonly #lengths = new Uint32Array(NAMES);
  readonly #text = new Uint8Array(BYTES);
  #at: Marks = { sequences: 0, pieces: 0, tokens: 0, names: 0, bytes: 0 };

  /** `maxTokens` is the length that a thread can tag. */
  constructor(maxTokens: number) {
    this.#maxTokens = Math.min(maxTokens, NAMES);
  }

  get isEmpty(): boolean {
    return this.#at.sequences === 0;
  }

  /** Adds a sequence, or says that there is no room left, or that it is none that a thread can be given: not of names alone, or huge. */
  add(tokens: unknown): 'added' | 'full' | 'unfit' {
    if (!Array.isArray(tokens) || tokens.length === 0 || tokens.length > this.#maxTokens) return 'unfit';
    const before = { ...this.#at };
    const done = this.#write(tokens);
    if (done === 'added') return done;
    this.#at = before;
    return this.isEmpty ? 'unfit' : done;
  }

  /** What has been added, and begins anew. */
  take(): Batch {
    const { sequences, pieces, tokens, names, bytes } = this.#at;
    this.#at = { sequences: 0, pieces: 0, tokens: 0, names: 0, bytes: 0 };
    return {
      sequences: this.#sequences.slice(0, 2 * sequences),
      pieces: this.#pieces.slice(0, 5 * pieces),
      counts: this.#counts.slice(0, tokens),
      lengths: this.#lengths.slice(0, names),
      text: this.#text.slice(0, bytes),
    };
  }

  #write(tokens: readonly unknown[]): 'added' | 'full' | 'unfit' {
    const at = this.#at;
    if (at.tokens + tokens.length > NAMES) return 'full';
    const firstPiece = at.pieces;
    let first = 0;
    let total = 0;
    for (let t = 0; t < tokens.length; t++) {
      const names = tokens[t];
      if (!Array.isArray(names) || names.length > MAX_NAMES) return 'unfit';
      if (total > 0 && (total >= PIECE || total + names.length > MAX_NAMES || t - first === MAX_TOKENS)) {
        const piece = this.#writePiece(tokens, first, t, total);
        if (piece !== 'added') return piece;
        first = t;
        total = 0;
      }
      if (at.names + total + names.length > NAMES) return 'full';
      for (let i = 0; i < names.length; i++) {
        const name: unknown = names[i];
        if (typeof name !== 'string') return 'unfit';
        this.#lengths[at.names + total + i] = name.length;
      }
      this.#counts[at.tokens + t] = names.length;
      total += names.length;
    }
    if (tokens.length - first > MAX_TOKENS) return 'unfit';
    const last = this.#writePiece(tokens, first, tokens.length, total);
    if (last !== 'added') return last;
    this.#sequences[2 * at.sequences] = tokens.length;
    this.#sequences[2 * at.sequences + 1] = at.pieces - firstPiece;
    at.sequences++;
    at.tokens += tokens.length;
    return 'added';
  }

  #writePiece(
    tokens: readonly unknown[],
    first: number,
    end: number,
    total: number,
  ): 'added' | 'full' | 'unfit' {
    const at = this.#at;
    let text = '';
    for (let t = first; t < end; t++) text += text.concat.apply('', tokens[t] as string[]);
    if (text.length * BYTES_PER_UNIT > INPUT_BYTES) return 'unfit';
    if (at.bytes + text.length * BYTES_PER_UNIT > BYTES) return 'full';
    const { written } = this.#encoder.encodeInto(text, this.#text.subarray(at.bytes));
    this.#pieces.set([first, end, total, text.length, written], 5 * at.pieces);
    at.pieces++;
    at.names += total;
    at.bytes += written;
    return 'added';
  }
}
