import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { train } from '../src/index.js';
import { folderStore } from '../src/node.js';
import { bundle } from './fixtures/bundle.js';
import { killedRun, ToyTagger, valuesOf } from './fixtures/toy.js';

const scratch = mkdtempSync(join(tmpdir(), 'cognate-checkpoints-'));
const program = join(scratch, 'child.mjs');
beforeAll(async () => {
  await bundle(fileURLToPath(new URL('./fixtures/child.ts', import.meta.url)), program);
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const newest = async (folder: string) =>
  Promise.all(
    (await folderStore(folder).list()).map(async (one) => new TextDecoder().decode(await one.read())),
  );

describe('a folder of checkpoints', () => {
  it('keeps the last ones, the newest first, across stores and beyond its own numbers', async () => {
    const folder = join(scratch, 'deep/er');
    expect(await folderStore(folder).list()).toEqual([]);
    const store = folderStore(folder, { keep: 3 });
    for (const text of ['one', 'two', 'three', 'four']) await store.write(bytes(text));
    expect(await newest(folder)).toEqual(['four', 'three', 'two']);
    await folderStore(folder, { keep: 1 }).write(bytes('five'));
    expect(readdirSync(folder)).toEqual(['checkpoint-00000005.ckpt']);

    rmSync(join(folder, 'checkpoint-00000005.ckpt'));
    writeFileSync(join(folder, 'checkpoint-99999999.ckpt'), 'many');
    await folderStore(folder).write(bytes('more'));
    expect(await newest(folder)).toEqual(['more', 'many']);
  });

  it('names the checkpoint that a full disk has no room for, and leaves no half of it there', async () => {
    const folder = join(scratch, 'full');
    const store = folderStore(folder);
    await store.write(bytes('whole'));
    const probe = await open(folder);
    const handles = Object.getPrototypeOf(probe) as typeof probe;
    await probe.close();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const write = vi.spyOn(handles, 'writeFile').mockRejectedValue(full);
    const path = join(folder, 'checkpoint-00000002.ckpt');
    try {
      await expect(store.write(bytes('more'))).rejects.toMatchObject({
        code: 'ENOSPC',
        path,
        message: `${path}: cannot be written: ENOSPC: no space left on device, write`,
      });
    } finally {
      write.mockRestore();
    }
    expect(readdirSync(folder)).toEqual(['checkpoint-00000001.ckpt']);
    await store.write(bytes('more'));
    expect(await newest(folder)).toEqual(['more', 'whole']);
  });

  it('does not see what a crash left half-written, whatever its length, and clears it away', async () => {
    const folder = join(scratch, 'crashed');
    const store = folderStore(folder);
    await store.write(bytes('whole'));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    for (let length = 0; length <= 5; length++) {
      writeFileSync(join(folder, 'checkpoint-00000002.ckpt.partial'), 'later'.slice(0, length));
      expect(await newest(folder)).toEqual(['whole']);
    }
    await folderStore(folder).write(bytes('next'));
    expect(readdirSync(folder).sort()).toEqual([
      'checkpoint-00000001.ckpt',
      'checkpoint-00000002.ckpt',
      'notes.txt',
    ]);
  });

  it('names what it cannot do', async () => {
    expect(() => folderStore(scratch, { keep: 0 })).toThrow(
      /^keep: expected a whole number of at least 1, got 0$/,
    );
    expect(() => folderStore('')).toThrow(/^folder: expected the path of a folder, got ""$/);
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    await expect(folderStore(join(file, 'in')).write(bytes('x'))).rejects.toThrow(/ENOTDIR/);
    await expect(folderStore(file).list()).rejects.toThrow(/ENOTDIR/);
  });
});

/** Trains in a process of its own, which is killed when `kill` says so. Gives the lines that it wrote. */
function trainInChild(folder: string, kill: (line: string) => number | undefined): Promise<string[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => {
    lines.push(line);
    const delay = kill(line);
    if (delay !== undefined) setTimeout(() => child.kill('SIGKILL'), delay);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    reader.on('close', () => resolve(lines));
  });
}

const numbered = (lines: readonly string[], word: string): number[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.slice(word.length + 1)));

describe('a run that is killed again and again', () => {
  it('loses no step that was safe, and ends as if nothing had been', async () => {
    const folder = join(scratch, 'killed');
    let safe = 0;
    let kills = 0;
    // So many milliseconds after so many checkpoints: before, in and after the writing of one.
    for (const [count, delay] of [
      [1, 0],
      [20, 1],
      [40, 2],
    ]) {
      let seen = 0;
      const lines = await trainInChild(folder, (line) =>
        line.startsWith('safe') && ++seen === count ? delay : undefined,
      );
      const [from] = numbered(lines, 'from');
      expect(from).toBeGreaterThanOrEqual(safe);
      if (!lines.some((line) => line.startsWith('values'))) kills++;
      safe = Math.max(from, ...numbered(lines, 'safe'));
      // What a reader finds is whole, at whatever byte the process has stopped.
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.ckpt'))) {
        expect(readFileSync(join(folder, name)).subarray(0, 8).toString()).toBe('COGNATEK');
      }
    }
    expect(kills).toBe(3);

    const lines = await trainInChild(folder, () => undefined);
    expect(numbered(lines, 'from')[0]).toBeGreaterThanOrEqual(safe);
    const { data, options } = killedRun();
    const model = new ToyTagger({}, 0.3);
    await train({ model, data, options });
    expect(lines.at(-1)).toBe(`values ${valuesOf(model)}`);
  });
});
