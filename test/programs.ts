import { spawnSync } from 'node:child_process';
import pnpm from '../scripts/pnpm.cjs';

/** Runs the pinned pnpm in the root of the repository; throws with its output if it fails. */
export function runPnpm(args: readonly string[]): void {
  const { program, first, shell } = pnpm.pnpmCommand();
  const { status, error, stdout, stderr } = spawnSync(program, [...first, ...args], {
    cwd: pnpm.root,
    shell,
    encoding: 'utf8',
  });
  if (error === undefined && status === 0) return;
  throw new Error(
    `pnpm ${args.join(' ')}: ${error?.message ?? `exit code ${String(status)}`}\n${stdout}${stderr}`,
  );
}
