import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface Snippet {
  /** The code of one ```ts block. */
  readonly code: string;
  /** Line of the page on which the block starts, from 1. */
  readonly line: number;
  /** The ```text block that follows the code directly: what the code prints. */
  readonly output: string | undefined;
}

/** The ```ts blocks of a page, each with the ```text block right after it, if there is one. */
export function readmeSnippets(markdown: string): Snippet[] {
  const fence = /^```ts\n([\s\S]*?)^```\n(?:\s*^```text\n([\s\S]*?)^```$)?/gm;
  return [...markdown.replaceAll('\r\n', '\n').matchAll(fence)].map((match) => ({
    code: match[1],
    line: markdown.slice(0, match.index).split('\n').length,
    output: match[2],
  }));
}

/**
 * Runs each ```ts block of `../README.md` (seen from the calling test: pass `import.meta.url`) as a module of its own
 * and gives what it printed by `console.log` beside what the README says it prints.
 */
export async function runReadme(testUrl: string): Promise<{ snippet: Snippet; printed: string }[]> {
  const folder = dirname(fileURLToPath(testUrl));
  return runSnippets(join(folder, '../README.md'), join(folder, '.readme'));
}

/**
 * The same for any page.
 *
 * @param scratch a folder that is made for the modules, and taken away afterwards: where it is decides what they can import
 */
export async function runSnippets(
  page: string,
  scratch: string,
): Promise<{ snippet: Snippet; printed: string }[]> {
  const snippets = readmeSnippets(readFileSync(page, 'utf8'));
  mkdirSync(scratch, { recursive: true });
  const results = [];
  const log = console.log;
  try {
    for (const snippet of snippets) {
      const file = join(scratch, `line-${snippet.line}.ts`);
      writeFileSync(file, snippet.code);
      let printed = '';
      console.log = (...items: unknown[]) => {
        printed += `${items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(' ')}\n`;
      };
      await import(/* @vite-ignore */ pathToFileURL(file).href);
      results.push({ snippet, printed });
    }
  } finally {
    console.log = log;
    rmSync(scratch, { recursive: true, force: true });
  }
  return results;
}
