import {
  entityOverlap,
  findDuplicates,
  findLeakage,
  listInvalidTags,
  statistics,
  type DuplicateReport,
  type EntityOverlap,
  type InvalidCorpusTag,
  type Leakage,
  type ReadReport,
  type Sentence,
  type Statistics,
} from '@cognate/corpora';
import { readCorpus } from '@cognate/corpora/node';
import { parseScheme } from '@cognate/tag-scheme';
import { Command } from 'commander';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { palette } from '../terminal/colour.js';
import { describeReading } from '../terminal/describe-reading.js';
import { percent, table } from '../terminal/table.js';

interface DebugDataFlags extends CorpusFlags {
  readonly dev?: string;
  readonly test?: string;
  readonly json?: boolean;
}

interface Split {
  readonly name: string;
  readonly file: string;
  readonly sentences: Sentence[];
  readonly reading: ReadReport;
  readonly statistics: Statistics;
  readonly invalid: InvalidCorpusTag[];
  readonly duplicates: DuplicateReport;
}

const help = `
Examples:
  cognate debug data train.bio
  cognate debug data train.bio --dev dev.bio --test test.bio
  cognate debug data train.bio --json | jq .splits[0].statistics.labels`;

/** How many examples of one fault are printed. */
const shown = 5;

export function debugDataCommand(): Command {
  const command = new Command('data')
    .description(
      'Statistics, tags that break the scheme, duplicates, and leakage between training, development and test data.',
    )
    .argument('<train>', 'training corpus')
    .option('--dev <file>', 'development corpus')
    .option('--test <file>', 'test corpus')
    .option('--json', 'all of it as JSON');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(train: string, flags: DebugDataFlags): Promise<void> {
  const files = Object.entries({ train, dev: flags.dev, test: flags.test });
  const splits: Split[] = [];
  for (const [name, file] of files) if (file !== undefined) splits.push(await inspect(name, file, flags));
  const leakage = splits.length < 2 ? [] : await findLeakage(bySplit(splits));
  const overlaps = await Promise.all(
    splits
      .slice(1)
      .map(
        async ({ name, sentences }) => [name, await entityOverlap(splits[0].sentences, sentences)] as const,
      ),
  );
  if (flags.json === true) {
    const plain = splits.map((split) => ({ ...split, sentences: undefined }));
    process.stdout.write(
      `${JSON.stringify({ splits: plain, leakage, entityOverlap: Object.fromEntries(overlaps) }, undefined, 2)}\n`,
    );
    return;
  }
  process.stdout.write(`${describe(splits, leakage, overlaps)}\n`);
}

async function inspect(name: string, file: string, flags: DebugDataFlags): Promise<Split> {
  // The tags as they stand: repaired ones would hide what is to be found.
  const options = readOptions(flags);
  const raw = readCorpus(file, { ...options, labels: undefined, targetScheme: 'unchanged' });
  const unchanged = await raw.toArray();
  const scheme =
    flags.scheme === undefined ? (raw.report.detection?.options.scheme ?? 'IOB2') : parseScheme(flags.scheme);
  const sentences = await readCorpus(file, { ...options, scheme }).toArray();
  return {
    name,
    file,
    sentences,
    reading: raw.report,
    statistics: statistics(sentences),
    invalid: listInvalidTags(unchanged, scheme),
    duplicates: await findDuplicates(sentences, { examples: shown }),
  };
}

const bySplit = (splits: readonly Split[]): Record<string, Sentence[]> =>
  Object.fromEntries(splits.map(({ name, sentences }) => [name, sentences]));

function describe(
  splits: readonly Split[],
  leakage: readonly Leakage[],
  overlaps: readonly (readonly [string, EntityOverlap])[],
): string {
  const paint = palette(process.stdout);
  const labels = [...new Set(splits.flatMap(({ statistics: { labels } }) => Object.keys(labels)))].sort();
  const overview = table({
    head: ['split', 'sentences', 'tokens', ...labels, 'without entity', 'duplicates', 'invalid tags'],
    rows: splits.map(({ name, statistics: counts, duplicates, invalid }) => [
      name,
      String(counts.sentences),
      String(counts.tokens),
      ...labels.map((label) => String(counts.labels[label] ?? 0)),
      String(counts.sentencesWithoutEntity),
      String(duplicates.duplicates),
      String(invalid.length),
    ]),
    palette: paint,
  });
  const parts = [overview, ...splits.map((split) => describeReading(split.reading))];
  for (const { name, invalid, duplicates } of splits) {
    const examples = [
      ...invalid
        .slice(0, shown)
        .map(
          (tag) =>
            `sentence ${tag.sentence + 1}, token ${tag.index + 1} "${tag.token}": ${tag.tag}, ${tag.reason}`,
        ),
      ...duplicates.examples.map(
        (twin) =>
          `sentence ${twin.sentence + 1} is sentence ${twin.first + 1} again${twin.sameTags ? '' : ', tagged differently'}: ${clip(twin.text)}`,
      ),
    ];
    if (examples.length > 0)
      parts.push(`${paint.bold(name)}\n${examples.map((line) => `  ${line}`).join('\n')}`);
  }
  for (const leak of leakage) {
    const line = `${leak.sentences} sentences of ${leak.into} (${percent(leak.share)} %) are in ${leak.from} too`;
    parts.push(
      [
        leak.sentences > 0 ? paint.yellow(line) : line,
        ...leak.examples.slice(0, shown).map((example) => `  ${clip(example.text)}`),
      ].join('\n'),
    );
  }
  for (const [name, overlap] of overlaps) {
    parts.push(
      `${overlap.seen} of ${overlap.mentions} entities of ${name} (${percent(overlap.share)} %) occur in ${splits[0].name} with the same label`,
    );
  }
  return parts.join('\n\n');
}

const clip = (text: string): string => (text.length > 70 ? `${text.slice(0, 67)}...` : text);
