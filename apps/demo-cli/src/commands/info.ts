import { availableParallelism } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import { sampleLanguages } from '@cognate/corpora/samples';
import { formatNames } from '@cognate/corpora';
import { schemes } from '@cognate/tag-scheme';
import { templateSets } from '@cognate/tagger';
import { loadTagger } from '@cognate/tagger/node';
import { languages } from '@cognate/text';
import { Command } from 'commander';
import { installedVersion } from '../installed-version.js';
import { placesOfModels } from '../model-option.js';
import { recipeNames } from '../config/named-recipes.js';
import { palette } from '../terminal/colour.js';
import { table } from '../terminal/table.js';
import { version } from '../version.js';

const help = `
Examples:
  cognate info               the program, the machine, the languages that it knows
  cognate info model         what a model is and what it was trained on
  cognate info gl-1.0.0.tgz  the same of an archive, or of an address`;

export function infoCommand(): Command {
  return new Command('info')
    .description('Tell about the program, or about a model.')
    .argument('[model]', `a model: ${placesOfModels}`)
    .option('--json', 'the same as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(model: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const facts = model === undefined ? await programFacts() : await modelFacts(model);
  if (json === true) {
    process.stdout.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return;
  }
  const { languages: known, ...rest } = facts;
  const lines = Object.entries(rest).map(([name, value]) => `${name.padEnd(12)} ${shown(value)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (Array.isArray(known) && model === undefined) process.stdout.write(`\n${languageTable()}\n`);
  else process.stdout.write(`${'languages'.padEnd(12)} ${shown(known)}\n`);
}

async function programFacts(): Promise<Record<string, unknown>> {
  return {
    cognate: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    threads: `${availableParallelism()} at once (tag --jobs 0 and train --threads take as many)`,
    packages: packageVersions(),
    ...(await backendFacts()),
    configs: recipeNames(),
    formats: formatNames,
    schemes,
    templates: Object.keys(templateSets),
    languages: languages.map(({ code, name, script, direction, family, relatives }) => ({
      code,
      name,
      script,
      direction,
      family,
      relatives,
      sample: (sampleLanguages as readonly string[]).includes(code),
    })),
  };
}

async function modelFacts(model: string): Promise<Record<string, unknown>> {
  const tagger = await loadTagger(model);
  if (tagger.type === 'linear') return { place: model, ...tagger.config, weights: tagger.crf.statistics() };
  if (tagger.type === 'ensemble') {
    const { type, language, languages, labels, members } = tagger;
    const parts = members.map(({ name, weight, tagger: member }) => ({ name, weight, type: member.type }));
    return { place: model, type, language, labels, members: parts, languages };
  }
  const weights = Array.from(tagger.parameters).reduce((sum, { values }) => sum + values.length, 0);
  return { place: model, ...tagger.config, weights };
}

/** Where neural models run, what is in the way of something faster, and what would help. */
async function backendFacts(): Promise<Record<string, unknown>> {
  const { selectBackend } = await import('@cognate/nn');
  const { backend, kernels, rejected } = await selectBackend();
  const native = backend === 'tensorflow';
  return {
    backend: `${backend}, kernels ${kernels}`,
    ...(rejected.length > 0 && {
      'not used': rejected.map((other) => `${other.backend}: ${other.reason}`),
    }),
    'would help': native
      ? 'nothing: TensorFlow\u2019s native library is in use'
      : "for neural models, perhaps, TensorFlow's native library: npm install --global @tensorflow/tfjs-node, or COGNATE_TFJS_NODE=its folder. Linear models need none",
  };
}

/** Of Cognate's packages that the program uses, as they are installed. */
function packageVersions(): string[] {
  const own = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@cognate/'));
  return own.map((name) => `${name.slice('@cognate/'.length)} ${installedVersion(name)}`);
}

function languageTable(): string {
  return table({
    head: ['code', 'language', 'own name', 'script', 'relatives with more data'],
    rows: languages.map(({ code, name, nativeName, script, relatives }) => [
      code,
      name,
      nativeName,
      script,
      relatives.join(' '),
    ]),
    palette: palette(process.stdout),
  });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
