import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { describe, expect, test } from 'vitest';
import { cognate, programFile, spawnCognate, startCognate } from './run.js';

describe('the program as a process', () => {
  test('help and version are no errors; a wrong call is 2; work that fails is 1', async () => {
    const [help, wrong, flag, failed] = await Promise.all([
      spawnCognate(['--help']),
      spawnCognate(['trian']),
      spawnCognate(['train', 'x.bio', '--out', 'm', '--c1', 'much']),
      spawnCognate(['tag', '--model', 'no-such-model']),
    ]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('cognate demo');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Did you mean train?');
    expect(flag.code).toBe(2);
    expect(flag.stderr).toContain('expected a number of 0 or more');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /^error: expected a model's config\.json in ".*no-such-model", got no such file\n$/,
    );
    expect(failed.stdout).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))(
    'a disk that is full under standard output is said, without a stack',
    async () => {
      const program = await programFile();
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [program, 'info'], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(full);
      expect([status, stderr]).toEqual([1, 'error: standard output: no space left on the disk\n']);
    },
  );

  test('a server answers until SIGTERM, then ends with 0; a port that is taken is an error', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cognate-serve-'));
    const model = join(folder, 'model');
    await writeCorpus(join(folder, 'train.bio'), (await sampleCorpus('gl', 'train')).slice(0, 20));
    await cognate('train', join(folder, 'train.bio'), '--iterations', '2', '--out', model);
    const child = await startCognate(['serve', '--model', model, '--port', '0']);
    try {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      while (!said.includes('\n')) await once(child.stderr, 'data');
      const url = /http:\S+/.exec(said)?.[0] ?? said;
      const answer = await fetch(url, { method: 'POST', body: 'Chove en Vigo.' });
      expect(answer.status).toBe(200);
      expect((await fetch(new URL('/health', url))).status).toBe(200);
      const taken = await spawnCognate(['serve', '--model', model, '--port', new URL(url).port]);
      expect([taken.code, taken.stderr]).toEqual([
        1,
        expect.stringMatching(/^error: cannot listen at .*EADDRINUSE/),
      ]);
      child.kill('SIGTERM');
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(said).toMatch(/SIGTERM: answering what is under way\n$/);
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    }
  });
});
