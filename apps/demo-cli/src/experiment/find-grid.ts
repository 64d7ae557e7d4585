import { existsSync, readdirSync } from 'node:fs';
import { GridError, readGrid, type Grid } from '@cognate/experiments';
import { Failure } from '../failure.js';
import { readConfigFile } from '../config/config-file.js';

// In the build it is a folder up, in the sources two.
const shipped = ['../grids/', '../../grids/']
  .map((folder) => new URL(folder, import.meta.url))
  .find((folder) => existsSync(folder)) as URL;

/** The grids that come with the program, by name. */
export const shippedGrids = (): string[] =>
  readdirSync(shipped)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/**
 * A grid by the name of one that comes with the program, or from a file of YAML or JSON.
 *
 * @throws Failure with the file and the field, for one that is not there or not right
 */
export function readGridFile(name: string): Grid {
  const isShipped = shippedGrids().includes(name);
  if (!isShipped && !existsSync(name))
    throw new Failure(
      `expected a file of a grid, or one of ${shippedGrids().join(', ')}, got ${name}, which is neither`,
    );
  try {
    return readGrid(readConfigFile(isShipped ? new URL(`${name}.yaml`, shipped) : name).fields);
  } catch (error) {
    if (!(error instanceof GridError)) throw error;
    throw new Failure(`${name}: ${error.message}`, { cause: error });
  }
}
