import { CommanderError } from 'commander';
import { exitCode, Interrupted, UsageError } from './failure.js';
import { createProgram } from './program.js';
import { describeError, systemReason } from './terminal/describe-error.js';
import { palette } from './terminal/colour.js';

/** Their work is not what they print: it goes on when nobody reads that. */
const worksOnUnread = new Set(['train', 'experiment', 'serve', 'init', 'package', 'corpora']);

// `cognate tag ... | head` closes the pipe when it has seen enough: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(
      `${palette(process.stderr).red('error:')} standard output: ${systemReason(error) ?? error.message}\n`,
    );
    process.exit(exitCode.failed);
  }
  if (!worksOnUnread.has(process.argv[2])) process.exit(exitCode.done);
});

// Nobody reads what is said beside the results: the work goes on.
process.stderr.on('error', () => undefined);

try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message; asking for help or the version is no error.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
  } else {
    const paint = palette(process.stderr);
    const interrupted = error instanceof Interrupted;
    process.stderr.write(`${interrupted ? '' : `${paint.red('error:')} `}${describeError(error)}\n`);
    process.exitCode = interrupted
      ? exitCode[error.signal]
      : error instanceof UsageError
        ? exitCode.usage
        : exitCode.failed;
  }
}
