import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The figures that one run of one contender printed, and the peak memory of its process. */
export interface Run {
  readonly figures: Readonly<Record<string, number>>;
  /** Peak resident set of the whole process, MB (10^6 bytes). */
  readonly peakMb: number;
}

export interface Contender {
  readonly name: string;
  /** A module of this folder, run in a process of its own; it prints JSON objects of figures, a line each. */
  readonly module: string;
  /** Runs the module in place of Node. */
  readonly program?: string;
  /** The built packages, not their sources. */
  readonly built?: boolean;
  readonly args: readonly string[];
  readonly nodeArgs?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further figures, read from all that the contender printed. */
  readonly parse?: (output: string) => Record<string, number>;
}

/**
 * Runs the contenders in turn, A B A B ..., each in a fresh process, so that a machine whose speed drifts is unfair to
 * none. Gives all runs by name; quote medians and ratios of medians.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${contender.name}\n`);
      const done = await run(contender);
      process.stderr.write(`  ${JSON.stringify(done.figures)}\n`);
      runs.get(contender.name)?.push(done);
    }
  }
  return runs;
}

async function run(contender: Contender): Promise<Run> {
  const { name, module, args, program, built = false, nodeArgs = [], env, parse } = contender;
  const report = fileURLToPath(new URL('./report-memory.mjs', import.meta.url));
  const script = module.startsWith('.') ? fileURLToPath(new URL(module, import.meta.url)) : module;
  const node = [...(built ? [] : ['--conditions=@cognate/source']), '--import', 'tsx', '--import', report];
  const child = spawn(
    program ?? process.execPath,
    [...(program === undefined ? [...node, ...nodeArgs] : []), script, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (code !== 0) throw new Error(`${name}: exit code ${code}`);
  const objects = output.split('\n').filter((line) => line.startsWith('{'));
  const figures = Object.assign(
    {},
    ...objects.map((line) => JSON.parse(line) as object),
    parse?.(output),
  ) as Record<string, number>;
  return { figures, peakMb: (figures.peakKb * 1024) / 1e6 };
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of one figure over the runs of a contender; NaN if these do not have it. */
export function medianOf(runs: readonly Run[] | undefined, figure: string): number {
  return median((runs ?? []).map(({ figures }) => figures[figure] ?? NaN));
}

/** A GitHub table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
