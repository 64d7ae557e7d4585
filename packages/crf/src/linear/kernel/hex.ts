/** Digits that are read at once: eight are a number of 32 bits. */
const DIGITS = 8;

/**
 * The bytes of a text of hexadecimal digits, two a byte. This is done once, in a loop that has only just begun to run: a digit at a time it would take
 * as long as all the checks of a model of some megabytes. Node's own decoder takes next to nothing.
 */
export function decodeHex(
  text: string,
  host: HostDecoder | null | undefined = hostDecoder(),
): Uint8Array<ArrayBuffer> {
  if (host) return new Uint8Array(host.from(text, 'hex'));
  const bytes = new Uint8Array(text.length / 2);
  const view = new DataView(bytes.buffer);
  const whole = text.length - (text.length % DIGITS);
  for (let at = 0; at < whole; at += DIGITS) {
    view.setUint32(at / 2, Number.parseInt(text.slice(at, at + DIGITS), 16));
  }
  for (let at = whole; at < text.length; at += 2) {
    bytes[at / 2] = Number.parseInt(text.slice(at, at + 2), 16);
  }
  return bytes;
}

interface HostDecoder {
  from(text: string, encoding: 'hex'): Uint8Array;
}

const hostDecoder = (): HostDecoder | null | undefined =>
  (globalThis as { readonly Buffer?: HostDecoder }).Buffer;
