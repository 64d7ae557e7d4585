import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { randomInteger, seededRandom } from '@cognate/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from './bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-kill-'));
const random = seededRandom(11);
let program: string;

const size = '{ size: 8 }';
const network = `{ characters: { embedding: 8, size: 8 }, words: ${size}, sentence: ${size}, hidden: ${size} }`;
const linear = (iterations: number) => `{ model: linear, params: { max_iterations: ${iterations} } }`;

/** A kind of model, its recipe, and how often a training of it is killed: `npm run test:stress` does so more often. */
const kinds: readonly (readonly [kind: string, recipe: string, kills: number])[] = [
  [
    'neural',
    `{ extends: fast, network: ${network}, training: { epochs: 4, targetRepeat: 3, fineTune: { epochs: 2 } } }`,
    2,
  ],
  ['linear', linear(100), 1],
  [
    'ensemble',
    `{ model: ensemble, members: [
      { name: first, recipe: ${linear(24)} },
      { name: second, recipe: { model: neural, network: ${network}, training: { epochs: 2 } } } ] }`,
    1,
  ],
];
const stress = process.env.COGNATE_STRESS === undefined ? undefined : 20;

interface Run {
  readonly events: readonly { type: string; resumed?: object }[];
  readonly code: number | null;
  readonly errors: string;
}

/** Trains by the project of a kind to `out` of the folder; kills the process when it has logged so many events. */
async function train(kind: string, out: string, killAfter = Infinity): Promise<Run> {
  const args = ['train', join(folder, `${kind}.yaml`), '--out', join(folder, out), '--log-json', '-'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const events: { type: string }[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may be half there.
    if (line.endsWith('}')) events.push(JSON.parse(line));
    if (events.length >= killAfter) child.kill('SIGKILL');
  }
  return { events, code: await closed, errors };
}

const filesOf = (out: string): [string, Buffer][] =>
  readdirSync(join(folder, out))
    .sort()
    .map((name) => [name, readFileSync(join(folder, out, name))]);

beforeAll(async () => {
  await writeCorpus(join(folder, 'gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 30));
  await writeCorpus(join(folder, 'es.bio'), (await sampleCorpus('es', 'train')).slice(0, 40));
  await writeCorpus(join(folder, 'dev.bio'), (await sampleCorpus('gl', 'dev')).slice(0, 20));
  for (const [kind, recipe] of kinds) {
    writeFileSync(
      join(folder, `${kind}.yaml`),
      `target: { language: gl, train: gl.bio, dev: dev.bio }
sources: [{ language: es, train: es.bio }]
recipe: ${recipe}
output: model
${kind === 'linear' ? '' : 'threads: 1'}
checkpoints: { everySteps: 3 }
report: false
`,
    );
  }
  program = await bundleProgram(join(folder, 'program'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const isResumed = ({ type, resumed }: Run['events'][number]): boolean =>
  type === 'resume' || resumed !== undefined;

describe.each(kinds)('a training of a model that is %s', (kind, _, few) => {
  const whole = `whole-${kind}`;
  const kills = stress ?? few;
  let wholeRun: Run;

  test('ends where nobody kills it, and leaves no checkpoints', async () => {
    wholeRun = await train(kind, whole);
    expect([wholeRun.code, wholeRun.errors]).toEqual([0, expect.not.stringContaining('error')]);
    expect(wholeRun.events.filter(({ type }) => type === 'checkpoint').length).toBeGreaterThan(5);
    expect(readdirSync(folder).filter((name) => name.startsWith(whole))).toEqual([whole]);
  });

  test(
    `killed at any moment and started again, ends with the same bytes (${kills} times)`,
    async () => {
      const { events } = wholeRun;
      let resumed = 0;
      for (let kill = 0; kill < kills; kill++) {
        const out = `killed-${kind}-${kill}`;
        // The first one is killed when there are checkpoints for sure, and much is left to do.
        const moment = kill === 0 ? Math.floor(events.length / 6) : 1 + randomInteger(random, events.length);
        const cut = await train(kind, out, moment);
        const finished = existsSync(join(folder, out)) && !existsSync(join(folder, `${out}.checkpoints`));
        if (!finished) {
          expect(cut.code).toBeNull();
          const rest = await train(kind, out);
          expect(rest.errors).not.toContain('error');
          expect(rest.code).toBe(0);
          if (rest.events.some(isResumed)) resumed++;
          expect(rest.events.length).toBeLessThanOrEqual(events.length + 2);
        }
        expect(filesOf(out)).toEqual(filesOf(whole));
        expect(readdirSync(folder).filter((name) => name.includes(out))).toEqual([out]);
      }
      expect(resumed).toBeGreaterThan(0);
    },
    kills * 60_000,
  );
});

test('between the model and the end of its checkpoints: the model that is there is kept, another one is not touched', async () => {
  // As if the process had been killed right after the model was saved.
  mkdirSync(join(folder, 'whole-linear.checkpoints'));
  const again = await train('linear', 'whole-linear');
  expect([again.code, again.errors]).toEqual([0, expect.not.stringContaining('error')]);
  expect(readdirSync(folder).filter((name) => name.startsWith('whole-linear'))).toEqual(['whole-linear']);

  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other', 'config.json'), '{}');
  mkdirSync(join(folder, 'other.checkpoints'));
  const refused = await train('linear', 'other');
  expect(refused.code).toBe(1);
  expect(refused.errors).toContain('is another model than the one that was being trained');
  expect(readFileSync(join(folder, 'other', 'config.json'), 'utf8')).toBe('{}');
});
