// What a newcomer runs: `npm run demo`, `npm run playground` and `npm test`. Node is all that it needs: the pinned pnpm comes by npx.
// Plain syntax, so that a Node that is too old can still say so.
var childProcess = require('child_process');
var pnpmModule = require('./pnpm.cjs');

var oldest = 20;

function say(text) {
  process.stderr.write(text + '\n');
}

/** Runs a program to its end; leaves with its exit code if it fails. What a quiet one printed is shown only then. */
function run(command, args, options) {
  var quiet = options !== undefined && options.quiet === true;
  var all = command.first.concat(args);
  var result = childProcess.spawnSync(command.program, all, {
    cwd: pnpmModule.root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: command.shell,
    env: Object.assign({ TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }, process.env),
  });
  if (!result.error && result.status === 0) return;
  if (quiet) process.stderr.write((result.stdout || '') + (result.stderr || ''));
  var reason = result.error ? result.error.message : result.signal || 'exit code ' + result.status;
  if (quiet || result.error || result.signal) say('\nfailed: ' + args.join(' ') + ': ' + reason);
  process.exit(result.status || 1);
}

function pnpm(args, options) {
  run(pnpmModule.pnpmCommand(), args, options);
}

function build(filter) {
  say('Building ...');
  pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'].concat(filter), { quiet: true });
}

function main(command, rest) {
  if (['demo', 'playground', 'test'].indexOf(command) < 0) {
    say('expected "demo", "playground" or "test", got ' + JSON.stringify(command));
    process.exit(2);
  }
  if (Number(process.versions.node.split('.')[0]) < oldest) {
    say('Cognate needs Node ' + oldest + ' or newer; this is Node ' + process.versions.node + '.');
    process.exit(1);
  }
  say('Installing the packages (from the npm registry, nothing else) ...');
  pnpm(['install', '--frozen-lockfile'], { quiet: true });
  if (command === 'demo') {
    build(['--filter=@cognate/cli...']);
    run(
      { program: process.execPath, first: [], shell: false },
      ['apps/demo-cli/bin/cognate.js', 'demo'].concat(rest)
    );
  } else if (command === 'playground') {
    build(['--filter=@cognate/playground...']);
    say('Open the address below in a browser; Ctrl-C ends the server.');
    pnpm(['--filter', '@cognate/playground', 'exec', 'vite', 'preview'].concat(rest));
  } else {
    build([]);
    pnpm(['exec', 'vitest', 'run'].concat(rest));
  }
}

main(process.argv[2], process.argv.slice(3));
