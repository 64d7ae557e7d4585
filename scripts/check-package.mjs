// Run in a package's folder after its build: packs the package as it would be published and checks the tarball, with
// publint, with attw and for what those two do not look at.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProblems } from './package-problems.mjs';
import { packPackage } from './pack.mjs';
import pnpm from './pnpm.cjs';
import { unpack } from './tarball.mjs';

/** Runs a program of the root's node_modules; gives its output if it fails. */
function findComplaints(program, args) {
  const folder = join(pnpm.root, 'node_modules', program);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : Object.values(bin)[0];
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [join(folder, file), ...args], {
    encoding: 'utf8',
  });
  return error === undefined && status === 0 ? [] : [`${program}: ${error ?? ''}\n${stdout}${stderr}`];
}

const scratch = mkdtempSync(join(tmpdir(), 'cognate-check-'));
try {
  const tarball = packPackage(process.cwd(), scratch);
  const bytes = readFileSync(tarball);
  const files = unpack(bytes);
  const manifest = JSON.parse(files.get('package.json').toString('utf8'));
  const problems = [
    ...findProblems(files, pnpm.root),
    ...findComplaints('publint', ['run', tarball, '--strict']),
  ];
  // A package that is only a program has no types to be wrong.
  const isLibrary = Object.keys(manifest.exports ?? {}).some((entry) => entry !== './package.json');
  if (isLibrary) {
    problems.push(
      ...findComplaints('@arethetypeswrong/cli', [tarball, '--profile', 'node16', '--no-definitely-typed']),
    );
  }
  const installed = [...files.values()].reduce((sum, content) => sum + content.length, 0);
  const size = `${files.size} files, ${Math.ceil(bytes.length / 1024)} kB packed, ${Math.ceil(installed / 1024)} kB installed`;
  if (problems.length === 0) console.log(`${manifest.name}: ${size}: nothing wrong`);
  else console.error(`${manifest.name}: ${size}:\n${problems.map((text) => `  - ${text}`).join('\n')}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
