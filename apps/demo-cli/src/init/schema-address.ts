import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { version } from '../version.js';

const installed = 'node_modules/@cognate/cli/schema/project.json';

/**
 * Where an editor finds the schema of projects: beside the file, where the program is installed in its project; else with the program as it is
 * published. Only the editor ever asks for it.
 */
export function schemaAddress(folder: string): string {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const file = join(place, installed);
    if (existsSync(file)) {
      const path = relative(folder, file).split(sep).join('/');
      return path.startsWith('.') ? path : `./${path}`;
    }
    if (place === dirname(place)) return `https://unpkg.com/@cognate/cli@${version}/schema/project.json`;
  }
}
