/**
 * Strings as bytes: UTF-8, and for a surrogate without its partner the three bytes that UTF-8 would give its number
 * ("WTF-8"). So every JavaScript string has bytes of its own and comes back as it was, ill-formed ones included.
 */

/** The most bytes that one UTF-16 code unit can take. */
export const BYTES_PER_UNIT = 3;

/**
 * Writes `text` from code unit `from` on to `target` at `offset`, where there is room for `BYTES_PER_UNIT` bytes a unit;
 * gives the end of what was written.
 */
export function encodeInto(text: string, target: Uint8Array, offset = 0, from = 0): number {
  let end = offset;
  for (let i = from; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      target[end++] = code;
    } else if (code < 0x800) {
      target[end++] = 0xc0 | (code >> 6);
      target[end++] = 0x80 | (code & 0x3f);
    } else {
      if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
        const low = text.charCodeAt(i + 1);
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          i++;
          target[end++] = 0xf0 | (code >> 18);
          target[end++] = 0x80 | ((code >> 12) & 0x3f);
          target[end++] = 0x80 | ((code >> 6) & 0x3f);
          target[end++] = 0x80 | (code & 0x3f);
          continue;
        }
      }
      target[end++] = 0xe0 | (code >> 12);
      target[end++] = 0x80 | ((code >> 6) & 0x3f);
      target[end++] = 0x80 | (code & 0x3f);
    }
  }
  return end;
}

/**
 * The string of bytes `start` to `end`. Total: a byte that fits nowhere becomes U+FFFD, so that a file made by hand can
 * give strange names but no failure.
 */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let i = start;
  while (i < end) {
    const lead = bytes[i];
    const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    let code = size === 1 ? lead : lead & (0x7f >> size);
    let fits = size > 0 && i + size <= end;
    for (let k = 1; fits && k < size; k++) {
      const next = bytes[i + k];
      fits = (next & 0xc0) === 0x80;
      code = (code << 6) | (next & 0x3f);
    }
    // Longer forms than needed and numbers past the last code point are no characters.
    if (fits && ((size === 3 && code < 0x800) || (size === 4 && (code < 0x10000 || code > 0x10ffff))))
      fits = false;
    text += fits ? String.fromCodePoint(code) : '\ufffd';
    i += fits ? size : 1;
  }
  return text;
}
