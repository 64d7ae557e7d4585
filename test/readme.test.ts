import { runReadme } from '@cognate/testing';
import { expect, it } from 'vitest';

it('the code in README.md prints what README.md says', async () => {
  const results = await runReadme(import.meta.url);
  expect(results.length).toBeGreaterThan(0);
  for (const { snippet, printed } of results) {
    expect(printed, `README.md, line ${snippet.line}`).toBe(snippet.output);
  }
});
