import type { SampleSplit } from './languages.js';
import type { SampleSourceName } from './sources.js';

/** What a language's generated data module holds; code.ts tells the encoding. */
export interface PackedSamples extends Readonly<Record<SampleSplit, string>> {
  /** The vocabulary: tokens with a mark of their tag in front, parted by spaces. */
  readonly units: string;
  /** What the names and sentences are taken from. */
  readonly sources: readonly SampleSourceName[];
  /** How many sentence patterns each split was made from. */
  readonly patterns: Readonly<Record<SampleSplit, number>>;
}
