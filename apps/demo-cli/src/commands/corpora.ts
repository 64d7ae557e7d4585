import { Command } from 'commander';
import { corporaListCommand } from './corpora-list.js';
import { corporaPullCommand } from './corpora-pull.js';
import { corporaSampleCommand } from './corpora-sample.js';

export function corporaCommand(): Command {
  return new Command('corpora')
    .description(
      'Get sentences to train and test on: samples that come along, data sets of the Hugging Face hub.',
    )
    .addCommand(corporaListCommand())
    .addCommand(corporaPullCommand())
    .addCommand(corporaSampleCommand());
}
