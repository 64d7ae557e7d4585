import type { Entity } from './entity.js';
import type { ModelFiles } from './model/files.js';

/** A sentence that is already in tokens, with the text that they came from if there is one. */
export interface TokenInput {
  readonly tokens: readonly string[];
  /** With `offsets`: the string that entities' offsets count in. Without, they count in the tokens joined by single spaces. */
  readonly text?: string | undefined;
  /** Of each token in `text`: UTF-16 code units, half-open. */
  readonly offsets?: readonly { readonly start: number; readonly end: number }[] | undefined;
  readonly language?: string | undefined;
}

/** What a tagger tags: a text of any length, or the tokens of one sentence. */
export type TaggerInput = string | readonly string[] | TokenInput;

export interface TagOptions {
  /** Code of the input's language; the tagger's own by default. */
  readonly language?: string | undefined;
}

/** A tagging with its probability. */
export interface RankedTagging {
  readonly tags: string[];
  readonly probability: number;
}

/** What every tagger can do, whatever model is inside. */
export interface Tagger {
  /** What kind of model it is: `linear`, `neural` or `ensemble`. */
  readonly type: string;
  /** The kinds of entities that it finds, sorted. */
  readonly labels: readonly string[];
  /** The language that it was made for; taken where an input has none. */
  readonly language: string | undefined;
  /** The languages that it was trained on. */
  readonly languages: readonly string[];

  /** The entities of a text (split into sentences first) or of the tokens of one sentence, in order, not overlapping. */
  tag(input: TaggerInput, options?: TagOptions): Entity[];
  /** As `tag`, for many inputs. */
  tagBatch(inputs: readonly TaggerInput[], options?: TagOptions): Entity[][];
  /** One tag for each token of a sentence, in the scheme of the training data. */
  predictTags(tokens: readonly string[], options?: TagOptions): string[];
  /**
   * The `k` most probable taggings of a sentence, best first, with their probabilities; fewer if there are not so many. In the scheme IO the
   * most probable of those that are written alike stands for them, with its own probability.
   */
  kBest(tokens: readonly string[], k: number, options?: TagOptions): RankedTagging[];
  /** The model as files by name: what `fromFiles` reads. */
  toFiles(): ModelFiles;
}
