import { findLanguage } from '@cognate/text';
import type { Entity } from '../entity.js';
import { TaggerError, shown } from '../errors.js';
import { labelColour } from './colours.js';
import { style } from './style.js';

/** A text with the entities that were found in it. */
export interface TaggedText {
  readonly text: string;
  readonly entities: readonly Entity[];
  /** Decides the direction of writing and the `lang` of the HTML. */
  readonly language?: string | undefined;
}

export interface DocumentOptions {
  /** Of the page; `Entities` by default. */
  readonly title?: string;
}

/**
 * A text as HTML with its entities marked, each with its label behind it: one `<p>`, to be put into a page of one's own.
 * Everything of the text and of the labels is escaped; line breaks stay as they are by `white-space`.
 *
 * @throws TaggerError for entities that overlap, are not in order or do not lie in the text
 */
export function renderEntities({ text, entities, language }: TaggedText): string {
  let html = '';
  let at = 0;
  for (const [index, { label, start, end, score }] of entities.entries()) {
    if (!(start >= at && end >= start && end <= text.length))
      throw new TaggerError(
        `entity ${index}: expected a place in the text behind ${at} and up to ${text.length}, got ${shown(start)} to ${shown(end)}`,
      );
    html += escape(text.slice(at, start));
    html +=
      `<mark class="cognate-entity" data-label="${escape(label)}" style="--colour: ${labelColour(label)}"` +
      ` title="${escape(label)}, ${(100 * score).toFixed(0)} %">${escape(text.slice(start, end))}` +
      // Left to right whatever the words are; the space before it is on the side where they end, so that it is outside.
      `<span class="cognate-label"><bdi dir="ltr">${escape(label)}</bdi></span></mark>`;
    at = end;
  }
  html += escape(text.slice(at));
  return `<p class="cognate-text"${attributesOf(language)}>${html}</p>`;
}

/** A page of its own, with its style and without a script or anything from elsewhere: one `<p>` a text. */
export function renderDocument(texts: Iterable<TaggedText>, options: DocumentOptions = {}): string {
  let page = documentHead(options);
  for (const text of texts) page += `${renderEntities(text)}\n`;
  return `${page}${documentEnd}`;
}

/** The page up to its first text, for writers that do not hold all texts at once. */
export function documentHead({ title = 'Entities' }: DocumentOptions = {}): string {
  return (
    '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escape(title)}</title>\n<style>\n${style}</style>\n</head>\n<body>\n`
  );
}

/** The page from behind its last text. */
export const documentEnd = '</body>\n</html>\n';

function attributesOf(language: string | undefined): string {
  if (language === undefined) return ' dir="auto"';
  const direction = findLanguage(language)?.direction ?? 'auto';
  return ` lang="${escape(language)}" dir="${direction}"`;
}

const entityOf: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/gu, (character) => entityOf[character]);
