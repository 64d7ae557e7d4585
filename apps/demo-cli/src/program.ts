import { Command } from 'commander';
import { heedHelpWords } from './heed-help-words.js';
import { version } from './version.js';

const examples = `
Examples:
  cognate demo                                              see it work on embedded samples
  cognate corpora sample gl es --sentences 100 --out data   sentences to try it with; or take your own
  cognate debug data data/gl-train.bio --test data/gl-test.bio
  cognate train data/gl-train.bio --language gl --source es=data/es-train.bio --out model
  cognate evaluate data/gl-test.bio --model model
  echo "Rosalía naceu en Santiago." | cognate tag --model model
  cognate serve --model model                               the same over HTTP
  cognate package model --name @example/ner-gl              the same for npm install
  cognate convert data/gl-train.bio gl.jsonl
  cognate init                                              the questions of a training, answered in a file
  cognate train cognate.yaml                                the training itself, and a report on it
  cognate experiment list                                   the paper's experiments, and others, as grids to run

Exit codes: 0 done, 1 the work failed (the message says why), 2 called wrongly, 130 interrupted.
Colour is off with NO_COLOR or --no-color; progress is a bar where stderr is a terminal, and lines elsewhere.`;

/** Each command by its name, in the order of the help. They are loaded when they are needed: together they are most of the program. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
  init: async () => (await import('./commands/init.js')).initCommand(),
  train: async () => (await import('./commands/train.js')).trainCommand(),
  evaluate: async () => (await import('./commands/evaluate.js')).evaluateCommand(),
  tag: async () => (await import('./commands/tag.js')).tagCommand(),
  render: async () => (await import('./commands/render.js')).renderCommand(),
  serve: async () => (await import('./commands/serve.js')).serveCommand(),
  package: async () => (await import('./commands/package.js')).packageCommand(),
  corpora: async () => (await import('./commands/corpora.js')).corporaCommand(),
  convert: async () => (await import('./commands/convert.js')).convertCommand(),
  debug: async () => (await import('./commands/debug.js')).debugCommand(),
  experiment: async () => (await import('./commands/experiment.js')).experimentCommand(),
  info: async () => (await import('./commands/info.js')).infoCommand(),
  completion: async () => (await import('./commands/completion.js')).completionCommand(),
};

/** Names of the commands that a command line needs which begins so. */
function neededBy(word: string | undefined): string[] {
  const all = Object.keys(commands);
  if (word === '--version') return [];
  // It looks at the others.
  if (word === undefined || word === 'completion' || !all.includes(word)) return all;
  return [word];
}

/**
 * The command line. Errors come back as exceptions; main.ts turns them into messages and exit codes.
 *
 * @param words what it is to parse: if they begin with a command, no other is loaded, and there is no other. All unless told
 */
export async function createProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('cognate')
    .description('Named-entity tagging for languages with a hundred annotated sentences.')
    .version(version)
    .option('--no-color', 'no colour in the output')
    .addHelpText('after', examples);
  for (const command of await Promise.all(neededBy(words[0]).map((name) => commands[name]()))) {
    program.addCommand(command);
  }
  throwInsteadOfExit(program);
  heedHelpWords(program);
  return program;
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}
