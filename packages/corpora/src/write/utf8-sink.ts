const quote = 34;
const backslash = 92;
const comma = 44;
const opening = 91;
const closing = 93;
const letterO = 79;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const separators = /[\t\r\n]/;
const slowEncoder = new TextEncoder();

/** Gathers text as bytes of UTF-8. Words are encoded here, in line: a call of the platform for each takes longer. */
export class Utf8Sink {
  /** Bytes gathered since the last `take`. */
  length = 0;
  #bytes: Uint8Array;
  readonly #size: number;

  /** @param size About how many bytes are taken at a time. */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(size + (size >> 2));
  }

  /** All bytes so far, which are the caller's from now on. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.length);
    this.#bytes = new Uint8Array(this.#size + (this.#size >> 2));
    this.length = 0;
    return taken;
  }

  /** Any text; halves of surrogate pairs become U+FFFD, as UTF-8 has no place for them. */
  text(text: string): void {
    this.#room(text.length * 3);
    this.length += slowEncoder.encodeInto(text, this.#bytes.subarray(this.length)).written;
  }

  /** A text as JSON. */
  json(text: string): void {
    const start = this.length;
    this.byte(quote);
    this.#room(text.length * 3 + 1);
    const end = putJsonText(this.#bytes, this.length, text);
    if (end >= 0) {
      this.length = end;
      this.byte(quote);
      return;
    }
    this.length = start;
    this.text(JSON.stringify(text));
  }

  /** A column's field. false, with nothing to rely on written, where it is empty or has a line end, a tab or the separator in it. */
  field(text: string, separator: number): boolean {
    if (typeof text !== 'string' || text === '') return false;
    this.#room(text.length * 3);
    const end = putField(this.#bytes, this.length, text, separator);
    if (end >= 0) {
      this.length = end;
      return true;
    }
    if (separators.test(text) || text.includes(String.fromCharCode(separator))) return false;
    this.text(text);
    return true;
  }

  /** An array of texts as JSON. */
  jsonArray(texts: readonly string[]): void {
    this.byte(opening);
    for (let i = 0; i < texts.length; i++) {
      if (i > 0) this.byte(comma);
      const text = texts[i];
      // Nearly every tag is O.
      if (text === 'O') {
        this.#room(3);
        this.#bytes[this.length] = quote;
        this.#bytes[this.length + 1] = letterO;
        this.#bytes[this.length + 2] = quote;
        this.length += 3;
      } else {
        this.json(text);
      }
    }
    this.byte(closing);
  }

  /** A short text of ASCII. */
  ascii(text: string): void {
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.length++] = text.charCodeAt(i);
  }

  /** One byte. */
  byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.length++] = byte;
  }

  #room(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

/** Puts down what JSON writes as it stands, and gives the end; -1 if there is something that it escapes, or a surrogate. */
function putJsonText(bytes: Uint8Array, start: number, text: unknown): number {
  if (typeof text !== 'string') return -1;
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === quote || code === backslash) return -1;
      bytes[at++] = code;
    } else {
      at = putUnit(bytes, at, code);
      if (at < 0) return -1;
    }
  }
  return at;
}

/** Puts down a field, and gives the end; -1 if there is something that a field must not have, or a surrogate. */
function putField(bytes: Uint8Array, start: number, text: string, separator: number): number {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code === separator || code === tab || code === lineFeed || code === carriageReturn) return -1;
      bytes[at++] = code;
    } else {
      at = putUnit(bytes, at, code);
      if (at < 0) return -1;
    }
  }
  return at;
}

/** Puts down a code unit from U+0080 on; -1 for a surrogate. */
function putUnit(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x800) {
    bytes[at] = 0xc0 | (code >> 6);
    bytes[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code >= 0xd800 && code <= 0xdfff) return -1;
  bytes[at] = 0xe0 | (code >> 12);
  bytes[at + 1] = 0x80 | ((code >> 6) & 0x3f);
  bytes[at + 2] = 0x80 | (code & 0x3f);
  return at + 3;
}
