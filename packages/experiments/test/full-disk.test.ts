import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appendLine } from '../src/node/append-line.js';
import { writeWhole } from '../src/node/run-log.js';

/** A device that every byte is too much for. */
const device = '/dev/full';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognate-full-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe.skipIf(!existsSync(device))('a full disk is told with the file that it has no room for', () => {
  const error = (file: string) => ({
    code: 'ENOSPC',
    path: file,
    message: expect.stringMatching(/: cannot be written: ENOSPC: /u) as unknown,
  });

  test('of a line that is added', async () => {
    const file = join(folder, 'runs.jsonl');
    symlinkSync(device, file);
    await expect(appendLine(file, '{}')).rejects.toMatchObject(error(file));
    await expect(appendLine(file, '{}')).rejects.toThrow(`${file}: cannot`);
  });

  test('of a file as a whole, which is written under another name first', async () => {
    const file = join(folder, 'report.md');
    vi.spyOn(Date, 'now').mockReturnValue(5);
    symlinkSync(device, join(folder, `.${process.pid}-5.partial`));
    const written = writeWhole(file, 'text');
    await expect(written).rejects.toMatchObject(error(file));
    await expect(written).rejects.toThrow(`${file}: cannot`);
    expect(readdirSync(folder)).toEqual([]);
  });
});
