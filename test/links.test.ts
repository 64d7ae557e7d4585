import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, trackedFiles } from './repository.js';

/** Targets of the links and images of a Markdown text that are files, without their anchors. Code is not looked at. */
function linkedFiles(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g)]
    .map((match) => match[1].replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target));
}

const pages = trackedFiles()?.filter((file) => file.endsWith('.md') && !file.includes('/fixtures/'));

describe.skipIf(pages === undefined)('relative links', () => {
  it.each(pages ?? [])('of %s lead to a file', (page) => {
    const folder = dirname(join(root, page));
    const broken = linkedFiles(readFileSync(join(root, page), 'utf8')).filter(
      (target) => !existsSync(join(folder, decodeURI(target))),
    );
    expect(broken).toEqual([]);
  });
});
