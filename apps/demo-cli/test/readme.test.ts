import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  expect(commands).toHaveLength(4);
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
  expect(printed[1]).toContain('100 sentences of the target language, 100 of es');
  expect(printed[2]).toMatch(/^micro\s/m);
  expect(printed[3]).toMatch(/\[.+\]\((?:PER|LOC|ORG)\)/);
});
