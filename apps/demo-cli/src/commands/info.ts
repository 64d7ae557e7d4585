import { sampleLanguages } from '@cognate/corpora/samples';
import { formatNames } from '@cognate/corpora';
import { schemes } from '@cognate/tag-scheme';
import { templateSets } from '@cognate/tagger';
import { loadTagger } from '@cognate/tagger/node';
import { languages } from '@cognate/text';
import { Command } from 'commander';
import { shippedConfigs } from '../read-recipe.js';
import { palette } from '../terminal/colour.js';
import { table } from '../terminal/table.js';
import { version } from '../version.js';

const help = `
Examples:
  cognate info               the program, the machine, the languages that it knows
  cognate info model         what a model is and what it was trained on`;

export function infoCommand(): Command {
  return new Command('info')
    .description('Tell about the program, or about a model.')
    .argument('[model]', 'a model folder')
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
    ...(await backendFacts()),
    configs: shippedConfigs(),
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

async function modelFacts(folder: string): Promise<Record<string, unknown>> {
  const tagger = await loadTagger(folder);
  if (tagger.type === 'linear') return { folder, ...tagger.config, weights: tagger.crf.statistics() };
  const weights = Array.from(tagger.parameters).reduce((sum, { values }) => sum + values.length, 0);
  return { folder, ...tagger.config, weights };
}

/** Where neural models run, and what is in the way of something faster. */
async function backendFacts(): Promise<Record<string, unknown>> {
  const { selectBackend } = await import('@cognate/nn');
  const { backend, kernels, rejected } = await selectBackend();
  return {
    backend: `${backend}, kernels ${kernels} (neural models)`,
    ...(rejected.length > 0 && {
      'not used': rejected.map((other) => `${other.backend}: ${other.reason}`),
    }),
  };
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
