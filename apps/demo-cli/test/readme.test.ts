import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProject } from '../src/config/read-project.js';
import { cognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-readme-'));
const before = process.cwd();

beforeAll(async () => {
  const take = async (
    language: string,
    split: 'train' | 'test',
    count: number,
    file: string,
  ): Promise<void> => {
    await writeCorpus(join(folder, file), (await sampleCorpus(language, split)).slice(0, count));
  };
  await take('gl', 'train', 100, 'gl-train.bio');
  await take('gl', 'test', 100, 'gl-test.bio');
  await take('es', 'train', 100, 'es.bio');
  writeFileSync(join(folder, 'letter.txt'), 'Onte Xoana Pereira falou en Vigo.\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the commands of the quick start work as they stand', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
  const commands = blocks[1].trim().split('\n');
  expect(commands).toHaveLength(5);
  const printed: string[] = [];
  process.chdir(folder);
  try {
    for (const command of commands) {
      const [program, ...args] = command.split(' ');
      expect(program).toBe('cognate');
      printed.push((await cognate(...args)).stdout);
    }
  } finally {
    process.chdir(before);
  }
  expect(printed[0]).toContain('0 sentences of test (0.00 %) are in train too');
  expect(printed[2]).toContain('100 sentences of the target language, 100 of es');
  expect(printed[2]).toContain('Report: model.report/index.html');
  expect(printed[3]).toMatch(/^micro\s/m);
  // Both have scored the same.
  const f1 = /^micro +\S+ +\S+ +(\S+)/m.exec(printed[3])?.[1];
  expect(printed[2]).toContain(`Test set: precision`);
  expect(printed[2]).toContain(`F1 ${String(f1)}.`);
  expect(printed[4]).toMatch(/\[.+\]\((?:PER|LOC|ORG)\)/);
});

test('the project is in order, but for files that are not there', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, project] = /^```yaml\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const file = join(folder, 'readme.yaml');
  writeFileSync(file, project);
  const { problems } = readProject(file);
  expect(problems.filter(({ message }) => !message.startsWith('expected a file, got nothing'))).toEqual([]);
  // The message that is shown is the one that there is.
  const wrong = readProject(file, ['recipe.training.epoch=3']).problems.at(0);
  expect(wrong?.message).toMatch(
    /^there is no such field; expected epochs, patience, .*Did you mean epochs\?$/,
  );
  expect(project.split('\n')[13].indexOf('epochs')).toBe(14);
});
