import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus, sampleInfo, sampleLanguages, type SampleInfo } from '@cognate/corpora/samples';
import { findLanguage } from '@cognate/text';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { extensions, writeSplits } from '../corpora/write-splits.js';
import { UsageError } from '../failure.js';

const splitNames = ['train', 'dev', 'test'] as const;

interface SampleFlags {
  readonly out: string;
  readonly split?: (typeof splitNames)[number];
  readonly sentences?: number;
  readonly format: (typeof extensions)[number];
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
Files are called gl-train.bio, gl-dev.bio, gl-test.bio; gl-README.md says what the sentences are made of, and under which licences.

Examples:
  cognate corpora sample gl es --out data
  cognate corpora sample gl --sentences 100 --out data       a hundred to train on, as in the paper
  cognate corpora sample ur --split test --out -             one split to standard output`;

export function corporaSampleCommand(): Command {
  return new Command('sample')
    .description('Write the sample sentences of languages to files; no network.')
    .addArgument(new Argument('<languages...>', 'their codes').choices(sampleLanguages))
    .option('-o, --out <folder>', 'where the files go; - is standard output', '.')
    .addOption(new Option('--split <name>', 'only this one').choices(splitNames))
    .option('--sentences <n>', 'only the first so many of train', count)
    .addOption(new Option('--format <name>', 'columns or JSON Lines').choices(extensions).default('bio'))
    .option('--force', 'replace files that are there')
    .option('--json', 'what was written, as JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run(languages: string[], flags: SampleFlags): Promise<void> {
  const splits = flags.split === undefined ? splitNames : [flags.split];
  if (flags.out === '-') {
    if (languages.length > 1 || splits.length > 1)
      throw new UsageError('--out - takes one language and one --split, got more');
    await writeCorpus('-', await sentencesOf(languages[0], splits[0], flags), {
      format: flags.format === 'jsonl' ? 'jsonl' : 'conll',
    });
    return;
  }
  const written = [];
  for (const language of new Set(languages)) {
    written.push(
      ...(await writeSplits({
        folder: flags.out,
        prefix: language,
        extension: flags.format,
        splits: await Promise.all(
          splits.map(async (name) => ({ name, sentences: await sentencesOf(language, name, flags) })),
        ),
        readme: readmeOf(await sampleInfo(language)),
        force: flags.force === true,
      })),
    );
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify(written, undefined, 2)}\n`);
  else for (const { file, sentences } of written) process.stdout.write(`${file}: ${sentences} sentences\n`);
}

async function sentencesOf(language: string, split: (typeof splitNames)[number], { sentences }: SampleFlags) {
  const all = await sampleCorpus(language, split);
  return split === 'train' && sentences !== undefined ? all.slice(0, sentences) : all;
}

function readmeOf({ language, description, licence, sources }: SampleInfo): string {
  const parts = sources.map(
    (source) => `- ${source.title} (${source.url}), ${source.licence}: ${source.gives}`,
  );
  return `# Sample sentences: ${findLanguage(language)?.name ?? language} (${language})

${description}

Made by \`cognate corpora sample\`. Licence: ${licence}. Sources:

${parts.join('\n')}
`;
}

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('expected a whole number above 0.');
  return Number(text);
}
