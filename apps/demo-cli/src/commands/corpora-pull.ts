import { loadHub, type HubDataset } from '@cognate/corpora/hub';
import { Command, Option } from 'commander';
import { knownDatasets, type KnownDataset } from '../corpora/known.js';
import { extensions, writeSplits } from '../corpora/write-splits.js';
import { UsageError } from '../failure.js';
import { interruptible } from '../interruptible.js';
import { describeReading } from '../terminal/describe-reading.js';

interface PullFlags {
  readonly out: string;
  readonly revision?: string;
  readonly split?: readonly string[];
  readonly language?: string;
  readonly offline?: boolean;
  readonly format: (typeof extensions)[number];
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
Downloads go to the hub's own cache (HF_HOME), where what is there already is not downloaded again, and what broke off goes on;
checksums are compared. HF_TOKEN opens private data sets. The names and licences of known ones: cognate corpora list.
Files are called gl-train.bio, gl-dev.bio, gl-test.bio; gl-README.md notes the commit that they are from.

Examples:
  cognate corpora pull wikiann gl --out data
  cognate corpora pull wikiann es --out data --split train
  cognate corpora pull owner/name --revision main --out data
  cognate corpora pull wikiann gl --out data --offline       what was downloaded before, without a network`;

export function corporaPullCommand(): Command {
  return new Command('pull')
    .description('Download a data set from the Hugging Face hub.')
    .argument('<name>', `${knownDatasets.map(({ name }) => name).join(', ')}, or owner/name on the hub`)
    .argument('[configuration]', 'which part of it: for most, a language')
    .option('-o, --out <folder>', 'where the files go', '.')
    .option(
      '--revision <commit>',
      'a commit, branch or tag (default: the one that is known to work, or main)',
    )
    .option('--split <names...>', 'only these')
    .option('-l, --language <code>', 'language of the sentences, if the configuration does not say it')
    .option('--offline', 'take what was downloaded before, and ask nobody')
    .addOption(new Option('--format <name>', 'columns or JSON Lines').choices(extensions).default('bio'))
    .option('--force', 'replace files that are there')
    .option('--json', 'what was written, as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(name: string, configuration: string | undefined, flags: PullFlags): Promise<void> {
  const known = knownDatasets.find((dataset) => dataset.name === name);
  if (known && configuration === undefined)
    throw new UsageError(`${name}: expected a configuration, ${known.configs}`);
  if (!known && !name.includes('/'))
    throw new UsageError(
      `expected ${knownDatasets.map((dataset) => dataset.name).join(', ')}, or owner/name of a data set on the hub, got "${name}"`,
    );
  const repo = known?.repo ?? name;
  const revision = flags.revision ?? known?.revision ?? 'main';
  process.stderr.write(
    `${flags.offline === true ? 'looking in the cache for' : 'asking the Hugging Face hub for'} ${[repo, configuration].filter(Boolean).join(' ')} at ${revision}\n`,
  );
  const language = flags.language ?? (known ? configuration : undefined);
  const data = await interruptible((signal) =>
    loadHub(repo, configuration, {
      revision,
      signal,
      ...(flags.split && { splits: flags.split }),
      ...(flags.offline === true && { offline: true }),
      ...(language !== undefined && { language }),
      ...(process.env.HF_TOKEN && { token: process.env.HF_TOKEN }),
    }),
  );
  const written = await writeSplits({
    folder: flags.out,
    prefix: configuration ?? repo.replace('/', '-'),
    extension: flags.format,
    splits: data.splits.map((split) => ({ name: split.name, sentences: split })),
    readme: readmeOf(data, known),
    force: flags.force === true,
  });
  const again = `cognate corpora pull ${[name, configuration].filter(Boolean).join(' ')} --revision ${data.commit}`;
  if (flags.json === true) {
    const facts = { repo, configuration, commit: data.commit, licence: known?.licence, files: written };
    process.stdout.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return;
  }
  for (const { file, sentences } of written) process.stdout.write(`${file}: ${sentences} sentences\n`);
  for (const { report } of data.splits) process.stderr.write(`${describeReading(report)}\n`);
  process.stderr.write(`the very same again: ${again}\n`);
}

function readmeOf({ repo, config, commit }: HubDataset, known: KnownDataset | undefined): string {
  return `# ${[repo, config].filter(Boolean).join(' ')}

${known ? `${known.about}. Licence: ${known.licence}.\n\n` : ''}From the Hugging Face hub, https://huggingface.co/datasets/${repo}, commit ${commit}. Its page there has the terms of use.
`;
}
