// `cognate experiment` on the real corpora: runs and reports are kept in results/experiments/, and each reading of a test set is
// noted in results/test-reads.jsonl. Runs that another grid has finished are not repeated, and networks compute with relaxed SIMD.
//   pnpm --filter @cognate/benchmarks experiments run paper-table --only recipe=linear --jobs 2
//   pnpm --filter @cognate/benchmarks experiments report paper-table
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder } from './corpus.js';

const [command, wanted, ...more] = process.argv.slice(2);
if (!['run', 'report'].includes(command) || process.argv.length < 4) {
  process.stderr.write('expected: experiments run|report GRID [OPTIONS OF cognate experiment]\n');
  process.exit(2);
}
const results = fileURLToPath(new URL('../results/', import.meta.url));
const name = `${basename(wanted, '.yaml')}${more.includes('--quick') ? '-quick' : ''}`;
const program = fileURLToPath(new URL('../../apps/demo-cli/bin/cognate.js', import.meta.url));
const others = existsSync(join(results, 'experiments'))
  ? readdirSync(join(results, 'experiments'))
      .map((grid) => join(results, 'experiments', grid, 'runs.jsonl'))
      .filter((file) => existsSync(file))
  : [];
const { status } = spawnSync(
  process.execPath,
  [
    ...[program, 'experiment', command, wanted, '--out', join(results, 'experiments', name)],
    ...more,
    ...(command === 'run' ? ['--relaxed-simd', '--test-log', join(results, 'test-reads.jsonl')] : []),
    ...(command === 'run' && others.length > 0 ? ['--known', ...others] : []),
  ],
  { stdio: 'inherit', env: { ...process.env, COGNATE_DATA: dirname(dataFolder()) } },
);
process.exit(status ?? 1);
