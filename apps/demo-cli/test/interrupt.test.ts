import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { readRecipe } from '@cognate/experiments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Interrupted } from '../src/failure.js';
import { fitLinear } from '../src/training/fit-linear.js';
import { bundleProgram } from './bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-interrupt-'));
let program: string;

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: string[];
  readonly errors: string;
}

/** Runs a program of Node, and sends it signals when its output says so. */
async function run(
  args: readonly string[],
  signals: readonly [when: string, signal: NodeJS.Signals][],
): Promise<End> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  const end = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (code, signal) => {
      resolve([code, signal]);
    }),
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const waiting = [...signals];
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const [next] = waiting;
    if (waiting.length === 0 || !line.includes(next[0])) continue;
    waiting.shift();
    child.kill(next[1]);
  }
  const [code, signal] = await end;
  return { code, signal, lines, errors };
}

beforeAll(async () => {
  const sentences = (await sampleCorpus('gl', 'train')).slice(0, 60);
  await writeCorpus(join(folder, 'gl.bio'), sentences);
  // So that it is far from done when it is told to stop.
  await writeCorpus(join(folder, 'many.bio'), Array.from({ length: 15 }, () => sentences).flat());
  writeFileSync(
    join(folder, 'long project.yaml'),
    `target: { language: gl, train: gl.bio }
recipe:
  extends: fast
  network: { characters: { embedding: 8, size: 8 }, words: { size: 8 }, sentence: { size: 8 }, hidden: { size: 8 } }
  training: { epochs: 500 }
output: model
threads: 1
report: false
`,
  );
  program = await bundleProgram(join(folder, 'program'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s: a checkpoint, and the command that goes on from it', async (signal, code) => {
  const train = ['train', 'long project.yaml', '--out', signal, '--log-json', '-'];
  const cut = await run([program, ...train, '--fresh'], [['"type":"epoch"', signal]]);
  expect([cut.code, cut.signal]).toEqual([code, null]);
  expect(cut.errors).toContain(`${signal}: storing a checkpoint after this step; once more stops at once`);
  expect(cut.errors).toMatch(
    /interrupted in epoch \d+, after \d+ of \d+ steps\. The checkpoint is in \S+\.checkpoints\. To go on/,
  );
  expect(readdirSync(join(folder, `${signal}.checkpoints`))).toEqual(['checkpoint-00000001.ckpt']);
  expect(existsSync(join(folder, signal))).toBe(false);
  const command = cut.errors.trimEnd().split('\n').at(-1);
  expect(command).toBe(`  cognate train 'long project.yaml' --out ${signal} --log-json -`);

  // Networks of equal shapes that differ in what training drops are not the same.
  const other = await run([program, ...train, '--set', 'recipe.network.dropout.word=0.1'], []);
  expect(other.code).toBe(1);
  expect(other.errors).toMatch(
    /\.ckpt: expected a run with the same model\.description\.dropout, .*; --fresh begins anew$/m,
  );

  // Fewer epochs than it has made: it ends at once.
  const rest = await run([program, ...train, '--set', 'recipe.training.epochs=1'], []);
  expect(rest.code).toBe(0);
  expect(rest.errors).toMatch(/^going on from \S+checkpoint-00000001\.ckpt: epoch \d+, \d+ steps made$/m);
  expect(readdirSync(folder).filter((name) => name.startsWith(signal))).toEqual([signal]);
});

test('a linear training has a checkpoint, too; one of another training is refused', async () => {
  const recipe = ['--config', 'linear', '--set', 'params.c1=0', 'params.c2=0.00001'];
  const train = ['train', 'many.bio', '--language', 'gl', '--out', 'linear', '--no-report', ...recipe];
  const log = ['--log-json', '-'];
  const endless = 'params.max_iterations=1000000';
  const cut = await run([program, ...train, endless, ...log], [['"type":"iteration"', 'SIGINT']]);
  expect([cut.code, cut.signal]).toEqual([130, null]);
  expect(cut.errors).toContain('SIGINT: storing a checkpoint after this iteration; once more stops at once');
  expect(cut.errors).toMatch(
    /interrupted after \d+ iterations\. The checkpoint is in linear\.checkpoints\. To go on/,
  );
  expect(readdirSync(join(folder, 'linear.checkpoints'))).toEqual(['checkpoint-00000001.ckpt']);
  const command = cut.errors.trimEnd().split('\n').at(-1);
  expect(command).toMatch(
    /^ {2}cognate train many\.bio .* --set params\.c1=0 params\.c2=0\.00001 params\.max_iterations=1000000 /,
  );

  const other = await run([program, ...train, 'params.c1=9'], []);
  expect(other.code).toBe(1);
  expect(other.errors).toMatch(/\.ckpt: expected a training with the same params, .*; --fresh begins anew$/m);
  const rest = await run([program, ...train, 'params.max_iterations=1'], []);
  expect(rest.code).toBe(0);
  expect(rest.errors).toMatch(/^going on from linear\S+checkpoint-00000001\.ckpt: \d+ iterations made$/m);
  expect(readdirSync(folder).filter((name) => name.startsWith('linear'))).toEqual(['linear']);
});

test('a second one ends the program, whatever it is doing', async () => {
  const script = fileURLToPath(new URL('./fixtures/endless.ts', import.meta.url));
  const { code, signal, lines } = await run(
    ['--conditions=@cognate/source', '--import', import.meta.resolve('tsx'), script],
    [
      ['working', 'SIGINT'],
      ['told', 'SIGINT'],
    ],
  );
  expect(lines).toEqual(['working', 'told SIGINT']);
  expect(code === 130 || signal === 'SIGINT').toBe(true);
});

test('a training without a place for checkpoints says that nothing was written', async () => {
  const recipe = readRecipe({ model: 'linear' });
  if (recipe.model !== 'linear') throw new Error('expected a linear recipe');
  const said: string[] = [];
  const fit = fitLinear({
    sentences: (await sampleCorpus('gl', 'train')).slice(0, 30),
    language: 'gl',
    hasSources: false,
    recipe,
    monitor: {
      log: () => undefined,
      status: ({ done }) => {
        if (done === 3) process.emit('SIGINT', 'SIGINT');
      },
      say: (line) => {
        said.push(line);
      },
      stop: () => undefined,
    },
  });
  await expect(fit).rejects.toThrow(/^interrupted after 3 iterations; nothing was written$/);
  await expect(fit).rejects.toThrow(Interrupted);
  expect(said).toEqual(['SIGINT: stopping after this iteration; once more stops at once']);
});
