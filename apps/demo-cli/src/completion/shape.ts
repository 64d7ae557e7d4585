import type { Command } from 'commander';

/** What a shell has to know of a command to complete its words. */
export interface CommandShape {
  /** From the program on: `cognate corpora pull`. */
  readonly path: string;
  /** Other names of its last word. */
  readonly aliases: readonly string[];
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Words that its arguments can be; none where they are files or free. */
  readonly words: readonly string[];
  readonly children: readonly CommandShape[];
}

export interface OptionShape {
  /** `--model`, `-m`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** none: it is a switch; files: whatever the shell would complete; a list: one of these. */
  readonly values: 'none' | 'files' | readonly string[];
  /** Whether it may be a file as well as one of the list. */
  readonly orFile: boolean;
}

/**
 * Reads the commands that a program has, as its help shows them.
 *
 * @param known values of options that may be anything but mostly are one of these, by long name
 * @param orFile long names of those among them that are files elsewhere
 */
export function commandShape(
  command: Command,
  known: Readonly<Partial<Record<string, readonly string[]>>> = {},
  orFile: readonly string[] = [],
  above = '',
): CommandShape {
  const path = `${above} ${command.name()}`.trim();
  const help = command.createHelp();
  return {
    path,
    aliases: command.aliases(),
    description: firstSentence(command.description()),
    options: help
      .visibleOptions(command)
      .map(({ long, short, description, required, optional, argChoices }) => ({
        flags: [long, short].filter((flag) => typeof flag === 'string'),
        description,
        values: required || optional ? (argChoices ?? known[long ?? ''] ?? 'files') : 'none',
        orFile: orFile.includes(long ?? ''),
      })),
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    children: help.visibleCommands(command).map((child, _, all) => {
      const shape = commandShape(child, known, orFile, path);
      // What there is to help with are the commands beside it.
      const beside = all.map((other) => other.name()).filter((name) => name !== 'help');
      return child.name() === 'help' ? { ...shape, words: beside } : shape;
    }),
  };
}

/** The command and all below it. */
export const allCommands = (shape: CommandShape): CommandShape[] => [
  shape,
  ...shape.children.flatMap((child) => allCommands(child)),
];

/** The words that lead from one command to another: its name and other names. */
export const waysTo = (shape: CommandShape): string[] => {
  const above = shape.path.slice(0, shape.path.lastIndexOf(' '));
  return [shape.path, ...shape.aliases.map((alias) => `${above} ${alias}`)];
};

/** The names that can follow a command. */
export const namesOf = ({ path }: CommandShape): string => path.slice(path.lastIndexOf(' ') + 1);

const firstSentence = (text: string): string => text.split(/(?<=\.)\s/u)[0];
