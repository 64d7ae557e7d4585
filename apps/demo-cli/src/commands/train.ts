import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Sentence } from '@cognate/corpora';
import { subsample } from '@cognate/corpora';
import { readAll } from '@cognate/corpora/node';
import { evaluate } from '@cognate/eval';
import type { LanguageData, Recipe } from '@cognate/experiments';
import { defaultParams, type Tagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { Failure, UsageError } from '../failure.js';
import { fitLinear } from '../fit-linear.js';
import { readConfig, shippedConfigs } from '../read-recipe.js';
import { percent } from '../terminal/table.js';

interface TrainFlags extends CorpusFlags {
  readonly out: string;
  readonly config?: string;
  readonly set?: readonly string[];
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
  readonly epochs?: number;
  readonly threads?: number;
  readonly backend?: 'tensorflow' | 'wasm' | 'cpu';
  readonly fresh?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const help = `
Without --config the model is a linear CRF; --config fast and --config paper are neural ones: a small one that trains in minutes, and that of
Cotterell & Duh (2017). A configuration of your own is a file of YAML; --set changes single fields.

Each --source is a corpus of a related language, as CODE=FILE. In a linear model every feature is then used as it is and once more
conjoined with its language (Daumé 2007); in a neural one the languages share what the configuration says.

A neural training stores checkpoints beside the model. When it was cut off, whatever by, the same command goes on from the last one.

Examples:
  cognate train gl.bio --language gl --out model
  cognate train gl.bio --language gl --source es=es.bio pt=pt.bio --dev dev.bio --out model
  cognate train gl.bio --language gl --source es=es.bio --dev dev.bio --config fast --out model
  cognate train gl.bio --language gl --config paper --set training.epochs=8 training.mu=0.5 --dev dev.bio --out model
  cognate train gl.bio --language gl --sentences 100 --seed 3 --out model      100 random sentences only`;

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a tagger on a corpus, alone or together with related languages.')
    .argument('<corpus>', 'training corpus of the target language')
    .requiredOption('-o, --out <folder>', 'where the model goes')
    .option('-c, --config <name or file>', `what to train and how: ${shippedConfigs().join(', ')}, or a file`)
    .option('--set <path=value...>', 'fields of the configuration, as training.epochs=8')
    .option('-l, --language <code>', 'target language, as gl or tl')
    .option('-s, --source <code=file...>', 'corpora of related languages')
    .option(
      '--dev <file>',
      'development corpus: chooses the best epoch of a neural model; its F1 is told at the end',
    )
    .option(
      '--sentences <n>',
      'train on so many sentences of the target corpus, drawn at random',
      wholeNumber,
    )
    .option('--seed <n>', 'seed of that draw, and of everything random in the training', wholeNumber, 1)
    .option('--target-repeat <n>', 'count each sentence of the target language n times', wholeNumber)
    .option('--c1 <x>', `linear: L1 regularisation (default ${defaultParams.c1})`, nonNegative)
    .option('--c2 <x>', `linear: L2 regularisation (default ${defaultParams.c2})`, nonNegative)
    .option(
      '--iterations <n>',
      `linear: L-BFGS iterations at most (default ${defaultParams.max_iterations})`,
      wholeNumber,
    )
    .option('--templates <names...>', 'linear: feature templates; cognate info lists them')
    .option('--no-augment', 'linear: no features conjoined with the language')
    .option('--tag-scheme <name>', 'scheme to train and decode in: IOB2 (default) or BIOES')
    .option('--epochs <n>', 'neural: most epochs', wholeNumber)
    .option('--threads <n>', 'neural: threads (default 2 where there are as many cores)', wholeNumber)
    .addOption(
      new Option('--backend <name>', 'neural: backend of TensorFlow.js (default the fastest)').choices([
        'tensorflow',
        'wasm',
        'cpu',
      ]),
    )
    .option('--fresh', 'neural: begin anew where a training was cut off')
    .option('--force', 'replace a model that is there already')
    .option('--json', 'the result as JSON');
  return addCorpusFlags(command).addHelpText('after', help).action(run);
}

async function run(file: string, flags: TrainFlags): Promise<void> {
  if (existsSync(flags.out) && flags.force !== true) {
    throw new Failure(`${flags.out} exists already: choose another --out, or --force to replace it`);
  }
  const started = performance.now();
  const recipe = readConfig(flags.config, (model) => [...(flags.set ?? []), ...settingsOf(flags, model)]);
  const sources = (flags.source ?? []).map(parseSource);
  if (flags.language === undefined && (sources.length > 0 || recipe.model === 'neural')) {
    throw new UsageError(
      'expected --language beside --source and of a neural model: which language it is for',
    );
  }
  const whole = await readTagged(file, flags, flags.language);
  const target = flags.sentences === undefined ? whole : subsample(whole, flags.sentences, flags.seed);
  const corpora = await Promise.all(
    sources.map(async ({ code, path }) => ({
      language: code,
      sentences: await readTagged(path, flags, code),
    })),
  );
  const dev = flags.dev === undefined ? undefined : await readTagged(flags.dev, flags, flags.language);

  const { tagger, details } = await fit(target, corpora, dev, recipe, flags);
  const seconds = (performance.now() - started) / 1000;
  await saveTagger(tagger, flags.out);

  const devScores = dev && scoreOn(tagger, dev);
  report(flags, {
    model: flags.out,
    type: tagger.type,
    language: tagger.language,
    labels: tagger.labels,
    sentences: {
      target: target.length,
      sources: Object.fromEntries(corpora.map(({ language, sentences }) => [language, sentences.length])),
    },
    ...details,
    seconds,
    ...(devScores && { dev: devScores }),
  });
}

/** What a fit tells beside the tagger. */
interface Details {
  readonly weights: number;
  /** Of a neural training: epochs made, the one whose weights are kept, and where it ran. */
  readonly epochs?: number;
  readonly keptEpoch?: number;
  readonly backend?: string;
}

async function fit(
  target: readonly Sentence[],
  sources: readonly LanguageData[],
  dev: readonly Sentence[] | undefined,
  recipe: Recipe,
  flags: TrainFlags,
): Promise<{ tagger: Tagger; details: Details }> {
  const { language } = flags;
  if (recipe.model === 'linear') {
    const sentences = [...target, ...sources.flatMap((source) => source.sentences)];
    const tagger = await fitLinear({ sentences, language, hasSources: sources.length > 0, recipe });
    const { stateWeights, transitionWeights } = tagger.crf.statistics();
    return { tagger, details: { weights: stateWeights + transitionWeights } };
  }
  const checkpoints = `${flags.out.replace(/[/\\]+$/u, '')}.checkpoints`;
  if (flags.fresh === true) await rm(checkpoints, { recursive: true, force: true });
  // TensorFlow.js is loaded by those who need it only.
  const { fitNeural } = await import('../fit-neural.js');
  const { tagger, epochs, kept, backend } = await fitNeural({
    target: { language: language ?? '', sentences: target },
    sources,
    dev,
    recipe,
    seed: flags.seed,
    threads: flags.threads,
    backend: flags.backend,
    checkpoints,
  });
  const weights = Array.from(tagger.parameters).reduce((sum, { values }) => sum + values.length, 0);
  return {
    tagger,
    details: {
      weights,
      epochs: epochs.length,
      keptEpoch: kept.epoch,
      backend: `${backend.backend}, ${backend.kernels}`,
    },
  };
}

/** What the flags say of a model of this kind, as settings of its configuration. */
function settingsOf(flags: TrainFlags, model: unknown): string[] {
  const scheme = flags.tagScheme === 'BIO' ? 'IOB2' : flags.tagScheme;
  const linear = {
    '--c1': ['params.c1', flags.c1],
    '--c2': ['params.c2', flags.c2],
    '--iterations': ['params.max_iterations', flags.iterations],
    '--templates': ['templates', flags.templates],
    '--no-augment': ['augment', flags.augment ? undefined : false],
    '--target-repeat': ['targetRepeat', flags.targetRepeat],
    '--tag-scheme': ['scheme', scheme],
  } as const;
  const neural = {
    '--epochs': ['training.epochs', flags.epochs],
    '--target-repeat': ['training.targetRepeat', flags.targetRepeat],
    '--tag-scheme': ['network.scheme', scheme],
  } as const;
  const [own, other] = model === 'neural' ? [neural, linear] : [linear, neural];
  for (const [flag, [, value]] of Object.entries(other)) {
    if (value === undefined || Object.hasOwn(own, flag)) continue;
    throw new UsageError(`${flag} is not for ${model === 'neural' ? 'neural' : 'linear'} models`);
  }
  return Object.values(own)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${path}=${JSON.stringify(value)}`);
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

function scoreOn(tagger: Tagger, sentences: readonly Sentence[]) {
  const { micro } = evaluate(
    sentences.map(({ tags = [] }) => tags),
    sentences.map(({ tokens, language }) => tagger.predictTags(tokens, { language })),
    { scheme: 'IOB2' },
  );
  return { precision: micro.precision, recall: micro.recall, f1: micro.f1 };
}

interface TrainReport extends Details {
  readonly model: string;
  readonly type: string;
  readonly language: string | undefined;
  readonly labels: readonly string[];
  readonly sentences: { readonly target: number; readonly sources: Readonly<Record<string, number>> };
  readonly seconds: number;
  readonly dev?: { readonly precision: number; readonly recall: number; readonly f1: number };
}

function report(flags: TrainFlags, result: TrainReport): void {
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  const { model, sentences, labels, weights, seconds, dev, epochs, keptEpoch, backend } = result;
  const sources = Object.entries(sentences.sources).map(([code, count]) => `${count} of ${code}`);
  const lines = [
    `Trained on ${[`${sentences.target} sentences of the target language`, ...sources].join(', ')}: ` +
      `${labels.join(', ')}, ${weights} weights, ${seconds.toFixed(1)} s.`,
    ...(epochs === undefined
      ? []
      : [`Epochs: ${epochs}, of which number ${String(keptEpoch)} is kept. Backend: ${String(backend)}.`]),
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
