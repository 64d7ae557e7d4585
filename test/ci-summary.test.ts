import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from './repository.js';

const scratch = mkdtempSync(join(tmpdir(), 'cognate-summary-'));
const report = join(scratch, 'tests.json');
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const close = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, '.ci/summary.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout };
};
const tests = (passed: number, failed: number) => {
  writeFileSync(
    report,
    JSON.stringify({
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: 2,
      numTodoTests: 1,
    }),
  );
};

it('counts each test and each other step as one', () => {
  tests(10, 0);
  expect(close(report, '8')).toEqual({ status: 0, stdout: '17 passed, 0 failed, 3 skipped\n' });
});

it('fails with a step that failed', () => {
  tests(10, 0);
  expect(close(report, '6', 'lint', 'format')).toEqual({
    status: 1,
    stdout: '15 passed, 2 failed, 3 skipped\n',
  });
});

it('counts failed tests, and not their step once more', () => {
  tests(8, 2);
  expect(close(report, '7', 'tests')).toEqual({ status: 1, stdout: '15 passed, 2 failed, 3 skipped\n' });
});

it('fails when the tests did, though each of them passed', () => {
  tests(10, 0);
  expect(close(report, '7', 'tests')).toEqual({ status: 1, stdout: '17 passed, 1 failed, 3 skipped\n' });
});

it('fails when the tests could not run', () => {
  expect(close(join(scratch, 'none.json'), '7', 'tests')).toEqual({
    status: 1,
    stdout: '7 passed, 1 failed, 0 skipped\n',
  });
});
