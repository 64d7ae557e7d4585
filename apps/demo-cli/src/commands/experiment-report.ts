import { join } from 'node:path';
import { asPlanned, planGrid, runKey, type RunRecord } from '@cognate/experiments';
import { openData, readRunLog, writeReport } from '@cognate/experiments/node';
import { makeReport, markdownReport } from '@cognate/experiments/report';
import { Command, Option } from 'commander';
import { addGridFlags, chooseGrid, type ChosenGrid, type GridFlags } from '../experiment/grid-flags.js';
import { Failure } from '../failure.js';
import { loadConfig } from '../experiment/load-config.js';

interface ReportFlags extends GridFlags {
  readonly split?: 'dev' | 'test';
  readonly all?: boolean;
  readonly print?: boolean;
}

const help = `
Writes report.md, report.html (one page that needs nothing else), figures as SVG, tables and runs as CSV into the folder of the runs. No
corpus is read but to see which runs the grid has.

Examples:
  cognate experiment report paper-table
  cognate experiment report paper-table --quick --print
  cognate experiment report learning-curve --all --split dev`;

export function experimentReportCommand(): Command {
  const command = new Command('report')
    .description('Make the report of a grid from its finished runs.')
    .argument('<grid>', 'name of a grid that comes with the program, or a file')
    .addOption(
      new Option('--split <name>', 'which scores (default test, if all runs have them)').choices([
        'dev',
        'test',
      ]),
    )
    .option('--all', 'every run in the folder, whether the grid has it or not; needs no corpora')
    .option('--print', 'print the Markdown, and write nothing');
  return addGridFlags(command).addHelpText('after', help).action(run);
}

async function run(name: string, flags: ReportFlags): Promise<void> {
  const chosen = chooseGrid(name, flags);
  const file = join(chosen.out, 'runs.jsonl');
  const { records, faults } = await readRunLog(file);
  for (const { line, problem } of faults)
    process.stderr.write(`${file}, line ${line}: left out: ${problem}\n`);
  if (records.length === 0)
    throw new Failure(
      `${file}: expected finished runs, found none; cognate experiment run ${name} makes them`,
    );
  const { wanted, missing } =
    flags.all === true ? { wanted: records, missing: 0 } : await ofGrid(chosen, flags.threads, records);
  if (wanted.length === 0)
    throw new Failure(
      `${file}: expected runs of this grid, found ${records.length} others; --all takes them`,
    );
  const report = makeReport(chosen.grid, wanted, { missing, split: flags.split });
  if (flags.print === true) {
    process.stdout.write(markdownReport(report));
    return;
  }
  const files = await writeReport(report, wanted, chosen.out);
  process.stdout.write(`${files.join('\n')}\n`);
}

/** The records that the grid has runs for, in its order. */
async function ofGrid(
  { grid, only }: ChosenGrid,
  threads: number,
  records: readonly RunRecord[],
): Promise<{ wanted: RunRecord[]; missing: number }> {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const planned = await planGrid({ grid, data: openData(grid.data), loadConfig, only, threads });
  const found = await Promise.all(
    planned.map(async (run) => asPlanned(byKey.get(await runKey(run.setting)), run)),
  );
  const wanted = found.flat();
  return { wanted, missing: planned.length - wanted.length };
}
