import { describe, expect, test } from 'vitest';
import { palette } from '../src/terminal/colour.js';
import { describeError } from '../src/terminal/describe-error.js';
import { markEntities } from '../src/terminal/entities.js';
import { table } from '../src/terminal/table.js';

const plain = palette({ isTTY: false }, {}, false);
const text = 'Ana vive en Vigo.';
const mentions = [
  { label: 'PER', start: 0, end: 3 },
  { label: 'LOC', start: 12, end: 16 },
];

describe('colour', () => {
  test('at a terminal only, and not against the wish of the user', () => {
    expect(palette({ isTTY: true }, {}, false).enabled).toBe(true);
    expect(plain.enabled).toBe(false);
    expect(palette({ isTTY: true }, { NO_COLOR: '1' }, false).enabled).toBe(false);
    expect(palette({ isTTY: true }, { NO_COLOR: '' }, false).enabled).toBe(true);
    expect(palette({ isTTY: true }, {}, true).enabled).toBe(false);
    expect(palette({ isTTY: true }, { TERM: 'dumb' }, false).enabled).toBe(false);
    expect(palette({}, { FORCE_COLOR: '1' }, false).enabled).toBe(true);
    expect(palette({}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false).enabled).toBe(false);
  });

  test('marks entities, by brackets where there is none', () => {
    expect(markEntities(text, mentions, plain)).toBe('[Ana](PER) vive en [Vigo](LOC).');
    const coloured = markEntities(text, mentions, palette({ isTTY: true }, {}, false));
    expect(coloured).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex -- the escapes are what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(' Ana PER  vive en  Vigo LOC .');
    expect(markEntities(text, [], plain)).toBe(text);
  });
});

test('a table: numbers to the right, words to the left, wide scripts in line', () => {
  const drawn = table({
    head: ['what', 'count', 'note'],
    rows: [
      ['मराठी', '5', 'a'],
      ['gl', '12', 'bc'],
    ],
    palette: plain,
  });
  const lines = drawn.split('\n');
  expect(lines[0]).toBe('what   count  note');
  expect(lines[2]).toBe('gl        12  bc');
});

test('errors: a system error names the path; a defect keeps its stack', () => {
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: 'a.txt' });
  expect(describeError(missing)).toBe('a.txt: no such file or folder');
  expect(describeError(new Error('plain words'))).toBe('plain words');
  expect(describeError(new TypeError('oops'))).toContain('at ');
  expect(describeError('text')).toBe('text');
});
