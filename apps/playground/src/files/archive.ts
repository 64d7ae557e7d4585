import { tarMembers, zipMembers } from '@cognate/corpora';

/** A file with its path, from a folder, an archive or by itself. */
export interface NamedFile {
  readonly path: string;
  readonly content: Blob;
}

/** An archive that unpacks to more than this is not for a page. */
const mostUnpacked = 1 << 30;

/** The file itself, or what is in it where it is a .zip, .tar or .tar.gz, by what its bytes say. */
export async function unpackArchive(file: NamedFile): Promise<NamedFile[]> {
  const head = new Uint8Array(await file.content.slice(0, 512).arrayBuffer());
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return await gather(await zipMembers(file.content), file.path);
  if (isTar(head)) return await gather(tarMembers(chunks(file.content.stream())), file.path);
  if (starts(0x1f, 0x8b)) {
    const unzipped = () => chunks(file.content.stream().pipeThrough(new DecompressionStream('gzip')));
    for await (const first of unzipped()) {
      if (isTar(first)) return await gather(tarMembers(unzipped()), file.path);
      break;
    }
  }
  return [file];
}

async function gather(
  members: Iterable<Member> | AsyncIterable<Member>,
  archive: string,
): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  let unpacked = 0;
  for await (const { name, chunks } of members) {
    // What macOS and editors leave behind.
    if (/(?:^|\/)(?:\.|__MACOSX\/)/.test(name)) continue;
    const parts: BlobPart[] = [];
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      if (unpacked > mostUnpacked)
        throw new Error(`${archive}: expected an archive of at most 1 GB unpacked, got a larger one`);
      parts.push(chunk.slice());
    }
    files.push({ path: name, content: new Blob(parts) });
  }
  return files;
}

interface Member {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Whether an archive begins here: `ustar` stands at byte 257 of each header. */
const isTar = (head: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(head.subarray(257, 262)) === 'ustar';

/** Not every browser lets a stream be looped over. */
async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
