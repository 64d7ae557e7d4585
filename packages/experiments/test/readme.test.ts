import { readFileSync } from 'node:fs';
import { runReadme } from '@cognate/testing';
import { expect, test } from 'vitest';
import { gridJsonSchema, recipeJsonSchema } from '../src/index.js';

test('the README says what its code prints', async () => {
  const results = await runReadme(import.meta.url);
  expect(results.length).toBeGreaterThan(0);
  for (const { snippet, printed } of results) expect(printed).toBe(snippet.output);
});

/** Names of fields, and words that fields may be, but those of a network: these are another package's. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'properties') {
      const fields = Object.entries(value as object).filter(([name]) => name !== 'network');
      return fields.flatMap(([name, field]) => [name, ...namesIn(field)]);
    }
    if (key === 'const' || key === 'enum') return [value].flat().map(String);
    return key === 'default' || key === 'required' ? [] : namesIn(value);
  });
}

test('the README has every field of recipes and grids', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const prose = readme.replaceAll(/```[^`]*(?:`(?!``)[^`]*)*```/gu, '');
  const code = [...prose.matchAll(/`([^`]+)`/gu)].map(([, text]) => text).join(' ');
  const words = new Set(code.match(/[\w-]+/gu));
  const names = [recipeJsonSchema(), gridJsonSchema()].flatMap(namesIn);
  expect(names.length).toBeGreaterThan(50);
  expect([...new Set(names)].filter((name) => !words.has(name))).toEqual([]);
});
