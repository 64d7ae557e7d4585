import { existsSync } from 'node:fs';
import { readAll } from '@cognate/corpora/node';
import type { Sentence } from '@cognate/corpora';
import { subsample } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { LinearTagger, defaultParams } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';
import { Command, InvalidArgumentError } from 'commander';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { Failure, UsageError } from '../failure.js';
import { interruptible } from '../interruptible.js';
import { progress } from '../terminal/progress.js';
import { percent } from '../terminal/table.js';

interface TrainFlags extends CorpusFlags {
  readonly out: string;
  readonly language?: string;
  readonly source?: readonly string[];
  readonly dev?: string;
  readonly sentences?: number;
  readonly seed: number;
  readonly targetRepeat?: number;
  readonly c1?: number;
  readonly c2?: number;
  readonly iterations?: number;
  readonly templates?: readonly string[];
  readonly tagScheme?: string;
  readonly augment: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
Each --source is a corpus of a related language, as CODE=FILE. With sources, every feature is used as it is and once more
conjoined with its language (Daumé 2007), so that the languages share what they have in common.

Examples:
  cognate train gl.bio --language gl --out model
  cognate train gl.bio --language gl --source es=es.bio pt=pt.bio --dev dev.bio --out model
  cognate train gl.bio --language gl --sentences 100 --seed 3 --out model      100 random sentences only`;

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a tagger on a corpus, alone or together with related languages.')
    .argument('<corpus>', 'training corpus of the target language')
    .requiredOption('-o, --out <folder>', 'where the model goes')
    .option('-l, --language <code>', 'target language, as gl or tl')
    .option('-s, --source <code=file...>', 'corpora of related languages')
    .option('--dev <file>', 'development corpus: its F1 is told at the end')
    .option(
      '--sentences <n>',
      'train on so many sentences of the target corpus, drawn at random',
      wholeNumber,
    )
    .option('--seed <n>', 'seed of that draw', wholeNumber, 1)
    .option('--target-repeat <n>', 'count each sentence of the target language n times', wholeNumber)
    .option('--c1 <x>', `L1 regularisation (default ${defaultParams.c1})`, nonNegative)
    .option('--c2 <x>', `L2 regularisation (default ${defaultParams.c2})`, nonNegative)
    .option(
      '--iterations <n>',
      `L-BFGS iterations at most (default ${defaultParams.max_iterations})`,
      wholeNumber,
    )
    .option('--templates <names...>', 'feature templates; cognate info lists them')
    .option('--tag-scheme <name>', 'scheme to train and decode in: BIO (default), BIOES, ...')
    .option('--no-augment', 'no features conjoined with the language')
    .option('--force', 'replace a model that is there already')
    .option('--json', 'the result as JSON');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(file: string, flags: TrainFlags): Promise<void> {
  if (existsSync(flags.out) && flags.force !== true) {
    throw new Failure(`${flags.out} exists already: choose another --out, or --force to replace it`);
  }
  const started = performance.now();
  const sources = (flags.source ?? []).map(parseSource);
  if (sources.length > 0 && flags.language === undefined) {
    throw new UsageError('expected --language beside --source: which language the model is for');
  }
  const whole = await readTagged(file, flags, flags.language);
  const target = flags.sentences === undefined ? whole : subsample(whole, flags.sentences, flags.seed);
  const corpora = await Promise.all(sources.map(({ code, path }) => readTagged(path, flags, code)));
  const dev = flags.dev === undefined ? undefined : await readTagged(flags.dev, flags, flags.language);

  const tagger = await fit(target, corpora.flat(), flags);
  const seconds = (performance.now() - started) / 1000;
  await saveTagger(tagger, flags.out);

  const weights = tagger.crf.statistics();
  const devScores = dev && scoreOn(tagger, dev);
  report(flags, {
    model: flags.out,
    type: tagger.type,
    language: tagger.language,
    labels: tagger.labels,
    sentences: {
      target: target.length,
      sources: Object.fromEntries(sources.map(({ code }, i) => [code, corpora[i].length])),
    },
    weights: weights.stateWeights + weights.transitionWeights,
    seconds,
    ...(devScores && { dev: devScores }),
  });
}

async function fit(target: Sentence[], sources: Sentence[], flags: TrainFlags): Promise<LinearTagger> {
  const limit = flags.iterations ?? defaultParams.max_iterations;
  const bar = progress('training');
  try {
    return await interruptible((signal) =>
      LinearTagger.train([...target, ...sources], {
        language: flags.language,
        templates: flags.templates,
        scheme: flags.tagScheme as never,
        augment: flags.augment && sources.length > 0,
        targetRepeat: flags.targetRepeat,
        params: {
          c1: flags.c1 ?? defaultParams.c1,
          c2: flags.c2 ?? defaultParams.c2,
          max_iterations: limit,
        },
        signal,
        onEvent: (event) => {
          if (event.type === 'iteration') {
            bar.update(event.iteration, limit, `iteration ${event.iteration}, loss ${event.loss.toFixed(1)}`);
          }
        },
      }),
    );
  } finally {
    bar.stop();
  }
}

async function readTagged(
  file: string,
  flags: CorpusFlags,
  language: string | undefined,
): Promise<Sentence[]> {
  const sentences = await readAll(file, readOptions(flags, language));
  if (sentences.length === 0) throw new Failure(`${file}: expected sentences, found none`);
  const untagged = sentences.findIndex(({ tags }) => tags === undefined);
  if (untagged >= 0) throw new Failure(`${file}: expected tags, sentence ${untagged + 1} has none`);
  return sentences;
}

function scoreOn(tagger: LinearTagger, sentences: readonly Sentence[]) {
  const { micro } = evaluate(
    sentences.map(({ tags = [] }) => tags),
    sentences.map(({ tokens, language }) => tagger.predictTags(tokens, { language })),
    { scheme: 'IOB2' },
  );
  return { precision: micro.precision, recall: micro.recall, f1: micro.f1 };
}

interface TrainReport {
  readonly model: string;
  readonly type: string;
  readonly language: string | undefined;
  readonly labels: readonly string[];
  readonly sentences: { readonly target: number; readonly sources: Readonly<Record<string, number>> };
  readonly weights: number;
  readonly seconds: number;
  readonly dev?: { readonly precision: number; readonly recall: number; readonly f1: number };
}

function report(flags: TrainFlags, result: TrainReport): void {
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  const { model, sentences, labels, weights, seconds, dev } = result;
  const sources = Object.entries(sentences.sources).map(([code, count]) => `${count} of ${code}`);
  const lines = [
    `Trained on ${[`${sentences.target} sentences of the target language`, ...sources].join(', ')}: ` +
      `${labels.join(', ')}, ${weights} weights, ${seconds.toFixed(1)} s.`,
    ...(dev
      ? [
          `Development set: precision ${percent(dev.precision)}, recall ${percent(dev.recall)}, F1 ${percent(dev.f1)}.`,
        ]
      : []),
    `Model: ${model}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function parseSource(text: string): { code: string; path: string } {
  const match = /^([a-z]{2,3}(?:-[a-z]+)?)=(.+)$/.exec(text);
  if (!match) throw new UsageError(`expected --source CODE=FILE, as es=es.bio, got "${text}"`);
  return { code: match[1], path: match[2] };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}

function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('expected a number of 0 or more.');
  }
  return value;
}
