import { ModelFormatError, shown } from '../errors.js';

/** A model as files by name, for a folder, an archive or a server. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

export const configFile = 'config.json';
export const cardFile = 'README.md';

/** The most bytes that a model from elsewhere may have, where nobody says otherwise. */
export const defaultMaxBytes = 2 ** 30;

/** The file of a name. @throws ModelFormatError where it is missing or no bytes */
export function fileOf(files: ModelFiles, name: string): Uint8Array {
  const file: unknown = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file instanceof Uint8Array) return file;
  const names = Object.keys(files).join(', ') || 'no file';
  throw new ModelFormatError(
    `expected a file ${name} in the model, got ${file === undefined ? names : shown(file)}`,
  );
}
