import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pnpm from './pnpm.cjs';

/**
 * Packs a built package of the workspace as `pnpm publish` would.
 *
 * @param {string} folder of the package
 * @param {string} destination an empty folder
 * @returns {string} path of the tarball
 */
export function packPackage(folder, destination) {
  const { program, first, shell } = pnpm.pnpmCommand();
  const { status, error, stdout, stderr } = spawnSync(
    program,
    [...first, 'pack', '--pack-destination', destination],
    { cwd: folder, shell, encoding: 'utf8' },
  );
  if (error !== undefined || status !== 0) {
    throw new Error(`pnpm pack in ${folder}: ${error?.message ?? `exit code ${status}`}\n${stdout}${stderr}`);
  }
  const tarball = readdirSync(destination).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`pnpm pack in ${folder} left no tarball:\n${stdout}${stderr}`);
  return join(destination, tarball);
}
