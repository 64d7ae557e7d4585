/**
 * What went wrong, in words for the person at the terminal. Errors that the program and its packages raise on purpose
 * say everything in their message; anything else is a defect of ours and keeps its stack, so that it can be reported.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { path } = error as NodeJS.ErrnoException;
  const reason = systemReason(error);
  if (path !== undefined && reason !== undefined) return `${path}: ${reason}`;
  const defect = error instanceof TypeError || error instanceof ReferenceError;
  return defect ? (error.stack ?? error.message) : `${error.message}${howToGiveOptions(error)}`;
}

/** The package of corpora names options of its functions; whoever is at a terminal has to know how they are given there. */
function howToGiveOptions(error: Error): string {
  const ofReading = error.name === 'CorpusError' || error.name === 'UnsureFormatError';
  const hint = ofReading ? (error as Error & { readonly hint?: string }).hint : undefined;
  return hint !== undefined && /\boptions? [a-z]/iu.test(hint)
    ? '; here an option is --read NAME=VALUE, and read: { NAME: VALUE } in a project'
    : '';
}

/** Why the system refused, for whoever knows of which file: many of its errors do not say. Nothing for errors of another kind. */
export function systemReason(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && Object.hasOwn(systemErrors, code) ? systemErrors[code] : undefined;
}

const systemErrors: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'nothing can be written to this disk',
  EISDIR: 'expected a file, found a folder',
  ENOTDIR: 'expected a folder, found a file',
  ENOSPC: 'no space left on the disk',
  EEXIST: 'exists already',
  ENAMETOOLONG: 'expected a shorter name',
};
