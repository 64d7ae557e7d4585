// The long version of the tests that draw their cases at random: 100,000 of them, where the ordinary suite draws a thousand; and 20 trainings that are
// killed, where it kills two.
//   npm run test:stress [CASES]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [cases = '100000'] = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    'packages/corpora/test/fuzz.test.ts',
    'apps/demo-cli/test/kill.test.ts',
    '--testTimeout=3600000',
  ],
  { stdio: 'inherit', env: { ...process.env, COGNATE_STRESS: cases } },
);
process.exitCode = status ?? 1;
