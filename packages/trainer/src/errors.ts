/** Something that the trainer was given is not what it takes: the message names it and says what was expected and what came. */
export class TrainerError extends Error {
  override name = 'TrainerError';
}

/** A checkpoint that cannot be used: damaged, of another kind, or of a run with other data or options. */
export class CheckpointError extends TrainerError {
  override name = 'CheckpointError';
}

/** A thread failed; `cause` is its error, where there is one. */
export class ThreadError extends TrainerError {
  override name = 'ThreadError';
}

/** Where in a run something happened. */
export interface BatchPlace {
  /** From 1, within its phase. */
  readonly epoch: number;
  /** From 1, within the epoch. */
  readonly step: number;
  /** Name of the corpus. */
  readonly language: string;
  /** Numbers of the sentences within the corpus, from 0. */
  readonly sentences: readonly number[];
}

/** A loss or a gradient is infinite or not a number. The parameters are those from before the step. */
export class NonFiniteError extends TrainerError implements BatchPlace {
  override name = 'NonFiniteError';
  readonly epoch: number;
  readonly step: number;
  readonly language: string;
  readonly sentences: readonly number[];

  constructor(
    /** What is not finite: `loss`, or the gradient of a parameter. */
    readonly quantity: string,
    readonly value: number,
    { epoch, step, language, sentences }: BatchPlace,
  ) {
    super(
      `epoch ${epoch}, step ${step}, ${language}: expected a finite ${quantity}, got ${value}; ` +
        `${sentences.length === 1 ? 'sentence' : 'sentences'} ${sentences.join(', ')}`,
    );
    this.epoch = epoch;
    this.step = step;
    this.language = language;
    this.sentences = sentences;
  }
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
