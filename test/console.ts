import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repository.js';

export interface ConsoleCommand {
  /** What follows the `$`. */
  readonly command: string;
  /** What stands below it, up to the next `$`. */
  readonly output: string;
}

/** The commands of all ```console blocks of a Markdown text, with what they are said to print. */
export function consoleCommands(markdown: string): ConsoleCommand[] {
  const blocks = [...markdown.replaceAll('\r\n', '\n').matchAll(/^```console\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, block]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((entry) => {
        const [command, ...output] = entry.split('\n');
        return { command, output: output.join('\n').trimEnd() };
      }),
  );
}

/** Whether text is what was expected, in which a line `...` stands for any lines. */
export function fits(text: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '...' ? '(?:.*\n)*' : `${line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${text}\n`);
}

/** The words of a command line: parted by spaces, but for those in double quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]: (string | undefined)[]) => quoted ?? plain ?? '',
  );
}

/**
 * Runs `cognate ...` or `echo "..." | cognate ...` in a folder, as a user's shell would but on any system, with the built
 * program. Gives what it writes to standard output.
 */
export function runCognate(command: string, folder: string): string {
  const piped = /^echo "([^"]*)" \| (.*)$/.exec(command);
  const [program, ...args] = wordsOf(piped?.[2] ?? command);
  if (program !== 'cognate') throw new Error(`expected a command of cognate, got: ${command}`);
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'apps/demo-cli/bin/cognate.js'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      input: piped === null ? '' : `${piped[1]}\n`,
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  if (error === undefined && status === 0) return stdout.trimEnd();
  throw new Error(`${command}: ${error?.message ?? `exit code ${String(status)}`}\n${stdout}${stderr}`);
}
