import { runReadme } from '@cognate/testing';
import { expect, test } from 'vitest';

test('the examples of the README print what it says', async () => {
  const results = await runReadme(import.meta.url);
  expect(results.length).toBeGreaterThan(0);
  for (const { snippet, printed } of results) expect(printed).toBe(snippet.output);
});
