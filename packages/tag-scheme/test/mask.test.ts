import { describe, expect, it } from 'vitest';
import {
  allowedTransitions,
  detectScheme,
  invalidTags,
  schemes,
  spansFromTags,
  tagSet,
} from '../src/index.js';
import { everySequence } from './oracle.js';

describe.each(schemes)('the mask of %s', (scheme) => {
  const tags = [...tagSet(['X', 'Y'], scheme), 'Z-X', 'O-X', ''];
  const mask = allowedTransitions(tags, scheme);

  it('allows exactly the sequences in which invalidTags finds nothing', () => {
    let valid = 0;
    for (const sequence of everySequence(tags, tags.length > 10 ? 4 : 5)) {
      const ids = sequence.map((tag) => tags.indexOf(tag));
      const allowed =
        ids.length === 0 ||
        (mask.start[ids[0]] === 1 &&
          mask.end[ids[ids.length - 1]] === 1 &&
          ids.every((id, t) => t === 0 || mask.transitions[ids[t - 1] * tags.length + id] === 1));
      if (allowed !== (invalidTags(sequence, scheme).length === 0)) {
        expect.fail(`mask says ${String(allowed)} of "${sequence.join(' ')}"`);
      }
      if (allowed) valid++;
    }
    expect(valid).toBeGreaterThan(50);
  });
});
