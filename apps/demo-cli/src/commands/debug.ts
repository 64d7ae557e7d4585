import { Command } from 'commander';
import { debugConfigCommand } from './debug-config.js';
import { debugDataCommand } from './debug-data.js';

export function debugCommand(): Command {
  return new Command('debug')
    .description('Look for faults in what goes into training: corpora and configurations.')
    .addCommand(debugConfigCommand())
    .addCommand(debugDataCommand());
}
