/**
 * The error of a file that could not be written, with its name: what the system says of an open file, as on a full disk, does not tell which it is,
 * and of a file that is written under another name first it tells that one.
 */
export function cannotWrite(file: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return Object.assign(new Error(`${file}: cannot be written: ${message}`, { cause }), { code, path: file });
}
