import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { root } from './repository.js';

const script = join(root, 'scripts/newcomer.cjs');
const start = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

describe('what a newcomer runs', () => {
  it.each(['newcomer.cjs', 'pnpm.cjs'])('can be read by any Node, however old: %s', (name) => {
    const code = readFileSync(join(root, 'scripts', name), 'utf8');
    const languageOptions = { ecmaVersion: 5, sourceType: 'script' } as const;
    expect(new Linter().verify(code, [{ files: ['**/*.cjs'], languageOptions }], name)).toEqual([]);
  });

  it('says which Node it needs, and starts nothing, when this one is too old', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'cognate-old-'));
    try {
      const pretend = join(scratch, 'pretend.cjs');
      writeFileSync(
        pretend,
        "Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } });\n" +
          "require('child_process').spawnSync = () => { throw new Error('started something'); };\n",
      );
      expect(start('--require', pretend, script, 'test')).toEqual({
        status: 1,
        output: 'Cognate needs Node 20 or newer; this is Node 18.20.4.\n',
      });
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  it('refuses another command', () => {
    const { status, output } = start(script, 'tests');
    expect(status).toBe(2);
    expect(output).toContain('expected "demo", "playground" or "test", got "tests"');
  });
});
