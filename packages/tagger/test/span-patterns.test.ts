import { spanMarginals, type Lattice } from '@cognate/crf';
import { allowedTransitions, schemes, spansFromTags, tagSet } from '@cognate/tag-scheme';
import { enumeratePaths, seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { SpanPatterns } from '../src/linear/span-patterns.js';

describe.each(schemes)('%s', (scheme) => {
  const tags = tagSet(['A', 'B'], scheme);
  const n = tags.length;
  const patterns = new SpanPatterns(tags, scheme);
  const mask = allowedTransitions(tags, scheme);

  test.each([1, 2, 3, 4])(
    'the probability of an entity in %i tokens is that of all valid taggings that have it',
    (length) => {
      const random = seededRandom(length);
      const draw = (size: number) => Float64Array.from({ length: size }, () => 4 * random() - 2);
      const lattice: Lattice = { length, numTags: n, emissions: draw(length * n), transitions: draw(n * n) };
      const paths = enumeratePaths(lattice, mask).map(({ tags: path, score }) => ({
        spans: spansFromTags(
          path.map((tag) => tags[tag]),
          scheme,
          'throw',
        ),
        weight: Math.exp(score),
      }));
      const total = paths.reduce((sum, { weight }) => sum + weight, 0);
      for (let start = 0; start < length; start++)
        for (let end = start + 1; end <= length; end++)
          for (const label of ['A', 'B']) {
            const has = paths.filter(({ spans }) =>
              spans.some((span) => span.start === start && span.end === end && span.label === label),
            );
            const expected = has.reduce((sum, { weight }) => sum + weight, 0) / total;
            const ours = spanMarginals(lattice, patterns.of({ start, end, label }), mask).reduce(
              (sum, p) => sum + p,
              0,
            );
            expect(ours).toBeCloseTo(expected, 12);
          }
    },
  );
});

test('an entity that the model has no tags for has no path', () => {
  const patterns = new SpanPatterns(['O', 'B-A'], 'IOB2');
  expect(patterns.of({ start: 0, end: 2, label: 'A' })).toEqual([]);
  expect(patterns.of({ start: 0, end: 1, label: 'B' })).toEqual([]);
  expect(patterns.of({ start: 3, end: 4, label: 'A' })).toHaveLength(1);
});
