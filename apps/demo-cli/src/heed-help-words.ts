import type { Command } from 'commander';

/**
 * Makes `help` heed all words after it. Commander looks at the first alone: for a command that there is not it shows the help of all, as if nothing were
 * wrong, and then fails; `help corpora nosuch` and `help corpora pull` it takes for `help corpora`.
 */
export function heedHelpWords(command: Command): void {
  command.addHelpText('before', ({ error }) => {
    const [word, name] = command.args as [string?, string?];
    // Says what it says of an unknown command elsewhere.
    if (error && word === 'help' && name !== undefined) command.parse([name], { from: 'user' });
    // What `help` of the command above shows has not read any words itself, unless it was here before.
    if (command.args.length === 0) heedRest(command, wordsAfter(command));
    return '';
  });
  if (command.commands.length > 0) command.showHelpAfterError(whatThereIs(command));
  for (const child of command.commands) heedHelpWords(child);
}

/** The words after a command's name in a call of `help`. */
function wordsAfter({ parent }: Command): string[] {
  const [word, , ...rest] = parent?.args ?? [];
  return word === 'help' ? rest : [];
}

function heedRest(command: Command, words: readonly string[]): void {
  if (words.length === 0) return;
  if (command.commands.length > 0) command.parse(['help', ...words], { from: 'user' });
  else
    command.error(`error: '${command.name()}' has no commands, got '${words.join(' ')}'`, {
      code: 'commander.unknownCommand',
    });
}

function whatThereIs(command: Command): string {
  const { parent } = command;
  if (!parent) return '(cognate --help lists the commands, cognate COMMAND --help their options)';
  const path = `${parent.name()} ${command.name()}`;
  const names = command.commands.map((child) => child.name()).join(', ');
  return `(commands of ${path}: ${names}; ${path} COMMAND --help lists their options)`;
}
