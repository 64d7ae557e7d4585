import { dirname } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { deduplicate, subsample, writeFormats, type WriteFormat } from '@cognate/corpora';
import { parseScheme } from '@cognate/tag-scheme';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { describeReading } from '../terminal/describe-reading.js';
import { LabelUse } from '../corpora/label-use.js';
import { makeFolder } from '../make-folder.js';
import { checkPlace } from '../write-whole.js';

interface ConvertFlags extends CorpusFlags {
  readonly to?: WriteFormat;
  readonly toScheme?: string;
  readonly language?: string;
  readonly sample?: number;
  readonly seed: number;
  readonly dedup?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
Examples:
  cognate convert corpus.conllu corpus.bio              the format is found by itself
  cognate convert io.tsv bioes.tsv --scheme IO --to-scheme BIOES
  cognate convert data.tar.gz!train.conll train.jsonl --map GPE=LOC EVENT=
  cognate convert wiki.bio - --sample 100 --seed 3      100 random sentences to standard output

Nothing is dropped or repaired in silence: what was is told on stderr.`;

export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Convert a corpus to another format, tagging scheme or set of labels.')
    .argument('<input>', 'a file, plain, gzipped or in an archive (archive!member), or - for standard input')
    .argument(
      '<output>',
      'a file, or - for standard output; .jsonl is JSON Lines, anything else columns; .gz is gzipped',
    )
    .addOption(new Option('--to <format>', 'format of the output').choices([...writeFormats]))
    .option('--to-scheme <name>', 'tagging scheme of the output (default BIO)')
    .option('-l, --language <code>', 'language of sentences that do not tell theirs')
    .option('--dedup', 'of sentences with the same text, keep the first')
    .option(
      '--sample <n>',
      'only so many sentences, drawn at random; the 100 are among the 1,000 of the same seed',
      count,
    )
    .option('--seed <n>', 'seed of the draw', count, 1)
    .option('--force', 'replace a file that is there, also the input itself')
    .option('--json', 'what was read and written, as JSON on stderr');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(input: string, output: string, flags: ConvertFlags): Promise<void> {
  const toFile = output !== '-';
  if (toFile) await checkPlace(output, flags.force);
  const labels = new LabelUse();
  const { reader, sentences: read } = labels.read(input, readOptions(flags, flags.language));
  let sentences = read;
  if (flags.dedup === true) sentences = deduplicate(sentences);
  if (flags.sample !== undefined) {
    const all = [];
    for await (const sentence of sentences) all.push(sentence);
    sentences = subsample(all, flags.sample, flags.seed, { order: 'corpus' });
  }
  if (toFile) await makeFolder(dirname(output));
  const written = await writeCorpus(output, sentences, {
    format: flags.to,
    scheme: flags.toScheme === undefined ? undefined : parseScheme(flags.toScheme),
  });
  const unusedLabels = labels.unused();
  // What is on standard error is to be JSON as a whole.
  if (flags.json !== true) labels.warn();
  const text =
    flags.json === true
      ? JSON.stringify({ read: reader.report, written, ...(unusedLabels.length > 0 && { unusedLabels }) })
      : `${describeReading(reader.report)}\nWrote ${written.sentences} sentences, ${written.tokens} tokens to ${output}.`;
  process.stderr.write(`${text}\n`);
}

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}
