import {
  entityOverlap,
  findDuplicates,
  findLeakage,
  listInvalidTags,
  pipe,
  retag,
  StatisticsCounter,
  streamStatistics,
  type Batched,
  type DuplicateReport,
  type EntityOverlap,
  type InvalidCorpusTag,
  type Leakage,
  type ReadReport,
  type Sentence,
  type Sentences,
  type Statistics,
} from '@cognate/corpora';
import { readCorpus } from '@cognate/corpora/node';
import { parseScheme, type Scheme } from '@cognate/tag-scheme';
import { Command } from 'commander';
import { LabelUse } from '../corpora/label-use.js';
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
  readonly reading: ReadReport;
  readonly statistics: Statistics;
  /** How many tags break the scheme. */
  readonly invalidTags: number;
  /** The first of them. */
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
/** How many tags that break the scheme JSON lists: a corpus in another scheme has millions. */
const mostListed = 1000;

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
  const files = Object.entries({ train, dev: flags.dev, test: flags.test }).flatMap(([name, file]) =>
    file === undefined ? [] : [{ name, file }],
  );
  const splits: Split[] = [];
  const use = new LabelUse();
  // Corpora are read once more for each question, and never held: they may be larger than the memory.
  const again = new Map<string, () => Sentences>();
  for (const { name, file } of files) {
    const { split, scheme } = await inspect(name, file, flags, use);
    splits.push(split);
    again.set(name, () => readClean(file, flags, scheme));
  }
  use.warn();
  const leakage =
    files.length < 2
      ? []
      : await findLeakage(Object.fromEntries([...again].map(([name, read]) => [name, read()])));
  const overlaps: [string, EntityOverlap][] = [];
  const [[, readTrain], ...others] = again;
  for (const [name, read] of others) overlaps.push([name, await entityOverlap(readTrain(), read())]);
  if (flags.json === true) {
    process.stdout.write(
      `${JSON.stringify({ splits, leakage, entityOverlap: Object.fromEntries(overlaps) }, undefined, 2)}\n`,
    );
    return;
  }
  process.stdout.write(`${describe(splits, leakage, overlaps)}\n`);
}

/** In IOB2, repaired. */
const readClean = (file: string, flags: DebugDataFlags, scheme: Scheme): Sentences =>
  readCorpus(file, { ...readOptions(flags), scheme });

async function inspect(
  name: string,
  file: string,
  flags: DebugDataFlags,
  use: LabelUse,
): Promise<{ split: Split; scheme: Scheme }> {
  // The tags as they stand: repaired ones would hide what is to be found.
  const raw = readCorpus(file, { ...readOptions(flags), labels: undefined, targetScheme: 'unchanged' });
  const { labels, repair = 'conlleval' } = readOptions(flags);
  const invalid: InvalidCorpusTag[] = [];
  let invalidTags = 0;
  let place = 0;
  let scheme = flags.scheme === undefined ? undefined : parseScheme(flags.scheme);
  const counter = new StatisticsCounter();
  /** In IOB2, repaired: in the same pass, since reading takes longest. */
  async function* clean(): AsyncGenerator<readonly Sentence[]> {
    for await (const batch of raw.batches()) {
      scheme ??= raw.report.detection?.options.scheme ?? 'IOB2';
      const found = listInvalidTags(batch, scheme);
      // The reader says it with the line.
      if (found.length > 0 && repair === 'throw') await streamStatistics(readClean(file, flags, scheme));
      invalidTags += found.length;
      for (const tag of found.slice(0, mostListed - invalid.length))
        invalid.push({ ...tag, sentence: place + tag.sentence });
      place += batch.length;
      let sentences: readonly Sentence[] = batch;
      if (scheme !== 'IOB2' || labels !== undefined || found.length > 0) {
        const inIob2: Sentence[] = [];
        const steps = [retag({ from: scheme, to: 'IOB2', repair }), ...(labels ? [use.mapping(labels)] : [])];
        for await (const sentence of pipe(batch, ...steps)) inIob2.push(sentence);
        sentences = inIob2;
      }
      for (const sentence of sentences) counter.add(sentence);
      yield sentences;
    }
  }
  const duplicates = await findDuplicates(inBatches(clean()), { examples: shown });
  const counts = counter.result();
  const split = { name, file, reading: raw.report, statistics: counts, invalidTags, invalid, duplicates };
  // Of a corpus without a sentence there is nothing to detect.
  return { split, scheme: scheme ?? 'IOB2' };
}

/** Sentences that come many at a time. */
const inBatches = (batches: AsyncIterable<readonly Sentence[]>): Sentences & Batched => ({
  batches: () => batches,
  async *[Symbol.asyncIterator]() {
    for await (const batch of batches) yield* batch;
  },
});

function describe(
  splits: readonly Split[],
  leakage: readonly Leakage[],
  overlaps: readonly (readonly [string, EntityOverlap])[],
): string {
  const paint = palette(process.stdout);
  const labels = [...new Set(splits.flatMap(({ statistics: { labels } }) => Object.keys(labels)))].sort();
  const overview = table({
    head: ['split', 'sentences', 'tokens', ...labels, 'without entity', 'duplicates', 'invalid tags'],
    rows: splits.map(({ name, statistics: counts, duplicates, invalidTags }) => [
      name,
      String(counts.sentences),
      String(counts.tokens),
      ...labels.map((label) => String(counts.labels[label] ?? 0)),
      String(counts.sentencesWithoutEntity),
      String(duplicates.duplicates),
      String(invalidTags),
    ]),
    palette: paint,
  });
  const parts = [overview, ...splits.map(({ reading, file }) => describeReading(reading, file))];
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
