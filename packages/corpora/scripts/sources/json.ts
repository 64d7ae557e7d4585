import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A module of an installed package, whose shape the caller knows. */
export const load = (specifier: string): unknown => require(specifier);
