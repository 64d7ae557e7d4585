// Run in a package's folder after its build: packs the package as it would be published and checks the tarball, with
// publint, with attw and for what those two do not look at.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from './pack.mjs';
import pnpm from './pnpm.cjs';
import { unpack } from './tarball.mjs';

/** Files that a tarball may hold beside those that its manifest lists under `files`. */
const always = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'NOTICE', 'NOTICE.md'];

/**
 * @param {Map<string, Buffer>} files of the tarball
 * @returns {string[]} what is wrong with it
 */
function findProblems(files) {
  const problems = [];
  const manifest = JSON.parse(files.get('package.json')?.toString('utf8') ?? '{}');
  for (const name of ['README.md', 'LICENSE']) if (!files.has(name)) problems.push(`${name} is missing`);
  const license = readFileSync(join(pnpm.root, 'LICENSE'), 'utf8');
  if (files.get('LICENSE')?.toString('utf8').startsWith(license) !== true) {
    problems.push("LICENSE does not begin with the repository's LICENSE");
  }

  const listed = (name) =>
    always.includes(name) ||
    manifest.files.some((entry) => name === entry || name.startsWith(`${entry.replace(/\/$/, '')}/`));
  for (const name of files.keys()) if (!listed(name)) problems.push(`${name} is not listed under "files"`);
  for (const entry of manifest.files.filter((entry) => !entry.startsWith('!'))) {
    const found = [...files.keys()].some((name) => name === entry || name.startsWith(`${entry}/`));
    if (!found) problems.push(`"files" lists ${entry}, which is not in the tarball`);
  }

  for (const field of ['scripts', 'devDependencies']) {
    if (manifest[field] !== undefined) problems.push(`the manifest still has "${field}"`);
  }
  if (JSON.stringify(manifest).includes('@cognate/source')) {
    problems.push('the manifest still has the condition @cognate/source, whose files are not published');
  }
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) {
      if (/^(workspace|link|file|portal):/.test(range)) problems.push(`${field}: ${name} is "${range}"`);
    }
  }

  for (const [entry, target] of Object.entries(manifest.exports ?? {})) {
    if (entry === './package.json') continue;
    for (const format of ['import', 'require']) {
      for (const kind of ['types', 'default']) {
        const file = target[format]?.[kind];
        if (typeof file !== 'string') problems.push(`exports["${entry}"].${format}.${kind} is missing`);
        else if (!files.has(file.replace(/^\.\//, ''))) problems.push(`${file} is not in the tarball`);
      }
    }
  }

  for (const [name, content] of files) {
    if (content.includes(pnpm.root)) problems.push(`${name} holds the path of this machine's repository`);
  }
  return problems;
}

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
  const problems = [...findProblems(files), ...findComplaints('publint', ['run', tarball, '--strict'])];
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
