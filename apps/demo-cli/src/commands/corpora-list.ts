import { sampleLanguages } from '@cognate/corpora/samples';
import { findLanguage } from '@cognate/text';
import { Command } from 'commander';
import { knownDatasets } from '../corpora/known.js';
import { palette } from '../terminal/colour.js';
import { table } from '../terminal/table.js';

const help = `
Examples:
  cognate corpora list
  cognate corpora sample gl es --out data          from the samples
  cognate corpora pull wikiann gl --out data       from the hub`;

export function corporaListCommand(): Command {
  return new Command('list')
    .description('What there is: samples that need no network, data sets of the hub.')
    .option('--json', 'the same as JSON')
    .addHelpText('after', help)
    .action(run);
}

function run({ json }: { json?: boolean }): void {
  const samples = sampleLanguages.map((code) => ({ code, name: findLanguage(code)?.name ?? code }));
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ samples, datasets: knownDatasets }, undefined, 2)}\n`);
    return;
  }
  const paint = palette(process.stdout);
  const rows = knownDatasets.map(({ name, configs, labels, licence }) => [
    name,
    configs,
    labels.join(' '),
    licence,
  ]);
  process.stdout
    .write(`${paint.bold('Samples')} (cognate corpora sample CODE): generated sentences, 1,000 to train on, 200 dev, 300 test.
For trying things out; scores on them say little about real text.

${samples.map(({ code, name }) => `${code} ${name}`).join(', ')}

${paint.bold('Data sets of the Hugging Face hub')} (cognate corpora pull NAME CONFIGURATION): downloaded when you ask for it.

${table({ head: ['name', 'configuration', 'labels', 'licence'], rows, palette: paint })}

${knownDatasets.map(({ name, about }) => `${name}: ${about}`).join('\n')}
Any other of the hub's data sets with tokens and tags in parquet files can be pulled by its owner/name.
`);
}
