/**
 * What went wrong, in words for the person at the terminal. Errors that the program and its packages raise on purpose
 * say everything in their message; anything else is a defect of ours and keeps its stack, so that it can be reported.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  const path = (error as NodeJS.ErrnoException).path;
  if (path !== undefined && code !== undefined && Object.hasOwn(systemErrors, code)) {
    return `${path}: ${systemErrors[code]}`;
  }
  const defect = error instanceof TypeError || error instanceof ReferenceError;
  return defect ? (error.stack ?? error.message) : error.message;
}

const systemErrors: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'expected a file, found a folder',
  ENOTDIR: 'expected a folder, found a file',
  ENOSPC: 'no space left on the disk',
  EEXIST: 'exists already',
};
