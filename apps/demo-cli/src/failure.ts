/**
 * Exit codes of the program: 0 done, 1 the work failed (bad input, no such file), 2 the command was called wrongly; 128 and the number of the signal
 * that interrupted it, as shells have it.
 */
export const exitCode = { done: 0, failed: 1, usage: 2, SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The command was called in a way that cannot be carried out: what was given, and what would be accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The work cannot be done, and the message says everything that a user needs: no stack is shown. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
}

/** The user, or the system, ended the work before it was done. */
export class Interrupted extends Failure {
  override readonly name = 'Interrupted';

  constructor(
    message: string,
    readonly signal: Signal,
  ) {
    super(message);
  }
}

/** Signals that ask the program to end. */
export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';
