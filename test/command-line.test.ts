import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCorpora } from '../examples/command-line/src/write-corpora.js';
import { consoleCommands, fits, runCognate, wordsOf } from './console.js';
import { root } from './repository.js';

describe('the commands of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-commands-'));

  beforeAll(async () => {
    await writeCorpora(join(folder, 'data'));
    await writeCorpora(join(folder, 'few'), 10);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('examples/command-line print what its README says', () => {
    const commands = consoleCommands(readFileSync(join(root, 'examples/command-line/README.md'), 'utf8'));
    expect(commands.length).toBeGreaterThan(3);
    for (const { command, output } of commands) {
      const printed = runCognate(command, folder);
      // Compared only to show the difference.
      if (!fits(printed, output)) expect(printed, command).toBe(output);
    }
  });

  it('README.md work as they stand', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const commands = [...readme.matchAll(/^((?:echo .*\| )?cognate [^#\n]*)/gm)].map(([line]) => line.trim());
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) runCognate(command, join(folder, 'few'));
  });
});

describe('a console block', () => {
  it('is read as commands with their output', () => {
    const markdown =
      'a\n\n```console\n$ cognate x\none\n\ntwo\n$ cognate y\n```\n\n```console\n$ z\nw\n```\n';
    expect(consoleCommands(markdown)).toEqual([
      { command: 'cognate x', output: 'one\n\ntwo' },
      { command: 'cognate y', output: '' },
      { command: 'z', output: 'w' },
    ]);
  });

  it('may leave lines out', () => {
    expect(fits('a\nb\nc', 'a\n...\nc')).toBe(true);
    expect(fits('a\nc', 'a\n...\nc')).toBe(true);
    expect(fits('a (1.0)', 'a (1.0)')).toBe(true);
    expect(fits('a (1x0)', 'a (1.0)')).toBe(false);
    expect(fits('a\nb', 'a')).toBe(false);
    expect(fits('', '...')).toBe(true);
  });

  it('has words that may be in quotes', () => {
    expect(wordsOf('cognate tag "a b"  c')).toEqual(['cognate', 'tag', 'a b', 'c']);
  });
});
