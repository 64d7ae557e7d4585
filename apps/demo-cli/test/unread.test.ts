import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus } from '@cognate/corpora/samples';
import { afterAll, expect, test } from 'vitest';
import { startCognate } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cognate-unread-'));
const at = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a training whose log nobody reads any more still makes its model', async () => {
  await writeCorpus(at('gl.bio'), (await sampleCorpus('gl', 'train')).slice(0, 40));
  const child = await startCognate([
    ...['train', at('gl.bio'), '--language', 'gl', '--config', 'linear', '--iterations', '20', '--no-report'],
    ...['--out', at('model'), '--log-json', '-', '--quiet'],
  ]);
  child.stdout.destroy();
  child.stdin.end();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(existsSync(at('model'))).toBe(true);
});
