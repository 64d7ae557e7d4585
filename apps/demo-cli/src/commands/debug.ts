import { Command } from 'commander';
import { debugDataCommand } from './debug-data.js';

export function debugCommand(): Command {
  return new Command('debug')
    .description('Look for faults in what goes into training.')
    .addCommand(debugDataCommand());
}
