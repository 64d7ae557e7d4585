import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a tarball may hold beside those that its manifest lists under `files`. */
const always = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'NOTICE', 'NOTICE.md'];

/**
 * What publint and attw do not look at.
 *
 * @param {ReadonlyMap<string, Buffer>} files of the tarball
 * @param {string} root of the repository
 * @returns {string[]} what is wrong with the tarball
 */
export function findProblems(files, root) {
  const manifest = JSON.parse(files.get('package.json')?.toString('utf8') ?? '{}');
  return [
    ...missingDocuments(files, readFileSync(join(root, 'LICENSE'), 'utf8')),
    ...unlistedFiles(files, manifest),
    ...workspaceLeftovers(manifest),
    ...incompleteEntries(files, manifest),
    ...[...files]
      .filter(([, content]) => content.includes(root))
      .map(([name]) => `${name} holds the path of this machine's repository`),
  ];
}

function* missingDocuments(files, license) {
  if (!files.has('README.md')) yield 'README.md is missing';
  // A package may add the notices of its data, but not take away.
  if (files.get('LICENSE')?.toString('utf8').startsWith(license) !== true) {
    yield "LICENSE is missing or does not begin with the repository's";
  }
}

function* unlistedFiles(files, manifest) {
  const names = [...files.keys()];
  const entries = (manifest.files ?? []).filter((entry) => !entry.startsWith('!'));
  const covers = (entry, name) => name === entry || name.startsWith(`${entry.replace(/\/$/, '')}/`);
  for (const name of names) {
    if (!always.includes(name) && !entries.some((entry) => covers(entry, name))) {
      yield `${name} is not listed under "files"`;
    }
  }
  for (const entry of entries) {
    if (!names.some((name) => covers(entry, name))) {
      yield `"files" lists ${entry}, which is not in the tarball`;
    }
  }
}

function* workspaceLeftovers(manifest) {
  for (const field of ['scripts', 'devDependencies']) {
    if (manifest[field] !== undefined) yield `the manifest still has "${field}"`;
  }
  if (JSON.stringify(manifest).includes('@cognate/source')) {
    yield 'the manifest still has the condition @cognate/source, whose files are not published';
  }
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) {
      if (/^(workspace|link|file|portal):/.test(range)) yield `${field}: ${name} is "${range}"`;
    }
  }
}

function* incompleteEntries(files, manifest) {
  for (const [entry, targets] of Object.entries(manifest.exports ?? {})) {
    if (entry === './package.json') continue;
    for (const format of ['import', 'require']) {
      for (const kind of ['types', 'default']) {
        const file = targets[format]?.[kind];
        if (typeof file !== 'string') yield `exports["${entry}"].${format}.${kind} is missing`;
        else if (!files.has(file.replace(/^\.\//, ''))) yield `${file} is not in the tarball`;
      }
    }
  }
}
