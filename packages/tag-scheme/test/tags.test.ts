import { describe, expect, it } from 'vitest';
import { joinTag, labelsOf, parseScheme, schemeRules, schemes, splitTag, tagSet } from '../src/index.js';

describe('splitTag', () => {
  it.each([
    ['B-PER', 'B', 'PER'],
    ['I-GEO-LOC', 'I', 'GEO-LOC'],
    ['E--', 'E', '-'],
    ['O', 'O', ''],
    ['B', 'B', ''],
    ['B-', 'B', ''],
    ['O-PER', 'O', 'PER'],
    ['PER', '', 'PER'],
    ['GEO-LOC', '', 'GEO-LOC'],
    ['-PER', '', '-PER'],
    ['b-PER', '', 'b-PER'],
    ['BI-PER', '', 'BI-PER'],
    ['', '', ''],
    ['U-__proto__', 'U', '__proto__'],
    ['constructor-X', '', 'constructor-X'],
    ['L-लोग', 'L', 'लोग'],
  ])('%s', (tag, prefix, label) => {
    expect(splitTag(tag)).toEqual({ prefix, label });
  });

  it('is undone by joinTag for every tag of an entity', () => {
    for (const scheme of schemes) {
      for (const tag of tagSet(['PER', 'GEO-LOC', ''], scheme)) {
        const { prefix, label } = splitTag(tag);
        if (prefix !== 'O') expect(joinTag(prefix, label)).toBe(tag);
      }
    }
  });
});

describe('labelsOf', () => {
  it('gives each label once, in order', () => {
    expect(labelsOf(['O', 'B-PER', 'I-PER', 'B-LOC', 'S-GEO-X', 'O', '', 'O-ODD', 'ORG'])).toEqual([
      'GEO-X',
      'LOC',
      'ORG',
      'PER',
    ]);
    expect(labelsOf(['B', 'O'])).toEqual(['']);
    expect(labelsOf([])).toEqual([]);
  });
});

describe('tagSet', () => {
  it.each([
    ['IO', 'O I-X I-Y'],
    ['IOB1', 'O B-X I-X B-Y I-Y'],
    ['IOB2', 'O B-X I-X B-Y I-Y'],
    ['IOE1', 'O I-X E-X I-Y E-Y'],
    ['IOE2', 'O I-X E-X I-Y E-Y'],
    ['BIOES', 'O B-X I-X E-X S-X B-Y I-Y E-Y S-Y'],
    ['BILOU', 'O B-X I-X L-X U-X B-Y I-Y L-Y U-Y'],
  ] as const)('%s', (scheme, tags) => {
    expect(tagSet(['X', 'Y'], scheme).join(' ')).toBe(tags);
    expect(tagSet(['X', 'Y', 'X'], scheme).join(' ')).toBe(tags);
  });

  it('wants strings', () => {
    expect(() => tagSet(['X', 3 as unknown as string], 'IO')).toThrow('expected a string as label 1, got 3');
  });
});

describe('parseScheme', () => {
  it.each([
    ['IOB2', 'IOB2'],
    ['iob2', 'IOB2'],
    ['BIO', 'IOB2'],
    ['bio', 'IOB2'],
    ['IOB-2', 'IOB2'],
    ['BIO1', 'IOB1'],
    ['iobes', 'BIOES'],
    ['BIOES', 'BIOES'],
    ['bilou', 'BILOU'],
    ['BILUO', 'BILOU'],
    ['io', 'IO'],
    [' ioe_1 ', 'IOE1'],
  ])('%s is %s', (name, scheme) => {
    expect(parseScheme(name)).toBe(scheme);
  });

  it('refuses what could be two schemes, and what is none', () => {
    expect(() => parseScheme('IOB')).toThrow('scheme "IOB" could be IOB1 or IOB2: name one of them');
    expect(() => parseScheme('ioe')).toThrow('could be IOE1 or IOE2');
    expect(() => parseScheme('BMES')).toThrow('expected a scheme');
    expect(() => parseScheme('')).toThrow('got ""');
    expect(() => parseScheme('toString')).toThrow('expected a scheme');
    expect(() => parseScheme(null as unknown as string)).toThrow('got null');
  });
});

describe('the table of schemes', () => {
  it('writes only prefixes that the scheme knows', () => {
    for (const { prefixes, write, seam } of Object.values(schemeRules)) {
      const known = Object.keys(prefixes);
      expect(known).toEqual(expect.arrayContaining(Object.values(write)));
      if (seam) expect(known).toContain(seam.prefix);
    }
  });
});
