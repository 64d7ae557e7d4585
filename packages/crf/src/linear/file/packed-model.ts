import { StringTable, type AttributeNames } from '../string-table.js';
import type { TaggingMemory } from '../tagging/memory.js';
import type { ModelWeights } from '../weights.js';
import { viewsOf, type Views } from './model-views.js';
import { unpackNames } from './packed-names.js';
import { rowOffsetsOf, rowTagsOf } from './packed-rows.js';

/** A model that is the bytes of its file. What only some uses need is made of them when it is asked for. */
export class PackedModel implements ModelWeights {
  readonly tags: readonly string[];
  /** The file, its numbers in the order of bytes of this host; on nearly all of them that is the file's own. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Where the file is, if it can be tagged with there. */
  readonly memory: TaggingMemory | undefined;
  #viewsOnce: Views | undefined;
  #attributes: AttributeNames | undefined;
  #rowOffsets: Int32Array | undefined;
  #rowTags: Uint16Array | undefined;

  /** `file` has been checked; `views` are of it. */
  constructor(tags: readonly string[], file: Uint8Array<ArrayBuffer>, memory?: TaggingMemory, views?: Views) {
    this.tags = tags;
    this.file = file;
    this.memory = memory;
    this.#viewsOnce = views;
  }

  get #views(): Views {
    return (this.#viewsOnce ??= viewsOf(this.file));
  }

  get stateWeights(): Float64Array {
    return this.#views.stateWeights;
  }

  get transitions(): Float64Array {
    return this.#views.transitions;
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
