import { readSpans, tagsFromSpans, type Scheme, type Span } from '@cognate/tag-scheme';
import { CorpusError, shown } from '../errors.js';
import type { Sentence } from '../sentence.js';

/**
 * Other names for labels: `{ GPE: 'LOC', EVENT: null }`. null takes the entities out. Labels that are not in the map stay as they
 * are; `'*'` says what becomes of them instead (`{ PER: 'PER', LOC: 'LOC', '*': null }` keeps two).
 */
export type LabelMap = Readonly<Record<string, string | null>>;

/** Checks a map that came from outside, from a JSON file for example. */
export function checkLabelMap(map: unknown): LabelMap {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw new CorpusError({
      expected: 'an object from labels to labels or null as label map',
      actual: shown(map),
    });
  }
  for (const [label, target] of Object.entries(map)) {
    if (target === null || (typeof target === 'string' && target !== '')) continue;
    throw new CorpusError({
      expected: `a label or null for "${label}" in the label map`,
      actual: shown(target),
    });
  }
  return map as LabelMap;
}

/** What the map makes of one label. */
export function mapLabel(label: string, map: LabelMap): string | null {
  if (Object.hasOwn(map, label)) return map[label];
  return Object.hasOwn(map, '*') ? map['*'] : label;
}

/** The spans with their labels mapped; those that the map takes out are left out. */
export function mapSpanLabels(spans: readonly Span[], map: LabelMap): Span[] {
  return spans.flatMap((span) => {
    const label = mapLabel(span.label, map);
    return label === null ? [] : [{ ...span, label }];
  });
}

/** A sentence with its labels mapped; a new object, the given one stays as it is. */
export function mapLabels(sentence: Sentence, map: LabelMap, scheme: Scheme = 'IOB2'): Sentence {
  if (sentence.tags === undefined) return sentence;
  const { spans } = readSpans(sentence.tags, scheme);
  return { ...sentence, tags: tagsFromSpans(mapSpanLabels(spans, map), sentence.tags.length, scheme) };
}
