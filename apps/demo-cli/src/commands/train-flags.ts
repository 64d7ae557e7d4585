import { defaultParams } from '@cognate/tagger';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { codeOf, doubtAbout, languageCode } from '../config/language-code.js';
import { readRecipeConfig } from '../config/read-recipe-config.js';
import { defaultRecipe, recipeNames } from '../config/named-recipes.js';
import { addCorpusFlags, readOptions, type CorpusFlags } from '../corpus-flags.js';
import { UsageError } from '../failure.js';
import { warn } from '../terminal/warn.js';
import type { TrainingPlan } from '../training/plan.js';

export interface TrainFlags extends CorpusFlags {
  readonly out?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly language?: string;
  readonly source?: readonly string[];
  readonly dev?: string;
  readonly test?: string;
  readonly unlabelled?: readonly string[];
  readonly sentences?: number;
  readonly seed?: number;
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
  readonly checkpointEvery?: number;
  readonly report: string | boolean;
  readonly fresh?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly logJson?: string;
  readonly json?: boolean;
}

/** Flags that go with a project as well; all else it says itself. */
const withProject: ReadonlySet<string> = new Set([
  ...[
    'out',
    'set',
    'seed',
    'threads',
    'backend',
    'checkpointEvery',
    'report',
    'fresh',
    'force',
    'quiet',
    'logJson',
    'json',
  ],
]);

export function addTrainFlags(command: Command): Command {
  command
    .option('-o, --out <folder>', 'where the model goes (a project says it itself)')
    .option(
      '-c, --config <name or file>',
      `what to train and how: ${recipeNames().join(', ')}, or a file (default ${defaultRecipe}; linear where a flag is for linear models only)`,
    )
    .option(
      '--set <path=value...>',
      'fields of the project, or of the recipe beside a corpus: training.epochs=8',
    )
    .option('-l, --language <code>', 'target language, as gl or tl', languageCode)
    .option('-s, --source <code=file...>', 'corpora of related languages')
    .option(
      '--dev <file>',
      'development corpus: chooses the best epoch of a neural model; its F1 is told at the end',
    )
    .option(
      '--unlabelled <files...>',
      'sentences without tags, for --config strong: text (.txt), or corpora whose tags are not looked at',
    )
    .option('--test <file>', 'test corpus: scored once, at the end')
    .option('--sentences <n>', 'train on so many sentences of the target corpus, drawn at random', atLeastOne)
    .option(
      '--seed <n>',
      'seed of that draw, and of everything random in the training (default 1)',
      wholeNumber,
    )
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
    .option('--epochs <n>', 'neural: most epochs', atLeastOne)
    .option('--threads <n>', 'neural: threads (default 2 where there are as many cores)', wholeNumber)
    .addOption(
      new Option('--backend <name>', 'neural: backend of TensorFlow.js (default the fastest)').choices([
        'tensorflow',
        'wasm',
        'cpu',
      ]),
    )
    .option('--checkpoint-every <seconds>', 'how often a checkpoint is stored (default 60)', nonNegative)
    .option('--report <folder>', 'where the report goes (default beside the model: model.report)')
    .option('--no-report', 'no report')
    .option('--fresh', 'begin anew where a training was cut off')
    .option('--force', 'replace a model that is there already')
    .option('--quiet', 'no progress')
    .option(
      '--log-json <file>',
      'everything that happens as JSON Lines, added to a file; - is standard output',
    )
    .option('--json', 'the result as JSON');
  return addCorpusFlags(command);
}

/** What the flags change in a project, as settings of it. */
export function projectSettings(flags: TrainFlags, command: Command): string[] {
  for (const option of command.options) {
    const name = option.attributeName();
    if (withProject.has(name) || command.getOptionValueSource(name) !== 'cli') continue;
    throw new UsageError(
      `${option.long ?? name} goes with a corpus; a project says it itself, and --set changes it, as --set target.language=gl`,
    );
  }
  return [
    ...(flags.set ?? []),
    ...asSettings({
      output: flags.out,
      seeds: flags.seed === undefined ? undefined : [flags.seed],
      threads: flags.threads,
      backend: flags.backend,
      'checkpoints.everySeconds': flags.checkpointEvery,
      report: flags.report === true ? undefined : flags.report,
    }),
  ];
}

/** What to do with a corpus and flags. */
export function planOfFlags(file: string, flags: TrainFlags): TrainingPlan {
  if (flags.out === undefined) throw new UsageError('expected --out FOLDER: where the model goes');
  const recipe = readRecipeConfig(flags.config ?? defaultConfig(flags), (model) => [
    ...(flags.set ?? []),
    ...recipeSettings(flags, model),
  ]);
  const sources = sourcesOf(flags);
  if (flags.language === undefined && (sources.length > 0 || recipe.model !== 'linear')) {
    throw new UsageError(
      'expected --language beside --source and of all but linear models (--config linear): which language it is for',
    );
  }
  if (flags.unlabelled !== undefined && recipe.model !== 'ensemble')
    throw new UsageError(`--unlabelled is for ensembles (--config strong), not for ${recipe.model} models`);
  const doubt = flags.language === undefined ? undefined : doubtAbout(flags.language);
  if (doubt !== undefined) warn(`--language: ${doubt}`);
  const read = readOptions(flags);
  const all = { test: [], sentences: undefined, read };
  const listed = (path: string | undefined): string[] => (path === undefined ? [] : [path]);
  return {
    target: {
      ...all,
      language: flags.language,
      train: [file],
      dev: listed(flags.dev),
      unlabelled: flags.unlabelled ?? [],
      test: listed(flags.test),
      sentences: flags.sentences,
    },
    sources: sources.map(([language, train]) => ({ ...all, language, train })),
    recipe,
    output: flags.out,
    seeds: [flags.seed ?? 1],
    threads: flags.threads,
    backend: flags.backend,
    checkpoints: { everySeconds: flags.checkpointEvery },
    report: flags.report === true ? undefined : flags.report,
  };
}

/** The best recipe, unless a flag shows that a linear model is meant. */
function defaultConfig({ c1, c2, iterations, templates, augment }: TrainFlags): string {
  const linear = [c1, c2, iterations, templates].some((value) => value !== undefined) || !augment;
  return linear ? 'linear' : defaultRecipe;
}

/** What the flags say of a model of this kind, as settings of its recipe. */
function recipeSettings(flags: TrainFlags, model: unknown): string[] {
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
  const kind = model === 'neural' || model === 'ensemble' ? model : 'linear';
  const own = { neural, ensemble: {}, linear }[kind];
  for (const [flag, [, value]] of Object.entries({ ...neural, ...linear })) {
    if (value === undefined || Object.hasOwn(own, flag)) continue;
    const instead = kind === 'ensemble' ? '; --set changes fields of their members' : '';
    throw new UsageError(`${flag} is not for ${kind} models${instead}`);
  }
  return asSettings(Object.fromEntries(Object.values(own)));
}

const asSettings = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${path}=${JSON.stringify(value)}`);

/** The files of each source; one that is named twice, by whichever of its codes, has them all. */
function sourcesOf({ source = [], language }: TrainFlags): (readonly [string, string[]])[] {
  const files = new Map<string, readonly [string, string[]]>();
  for (const text of source) {
    const { code, path } = parseSource(text);
    if (language !== undefined && codeOf(code) === codeOf(language))
      throw new UsageError(
        `expected --source of another language than --language (${language}), got ${code} again`,
      );
    const [name, before] = files.get(codeOf(code)) ?? [code, []];
    files.set(codeOf(code), [name, [...before, path]]);
  }
  return [...files.values()];
}

function parseSource(text: string): { code: string; path: string } {
  // A script or a region may follow, as in sr-Latn.
  const match = /^([a-z]{2,3}(?:-[a-z0-9]+)*)=(.+)$/iu.exec(text);
  if (!match) throw new UsageError(`expected --source CODE=FILE, as es=es.bio, got "${text}"`);
  return { code: match[1], path: match[2] };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('expected a whole number of 1 or more.');
  return value;
}

function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('expected a number of 0 or more.');
  }
  return value;
}
