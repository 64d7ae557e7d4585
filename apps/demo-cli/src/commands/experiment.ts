import { Command } from 'commander';
import { experimentListCommand } from './experiment-list.js';
import { experimentReportCommand } from './experiment-report.js';
import { experimentRunCommand } from './experiment-run.js';

export function experimentCommand(): Command {
  return new Command('experiment')
    .description("Run grids of experiments, such as the paper's tables, and make reports of them.")
    .addCommand(experimentListCommand())
    .addCommand(experimentRunCommand())
    .addCommand(experimentReportCommand());
}
