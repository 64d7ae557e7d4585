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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from './bundle.js';

/** `npm run test:stress` kills more often. */
const kills = process.env.COGNATE_STRESS === undefined ? 2 : 20;
const folder = mkdtempSync(join(tmpdir(), 'cognate-kill-'));
const project = join(folder, 'cognate.yaml');
const random = seededRandom(11);
let program: string;
let whole: Run;

interface Run {
  readonly events: readonly { type: string; resumed?: object }[];
  readonly code: number | null;
  readonly errors: string;
}

/** Trains to `out` of the folder; kills the process when it has logged so many events. */
async function train(out: string, killAfter = Infinity): Promise<Run> {
  const args = ['train', project, '--out', join(folder, out), '--log-json', '-'];
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
  const size = '{ size: 8 }';
  writeFileSync(
    project,
    `target: { language: gl, train: gl.bio, dev: dev.bio }
sources: [{ language: es, train: es.bio }]
recipe:
  extends: fast
  network: { characters: { embedding: 8, size: 8 }, words: ${size}, sentence: ${size}, hidden: ${size} }
  training: { epochs: 4, targetRepeat: 3, fineTune: { epochs: 2 } }
output: model
threads: 1
checkpoints: { everySteps: 3 }
report: false
`,
  );
  program = await bundleProgram(join(folder, 'program'));
  whole = await train('whole');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a training that nobody kills ends, and leaves no checkpoints', () => {
  expect(whole.errors).not.toContain('error');
  expect([whole.code, whole.errors]).toEqual([0, expect.not.stringContaining('error')]);
  expect(whole.events.filter(({ type }) => type === 'checkpoint').length).toBeGreaterThan(5);
  expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual(['whole']);
});

test(
  `killed at any moment and started again, it ends with the same bytes (${kills} times)`,
  async () => {
    let resumed = 0;
    for (let kill = 0; kill < kills; kill++) {
      const out = `killed-${kill}`;
      // The first one is killed when there are checkpoints for sure.
      const moment =
        kill === 0 ? Math.floor(whole.events.length / 2) : 1 + randomInteger(random, whole.events.length);
      const cut = await train(out, moment);
      const finished = existsSync(join(folder, out)) && !existsSync(join(folder, `${out}.checkpoints`));
      if (!finished) {
        expect(cut.code).toBeNull();
        const rest = await train(out);
        expect(rest.errors).not.toContain('error');
        expect(rest.code).toBe(0);
        if (rest.events.some((event) => event.resumed)) resumed++;
        expect(rest.events.length).toBeLessThanOrEqual(whole.events.length + 1);
      }
      expect(filesOf(out)).toEqual(filesOf('whole'));
      expect(readdirSync(folder).filter((name) => name.includes(out))).toEqual([out]);
    }
    expect(resumed).toBeGreaterThan(0);
  },
  kills * 60_000,
);

test('between the model and the end of its checkpoints: the model that is there is kept, another one is not touched', async () => {
  // As if the process had been killed right after the model was saved.
  mkdirSync(join(folder, 'whole.checkpoints'));
  const again = await train('whole');
  expect([again.code, again.errors]).toEqual([0, expect.not.stringContaining('error')]);
  expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual(['whole']);

  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other', 'config.json'), '{}');
  mkdirSync(join(folder, 'other.checkpoints'));
  const refused = await train('other');
  expect(refused.code).toBe(1);
  expect(refused.errors).toContain('is another model than the one that was being trained');
  expect(readFileSync(join(folder, 'other', 'config.json'), 'utf8')).toBe('{}');
});
