import { describe, expect, it } from 'vitest';
import { allowedTransitions, invalidTags, schemes, tagSet } from '../src/index.js';
import { everySequence } from './oracle.js';

describe.each(schemes)('the mask of %s', (scheme) => {
  const tags = [...tagSet(['X', 'Y'], scheme), 'Z-X', 'O-X', ''];
  const n = tags.length;
  const mask = allowedTransitions(tags, scheme);

  it('allows exactly the sequences in which invalidTags finds nothing', () => {
    let valid = 0;
    for (const sequence of everySequence(tags, n > 10 ? 4 : 5)) {
      const ids = sequence.map((tag) => tags.indexOf(tag));
      const allowed =
        ids.length === 0 ||
        (mask.start[ids[0]] === 1 &&
          mask.end[ids[ids.length - 1]] === 1 &&
          ids.every((id, t) => t === 0 || mask.transitions[ids[t - 1] * n + id] === 1));
      if (allowed !== (invalidTags(sequence, scheme).length === 0)) {
        expect.fail(`the mask says ${String(allowed)} of "${sequence.join(' ')}"`);
      }
      if (allowed) valid++;
    }
    expect(valid).toBeGreaterThan(50);
  });

  it('has a row and a column for each tag', () => {
    expect(mask.transitions).toHaveLength(n * n);
    expect(mask.start).toHaveLength(n);
    expect(mask.end).toHaveLength(n);
  });
});

describe('masks by hand', () => {
  const rows = (tags: string[], scheme: 'IOB1' | 'IOB2' | 'IOE1' | 'BIOES') => {
    const { transitions, start, end } = allowedTransitions(tags, scheme);
    return {
      start: [...start].join(''),
      end: [...end].join(''),
      transitions: tags.map((_, from) =>
        transitions.slice(from * tags.length, (from + 1) * tags.length).join(''),
      ),
    };
  };

  it('IOB2: I follows only its own label', () => {
    expect(rows(['O', 'B-X', 'I-X', 'B-Y', 'I-Y'], 'IOB2')).toEqual({
      start: '11010',
      end: '11111',
      transitions: ['11010', '11110', '11110', '11011', '11011'],
    });
  });

  it('IOB1: B only between two entities of its label', () => {
    expect(rows(['O', 'B-X', 'I-X', 'I-Y'], 'IOB1')).toEqual({
      start: '1011',
      end: '1111',
      transitions: ['1011', '1111', '1111', '1011'],
    });
  });

  it('IOE1: E only between two entities of its label', () => {
    expect(rows(['O', 'E-X', 'I-X', 'I-Y'], 'IOE1')).toEqual({
      start: '1111',
      end: '1011',
      transitions: ['1111', '0110', '1111', '1111'],
    });
  });

  it('BIOES: what is begun is ended', () => {
    expect(rows(['O', 'B-X', 'I-X', 'E-X', 'S-X'], 'BIOES')).toEqual({
      start: '11001',
      end: '10011',
      transitions: ['11001', '00110', '00110', '11001', '11001'],
    });
  });
});
