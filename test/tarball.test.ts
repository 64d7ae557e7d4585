import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { unpack } from '../scripts/tarball.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'cognate-tar-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

it.each(['ustar', 'pax'])("reads what the system's tar writes in the format %s", (format) => {
  const folder = join(scratch, format);
  const files: Record<string, string> = {
    'package.json': '{}',
    'empty.txt': '',
    'block.txt': 'x'.repeat(512),
    'two-blocks.txt': 'é'.repeat(300),
    // Too long for the short field of a name.
    [`${'deep/'.repeat(22)}file.txt`]: 'deep',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'package', name)), { recursive: true });
    writeFileSync(join(folder, 'package', name), text);
  }
  const made = spawnSync('tar', [`--format=${format}`, '-czf', 'made.tgz', 'package'], { cwd: folder });
  expect(made.status).toBe(0);

  const read = [...unpack(readFileSync(join(folder, 'made.tgz')))].map(([name, bytes]) => [
    name,
    bytes.toString('utf8'),
  ]);
  expect(Object.fromEntries(read)).toEqual(files);
});
