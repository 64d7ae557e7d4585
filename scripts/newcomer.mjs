// What a newcomer runs: `npm run demo` and `npm test`. Node is all that it needs; it brings the pinned pnpm by npx.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { packageManager } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const [command, ...rest] = process.argv.slice(2);
const windows = process.platform === 'win32';

function run(program, args, { quiet = false } = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // npx is a .cmd file on Windows, which only a shell starts.
    shell: windows && program !== process.execPath,
  });
  if (error === undefined && status === 0) return;
  if (quiet) process.stderr.write((stdout ?? '') + (stderr ?? ''));
  process.stderr.write(
    `${program} ${args.join(' ')}: ${error?.message ?? signal ?? `exit code ${status}`}\n`,
  );
  process.exit(status || 1);
}

const pnpm = (args, options) => run('npx', ['-y', packageManager, ...args], options);
const say = (text) => process.stderr.write(`${text}\n`);

say('Installing the packages (npm registry only) ...');
pnpm(['install', '--frozen-lockfile'], { quiet: true });

switch (command) {
  case 'demo':
    say('Building ...');
    pnpm(['exec', 'turbo', 'run', 'build', '--filter=@cognate/cli...'], { quiet: true });
    run(process.execPath, ['apps/demo-cli/bin/cognate.js', 'demo', ...rest]);
    break;
  case 'test':
    say('Building ...');
    pnpm(['exec', 'turbo', 'run', 'build'], { quiet: true });
    pnpm(['exec', 'vitest', 'run', ...rest]);
    break;
  default:
    say(`expected "demo" or "test", got "${command}"`);
    process.exit(2);
}
