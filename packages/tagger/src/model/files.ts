/** A model as files by name, for a folder, an archive or a server. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

export const configFile = 'config.json';
export const cardFile = 'README.md';
