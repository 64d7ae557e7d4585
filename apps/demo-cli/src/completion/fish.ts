import { allCommands, namesOf, waysTo, type CommandShape } from './shape.js';

/** In single quotes, of which fish takes a backslash for one. */
const quote = (text: string): string => `'${text.replace(/['\\]/gu, '\\$&').replace(/\s+/gu, ' ')}'`;

/** A script for fish that completes the words of a program. */
export function fishCompletion(program: CommandShape): string {
  const name = program.path;
  const commands = allCommands(program);
  const steps = commands
    .filter((command) => command !== program)
    .map(
      (command) =>
        `            case ${waysTo(command).map(quote).join(' ')}\n                set path ${quote(command.path)}`,
    );
  const lines = commands.flatMap((command) => {
    const at = `complete -c ${name} -n ${quote(`test "$(__${name}_path)" = "${command.path}"`)}`;
    return [
      ...command.children.map(
        (child) => `${at} -f -a ${quote(namesOf(child))} -d ${quote(child.description)}`,
      ),
      ...(command.words.length > 0 ? [`${at} -f -a ${quote(command.words.join(' '))}`] : []),
      ...command.options.map(({ flags, description, values, orFile }) => {
        const names = flags.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const takes =
          values === 'none'
            ? ''
            : values === 'files'
              ? ' -r -F'
              : ` ${orFile ? '-r -F' : '-x'} -a ${quote(values.join(' '))}`;
        return `${at} ${names.join(' ')}${takes} -d ${quote(description)}`;
      }),
    ];
  });
  return `# Completes ${name} in fish:  ${name} completion fish > ~/.config/fish/completions/${name}.fish
function __${name}_path
    set -l path ${quote(name)}
    for word in (commandline -opc)[2..]
        switch "$path $word"
${steps.join('\n')}
        end
    end
    echo $path
end
${lines.join('\n')}
`;
}
