import { allCommands, namesOf, waysTo, type CommandShape } from './shape.js';

/** In single quotes, for any shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const patterns = (texts: readonly string[]): string => texts.map(quote).join('|');

/** A script for bash (3.2 and newer) that completes the words of a program. */
export function bashCompletion(program: CommandShape): string {
  const commands = allCommands(program);
  const name = program.path;
  const steps = commands
    .filter((command) => command !== program)
    .map((command) => `      ${patterns(waysTo(command))}) path=${quote(command.path)} ;;`);
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap((option) => {
      if (option.values === 'none') return [];
      const where = patterns(option.flags.map((flag) => `${path} ${flag}`));
      if (option.values === 'files') return [`    ${where}) return ;;`];
      const these = `COMPREPLY=($(compgen -W ${quote(option.values.join(' '))} -- "$cur"))`;
      if (!option.orFile) return [`    ${where}) ${these}; return ;;`];
      // Names of files may have spaces; that they are files bash 3 cannot be told.
      const files = `local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null`;
      return [`    ${where}) ${these}; ${files}; return ;;`];
    }),
  );
  const words = commands.map((command) => {
    const options = command.options.flatMap(({ flags }) => flags).join(' ');
    const names = [...command.children.map(namesOf), ...command.words].join(' ');
    return `    ${quote(command.path)}) options=${quote(options)} words=${quote(names)} ;;`;
  });
  return `# Completes ${name} in bash:  source <(${name} completion bash)
_${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path=${quote(name)} options='' words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
${steps.join('\n')}
    esac
  done
  case "$path \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ -n "$words" ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
# Where nothing is known, files are offered.
complete -o default -F _${name} ${name}
`;
}
