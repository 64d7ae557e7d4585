import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runSnippets } from '@cognate/testing';
import { fits } from './console.js';
import { guideSteps, unnamedFiles } from './guide.js';
import { writeShims } from './guide-shims.js';
import { root } from './repository.js';

vi.setConfig({ testTimeout: 180_000 });

const folder = join(root, 'docs/guides');
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));
const read = (guide: string) => readFileSync(join(folder, guide), 'utf8');

const noShell = process.platform === 'win32';
if (noShell) process.stderr.write('no POSIX shell here: following the guides is skipped\n');

describe('the code in the guide', () => {
  const withCode = guides.filter((guide) => /^```ts$/m.test(read(guide)));

  it.each(withCode)('%s prints what it says', async (guide) => {
    const results = await runSnippets(join(folder, guide), join(root, 'test/.readme', guide));
    for (const { snippet, printed } of results) {
      expect(printed, `${guide}, line ${String(snippet.line)}`).toBe(snippet.output);
    }
  });
});

describe.skipIf(noShell)('from an empty folder, by its words alone,', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'cognate-guides-'));
  const programs = join(scratch, 'bin');
  const toFollow = guides.filter((guide) => guideSteps(read(guide)).length > 0);

  beforeAll(() => {
    writeShims(programs);
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it.each(toFollow)('%s is followed', (guide) => {
    const place = join(scratch, guide.replace(/\.md$/, ''));
    mkdirSync(place);
    const env = {
      ...process.env,
      PATH: [programs, process.env.PATH ?? ''].join(delimiter),
      NO_COLOR: '1',
      // What vitest tells its own processes is not meant for these.
      NODE_OPTIONS: '',
    };
    for (const step of guideSteps(read(guide))) {
      const where = `${guide}, line ${String(step.line)}`;
      if (step.kind === 'save') {
        mkdirSync(dirname(join(place, step.file)), { recursive: true });
        writeFileSync(join(place, step.file), step.content);
        continue;
      }
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', step.commands], {
        cwd: place,
        env,
        encoding: 'utf8',
      });
      expect({ where, status, stderr: status === 0 ? '' : stderr }).toEqual({ where, status: 0, stderr: '' });
      // Compared only to show the difference.
      if (step.output !== undefined && !fits(stdout.trimEnd(), step.output))
        expect(stdout.trimEnd(), where).toBe(step.output);
    }
  });

  it.each(toFollow)('%s names each file before it shows it', (guide) => {
    expect(unnamedFiles(read(guide))).toEqual([]);
  });
});

describe('the steps of a guide', () => {
  const markdown =
    'Save as `a.mjs`:\n\n```js a.mjs\nx\n```\n\n```sh\nnode a.mjs\n```\n\n```text\nout\n```\n\n```ts\nz\n```\n\n```text\nof the code\n```\n\nwords\n\n```text\nno output\n```\n\n```ts\ny\n```\n\n```js b.mjs\nz\n```\n';

  it('are files to save and commands to run, with what these print', () => {
    expect(guideSteps(markdown)).toEqual([
      { kind: 'save', file: 'a.mjs', content: 'x\n', line: 3 },
      { kind: 'run', commands: 'node a.mjs\n', output: 'out', line: 7 },
      { kind: 'save', file: 'b.mjs', content: 'z\n', line: 33 },
    ]);
    expect(unnamedFiles(markdown)).toEqual(['b.mjs']);
  });
});
