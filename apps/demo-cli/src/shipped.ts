import { readdirSync } from 'node:fs';

// In the sources and in the build alike it is a folder up.
const folder = new URL('../configs/', import.meta.url);

/** The recipes that come with the program as files, by name. */
export const shippedConfigs = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));

/** The file of a recipe that comes with the program. */
export const shippedConfig = (name: string): URL => new URL(`${name}.yaml`, folder);
