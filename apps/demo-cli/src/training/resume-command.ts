import type { Command } from 'commander';

/**
 * The command line that goes on with what this one began, fit to be pasted into a shell.
 *
 * @param without flags of which a run that goes on has no need
 */
export function resumeCommand(command: Command, without: readonly string[]): string {
  let root = command;
  while (root.parent) root = root.parent;
  // What was given to parse, as commander keeps it: the program, its script, the arguments.
  const { rawArgs = [] } = root as Command & { rawArgs?: string[] };
  return ['cognate', ...rawArgs.slice(2).filter((argument) => !without.includes(argument))]
    .map(quoted)
    .join(' ');
}

const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replace(/'/gu, "'\\''")}'`;
