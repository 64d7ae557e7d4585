import { languages } from '@cognate/text';
import { Argument, Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { commandShape } from '../completion/shape.js';
import { recipeNames } from '../config/named-recipes.js';
import { zshCompletion } from '../completion/zsh.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof scripts;

const help = `
Examples:
  source <(cognate completion bash)                                        in ~/.bashrc
  source <(cognate completion zsh)                                         in ~/.zshrc, after compinit
  cognate completion fish > ~/.config/fish/completions/cognate.fish        once`;

export function completionCommand(): Command {
  return new Command('completion')
    .description('Print a script by which a shell completes commands, options and their values.')
    .addArgument(new Argument('<shell>', 'whose').choices(Object.keys(scripts)))
    .addHelpText('after', help)
    .action((shell: Shell, _: unknown, command: Command) => {
      const program = command.parent ?? command;
      const known = { '--language': languages.map(({ code }) => code), '--config': recipeNames() };
      process.stdout.write(scripts[shell](commandShape(program, known, ['--config'])));
    });
}
