import type { Attributes, Place } from '../attributes.js';
import { readModel } from '../file/model-file.js';
import { writeModel } from '../file/model-writer.js';
import { PackedModel } from '../file/packed-model.js';
import type { KernelName } from '../kernel/kernel.js';
import type { ModelWeights } from '../weights.js';
import { MAX_TAGS } from './layout.js';
import { FileMemory, type TaggingMemory } from './memory.js';
import { taggingIsSupported } from './module.js';
import { PlainTagger } from './plain-tagger.js';
import { SimdTagger } from './simd-tagger.js';

/** Finds attributes, adds up their weights, and finds the best tags. */
export interface Tagger {
  readonly kernel: KernelName;
  /** Where the model is, if other threads can be given it. */
  readonly memory?: TaggingMemory;
  /** The number of the attribute `name + rest`, or -1. No character may be half in the one, half in the other. */
  find(name: string, rest?: string): number;
  /** [tokens * tags]: the state scores, in an array of their own. `place` says for messages where the tokens are from. */
  emissions(tokens: readonly Attributes[], place: Place): Float64Array;
  /**
   * [tokens]: the best tags, to be read before the next call. Undefined where the lattice functions have to find them: sequences of
   * enormous length or score.
   */
  best(tokens: readonly Attributes[], place: Place): Uint16Array | undefined;
}

/**
 * The tagger of a model, and the model in the form that it needs, in which the other one can be let go. Where WebAssembly can be used,
 * that is the bytes of its file in a memory of that.
 */
export function taggerOf(weights: ModelWeights): { tagger: Tagger; weights: ModelWeights } {
  let packed = weights instanceof PackedModel ? weights : undefined;
  if (packed === undefined && taggingIsSupported() && weights.tags.length <= MAX_TAGS)
    packed = readModel(writeModel(weights, (length) => FileMemory.allocate(length)));
  if (packed?.memory === undefined) return { tagger: new PlainTagger(weights), weights };
  return { tagger: new SimdTagger(packed.memory, packed), weights: packed };
}
