import type { OffsetUnit } from './options.js';

/**
 * Places in a text in another unit, as UTF-16 code units. Asked for in any order; an index of the text is made at the first question
 * that needs one.
 */
export class OffsetMap {
  readonly #text: string;
  readonly #unit: OffsetUnit;
  /** By place in the other unit: the UTF-16 place, and -1 inside a character; undefined where they are the same. */
  #places: Int32Array | undefined;
  #ready = false;

  constructor(text: string, unit: OffsetUnit) {
    this.#text = text;
    this.#unit = unit;
  }

  /** The place in UTF-16 code units; -1 for one that is outside the text or inside a character. */
  toUtf16(place: number): number {
    if (!Number.isInteger(place) || place < 0) return -1;
    if (!this.#ready) {
      this.#places = this.#index();
      this.#ready = true;
    }
    if (this.#places !== undefined) return place < this.#places.length ? this.#places[place] : -1;
    const inside =
      /^[\udc00-\udfff]/.test(this.#text[place] ?? '') && /[\ud800-\udbff]/.test(this.#text[place - 1] ?? '');
    return place <= this.#text.length && !inside ? place : -1;
  }

  #index(): Int32Array | undefined {
    const text = this.#text;
    if (this.#unit === 'utf16') return undefined;
    // Without surrogates, or without anything but ASCII, nothing has to be looked up.
    if (this.#unit === 'codepoint' ? !/[\ud800-\udbff]/.test(text) : !/[^\0-\x7f]/.test(text))
      return undefined;
    const places: number[] = [];
    for (let at = 0; at < text.length;) {
      const code = text.codePointAt(at) ?? 0;
      places.push(at);
      if (this.#unit === 'utf8') {
        const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        for (let i = 1; i < bytes; i++) places.push(-1);
      }
      at += code > 0xffff ? 2 : 1;
    }
    places.push(text.length);
    return Int32Array.from(places);
  }
}

/** The other way, for writers: places in UTF-16 code units, in the other unit. */
export function fromUtf16(text: string, unit: OffsetUnit): (place: number) => number {
  if (unit === 'utf16') return (place) => place;
  if (unit === 'codepoint' ? !/[\ud800-\udbff]/.test(text) : !/[^\0-\x7f]/.test(text))
    return (place) => place;
  const places = new Int32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    places[at] = count;
    count += unit === 'codepoint' || code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (code > 0xffff) places[at + 1] = count;
    at += code > 0xffff ? 2 : 1;
  }
  places[text.length] = count;
  return (place) => places[place];
}
