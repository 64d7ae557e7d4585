import { Command } from 'commander';
import { readGridFile, shippedGrids } from '../experiment/find-grid.js';
import { palette } from '../terminal/colour.js';
import { table } from '../terminal/table.js';

const help = `
Examples:
  cognate experiment list
  cognate experiment list paper-table      what it answers, in full`;

export function experimentListCommand(): Command {
  return new Command('list')
    .description('The grids that come with the program.')
    .argument('[grid]', 'one grid: what it answers, in full')
    .option('--json', 'the grids as JSON')
    .addHelpText('after', help)
    .action(run);
}

function run(name: string | undefined, flags: { readonly json?: boolean }): void {
  const grids = (name === undefined ? shippedGrids() : [name]).map(readGridFile);
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(name === undefined ? grids : grids[0], undefined, 2)}\n`);
    return;
  }
  const paint = palette(process.stdout);
  if (name !== undefined) {
    const [grid] = grids;
    process.stdout.write(`${paint.bold(grid.title)}\n\n${grid.answers.trim()}\n`);
    return;
  }
  const rows = grids.map((grid) => [grid.name, grid.title]);
  process.stdout.write(`${table({ head: ['grid', 'what it is'], rows, palette: paint })}\n`);
}
