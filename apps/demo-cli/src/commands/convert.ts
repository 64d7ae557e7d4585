import { dirname, resolve } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import {
  deduplicate,
  subsample,
  writeFormats,
  type Sentence,
  type Sentences,
  type WriteFormat,
} from '@cognate/corpora';
import { parseScheme } from '@cognate/tag-scheme';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { UsageError } from '../failure.js';
import { describeReading } from '../terminal/describe-reading.js';
import { LabelUse } from '../corpora/label-use.js';
import { makeFolder } from '../make-folder.js';
import { checkPlace } from '../write-whole.js';

interface ConvertFlags extends CorpusFlags {
  readonly to?: WriteFormat;
  readonly toScheme?: string;
  readonly language?: string;
  readonly sample?: number;
  readonly rest?: string;
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
  cognate convert wiki.bio train.bio --dedup --sample 100 --rest test.bio      to train on, and all others to test on

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
    .option('--rest <file>', 'where the sentences go that --sample does not draw: to test on, say')
    .option('--seed <n>', 'seed of the draw', count, 1)
    .option('--force', 'replace a file that is there, also the input itself')
    .option('--json', 'what was read and written, as JSON on stderr');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(input: string, output: string, flags: ConvertFlags): Promise<void> {
  const { rest } = flags;
  if (rest !== undefined) checkRest(rest, output, flags);
  const toFile = output !== '-';
  if (toFile) await checkPlace(output, flags.force);
  if (rest !== undefined) await checkPlace(rest, flags.force);
  const labels = new LabelUse();
  const { reader, sentences: read } = labels.read(input, readOptions(flags, flags.language));
  let sentences = read;
  if (flags.dedup === true) sentences = deduplicate(sentences);
  let others: Sentence[] = [];
  if (flags.sample !== undefined) {
    const all: Sentence[] = [];
    for await (const sentence of sentences) all.push(sentence);
    const drawn = new Set(subsample(all, flags.sample, flags.seed, { order: 'corpus' }));
    others = all.filter((sentence) => !drawn.has(sentence));
    sentences = [...drawn];
  }
  const write = async (place: string, what: Sentences) => {
    if (place !== '-') await makeFolder(dirname(place));
    return writeCorpus(place, what, {
      format: flags.to,
      scheme: flags.toScheme === undefined ? undefined : parseScheme(flags.toScheme),
    });
  };
  const written = await write(output, sentences);
  const writtenRest = rest === undefined ? undefined : await write(rest, others);
  const unusedLabels = labels.unused();
  // What is on standard error is to be JSON as a whole.
  if (flags.json !== true) labels.warn();
  const text =
    flags.json === true
      ? JSON.stringify({
          read: reader.report,
          written,
          ...(writtenRest && { rest: writtenRest }),
          ...(unusedLabels.length > 0 && { unusedLabels }),
        })
      : [
          describeReading(reader.report),
          describeWritten(written, output),
          ...(writtenRest ? [describeWritten(writtenRest, rest)] : []),
        ].join('\n');
  process.stderr.write(`${text}\n`);
}

/** @throws UsageError where there is no rest, or no place of its own for it */
function checkRest(rest: string, output: string, { sample }: ConvertFlags): void {
  if (sample === undefined)
    throw new UsageError('--rest goes with --sample: it has the sentences that are not drawn');
  if (rest === '-' || resolve(rest) === resolve(output))
    throw new UsageError(`expected another file for --rest than for the output, got ${rest}`);
}

const describeWritten = (written: { sentences: number; tokens: number }, place = '-'): string =>
  `Wrote ${written.sentences} sentences, ${written.tokens} tokens to ${place}.`;

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}
