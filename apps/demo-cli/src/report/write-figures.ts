import { join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import { writeWhole } from '../write-whole.js';
import type { NamedFigure } from './figures.js';
import { pngPainter } from './png.js';

/**
 * Writes figures into a folder as `name.svg` and `name.png`.
 *
 * @returns what could not be made, and why
 */
export async function writeFigures(folder: string, figures: readonly NamedFigure[]): Promise<string[]> {
  await makeFolder(folder);
  const painter = await pngPainter();
  for (const { name, svg } of figures) {
    await writeWhole(join(folder, `${name}.svg`), svg);
    if (typeof painter !== 'string') await writeWhole(join(folder, `${name}.png`), painter(svg));
  }
  return typeof painter === 'string' ? [painter] : [];
}
