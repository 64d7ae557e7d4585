import { Command } from 'commander';
import { completionCommand } from './commands/completion.js';
import { convertCommand } from './commands/convert.js';
import { corporaCommand } from './commands/corpora.js';
import { debugCommand } from './commands/debug.js';
import { demoCommand } from './commands/demo.js';
import { evaluateCommand } from './commands/evaluate.js';
import { experimentCommand } from './commands/experiment.js';
import { infoCommand } from './commands/info.js';
import { initCommand } from './commands/init.js';
import { packageCommand } from './commands/package.js';
import { renderCommand } from './commands/render.js';
import { serveCommand } from './commands/serve.js';
import { tagCommand } from './commands/tag.js';
import { trainCommand } from './commands/train.js';
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

/** The whole command line. Errors come back as exceptions; main.ts turns them into messages and exit codes. */
export function createProgram(): Command {
  const program = new Command('cognate')
    .description('Named-entity tagging for languages with a hundred annotated sentences.')
    .version(version)
    .option('--no-color', 'no colour in the output')
    .addHelpText('after', examples)
    .showHelpAfterError('(cognate --help lists the commands, cognate COMMAND --help their options)');
  const commands = [
    demoCommand(),
    initCommand(),
    trainCommand(),
    evaluateCommand(),
    tagCommand(),
    renderCommand(),
    serveCommand(),
    packageCommand(),
    corporaCommand(),
    convertCommand(),
    debugCommand(),
    experimentCommand(),
    infoCommand(),
    completionCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  throwInsteadOfExit(program);
  return program;
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}
