// Prints the closing line of .ci/run, such as `532 passed, 0 failed, 3 skipped`, and fails if anything did.
// Arguments: vitest's JSON report, the number of steps that passed, the names of those that failed.
import { readFileSync } from 'node:fs';

const [file, stepsPassed, ...stepsFailed] = process.argv.slice(2);

/** Without a report the test run itself broke: one failure, that of its step. */
function readReport() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

const report = readReport();
const testsFailed = report.numFailedTests;
// The step of the tests stands for its tests: it is counted beside them only if it failed without a failed test.
const stepOfTests = stepsFailed.includes('tests');
const failed = testsFailed + stepsFailed.length - (stepOfTests && testsFailed > 0 ? 1 : 0);
const passed = report.numPassedTests + Number(stepsPassed) - (stepOfTests ? 0 : 1);
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
