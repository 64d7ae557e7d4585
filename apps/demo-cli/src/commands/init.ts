import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { outro } from '@clack/prompts';
import { Command, InvalidArgumentError } from 'commander';
import { recipeNames } from '../config/named-recipes.js';
import { describeProjectProblem, readProject } from '../config/read-project.js';
import { Failure, UsageError } from '../failure.js';
import { defaultAnswers, type Answers } from '../init/answers.js';
import { askQuestions, askWhether } from '../init/ask.js';
import { lookInto } from '../init/look-into.js';
import { projectText } from '../init/project-text.js';
import { writeWhole } from '../write-whole.js';

interface InitFlags {
  readonly language?: string;
  readonly train?: string;
  readonly dev?: string;
  readonly test?: string;
  readonly source?: readonly string[];
  readonly recipe?: string;
  readonly out?: string;
  readonly seeds?: readonly number[];
  readonly yes?: boolean;
  readonly force?: boolean;
}

const help = `
At a terminal it asks for what the flags do not say; elsewhere, and with --yes, it takes defaults for that. The file has comments that say what
else there is, and names its schema for editors. Each corpus is looked into.

Examples:
  cognate init                                                     asks
  cognate init --language gl --train gl.bio --yes                  asks nothing
  cognate init gl.yaml --language gl --train gl.bio --dev dev.bio --test test.bio --source es=es.bio ca=ca.bio --recipe fast --yes
  cognate corpora sample gl es --out data                          sentences to try it with`;

export function initCommand(): Command {
  return new Command('init')
    .description('Write a project: the questions of a training, answered in a file with comments.')
    .argument('[file]', 'where the project goes', 'cognate.yaml')
    .option('-l, --language <code>', 'language that the tagger is for, as gl or tl')
    .option('--train <file>', 'its training corpus')
    .option('--dev <file>', 'its development corpus')
    .option('--test <file>', 'its test corpus')
    .option('-s, --source <code=file...>', 'corpora of related languages')
    .option('-r, --recipe <name or file>', `what to train and how: ${recipeNames().join(', ')}, or a file`)
    .option('-o, --out <folder>', 'where the model goes')
    .option('--seeds <list>', 'a model for each: 1,2,3', seedList)
    .option('-y, --yes', 'ask nothing')
    .option('--force', 'replace a file that is there already')
    .addHelpText('after', help)
    .action(run);
}

async function run(file: string, flags: InitFlags): Promise<void> {
  if (!/\.ya?ml$/iu.test(file)) throw new UsageError(`expected a file that ends in .yaml, got ${file}`);
  const asks = flags.yes !== true && process.stdin.isTTY && process.stdout.isTTY;
  const given = givenAnswers(flags);
  if (existsSync(file) && flags.force !== true) {
    const replaced = asks && (await askWhether(`${file} exists already. Replace it?`));
    if (!replaced) throw new Failure(`${file} exists already: choose another name, or --force to replace it`);
  }
  const defaults = defaultAnswers(dirname(file));
  const answers = asks ? await askQuestions(given, defaults) : await withoutAsking(given, defaults);
  const text = projectText(answers, file);
  const { problems } = readProject(file, [], text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Failure(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  const concerns = problems.map(describeProjectProblem);
  await writeWhole(file, text);
  const next = `${file} is there. Next: cognate train ${file}`;
  if (asks) outro(next);
  else process.stdout.write(`${next}\n`);
  for (const concern of concerns) process.stderr.write(`${concern}\n`);
}

function givenAnswers({
  language,
  train,
  dev,
  test,
  source,
  recipe,
  out,
  seeds,
}: InitFlags): Partial<Answers> {
  const sources = source?.map((text) => {
    const match = /^([^=]+)=(.+)$/u.exec(text);
    if (!match) throw new UsageError(`expected --source CODE=FILE, as es=es.bio, got "${text}"`);
    return { language: match[1], train: match[2] };
  });
  return {
    ...(language !== undefined && { language }),
    ...(train !== undefined && { train }),
    ...(dev !== undefined && { dev }),
    ...(test !== undefined && { test }),
    ...(sources && { sources }),
    ...(recipe !== undefined && { recipe }),
    ...(out !== undefined && { output: out }),
    ...(seeds && { seeds }),
  };
}

async function withoutAsking(
  given: Partial<Answers>,
  defaults: ReturnType<typeof defaultAnswers>,
): Promise<Answers> {
  const { language, train, dev, test, sources = [] } = given;
  if (language === undefined || train === undefined) {
    throw new UsageError(
      'expected --language CODE and --train FILE, where there is no terminal to ask at and with --yes',
    );
  }
  const files = [train, dev, test]
    .filter((file) => file !== undefined)
    .map((file) => ({ language, train: file }));
  for (const corpus of [...files, ...sources]) {
    process.stderr.write(`${corpus.train}: ${await lookInto(corpus.train, corpus.language)}\n`);
  }
  return { ...defaults, ...given, language, train, dev, test, sources };
}

function seedList(text: string): number[] {
  if (!/^\d+(?:,\d+)*$/u.test(text)) throw new InvalidArgumentError('expected whole numbers, as 1,2,3.');
  return text.split(',').map(Number);
}
