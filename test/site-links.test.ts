import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { brokenLinks, linksForSite, resolveSiteLinks } from '../scripts/site-links.mjs';
import { root } from './repository.js';

describe('a page of the repository on the site', () => {
  const onSite = new Map([
    ['docs/guides/a.md', ''],
    ['packages/crf', 'modules/crf.html'],
    ['README.md', 'index.html'],
  ]);
  const links = (markdown: string) => linksForSite(markdown, 'docs/guides/b.md', root, onSite);

  it.each([
    ['[a](a.md#x)', '[a](a.md#x)'],
    ['[c](../../packages/crf/README.md#quick-start)', '[c](site:modules/crf.html#quick-start)'],
    ['[c](../../packages/crf)', '[c](site:modules/crf.html)'],
    ['[r](../../README.md)', '[r](site:index.html)'],
    ['[e](../../examples/)', '[e](https://github.com/cognate-nlp/cognate/tree/main/examples)'],
    ['[l](../../LICENSE)', '[l](https://github.com/cognate-nlp/cognate/blob/main/LICENSE)'],
    ['[w](https://example.org/a) [h](#here)', '[w](https://example.org/a) [h](#here)'],
    ['![picture](../architecture.svg)', '![picture](../architecture.svg)'],
    ['`[x](../../LICENSE)`', '`[x](../../LICENSE)`'],
    ['```\n[x](../../LICENSE)\n```\n', '```\n[x](../../LICENSE)\n```\n'],
  ])('%s', (markdown, expected) => {
    expect(links(markdown)).toBe(expected);
  });

  it('may not link to what is not there', () => {
    expect(() => links('[x](nowhere.md)')).toThrow(
      'docs/guides/b.md: a link to nowhere.md, which is not there',
    );
  });

  it('links from wherever it is', () => {
    expect(resolveSiteLinks('<a href="site:modules/crf.html">', 'documents/b.html')).toBe(
      '<a href="../modules/crf.html">',
    );
    expect(resolveSiteLinks('<a href="site:modules/crf.html">', 'index.html')).toBe(
      '<a href="modules/crf.html">',
    );
  });
});

describe('the links of a site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cognate-site-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('that lead nowhere are found, and no others', () => {
    const pages = {
      'index.html':
        '<a href="a/b.html">1</a> <a href="a/b.html#here">2</a> <a href="a/b.html#gone">3</a> <a href="c.html">4</a> <a href="https://example.org">5</a> <a href="a">6</a> <a href="site:x.html">7</a>',
      'a/index.html': '<a href="../index.html">1</a> <img src="picture.svg"> <img src="missing.svg">',
      'a/b.html': '<h2 id="here">Here</h2> <a href="#here">1</a> <a href="#&quot;quoted&quot;">2</a>',
      'a/picture.svg': '<svg/>',
    };
    for (const [name, html] of Object.entries(pages)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), html);
    }
    expect(brokenLinks(folder)).toEqual([
      'a/b.html: #"quoted"',
      'a/index.html: missing.svg',
      'index.html: a/b.html#gone',
      'index.html: c.html',
      'index.html: site:x.html',
    ]);
  });
});
