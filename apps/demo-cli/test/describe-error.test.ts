import { parseSentences } from '@cognate/corpora';
import { expect, test } from 'vitest';
import { Failure } from '../src/failure.js';
import { describeError } from '../src/terminal/describe-error.js';

const errorOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('options of the reader are named as the program takes them', () => {
  const markup = errorOf(() => parseSentences('<PER>Ana vive.\n', { format: 'inline' }));
  expect(describeError(markup)).toMatch(
    /\(option brokenMarkup: .*\); here an option is --read NAME=VALUE, /u,
  );
  const unsure = errorOf(() => parseSentences('Lugo NP\nchove VP\n\nVigo NP\narde VP\n'));
  expect(describeError(unsure)).toContain('--read NAME=VALUE');
  expect(describeError(new Failure('expected an option'))).toBe('expected an option');
});
