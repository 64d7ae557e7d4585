import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Failure } from '../src/failure.js';
import { jsonLog } from '../src/training/json-log.js';
import { programFile } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-json-log-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('lines are added behind half a line, each with its time', () => {
  const file = join(folder, 'train.jsonl');
  writeFileSync(file, '{"type": "st');
  const log = jsonLog(file);
  log.write({ type: 'step' });
  log.close();
  expect(readFileSync(file, 'utf8')).toMatch(/^\{"type": "st\n\{"time":"[^"]+","type":"step"\}\n$/u);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk under the log does not hide what ended the training',
  async () => {
    const failed = spawnSync(
      process.execPath,
      [
        await programFile(),
        'train',
        'no-such.bio',
        '--language',
        'gl',
        '--out',
        'model',
        '--log-json',
        '/dev/full',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(
      /^warning: \/dev\/full: no space left on the disk\nerror: no-such\.bio: expected a file, got nothing by that name\n$/u,
    );
  },
);

test.skipIf(!existsSync('/dev/full'))('a full disk is told with the name of the log', () => {
  const log = jsonLog('/dev/full');
  expect(() => {
    log.write({ type: 'step' });
  }).toThrow(new Failure('/dev/full: no space left on the disk'));
  log.close();
});
