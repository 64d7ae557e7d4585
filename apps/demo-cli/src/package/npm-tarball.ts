import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packTar } from 'modern-tar';

/** The time that npm gives to all files of its tarballs: the same files are the same bytes. */
const mtime = new Date('1985-10-26T08:15:00Z');

/** Files as npm packs them: under `package/`, in a gzipped tar. */
export async function npmTarball(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const archive = await packTar(
    Object.entries(files).map(([name, body]) => ({
      header: { name: `package/${name}`, size: body.length, type: 'file', mode: 0o644, mtime },
      body,
    })),
  );
  return promisify(gzip)(archive, { level: 9 });
}
