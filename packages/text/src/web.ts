/** Top-level domains that make `name.tld` an address without `http://` or `www.` */
const topLevel = new Set(
  'com org net edu gov info biz eu gal cat es fr ro nl frl ua ru pk ph pt uk de ch be br ar mx io dev app tv'.split(
    ' ',
  ),
);
/** Those that are everyday words too: `foro.it` needs a second dot or a path to be an address. */
const wordLevel = new Set('it in us me no is co la'.split(' '));

const isNameUnit = (unit: number) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
/** Characters of the local part of an e-mail address, as they occur in the wild. */
const isLocalUnit = (unit: number) =>
  isNameUnit(unit) || unit === 0x2e || unit === 0x5f || unit === 0x2d || unit === 0x2b || unit === 0x25;
const isDomainUnit = (unit: number) => isNameUnit(unit) || unit === 0x2e || unit === 0x2d;

/** What an address never contains: white space, quotes, angle brackets. */
const stops = /[\s\p{Cc}<>"«»“”„{}|^`‹›،۔।]/u;
const trailing = new Set(Array.from(".,;:!?'’)]…*_~", (char) => char.charCodeAt(0)));

export interface WebAddress {
  readonly end: number;
  readonly kind: 'url' | 'email';
}

/**
 * Finds the addresses that begin at given places of a text, asked from left to right. Each character is looked at a
 * bounded number of times: a run of address characters that was found to hold none is not searched again.
 */
export class WebScanner {
  readonly #text: string;
  #searched = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(start: number): WebAddress | undefined {
    const text = this.#text;
    if (start < this.#searched || !isNameUnit(text.charCodeAt(start))) return undefined;
    let end = start + 1;
    let dots = 0;
    for (let unit; isLocalUnit((unit = text.charCodeAt(end))); end++) if (unit === 0x2e) dots++;
    const next = text.charCodeAt(end);
    if (next === 0x40) {
      const email = this.#emailEnd(end);
      if (email > 0) return { end: email, kind: 'email' };
    } else if (next === 0x3a && dots === 0) {
      const slashes = text.slice(end + 1, end + 3);
      if (
        (slashes === '//' || slashes === '\\\\') &&
        /^[a-z][a-z\d+-]*$/iu.test(text.slice(start, Math.min(end, start + 20)))
      ) {
        const url = this.#urlEnd(start, end + 3);
        if (url > end + 3) return { end: url, kind: 'url' };
      }
    }
    if (dots > 0) {
      const url = this.#domain(start, end);
      if (url > 0) return { end: url, kind: 'url' };
    }
    this.#searched = end;
    return undefined;
  }

  #emailEnd(at: number): number {
    const text = this.#text;
    let end = at + 1;
    let lastDot = 0;
    for (let unit; isDomainUnit((unit = text.charCodeAt(end))); end++) if (unit === 0x2e) lastDot = end;
    while (end > at + 1 && !isNameUnit(text.charCodeAt(end - 1))) end--;
    if (lastDot >= end - 1) lastDot = text.lastIndexOf('.', end - 1);
    if (lastDot <= at + 1 || end - lastDot < 3) return 0;
    return /^[a-z]+$/iu.test(text.slice(lastDot + 1, end)) && isNameUnit(text.charCodeAt(at + 1)) ? end : 0;
  }

  /** End of `www.name.tld/path` or `name.tld`, where `start..runEnd` is a run with a dot in it; 0 if it is none. */
  #domain(start: number, runEnd: number): number {
    const text = this.#text;
    let end = runEnd;
    while (end > start && !isNameUnit(text.charCodeAt(end - 1))) end--;
    const name = text.slice(start, Math.min(end, start + 256));
    if (end - start > 256 || !/^[a-z\d-]+(?:\.[a-z\d-]+)+$/iu.test(name)) return 0;
    const labels = name.split('.');
    const last = labels[labels.length - 1] ?? '';
    const path = end === runEnd && text.charCodeAt(end) === 0x2f && !stops.test(text.charAt(end + 1));
    const web = labels[0]?.toLowerCase() === 'www' && labels.length > 2;
    const known = topLevel.has(last) || (wordLevel.has(last) && (labels.length > 2 || path));
    // A name that is a single letter or a number is an abbreviation or a figure: a.de, 3.es.
    const main = labels[labels.length - 2] ?? '';
    if (!web && (!known || main.length < 2 || /^\d+$/u.test(main))) return 0;
    return path ? Math.max(end, this.#urlEnd(start, end)) : end;
  }

  /** End of an address whose first `from - start` characters are settled: without what closes the sentence around it. */
  #urlEnd(start: number, from: number): number {
    const text = this.#text;
    let end = from;
    let round = 0;
    let square = 0;
    for (; end < text.length; end++) {
      const char = text.charAt(end);
      if (stops.test(char)) break;
      if (char === '(') round++;
      else if (char === ')') round--;
      else if (char === '[') square++;
      else if (char === ']') square--;
    }
    while (end > from && trailing.has(text.charCodeAt(end - 1))) {
      const char = text.charAt(end - 1);
      if (char === ')' && round++ >= 0) break;
      if (char === ']' && square++ >= 0) break;
      end--;
    }
    return end > start ? end : from;
  }
}
