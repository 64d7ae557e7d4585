import { TagSchemeError, shown } from './errors.js';
import type { Span } from './read.js';
import { rulesOf, type Scheme } from './scheme.js';
import { joinTag } from './tag.js';

/**
 * The tags of a sentence of `length` tokens with these entities, which may come in any order. The result is valid in the scheme.
 * In every scheme but IO, `spansFromTags` gives the same entities back; IO cannot part two adjacent entities of one
 * label and makes one of them.
 *
 * @throws TagSchemeError where spans overlap, are empty or reach out of the sentence, naming the span.
 */
export function tagsFromSpans(spans: readonly Span[], length: number, scheme: Scheme): string[] {
  const { write, seam } = rulesOf(scheme);
  const ordered = checkSpans(spans, length);
  const tags = new Array<string>(length).fill('O');
  ordered.forEach(({ start, end, label }, index) => {
    const last = end - 1;
    tags[start] = joinTag(start === last ? write.only : write.first, label);
    for (let t = start + 1; t < last; t++) tags[t] = joinTag(write.inner, label);
    if (last > start) tags[last] = joinTag(write.last, label);
    const before = index > 0 ? ordered[index - 1] : undefined;
    if (seam && before?.end === start && before.label === label) {
      tags[seam.wornBy === 'right' ? start : start - 1] = joinTag(seam.prefix, label);
    }
  });
  return tags;
}

function checkSpans(spans: readonly Span[], length: number): readonly Span[] {
  if (!Number.isInteger(length) || length < 0) {
    throw new TagSchemeError(`expected the number of tokens as a whole number from 0, got ${shown(length)}`);
  }
  for (const span of spans) {
    if (typeof span.label !== 'string') {
      throw new TagSchemeError(`expected a string as the label of span ${span.start}..${span.end}`);
    }
    const whole = Number.isInteger(span.start) && Number.isInteger(span.end);
    if (!whole || span.start < 0 || span.end <= span.start || span.end > length) {
      throw new TagSchemeError(`${show(span)} does not fit: expected 0 <= start < end <= ${length}`);
    }
  }
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  for (let i = 1; i < ordered.length; i++) {
    if (ordered[i].start < ordered[i - 1].end) {
      throw new TagSchemeError(`${show(ordered[i - 1])} and ${show(ordered[i])} overlap`);
    }
  }
  return ordered;
}

const show = (span: Span): string => `span ${span.start}..${span.end} (${span.label})`;
