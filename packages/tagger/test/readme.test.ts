import { runReadme } from '@cognate/testing';
import { expect, test } from 'vitest';

test('the README prints what it says', async () => {
  const results = await runReadme(import.meta.url);
  expect(results.length).toBeGreaterThan(0);
  for (const { snippet, printed } of results) expect(printed).toBe(snippet.output);
});
