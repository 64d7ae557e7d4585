import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version of a package that the program uses, as it is installed. */
export const installedVersion = (name: string): string =>
  (require(`${name}/package.json`) as { version: string }).version;
