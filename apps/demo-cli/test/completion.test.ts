import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../src/program.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-completion-'));
const scriptOf = (shell: string): string => join(folder, `cognate.${shell}`);
const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(scriptOf(shell), (await cognate('completion', shell)).stdout);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const commandNames = (await createProgram()).commands
  .map((command) => command.name())
  .concat('help')
  .sort();

test('a shell that there is none for', async () => {
  await expect(cognate('completion', 'tcsh')).rejects.toThrow(/Allowed choices are bash, zsh, fish/);
});

describe.skipIf(!has('bash'))('bash itself', () => {
  /** What bash would offer when Tab is pressed behind the last of these words. */
  function offered(...words: string[]): string[] {
    const list = words.map((word) => `'${word}'`).join(' ');
    const code = `source '${scriptOf('bash')}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _cognate; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', code], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  }

  test('all commands, those that fit, and those below one', () => {
    expect(offered('cognate', '').sort()).toEqual(commandNames);
    expect(offered('cognate', 'ev')).toEqual(['evaluate']);
    expect(offered('cognate', 'corpora', '').sort()).toEqual(['help', 'list', 'pull', 'sample']);
    expect(offered('cognate', '--no-color', 'debug', 'd')).toContain('data');
    expect(offered('cognate', 'help', 'ser')).toEqual(['serve']);
  });

  test('options of the command, by its other name too', () => {
    expect(offered('cognate', 'tag', '--j')).toEqual(['--json', '--jobs']);
    expect(offered('cognate', 'apply', '--keep')).toEqual(['--keep-going']);
    expect(offered('cognate', 'tag', '--model', 'debug', '--l')).toEqual(['--language']);
    expect(offered('cognate', 'serve', '--keep')).toEqual([]);
  });

  test('values, where they are known; files elsewhere', () => {
    expect(offered('cognate', 'tag', '--output', '')).toEqual(['marked', 'jsonl', 'columns']);
    expect(offered('cognate', 'tag', '-l', 'g')).toEqual(['gl']);
    expect(offered('cognate', 'corpora', 'sample', 'gl', 'u').sort()).toEqual(['uk', 'ur']);
    writeFileSync(join(folder, 'fast one.yaml'), '');
    expect(offered('cognate', 'train', '--config', '')).toEqual(
      expect.arrayContaining(['linear', 'fast', 'paper', 'strong', 'package.json']),
    );
    expect(offered('cognate', 'train', '-c', 'fa')).toEqual(['fast']);
    expect(offered('cognate', 'train', '-c', join(folder, 'fa'))).toEqual([join(folder, 'fast one.yaml')]);
    expect(offered('cognate', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('cognate', 'tag', '--model', '')).toEqual([]);
    expect(offered('cognate', 'tag', 'let')).toEqual([]);
  });

  test('is set up for the program, with files where nothing is known', () => {
    const code = `source '${scriptOf('bash')}'; complete -p cognate`;
    expect(spawnSync('bash', ['--norc', '-c', code], { encoding: 'utf8' }).stdout).toBe(
      'complete -o default -F _cognate cognate\n',
    );
  });
});

describe.skipIf(!has('zsh'))('zsh itself', () => {
  test('reads the script, and completes by it', () => {
    // The functions by which zsh shows what it offers print it here.
    const code = `compdef() { print "for $2" }; compadd() { shift; print -l -- "$@" }; _files() { print files }
      _describe() { [[ $1 == -o ]] && shift; print -l -- "\${(P@)2}" }
      source '${scriptOf('zsh')}'
      complete_() { words=("$@"); CURRENT=$#; _cognate }
      complete_ cognate corpora ''; complete_ cognate apply --output ''; complete_ cognate tag --model ''; complete_ cognate serve --po
      print configs; complete_ cognate train --config ''`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', code], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('for cognate');
    expect(lines[1]).toMatch(/^list:What there is/);
    expect(stdout).toContain('marked\njsonl\ncolumns\nfiles\n');
    expect(stdout).toContain('--port:port; 0 takes a free one\n');
    expect(stdout.split('configs\n')[1].split('\n')).toEqual(
      expect.arrayContaining(['linear', 'fast', 'paper', 'strong', 'files']),
    );
  });
});

describe.skipIf(!has('fish'))('fish itself', () => {
  test.each([
    ['cognate ev', /^evaluate\t/],
    ['cognate corpora pu', /^pull\tDownload/],
    ['cognate apply --output m', /^marked/],
    ['cognate tag --keep', /^--keep-going\t/],
    ['cognate corpora sample gl ce', /^ceb/],
    ['cognate train --config stro', /^strong/],
    ['cognate train --config packa', /^(?:package\.json|packages\/)/],
  ])('%s', (line, first) => {
    const code = `source '${scriptOf('fish')}'; complete -C ${JSON.stringify(line)}`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', code], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(first);
  });
});
