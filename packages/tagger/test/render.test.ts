import { describe, expect, test } from 'vitest';
import { renderDocument, renderEntities, TaggerError, type Entity } from '../src/index.js';

const entity = (label: string, text: string, start: number, score = 0.9): Entity => ({
  label,
  text,
  start,
  end: start + text.length,
  score,
  tokenStart: 0,
  tokenEnd: 1,
});

/** What a browser would show of the markup: its text, without the labels. */
const shownText = (html: string): string =>
  html
    .replace(/<span class="cognate-label"><bdi[^>]*>[^<]*<\/bdi><\/span>/gu, '')
    .replace(/<[^>]*>/gu, '')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&quot;/gu, '"')
    .replace(/&#39;/gu, "'")
    .replace(/&amp;/gu, '&');

describe('renderEntities', () => {
  test('marks the entities and keeps the text', () => {
    const text = 'Ana vive en Vigo.\n  Si.';
    const html = renderEntities({
      text,
      entities: [entity('PER', 'Ana', 0, 0.876), entity('LOC', 'Vigo', 12)],
      language: 'gl',
    });
    expect(html).toMatch(/^<p class="cognate-text" lang="gl" dir="ltr"><mark [^>]*data-label="PER"/);
    expect(html).toContain(
      'title="PER, 88 %">Ana<span class="cognate-label"><bdi dir="ltr">PER</bdi></span></mark> vive en <mark',
    );
    expect(shownText(html)).toBe(text);
  });

  test('writes Urdu from right to left, and leaves other languages to the browser', () => {
    expect(renderEntities({ text: 'لاہور', entities: [], language: 'ur' })).toBe(
      '<p class="cognate-text" lang="ur" dir="rtl">لاہور</p>',
    );
    expect(renderEntities({ text: 'x', entities: [], language: 'tlh' })).toContain('lang="tlh" dir="auto"');
    expect(renderEntities({ text: 'x', entities: [] })).toBe('<p class="cognate-text" dir="auto">x</p>');
  });

  test('escapes whatever could be markup, in text, label and language', () => {
    const text = '<script>alert("1 & \'2\'")</script>';
    const html = renderEntities({ text, entities: [entity('"><b>', text, 0)], language: '"><i>' });
    expect(html).not.toMatch(/<(script|b|i)>/u);
    expect(shownText(html)).toBe(text);
  });

  test('the same label has the same colour, others have others; any name is a label', () => {
    const colour = (label: string): string | undefined =>
      /--colour: ([^"]*)"/u.exec(renderEntities({ text: 'x', entities: [entity(label, 'x', 0)] }))?.[1];
    expect(colour('PER')).toBe(colour('PER'));
    expect(new Set(['PER', 'LOC', 'ORG', 'SOURCE', 'toString'].map(colour)).size).toBe(5);
    expect(colour('__proto__')).toMatch(/^hsl\(\d+ 75% 86%\)$/);
  });

  test.each([
    ['overlap', [entity('PER', 'Ana S', 0), entity('LOC', 'Souto', 4)]],
    ['are out of order', [entity('LOC', 'Souto', 4), entity('PER', 'Ana', 0)]],
    ['lie outside', [entity('PER', 'Ana Souto Rei', 0)]],
    ['are not numbers', [{ ...entity('PER', 'Ana', 0), start: Number.NaN }]],
  ])('refuses entities that %s', (_, entities) => {
    expect(() => renderEntities({ text: 'Ana Souto', entities })).toThrow(TaggerError);
  });
});

test('a document stands alone: no script, nothing from elsewhere, one paragraph a text', () => {
  const page = renderDocument(
    [
      { text: 'Vigo', entities: [entity('LOC', 'Vigo', 0)] },
      { text: 'b', entities: [] },
    ],
    {
      title: 'A & B',
    },
  );
  expect(page).toMatch(/^<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">/);
  expect(page).toContain('<title>A &amp; B</title>');
  expect(page.match(/<p /gu)).toHaveLength(2);
  expect(page).not.toMatch(/<script|https?:|url\(/u);
  expect(page).toMatch(/<\/body>\n<\/html>\n$/);
});
