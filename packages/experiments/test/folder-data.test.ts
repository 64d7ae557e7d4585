import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { planGrid, readGrid, runKey } from '../src/index.js';
import { folderData } from '../src/node.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bio = (...words: string[]): string => words.map((word) => `${word}\tO\n\n`).join('');

test('sentences of draw 0 are in the key of its runs, unless they are the first of all', async () => {
  mkdirSync(join(folder, 'gl'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, 'gl', name), text);
  write('train-full.bio', bio('a', 'b', 'c'));
  write('dev.bio', bio('d'));
  const grid = readGrid({
    name: 'tiny',
    title: 'Tiny',
    data: { kind: 'folder' },
    recipes: { linear: 'linear' },
    runs: [{ sizes: [1, 2, 'full'], draws: [0, 1], recipes: ['linear'] }],
  });
  const keys = async (): Promise<string[]> => {
    const planned = await planGrid({ grid, data: folderData(folder) });
    return Promise.all(planned.map(({ setting }) => runKey(setting)));
  };
  const without = await keys();
  expect(without).toHaveLength(5);
  // Without the last empty line too.
  write('train-2.bio', 'a\tO\n\nb\tO\n');
  expect(await keys()).toEqual(without);
  write('train-2.bio', bio('a', 'c'));
  const others = await keys();
  expect(others.map((key, index) => key === without[index])).toEqual([true, true, false, true, true]);
  write('train-2.bio', bio('b', 'c'));
  const [, , changed] = await keys();
  expect([without[2], others[2]]).not.toContain(changed);
});

test('a target may be a link to a folder; what is no folder is no target', async () => {
  const linked = join(folder, 'linked');
  mkdirSync(join(linked, 'elsewhere'), { recursive: true });
  writeFileSync(join(linked, 'elsewhere', 'train-full.bio'), bio('a'));
  symlinkSync('elsewhere', join(linked, 'uk'), 'junction');
  symlinkSync('nowhere', join(linked, 'mr'));
  writeFileSync(join(linked, 'gl'), '');
  expect(await folderData(linked).targets()).toEqual([{ name: 'uk', language: 'uk', sources: [] }]);
});

test('a folder has one name, wherever it is named from', () => {
  const here = process.cwd();
  process.chdir(folder);
  try {
    expect(folderData('.').name).toBe(folderData(folder).name);
    expect(folderData('./').name).toBe(`folder ${basename(folder)}`);
  } finally {
    process.chdir(here);
  }
});
