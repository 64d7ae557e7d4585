import { gunzipSync } from 'node:zlib';

/**
 * The files of an npm tarball: path inside the package -> bytes. npm's tarballs hold plain files with short names or
 * pax headers; this reads both.
 *
 * @param {Uint8Array} bytes a gzipped tar archive
 * @returns {Map<string, Buffer>}
 */
export function unpack(bytes) {
  const archive = gunzipSync(bytes);
  const files = new Map();
  let longName;
  for (let offset = 0; offset + 512 <= archive.length && archive[offset] !== 0;) {
    const text = (start, length) =>
      archive.toString('utf8', offset + start, offset + start + length).replace(/\0.*$/s, '');
    const size = parseInt(text(124, 12), 8);
    const content = archive.subarray(offset + 512, offset + 512 + size);
    const type = text(156, 1);
    const prefix = text(345, 155);
    if (type === 'x') {
      longName = /(?:^|\n)\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    } else {
      const name = longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
      longName = undefined;
      if (type === '0' || type === '') files.set(name.replace(/^[^/]*\//, ''), content);
    }
    offset += 512 * (1 + Math.ceil(size / 512));
  }
  return files;
}
