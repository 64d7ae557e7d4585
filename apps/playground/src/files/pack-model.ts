import type { ModelFiles } from '@cognate/tagger';
import { packTar } from 'modern-tar';

/** A model as a .tar.gz with its files in one folder. */
export async function packModel(files: ModelFiles, folder: string): Promise<Blob> {
  const archive = await packTar(
    Object.entries(files).map(([name, bytes]) => ({
      // The same model makes the same archive.
      header: { name: `${folder}/${name}`, size: bytes.length, mtime: new Date(0) },
      body: bytes,
    })),
  );
  const zipped = new Blob([archive.slice()]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Blob([await new Response(zipped).arrayBuffer()], { type: 'application/gzip' });
}
