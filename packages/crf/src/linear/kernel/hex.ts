interface HostDecoder {
  from(text: string, encoding: 'hex'): Uint8Array;
}

/** Node's, which takes next to nothing; null in a browser. */
const hostDecoder = (globalThis as { readonly Buffer?: HostDecoder }).Buffer ?? null;

/**
 * The bytes of a text of hexadecimal digits, two a byte. This is done once, in a loop that has only just begun to run, where it takes a quarter of the time
 * in which a model of some megabytes is loaded: hence the host's decoder.
 */
export function decodeHex(text: string, host = hostDecoder): Uint8Array<ArrayBuffer> {
  if (host) return new Uint8Array(host.from(text, 'hex'));
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
