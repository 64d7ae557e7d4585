import { describe, expect, test } from 'vitest';
import { findLanguage, languageInfo, languages, scriptOf } from '../src/index.js';

describe('the registry', () => {
  test('has the fifteen languages, each entry in itself consistent', () => {
    const codes = languages.map((language) => language.code);
    expect(codes).toEqual('gl ca es fr it ro fy nl uk ru mr hi ur tl ceb'.split(' '));
    for (const language of languages) {
      expect(language.iso6393).toMatch(/^[a-z]{3}$/u);
      expect(scriptOf(language.nativeName.replaceAll(' ', ''))).toBe(language.script);
      expect(language.direction).toBe(language.script === 'Arabic' ? 'rtl' : 'ltr');
      expect(language.relatives.every((code) => codes.includes(code) && code !== language.code)).toBe(true);
      // Relatives share the root of their families.
      for (const code of language.relatives) expect(languageInfo(code).family[0]).toBe(language.family[0]);
      const names = new Intl.DisplayNames(['en'], { type: 'language' });
      if (language.code !== 'tl')
        expect(language.name).toBe(names.of(language.code)?.replace('Western', 'West'));
    }
  });

  test("the targets' relatives are the paper's sources", () => {
    expect(languageInfo('gl').relatives).toEqual(['es', 'ca', 'it', 'fr', 'ro']);
    expect(languageInfo('fy').relatives).toEqual(['nl']);
    expect(languageInfo('tl').relatives).toEqual(['ceb']);
    expect(languageInfo('uk').relatives).toEqual(['ru']);
    expect(languageInfo('mr').relatives).toEqual(['hi', 'ur']);
  });

  test('codes and tags are found in any dress', () => {
    for (const code of ['gl', 'GL', 'glg', 'gl-ES', 'gl_ES']) expect(findLanguage(code)?.code).toBe('gl');
    expect(findLanguage('fil')?.code).toBe('tl');
    for (const code of ['', 'de', 'xx', '__proto__', 'constructor', '-gl'])
      expect(findLanguage(code)).toBeUndefined();
  });

  test('an unknown language is refused with the list of those known', () => {
    expect(() => languageInfo('de')).toThrow(
      /expected the code of a language \(gl, ca, .*, ceb\), got "de"/u,
    );
    expect(() => languageInfo(undefined as unknown as string)).toThrow('got undefined');
  });
});
