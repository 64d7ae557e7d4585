import type { ModelWeights } from '../weights.js';
import { AttributeBlocks } from './attribute-blocks.js';
import { numbersAt } from './little-endian.js';
import type { Counts, Section, Sections } from './model-format.js';
import { PackedNames } from './packed-names.js';

/** The sections of a model file as typed arrays, where they lie; model-format.ts says what they hold. */
export interface Views {
  readonly transitions: Float64Array;
  readonly stateWeights: Float64Array;
  readonly slots: Uint32Array;
  readonly blocks: AttributeBlocks;
  readonly tagOffsets: Uint32Array;
  readonly prefixOffsets: Uint32Array;
  readonly rowTags: Uint8Array | Uint16Array;
  readonly tagNames: Uint8Array;
  readonly prefixNames: Uint8Array;
  readonly names: Uint8Array;
}

/** Makes typed arrays of the sections of a file that begins at a multiple of 8 bytes in its buffer. */
export function viewsOf(file: Uint8Array<ArrayBuffer>, at: Sections, numAttributes: number): Views {
  const { buffer, byteOffset } = file;
  const bytes = ({ at: start, count }: Section) => new Uint8Array(buffer, byteOffset + start, count);
  const u32 = ({ at: start, count }: Section) => numbersAt('u32', buffer, byteOffset + start, count);
  const f64 = ({ at: start, count }: Section) => numbersAt('f64', buffer, byteOffset + start, count);
  const tags = ({ at: start, count }: Section) =>
    at.narrow
      ? new Uint8Array(buffer, byteOffset + start, count)
      : numbersAt('u16', buffer, byteOffset + start, count);
  return {
    transitions: f64(at.transitions),
    stateWeights: f64(at.stateWeights),
    slots: u32(at.slots),
    blocks: new AttributeBlocks(bytes(at.blocks), numAttributes, at.narrow),
    tagOffsets: u32(at.tagOffsets),
    prefixOffsets: u32(at.prefixOffsets),
    rowTags: tags(at.rowTags),
    tagNames: bytes(at.tagNames),
    prefixNames: bytes(at.prefixNames),
    names: bytes(at.names),
  };
}

/** A model that is the bytes of its file. What only some uses need is made of them when it is asked for. */
export class PackedModel implements ModelWeights {
  readonly tags: readonly string[];
  readonly attributes: PackedNames;
  readonly stateWeights: Float64Array;
  readonly transitions: Float64Array;
  /** The file, its numbers in the order of bytes of this host; on nearly all of them that is the file's own. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly counts: Counts;
  readonly sections: Sections;
  readonly #views: Views;
  #rowOffsets: Int32Array | undefined;
  #rowTags: Uint16Array | undefined;

  /** `file` has been checked; `views` are of it. */
  constructor(
    tags: readonly string[],
    file: Uint8Array<ArrayBuffer>,
    counts: Counts,
    sections: Sections,
    views: Views,
  ) {
    this.tags = tags;
    this.attributes = new PackedNames(views);
    this.stateWeights = views.stateWeights;
    this.transitions = views.transitions;
    this.file = file;
    this.counts = counts;
    this.sections = sections;
    this.#views = views;
  }

  /** The same model over a copy of its file. */
  moved(file: Uint8Array<ArrayBuffer>): PackedModel {
    const { tags, counts, sections } = this;
    return new PackedModel(tags, file, counts, sections, viewsOf(file, sections, counts.attributes));
  }

  get rowOffsets(): Int32Array {
    if (this.#rowOffsets === undefined) {
      const { blocks } = this.#views;
      this.#rowOffsets = new Int32Array(blocks.size + 1);
      for (let a = 0; a < blocks.size; a++) this.#rowOffsets[a + 1] = this.#rowOffsets[a] + blocks.rowSize(a);
    }
    return this.#rowOffsets;
  }

  get rowTags(): Uint16Array {
    const { rowTags } = this.#views;
    this.#rowTags ??= rowTags instanceof Uint16Array ? rowTags : new Uint16Array(rowTags);
    return this.#rowTags;
  }
}
