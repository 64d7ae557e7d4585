import { basename, resolve } from 'node:path';
import { taggerFromFiles, TaggerError } from '@cognate/tagger';
import { loadModelFiles } from '@cognate/tagger/node';
import { Command } from 'commander';
import { valid } from 'semver';
import validateName from 'validate-npm-package-name';
import { Failure, UsageError } from '../failure.js';
import { placesOfModels } from '../model-option.js';
import { modelManifest } from '../package/manifest.js';
import { npmTarball } from '../package/npm-tarball.js';
import { packageModules, packageReadme } from '../package/modules.js';
import { checkPlace, writeWhole } from '../write-whole.js';

interface PackageFlags {
  readonly name?: string;
  readonly packageVersion: string;
  readonly license?: string;
  readonly description?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
The tarball has the model, its card as README.md, and entries for ES modules, CommonJS, browsers' bundlers and TypeScript.
It needs @cognate/tagger beside it and runs nothing when it is installed. The same model gives the same bytes.

Examples:
  cognate package model --name @example/ner-gl --license CC-BY-SA-4.0
  npm install ./example-ner-gl-1.0.0.tgz                     and in the program:
                                                             import { load } from '@example/ner-gl';
  npm publish ./example-ner-gl-1.0.0.tgz --access public
  cognate tag --model example-ner-gl-1.0.0.tgz letter.txt    it is a model, too`;

export function packageCommand(): Command {
  return new Command('package')
    .description('Make a package for npm of a model.')
    .argument('<model>', `the model: ${placesOfModels}`)
    .option('--name <name>', "of the package (default: cognate-ner- and the model's language)")
    .option('--package-version <version>', 'of the package', '1.0.0')
    .option('--license <expression>', 'under which others may use it, as in SPDX (default: UNLICENSED)')
    .option('--description <text>', 'a line for the registry')
    .option('-o, --out <file>', "where the tarball goes (default: the package's name and version, here)")
    .option('--force', 'replace a file that is there')
    .option('--json', 'what was written, as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(model: string, flags: PackageFlags): Promise<void> {
  const version = checkVersion(flags.packageVersion);
  if (flags.name !== undefined) checkName(flags.name);
  const files = await loadModelFiles(model);
  // A model that does not load is not to be sent anywhere.
  const tagger = await taggerFromFiles(files).catch((error: unknown) => {
    if (!(error instanceof TaggerError)) throw error;
    throw new Failure(`${model}: ${error.message}`, { cause: error });
  });
  const name =
    flags.name ?? `cognate-ner${tagger.language === undefined ? '' : `-${tagger.language.toLowerCase()}`}`;
  checkName(name);
  const { license = 'UNLICENSED', description } = flags;
  const out = flags.out ?? `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  await checkPlace(out, flags.force);

  const text = new TextEncoder();
  // Beside the configuration and the card there is but one.
  const modelFile = Object.keys(files).filter((file) => file !== 'config.json' && file !== 'README.md')[0];
  const card = files['README.md'] ?? tagger.toFiles()['README.md'];
  const manifest = modelManifest({ name, version, license, description }, tagger, modelFile);
  const modules = packageModules(modelFile);
  const contents: Record<string, Uint8Array> = {
    'package.json': text.encode(`${JSON.stringify(manifest, undefined, 2)}\n`),
    'README.md': text.encode(packageReadme(name, new TextDecoder().decode(card))),
    ...Object.fromEntries(Object.entries(modules).map(([file, source]) => [file, text.encode(source)])),
    'config.json': files['config.json'],
    [modelFile]: files[modelFile],
  };
  const tarball = await npmTarball(contents);
  await writeWhole(out, tarball);
  if (flags.json === true) {
    const facts = {
      file: resolve(out),
      name,
      version,
      license,
      bytes: tarball.length,
      files: Object.keys(contents),
    };
    process.stdout.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return;
  }
  const size =
    tarball.length < 1e6
      ? `${Math.ceil(tarball.length / 1e3)} kB`
      : `${(tarball.length / 1e6).toFixed(1)} MB`;
  process.stdout.write(`Wrote ${name}@${version} to ${out} (${size}).\n`);
  if (flags.license === undefined)
    process.stderr.write('Its licence is UNLICENSED, which lets nobody use it: --license says otherwise.\n');
  const place = basename(out) === out ? `./${out}` : out;
  process.stderr.write(`npm install ${place} @cognate/tagger puts it into a project.\n`);
}

function checkName(name: string): void {
  const { validForNewPackages, errors = [], warnings = [] } = validateName(name);
  if (!validForNewPackages)
    throw new UsageError(
      `--name: expected a name of an npm package, got "${name}": ${[...errors, ...warnings].join('; ')}`,
    );
}

function checkVersion(text: string): string {
  const version = valid(text);
  if (version === null) throw new UsageError(`--package-version: expected a version as 1.0.0, got "${text}"`);
  return version;
}
