import { StringTable, type AttributeNames } from '../string-table.js';
import type { TaggingMemory } from '../tagging/memory.js';
import type { ModelWeights } from '../weights.js';
import { EndingRecords } from './ending-records.js';
import { numbersAt } from './little-endian.js';
import type { Counts, Section, Sections } from './model-format.js';
import { unpackNames } from './packed-names.js';
import { rowOffsetsOf, rowTagsOf } from './packed-rows.js';

/** The sections of a model file as typed arrays, where they lie; model-format.ts says what they hold. */
export interface Views {
  readonly transitions: Float64Array;
  readonly stateWeights: Float64Array;
  readonly slots: Uint32Array;
  readonly endings: EndingRecords;
  readonly prefixes: Uint8Array;
  readonly rowMasks: Uint8Array;
  readonly maskBytes: number;
  readonly rowSizes: Uint16Array;
  readonly tagOffsets: Uint32Array;
  readonly rowTags: Uint16Array;
  readonly tagNames: Uint8Array;
  readonly endingNames: Uint8Array;
}

/** Makes typed arrays of the sections of a file that begins at a multiple of 8 bytes in its buffer. */
export function viewsOf(file: Uint8Array<ArrayBuffer>, at: Sections, counts: Counts): Views {
  const { buffer, byteOffset } = file;
  const bytes = ({ at: start, count }: Section) => new Uint8Array(buffer, byteOffset + start, count);
  const u32 = ({ at: start, count }: Section) => numbersAt('u32', buffer, byteOffset + start, count);
  const f64 = ({ at: start, count }: Section) => numbersAt('f64', buffer, byteOffset + start, count);
  const u16 = ({ at: start, count }: Section) => numbersAt('u16', buffer, byteOffset + start, count);
  return {
    transitions: f64(at.transitions),
    stateWeights: f64(at.stateWeights),
    slots: u32(at.slots),
    endings: new EndingRecords(bytes(at.endings), counts.endings),
    prefixes: bytes(at.prefixes),
    rowMasks: bytes(at.rowMasks),
    maskBytes: at.maskBytes,
    rowSizes: u16(at.rowSizes),
    tagOffsets: u32(at.tagOffsets),
    rowTags: u16(at.rowTags),
    tagNames: bytes(at.tagNames),
    endingNames: bytes(at.endingNames),
  };
}

/** A model that is the bytes of its file. What only some uses need is made of them when it is asked for. */
export class PackedModel implements ModelWeights {
  readonly tags: readonly string[];
  readonly stateWeights: Float64Array;
  readonly transitions: Float64Array;
  /** The file, its numbers in the order of bytes of this host; on nearly all of them that is the file's own. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Where the file is, if it can be tagged with there. */
  readonly memory: TaggingMemory | undefined;
  readonly #views: Views;
  #attributes: AttributeNames | undefined;
  #rowOffsets: Int32Array | undefined;
  #rowTags: Uint16Array | undefined;

  /** `file` has been checked; `views` are of it. */
  constructor(tags: readonly string[], file: Uint8Array<ArrayBuffer>, views: Views, memory?: TaggingMemory) {
    this.tags = tags;
    this.stateWeights = views.stateWeights;
    this.transitions = views.transitions;
    this.file = file;
    this.memory = memory;
    this.#views = views;
  }

  get attributes(): AttributeNames {
    const { prefixes } = this.#views;
    this.#attributes ??= StringTable.from(unpackNames(this.#views), new Uint8Array(prefixes.length).fill(1));
    return this.#attributes;
  }

  get rowOffsets(): Int32Array {
    this.#rowOffsets ??= rowOffsetsOf(this.#views, this.#views.prefixes.length);
    return this.#rowOffsets;
  }

  get rowTags(): Uint16Array {
    this.#rowTags ??= rowTagsOf(this.#views, this.stateWeights.length);
    return this.#rowTags;
  }
}
