import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asPlanned, describeRun, planGrid, runKey, type RunRecord } from '@cognate/experiments';
import { openData, readRunLog, runGrid, writeReport, type GridResult } from '@cognate/experiments/node';
import { makeReport } from '@cognate/experiments/report';
import { Command } from 'commander';
import {
  addGridFlags,
  chooseGrid,
  positive,
  type ChosenGrid,
  type GridFlags,
} from '../experiment/grid-flags.js';
import { tellRuns } from '../experiment/tell-runs.js';
import { Failure, Interrupted, UsageError } from '../failure.js';
import { makeFolder } from '../make-folder.js';
import { interruptible } from '../interruptible.js';
import { loadConfig } from '../experiment/load-config.js';

interface RunFlags extends GridFlags {
  readonly jobs: number;
  readonly devOnly?: boolean;
  readonly relaxedSimd?: boolean;
  readonly members?: string;
  readonly known?: readonly string[];
  readonly testLog?: string;
  readonly dryRun?: boolean;
  readonly report: boolean;
  readonly json?: boolean;
}

const help = `
A grid is a file of YAML: which targets, sources, sizes, models, seeds; \`cognate experiment list\` names those that come with the program. Finished runs
are lines of runs.jsonl in the folder --out. The same command does what is not finished yet: after Ctrl-C, a crash, or a change of the grid.

Corpora are in a folder with one for each target (gl/train-full.bio, dev.bio, test.bio, source-es.bio), named by --data or by the environment
variable COGNATE_DATA, in whose "bench" they are. With --data samples everything runs on the embedded samples, which says little about real text.

Each reading of a test set is a line of test-reads.jsonl. With --dev-only none is read, and what was trained stays in the folder models of --out: the
same command without --dev-only, of the runs that were chosen by --only, trains nothing then.

Examples:
  cognate experiment run paper-table --quick --data samples
  cognate experiment run paper-table --jobs 2
  cognate experiment run learning-curve --only recipe=linear target=gl,uk --dev-only
  cognate experiment run mu --recipe neural=paper --out experiments/mu-paper
  cognate experiment run my-grid.yaml --dry-run`;

export function experimentRunCommand(): Command {
  const command = new Command('run')
    .description('Do the runs of a grid that are not finished yet, then write its report.')
    .argument('<grid>', 'name of a grid that comes with the program, or a file')
    .option('-j, --jobs <n>', 'runs side by side', positive, 1)
    .option('--dev-only', 'read no test set: scores on the development corpora only')
    .option('--test-log <file>', 'where readings of test sets are noted (default test-reads.jsonl in --out)')
    .option(
      '--relaxed-simd',
      'let networks compute faster; results differ in the last digits between processors',
    )
    .option(
      '--members <folder>',
      'where trained members of ensembles stay, for runs of the same versions and kernels that want the same ones',
    )
    .option(
      '--known <files...>',
      'runs.jsonl of other grids: runs that are finished there are taken over, not repeated',
    )
    .option('--dry-run', 'say which runs there are, and do none')
    .option('--no-report', 'write no report')
    .option('--json', 'the result as JSON');
  return addGridFlags(command).addHelpText('after', help).action(run);
}

async function run(name: string, flags: RunFlags): Promise<void> {
  const { grid, out, only } = chooseGrid(name, flags);
  const data = openData(grid.data);
  const { threads } = flags;
  if (flags.dryRun === true) {
    const planned = await planGrid({ grid, data, loadConfig, only, threads });
    checkSome(planned, grid.name, flags);
    process.stdout.write(planned.map((one) => `${describeRun(one)}\n`).join(''));
    return;
  }
  const known = await readKnown(flags.known ?? []);
  await makeFolder(out);
  const told = tellRuns();
  const work = (signal: AbortSignal) =>
    runGrid({
      ...{ grid, data, out, loadConfig, only, threads, signal },
      jobs: flags.jobs,
      known,
      members: flags.members,
      devOnly: flags.devOnly,
      relaxedSimd: flags.relaxedSimd,
      testLog: flags.testLog,
      onEvent: told.onEvent,
    });
  const result = await interruptible(work, told.stop)
    .catch((error: unknown) => {
      if (!(error instanceof Interrupted)) throw error;
      throw new Interrupted('interrupted; the same command goes on from where it stopped', error.signal);
    })
    .finally(told.stop);
  const { planned, records, failures } = result;
  checkSome(planned, grid.name, flags);
  const files = flags.report ? await report() : [];
  if (flags.json === true)
    process.stdout.write(
      `${JSON.stringify(
        {
          grid: grid.name,
          out,
          runs: planned.length,
          finished: records.length,
          failed: failures.map(({ run: one, error }) => ({ run: describeRun(one), error: error.message })),
          files,
        },
        undefined,
        2,
      )}\n`,
    );
  else
    process.stdout.write(
      `${records.length} of ${planned.length} runs are finished: ${out}\n${files.length > 0 ? `Report: ${files.filter((file) => /\.(?:md|html)$/u.test(file)).join(', ')}\n` : ''}`,
    );
  if (failures.length > 0)
    throw new Failure(
      `${failures.length} of ${planned.length} runs failed; the same command tries them again`,
    );

  async function report(): Promise<string[]> {
    const { finished, missing, left } = await reportable({ grid, out, only }, flags, result);
    const made = makeReport(grid, finished, {
      missing,
      ...(flags.devOnly === true && { split: 'dev' }),
    });
    const facts = left === undefined ? made.facts : [...made.facts, left];
    return writeReport({ ...made, facts }, finished, out);
  }
}

/** A slip in a value of `--only` leaves nothing: that is not what was asked for. */
function checkSome(planned: GridResult['planned'], grid: string, { only = [] }: RunFlags): void {
  if (planned.length > 0) return;
  throw new UsageError(
    `--only ${only.join(' ')}: expected to leave some runs of ${grid}, got none; --dry-run without it says which there are`,
  );
}

interface Reportable {
  readonly finished: readonly RunRecord[];
  readonly missing: number;
  /** What the report leaves out, in a sentence. */
  readonly left?: string;
}

/**
 * What the report is about: with `--only` too the whole grid, or the report of some runs would take the place of that of all. Of the hub the targets
 * that have runs here, as the others are not to be downloaded for it.
 */
async function reportable(
  { grid, out, only }: ChosenGrid,
  { threads, devOnly = false }: RunFlags,
  { planned, records }: GridResult,
): Promise<Reportable> {
  if (Object.keys(only).length === 0) return { finished: records, missing: planned.length - records.length };
  const logged = (await readRunLog(join(out, 'runs.jsonl'))).records;
  const targets = [...logged, ...planned].map(({ setting }) => setting.target);
  const target = grid.data.kind === 'hub' ? [...new Set(targets)].sort() : undefined;
  try {
    const whole = await planGrid({ grid, data: openData(grid.data), loadConfig, only: { target }, threads });
    const byKey = new Map([...logged, ...records].map((record) => [record.key, record]));
    const found = await Promise.all(
      whole.map(async (one) => asPlanned(byKey.get(await runKey(one.setting)), one)),
    );
    const finished = found.flat().filter(({ test }) => devOnly || test !== undefined);
    return {
      finished,
      missing: whole.length - finished.length,
      ...(target && { left: `Targets: ${target.join(', ')}; others of the grid have no runs here.` }),
    };
  } catch (error) {
    // The runs that were asked for are done, whatever is wrong with the corpora of others.
    const words = Object.entries(only).map(
      ([field, values]) => `${field} ${(values as string[]).join(', ')}`,
    );
    const why = error instanceof Error ? error.message : String(error);
    return {
      finished: records,
      missing: planned.length - records.length,
      left: `Only runs with ${words.join('; ')}: the rest of the grid could not be looked at (${why}).`,
    };
  }
}

/** Finished runs of other grids. A line that is no run is left out, with a word. */
async function readKnown(files: readonly string[]): Promise<RunRecord[]> {
  const logs = await Promise.all(
    files.map(async (file) => {
      if (!existsSync(file)) throw new UsageError(`--known ${file}: expected a file of runs, found none`);
      const { records, faults } = await readRunLog(file);
      for (const { line, problem } of faults)
        process.stderr.write(`${file}, line ${line}: left out: ${problem}\n`);
      return records;
    }),
  );
  return logs.flat();
}
