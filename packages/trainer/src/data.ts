/** The examples of one language. */
export interface LanguageData<Example> {
  /** Names the language in events and errors; no two corpora have the same. */
  readonly name: string;
  readonly examples: readonly Example[];
}

/** A language that is to help the target. */
export interface SourceData<Example> extends LanguageData<Example> {
  /** What one of its sentences counts beside one of the target's: μ_σ, from 0 to 1,000,000; 1 unless told. */
  readonly mu?: number | undefined;
}

/**
 * What to train on. An example belongs to the model: the trainer asks the model for its length and its loss, and
 * nothing else, except that threads get their examples by structured cloning (plain data: no functions, no classes).
 */
export interface TrainingData<Example> {
  /** The language that the model is for. */
  readonly target: LanguageData<Example>;
  /** Any number of related languages; none unless told. */
  readonly sources?: readonly SourceData<Example>[] | undefined;
  /** Held-out examples of the target: decide which epoch's weights are kept, and when to stop. */
  readonly dev?: readonly Example[] | undefined;
  /** The right tags of an example of `dev`; its property `tags` unless told. */
  readonly goldTags?: ((example: Example) => readonly string[]) | undefined;
}

/** One corpus as training sees it; corpus 0 is the target. */
export interface Corpus<Example> {
  readonly name: string;
  readonly examples: readonly Example[];
  /** Weight of a sentence in the objective: 1 for the target, μ for a source. */
  readonly mu: number;
  /** lengths[sentence], in tokens. */
  readonly lengths: Int32Array;
}
