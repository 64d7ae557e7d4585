import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from '../scripts/layers.mjs';
import { root } from './repository.js';

/** Every package that a guide may install, and where it is: the libraries of this workspace and what they depend on. */
function packageFolders(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, folder } of layers) {
    found[`@cognate/${name}`] = join(root, folder);
    const modules = join(root, folder, 'node_modules');
    const scope = join(modules, '@tensorflow');
    if (!existsSync(scope)) continue;
    for (const entry of readdirSync(scope)) found[`@tensorflow/${entry}`] ??= join(scope, entry);
  }
  return found;
}

/** `npm install NAMES`, without a registry: this state of the packages is not there yet. */
const npm = `
const { mkdirSync, symlinkSync, existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const packages = PACKAGES;
const [command, ...words] = process.argv.slice(2);
if (command === 'init') process.exit(0);
if (command !== 'install') throw new Error('npm ' + command + ': only npm install is known here');
if (words.includes('--global')) process.exit(0); // the program is on the path
for (const name of words.filter((word) => !word.startsWith('-'))) {
  if (packages[name] === undefined) throw new Error('npm install ' + name + ': no such package');
  const link = join('node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  if (!existsSync(link)) symlinkSync(packages[name], link);
}
`;

/** Puts the programs that guides call into a folder: `cognate` is the built one, `npm install` links packages of this workspace. */
export function writeShims(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'npm.cjs'), npm.replace('PACKAGES', JSON.stringify(packageFolders())));
  const script = (name: string, file: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\nexec '${process.execPath}' ${file} "$@"\n`);
    chmodSync(join(folder, name), 0o755);
  };
  script('node', '');
  script('npm', `'${join(folder, 'npm.cjs')}'`);
  script('cognate', `'${join(root, 'apps/demo-cli/bin/cognate.js')}'`);
}
