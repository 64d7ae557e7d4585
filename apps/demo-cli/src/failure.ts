/** Exit codes of the program: 0 done, 1 the work failed (bad input, no such file), 2 the command was called wrongly. */
export const exitCode = { done: 0, failed: 1, usage: 2 } as const;

/** The command was called in a way that cannot be carried out: what was given, and what would be accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The work cannot be done, and the message says everything that a user needs: no stack is shown. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
