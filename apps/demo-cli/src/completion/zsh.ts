import { allCommands, namesOf, waysTo, type CommandShape } from './shape.js';

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const patterns = (texts: readonly string[]): string => texts.map(quote).join('|');

/** A word with what it means, as `_describe` takes it. */
const described = (word: string, description: string): string =>
  quote(`${word.replaceAll(':', '\\:')}:${description.replace(/\s+/gu, ' ')}`);

/** A script for zsh that completes the words of a program: a function to be found in `fpath`, or to be read by `source`. */
export function zshCompletion(program: CommandShape): string {
  const commands = allCommands(program);
  const name = program.path;
  const steps = commands
    .filter((command) => command !== program)
    .map((command) => `      ${patterns(waysTo(command))}) where=${quote(command.path)} ;;`);
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap((option) => {
      if (option.values === 'none') return [];
      const at = patterns(option.flags.map((flag) => `${path} ${flag}`));
      if (option.values === 'files') return [`    ${at}) _files; return ;;`];
      const files = option.orFile ? '_files; ' : '';
      return [`    ${at}) compadd -- ${option.values.map(quote).join(' ')}; ${files}return ;;`];
    }),
  );
  const words = commands.map((command) => {
    const options = command.options.flatMap(({ flags, description }) =>
      flags.map((flag) => described(flag, description)),
    );
    const names = [
      ...command.children.map((child) => described(namesOf(child), child.description)),
      ...command.words.map((word) => described(word, word)),
    ];
    return `    ${quote(command.path)})
      options=(${options.join(' ')})
      names=(${names.join(' ')}) ;;`;
  });
  return `#compdef ${name}
# Completes ${name} in zsh:  source <(${name} completion zsh)
_${name}() {
  local where=${quote(name)} word
  local -a options names
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$where $word" in
${steps.join('\n')}
    esac
  done
  case "$where \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$where" in
${words.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o option options
  elif (( \${#names} )); then
    _describe command names
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}
