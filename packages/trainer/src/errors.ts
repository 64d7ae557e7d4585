import type { Phase } from './events.js';

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

/** The sentences whose loss or gradient failed. */
export interface BatchPlace {
  readonly phase: Phase;
  /** From 1, within the phase. */
  readonly epoch: number;
  /** From 1, within the epoch. */
  readonly step: number;
  /** Name of the corpus. */
  readonly language: string;
  /** Numbers of the sentences within the corpus, from 0. */
  readonly sentences: readonly number[];
}

/**
 * The loss of a batch failed, or it or a gradient is not finite; `cause` is the error itself. The parameters are those from
 * before the step.
 */
export class BatchError extends TrainerError implements BatchPlace {
  override name = 'BatchError';
  readonly phase: Phase;
  readonly epoch: number;
  readonly step: number;
  readonly language: string;
  readonly sentences: readonly number[];

  constructor({ phase, epoch, step, language, sentences }: BatchPlace, cause: unknown) {
    const numbers = `sentence${sentences.length === 1 ? '' : 's'} ${sentences.join(', ')}`;
    const problem = cause instanceof Error ? cause.message : shown(cause);
    super(`${phase} epoch ${epoch}, step ${step}, ${language} ${numbers}: ${problem}`, { cause });
    this.phase = phase;
    this.epoch = epoch;
    this.step = step;
    this.language = language;
    this.sentences = sentences;
  }
}

/** Runs code of the caller's; an error of it then says what it was called for, and has the error itself as `cause`. */
export function inPlace<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new TrainerError(`${where}: ${cause instanceof Error ? cause.message : shown(cause)}`, { cause });
  }
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
