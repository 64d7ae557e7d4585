import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { root } from './repository.js';

const examples = join(root, 'examples');
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'src/main.ts')));

describe.each(names)('the example %s', (name) => {
  const folder = join(examples, name);

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('prints what its README says', async () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
    const output = /^```text\n([\s\S]*?)^```$/m.exec(readme)?.[1];
    expect(output, 'README.md has a ```text block').toBeDefined();

    let printed = '';
    vi.spyOn(console, 'log').mockImplementation((...items: unknown[]) => {
      printed += `${items.join(' ')}\n`;
    });
    await import(/* @vite-ignore */ pathToFileURL(join(folder, 'src/main.ts')).href);
    expect(printed).toBe(output);
  });
});
