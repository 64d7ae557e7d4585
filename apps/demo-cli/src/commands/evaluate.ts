import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import type { Sentence } from '@cognate/corpora';
import {
  approximateRandomisation,
  conllevalReport,
  describeConvention,
  evaluate,
  jsonReport,
  semeval13,
  seqeval,
  tagColumns,
  textReport,
  type Evaluation,
  type TagColumns,
} from '@cognate/eval';
import { parseScheme, type Scheme } from '@cognate/tag-scheme';
import { loadTagger } from '@cognate/tagger/node';
import { Command, Option } from 'commander';
import { languageCode } from '../config/language-code.js';
import { LabelUse } from '../corpora/label-use.js';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { Failure, UsageError } from '../failure.js';
import { placesOfModels } from '../model-option.js';
import { writeEvaluation } from '../report/write-evaluation.js';
import { palette } from '../terminal/colour.js';
import { percent, table } from '../terminal/table.js';
import { warnOfLanguages } from '../terminal/warn-language.js';

interface EvaluateFlags extends CorpusFlags {
  readonly model?: string;
  readonly language?: string;
  readonly train?: string;
  readonly compare?: string;
  readonly scorer: 'cognate' | 'conlleval' | 'seqeval' | 'seqeval-strict' | 'semeval13';
  readonly html?: string;
  readonly figures?: string;
  readonly json?: boolean;
}

/** Gold and predicted tags of the same sentences. */
interface Judged {
  readonly tokens: string[][];
  readonly gold: string[][];
  readonly predicted: string[][];
  readonly languages: string[] | undefined;
  /** undefined: as the gold tags show. */
  readonly scheme: Scheme | undefined;
}

const help = `
Examples:
  cognate evaluate test.bio --model model            tag the file with a model, then score it
  cognate evaluate output.tsv                        gold tag in the last but one column, predicted tag in the last
  cognate evaluate gold.bio predicted.bio            two corpora of the same sentences
  cognate evaluate output.tsv --scorer conlleval     the output of conlleval, byte for byte
  cognate evaluate test.bio --model model --train train.bio --compare other-model
  cognate evaluate test.bio --model model --html report.html --figures figures`;

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description("Score a model, or any tagger's output, against gold tags.")
    .argument(
      '<files...>',
      'gold corpus (with --model or a second corpus), or one file with gold and predicted tags',
    )
    .option('-m, --model <place>', `the model that tags the gold corpus: ${placesOfModels}`)
    .option('-l, --language <code>', 'language of the gold corpus', languageCode)
    .option(
      '--train <file>',
      'training corpus: adds scores of entities that occur in it and of those that do not',
    )
    .option('--compare <what>', 'a second model folder or output file: adds a paired significance test')
    .addOption(
      new Option('--scorer <name>', 'whose conventions to follow')
        .choices(['cognate', 'conlleval', 'seqeval', 'seqeval-strict', 'semeval13'])
        .default('cognate'),
    )
    .option('--html <file>', 'a report as a page: scores, confusion, the most frequent mistakes in context')
    .option('--figures <folder>', 'scores by label and language as SVG and PNG')
    .option('--json', 'the result as JSON');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(files: string[], flags: EvaluateFlags): Promise<void> {
  const labels = new LabelUse();
  const judged = await judge(files, flags, labels);
  if (flags.scorer !== 'cognate') {
    for (const flag of ['train', 'compare', 'html', 'figures'] as const) {
      if (flags[flag] !== undefined) throw new UsageError(`--${flag} goes with --scorer cognate only`);
    }
    labels.warn();
    process.stdout.write(foreignReport(judged, flags));
    return;
  }
  const training = flags.train === undefined ? undefined : await readTagged(flags.train, flags, labels);
  const evaluation = evaluate(judged.gold, judged.predicted, {
    scheme: judged.scheme,
    repair: flags.repair,
    languages: judged.languages,
    ...(training && {
      training: training.map(({ tokens, tags = [] }) => ({ tokens, tags })),
      tokens: judged.tokens,
    }),
  });
  const comparison =
    flags.compare === undefined ? undefined : await compare(flags.compare, judged, files, flags);
  labels.warn();
  const notes = await writeEvaluation(
    {
      ...judged,
      data: basename(files[0]),
      tagger: flags.model ?? files.at(-1) ?? '',
      evaluation,
      comparison: comparison && comparisonText(evaluation, comparison).trimEnd(),
    },
    flags,
  );
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (flags.json === true) {
    process.stdout.write(jsonReport({ ...evaluation, ...(comparison && { comparison }) }));
    return;
  }
  process.stdout.write(textReport(evaluation));
  if (comparison) process.stdout.write(`\n${comparisonText(evaluation, comparison)}`);
}

/** Gold and predicted tags, from wherever the arguments say that they come. */
async function judge(files: readonly string[], flags: EvaluateFlags, labels: LabelUse): Promise<Judged> {
  const [first, second] = files as [string, string | undefined];
  if (files.length > 2) throw new UsageError(`expected one or two files, got ${files.length}`);
  if (flags.model !== undefined) {
    if (second !== undefined) throw new UsageError('expected one gold corpus beside --model, got two files');
    return judgeModel(first, flags.model, flags, labels);
  }
  if (second === undefined) {
    for (const flag of ['format', 'map', 'read'] as const) {
      if (flags[flag] !== undefined)
        throw new UsageError(`--${flag} goes with a gold corpus; ${first} alone is read as columns of tags`);
    }
    return judgeColumns(first, flags);
  }
  const gold = await readTagged(first, flags, labels);
  const predicted = await readTagged(second, flags, labels);
  if (gold.length !== predicted.length) {
    throw new Failure(`${second}: expected ${gold.length} sentences as in ${first}, got ${predicted.length}`);
  }
  checkLengths(gold, predicted, first, second);
  return {
    tokens: gold.map(({ tokens }) => tokens),
    gold: gold.map(({ tags = [] }) => tags),
    predicted: predicted.map(({ tags = [] }) => tags),
    languages: undefined,
    scheme: 'IOB2',
  };
}

async function judgeModel(
  file: string,
  folder: string,
  flags: EvaluateFlags,
  labels: LabelUse,
): Promise<Judged> {
  const [tagger, sentences] = await Promise.all([loadTagger(folder), readTagged(file, flags, labels)]);
  warnOfLanguages(
    tagger,
    sentences.map(({ language }) => language),
  );
  const languages = sentences.map(({ language }) => language ?? tagger.language ?? '');
  return {
    tokens: sentences.map(({ tokens }) => tokens),
    gold: sentences.map(({ tags = [] }) => tags),
    predicted: sentences.map(({ tokens, language }) => tagger.predictTags(tokens, { language })),
    languages: new Set(languages).size > 1 ? languages : undefined,
    scheme: 'IOB2',
  };
}

function checkLengths(
  gold: readonly Sentence[],
  predicted: readonly Sentence[],
  first: string,
  second: string,
): void {
  for (const [index, { tokens }] of gold.entries()) {
    const other = predicted[index].tokens;
    if (other.length === tokens.length) continue;
    throw new Failure(
      `${second}: sentence ${index + 1}: expected ${tokens.length} tokens as in ${first} (${startOf(tokens)}), got ${other.length} (${startOf(other)})`,
    );
  }
}

const startOf = (tokens: readonly string[]): string =>
  tokens.length > 5 ? `${tokens.slice(0, 5).join(' ')} ...` : tokens.join(' ');

/** A tagger's output: both tags stand in one file, and neither is changed. */
async function judgeColumns(file: string, flags: EvaluateFlags): Promise<Judged> {
  const text = file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8');
  try {
    const columns = tagColumns(text.split('\n'));
    checkGold(columns);
    return {
      ...columns,
      languages: undefined,
      scheme: flags.scheme === undefined ? undefined : parseScheme(flags.scheme),
    };
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Of two columns that are a word and its tag the words would be scored as gold tags. */
function checkGold({ tokens, gold, predicted }: TagColumns): void {
  const words = tokens.flat();
  if (gold.flat().some((tag, i) => tag !== words[i]) || !fewAreTags(gold) || fewAreTags(predicted)) return;
  throw new Failure(
    'expected the gold and the predicted tag as the last two columns, got two columns, of which the first holds words: a gold corpus is scored with --model or beside a second corpus',
  );
}

/** Words can look like tags: the Galician article is O at the start of a sentence. */
function fewAreTags(sentences: readonly (readonly string[])[]): boolean {
  const all = sentences.flat();
  return all.filter((tag) => /^(?:O|[A-Z]-.+)$/u.test(tag)).length < all.length / 2;
}

/** A corpus that has tags, whatever their scheme: they come as IOB2. */
async function readTagged(file: string, flags: EvaluateFlags, labels: LabelUse): Promise<Sentence[]> {
  const sentences = await labels.readAll(file, readOptions(flags, flags.language));
  const untagged = sentences.findIndex(({ tags }) => tags === undefined);
  if (untagged >= 0) throw new Failure(`${file}: expected tags, sentence ${untagged + 1} has none`);
  return sentences;
}

function foreignReport({ gold, predicted, scheme }: Judged, { scorer, json }: EvaluateFlags): string {
  if (scorer === 'conlleval') return conllevalReport(gold, predicted);
  const result =
    scorer === 'semeval13'
      ? semeval13(gold, predicted, { scheme })
      : seqeval(gold, predicted, { mode: scorer === 'seqeval-strict' ? 'strict' : 'default', scheme });
  if (json === true) return jsonReport(result);
  const paint = palette(process.stdout);
  const head = `${describeConvention(result.convention)}\n\n`;
  if ('overall' in result) {
    const rows = Object.entries(result.overall).map(([view, scores]) => [
      view,
      ...[scores.precision, scores.recall, scores.f1].map(percent),
    ]);
    return `${head}${table({ head: ['view', 'precision', 'recall', 'F1'], rows, palette: paint })}\n`;
  }
  const rows = Object.entries({ ...result.perLabel, micro: result.micro }).map(([label, scores]) => [
    label,
    ...[scores.precision, scores.recall, scores.f1].map(percent),
    String(scores.gold),
  ]);
  return `${head}${table({ head: ['label', 'precision', 'recall', 'F1', 'gold'], rows, palette: paint })}\n`;
}

interface Comparison {
  readonly other: string;
  readonly f1: number;
  readonly otherF1: number;
  readonly pValue: number;
  readonly samples: number;
}

async function compare(
  other: string,
  judged: Judged,
  files: readonly string[],
  flags: EvaluateFlags,
): Promise<Comparison> {
  const second =
    flags.model === undefined
      ? await judgeColumns(other, flags)
      : await judgeModel(files[0], other, flags, new LabelUse());
  const { scheme } = judged;
  const test = approximateRandomisation(judged.gold, judged.predicted, second.predicted, {
    scheme,
    repair: flags.repair,
  });
  const f1 = (predicted: string[][]): number =>
    evaluate(judged.gold, predicted, { scheme, repair: flags.repair }).micro.f1;
  return {
    other,
    f1: f1(judged.predicted),
    otherF1: f1(second.predicted),
    pValue: test.pValue,
    samples: test.samples,
  };
}

function comparisonText(evaluation: Evaluation, { other, otherF1, pValue, samples }: Comparison): string {
  const difference = 100 * (evaluation.micro.f1 - otherF1);
  return (
    `${other}: F1 ${percent(otherF1)}, difference ${difference >= 0 ? '+' : ''}${difference.toFixed(2)}, ` +
    `p = ${pValue.toFixed(4)} (approximate randomisation, ${samples} shuffles)\n`
  );
}
