export type NormalizationForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** A normalised text that knows where each of its places was in the text it was made from. */
export interface NormalizedText {
  readonly text: string;
  readonly form: NormalizationForm;
  /**
   * The span of the original that the span `start..end` of `text` came from (UTF-16 code units, half-open). Where a span
   * cuts what was made from several characters together, all of them are taken.
   * @throws RangeError for offsets that are not a span of `text`
   */
  toOriginal(start: number, end: number): { start: number; end: number };
}

/**
 * The parts of a text that are normalised one by one: what can combine stays together. Marks combine with what is before
 * them, and so do the vowels and final consonants of Hangul and the vowels of Kirat Rai, which are letters.
 */
const parts =
  /[^\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}][\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}]*|[\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}]+/gu;

/**
 * Unicode normalisation that keeps the way back: offsets in the result can be turned into offsets in the caller's string.
 * A text that is in the form already is returned as it is.
 */
export function normalize(text: string, form: NormalizationForm = 'NFC'): NormalizedText {
  if (typeof text !== 'string') throw new TypeError(`expected a string to normalize, got ${typeof text}`);
  const whole = text.normalize(form);
  if (whole === text) return new Mapped(whole, form, [], []);
  // Where each changed part begins and ends, in the result and in the original; between two of them the distance is constant.
  const result: number[] = [];
  const original: number[] = [];
  let at = 0;
  let built = 0;
  for (const [part] of text.matchAll(parts)) {
    const changed = part.normalize(form);
    if (changed !== part) {
      result.push(built, built + changed.length);
      original.push(at, at + part.length);
    }
    at += part.length;
    built += changed.length;
  }
  return new Mapped(whole, form, result, original);
}

class Mapped implements NormalizedText {
  readonly text: string;
  readonly form: NormalizationForm;
  /** Begin and end of the changed parts, by turns: `#result[2k]..#result[2k+1]` came from `#original[2k]..#original[2k+1]`. */
  readonly #result: readonly number[];
  readonly #original: readonly number[];

  constructor(text: string, form: NormalizationForm, result: readonly number[], original: readonly number[]) {
    this.text = text;
    this.form = form;
    this.#result = result;
    this.#original = original;
  }

  toOriginal(start: number, end: number): { start: number; end: number } {
    const { length } = this.text;
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > length)
      throw new RangeError(`expected a span within 0..${length}, got ${start}..${end}`);
    const from = this.#map(start, false);
    return { start: from, end: end === start ? from : this.#map(end, true) };
  }

  #map(offset: number, isEnd: boolean): number {
    const result = this.#result;
    // The first edge behind the offset (for an end: not before it).
    let low = 0;
    let high = result.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const edge = result[middle] ?? 0;
      if (isEnd ? edge < offset : edge <= offset) low = middle + 1;
      else high = middle;
    }
    const edge = isEnd ? low : low - 1;
    if (low % 2 === 1) return this.#original[edge] ?? 0; // inside a changed part
    if (low === 0) return offset;
    return offset + (this.#original[low - 1] ?? 0) - (result[low - 1] ?? 0);
  }
}
