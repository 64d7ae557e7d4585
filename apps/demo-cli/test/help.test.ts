import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../src/program.js';
import { cognate } from './run.js';

/** All that `--help` prints for a command, examples included. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

/** The lines of the examples, without what is said of them. */
const examplesOf = (help: string): string[] =>
  (/\nExamples:\n((?: .*\n?)+)/.exec(help)?.[1] ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}.*$/, ''))
    .filter((line) => line !== '');

const program = await createProgram();
const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const commands = all(program).filter((command) => command.commands.length === 0 || command === program);

test.each([
  ['a command alone where it is called', ['tag', '--model', 'train'], ['tag']],
  ['nothing for the version', ['--version'], []],
  ['all for help', ['help', 'tag'], undefined],
  ['all for completion, which looks at the others', ['completion', 'bash'], undefined],
  ['all for another name of a command', ['apply'], undefined],
  ['all for a word that is none, to say what was meant', ['trian'], undefined],
  ['all for the name of a property', ['constructor'], undefined],
])('loads %s', async (_, words, expected) => {
  const names = ({ commands: loaded }: Command) => loaded.map((command) => command.name());
  expect(names(await createProgram(words))).toEqual(expected ?? names(program));
});

/** What the program says of a call that it refuses as one of an unknown command. */
async function refusalOf(args: string[]): Promise<string> {
  let text = '';
  const one = await createProgram(args);
  for (const command of all(one)) command.configureOutput({ writeErr: (part) => (text += part) });
  await expect(one.parseAsync(args, { from: 'user' })).rejects.toMatchObject({
    code: 'commander.unknownCommand',
    exitCode: 1,
  });
  return text;
}

test.each([
  [['help', 'trian'], ['trian']],
  [
    ['corpora', 'help', 'pul'],
    ['corpora', 'pul'],
  ],
])('%j says what %j says', async (asked, called) => {
  const text = await refusalOf(asked);
  expect(text).toMatch(/^error: unknown command '.*'\n\(Did you mean (?:train|pull)\?\)\n/);
  expect(text).toBe(await refusalOf(called));
});

test.each([[['help', 'corpora', 'nosuch']], [['corpora', 'help', 'nosuch']], [['corpora', 'nosuch']]])(
  '%j is an error that says which commands there are',
  async (args) => {
    expect(await refusalOf(args)).toBe(
      "error: unknown command 'nosuch'\n(commands of cognate corpora: list, pull, sample; cognate corpora COMMAND --help lists their options)\n",
    );
  },
);

test('help of a command that has no others refuses more words', async () => {
  const refusal = "error: 'tag' has no commands, got 'no such'\n";
  expect(await refusalOf(['help', 'tag', 'no', 'such'])).toBe(refusal);
});

test.each([
  [
    ['help', 'corpora', 'pull'],
    ['corpora', 'pull', '--help'],
  ],
  [
    ['help', 'corpora', 'help'],
    ['corpora', '--help'],
  ],
  [
    ['help', 'corpora', '--nosuch'],
    ['corpora', '--help'],
  ],
])('%j shows what %j shows', async (asked, called) => {
  const shown = async (args: string[]): Promise<string> => {
    let text = '';
    const one = await createProgram(args);
    for (const command of all(one))
      command.configureOutput({ writeOut: (part) => (text += part), writeErr: (part) => (text += part) });
    await expect(one.parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
    return text;
  };
  expect(await shown(asked)).toMatch(/^Usage: /);
  expect(await shown(asked)).toBe(await shown(called));
});

describe.each(commands.map((command) => [command.name(), command] as const))(
  'the help of %s',
  (_, command) => {
    const examples = examplesOf(helpOf(command));

    test('has examples, if there is anything to show', () => {
      if (command.options.length + command.registeredArguments.length > 1)
        expect(examples.length).toBeGreaterThan(0);
    });

    test('names commands and options that there are', () => {
      for (const example of examples) {
        for (const [, call] of example.matchAll(/\bcognate ((?:[^|>)'"]|"[^"]*")*)/g)) {
          const words = call.trim().split(/\s+/);
          let called = program;
          while (words.length > 0) {
            const [name] = words;
            const child = called.commands.find(
              (each) => each.name() === name || each.aliases().includes(name),
            );
            if (!child) break;
            called = child;
            words.shift();
          }
          expect(called, example).not.toBe(program);
          const known = called.options.flatMap(({ long, short }) => [long, short]);
          for (const flag of words.filter((word) => /^--?[a-z]/.test(word)))
            expect(known, example).toContain(flag);
        }
      }
    });
  },
);

describe('the story that the program’s help tells', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-help-'));
  const before = process.cwd();
  beforeAll(() => {
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  test('works from an empty folder', async () => {
    // Shown by tests of their own: they take their time, ask questions, or do not end.
    const story = examplesOf(helpOf(program)).filter(
      (line) => !/cognate (?:demo|serve|init|train cognate)/.test(line),
    );
    expect(story.length).toBeGreaterThan(5);
    for (const line of story) {
      const match: readonly (string | undefined)[] = /^(?:echo "(.*)" \| )?cognate (.*)$/.exec(line) ?? [];
      const [, echoed, call = ''] = match;
      expect(call, line).not.toBe('');
      const args = call.split(' ');
      if (args[0] === 'train') args.push('--iterations', '10');
      if (echoed !== undefined) {
        writeFileSync('echoed.txt', `${echoed}\n`);
        args.push('echoed.txt');
      }
      const { stdout } = await cognate(...args);
      if (echoed !== undefined) expect(stdout).toContain('Santiago');
    }
    expect(readdirSync('.')).toEqual(
      expect.arrayContaining(['data', 'example-ner-gl-1.0.0.tgz', 'gl.jsonl', 'model']),
    );
  });
});
