import type { Command } from 'commander';

/** Where a model can be: said in the same words by every command that takes one. */
export const placesOfModels = 'a folder, an archive (.tgz, .tar), or the address of either (https://...)';

/** `--model <place>`, which has to be given. */
export const requireModel = (command: Command): Command =>
  command.requiredOption('-m, --model <place>', `the model: ${placesOfModels}`);
