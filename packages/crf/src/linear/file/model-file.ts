import { ModelFileError, show } from '../errors.js';
import { FileMemory } from '../tagging/memory.js';
import { decode } from '../wtf8.js';
import { checksumOf } from './checksum.js';
import { HOST_IS_LITTLE_ENDIAN } from './little-endian.js';
import { checkModel, checkNumber } from './model-check.js';
import { CHECKED_FROM } from './model-format.js';
import type { Views } from './model-views.js';
import { PackedModel } from './packed-model.js';

/**
 * Reads what `writeModel` wrote. Nothing is believed before it is checked. Makes nothing that is larger than the file, but for room to
 * work in. The bytes are copied to where WebAssembly reads them, unless `FileMemory.allocate` gave them: then they become the model's,
 * as they do where there is no WebAssembly.
 */
export function readModel(bytes: Uint8Array): PackedModel {
  const given: unknown = bytes;
  if (!(given instanceof Uint8Array)) throw new ModelFileError('a Uint8Array', show(given), 0);
  const memory = FileMemory.holding(bytes);
  const file = memory?.file ?? alignedFile(bytes);
  const { names, views } = checked(file, memory);
  const tags = readTags(names, file.byteOffset);
  const tagging = memory?.makeRoom();
  return tagging
    ? new PackedModel(tags, tagging.file, tagging)
    : new PackedModel(tags, file, undefined, views);
}

type TagNames = Pick<Views, 'tagOffsets' | 'tagNames'>;

/** What a file has that passed all checks but those of the names of its tags: these, and more where it was made already. */
function checked(file: Uint8Array<ArrayBuffer>, memory?: FileMemory): { names: TagNames; views?: Views } {
  if (memory?.isSound()) return { names: memory.tagNames };
  // Where the quick check says no, this one says why, or that it was wrong.
  const views = checkModel(file, memory?.checksum(CHECKED_FROM) ?? checksumOf(file, CHECKED_FROM));
  return { names: views, views };
}

/** Bytes of which typed arrays can be made, in the order of this host. */
function alignedFile(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const inPlace = bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer && HOST_IS_LITTLE_ENDIAN;
  return inPlace ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

/** The names of the tags, which are checked here, of a file that begins at byte `start` of its buffer. */
function readTags({ tagOffsets, tagNames }: TagNames, start: number): string[] {
  checkOffsets(tagOffsets, tagNames.length, tagOffsets.byteOffset - start);
  const tags: string[] = [];
  for (let id = 0; id + 1 < tagOffsets.length; id++)
    tags.push(decode(tagNames, tagOffsets[id], tagOffsets[id + 1]));
  checkNumber(tags.length, 'tags of different names', new Set(tags).size, tagNames.byteOffset - start);
  return tags;
}

/** Offsets of names rise from 0 to the end of what they point into. */
function checkOffsets(offsets: Uint32Array, end: number, at: number): void {
  let least = 0;
  for (let i = 0; i < offsets.length; i++) {
    const fits = i === 0 ? offsets[i] === 0 : offsets[i] >= least && offsets[i] <= end;
    if (!fits) {
      throw new ModelFileError(`an offset of a name from ${least} to ${end}`, `${offsets[i]}`, at + 4 * i);
    }
    least = offsets[i];
  }
  checkNumber(end, 'as the last offset of a name', least, at + 4 * (offsets.length - 1));
}
