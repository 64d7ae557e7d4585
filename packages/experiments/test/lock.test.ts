import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../src/node/lock.js';

const folders: string[] = [];
const fresh = (): { folder: string; file: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-lock-'));
  folders.push(folder);
  return { folder, file: join(folder, '.lock') };
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a lock', () => {
  test('of a program that is gone is taken over by one of many', async () => {
    for (let round = 0; round < 30; round++) {
      const { folder, file } = fresh();
      writeFileSync(file, '999999999');
      const tries = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(folder)));
      const got = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(got).toHaveLength(1);
      await got[0]();
      // Nothing of all the tries stays.
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test('names its file, so that a person can delete it', async () => {
    const { folder, file } = fresh();
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid} is`);
    await expect(lockFolder(folder)).rejects.toThrow(`delete ${file}`);
    await unlock();
    expect(existsSync(file)).toBe(false);
  });

  test('that is empty may be about to be written: nobody takes it', async () => {
    const { folder, file } = fresh();
    writeFileSync(file, '');
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUseError);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  test.runIf(process.platform === 'linux')(
    'of another process of the same number counts for nothing',
    async () => {
      const { folder, file } = fresh();
      writeFileSync(file, JSON.stringify({ pid: process.pid, started: '1 another-boot' }));
      await (
        await lockFolder(folder)
      )();
      expect(existsSync(file)).toBe(false);
    },
  );

  test('is removed by its owner only', async () => {
    const { folder, file } = fresh();
    const unlock = await lockFolder(folder);
    writeFileSync(file, String(process.pid));
    await unlock();
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  });
});
