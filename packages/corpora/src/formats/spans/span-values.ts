import { CorpusError, shown } from '../../errors.js';
import type { TokenOffsets } from '../../sentence.js';
import type { ParserContext } from '../line-parser.js';
import type { TextSpan } from './align.js';
import { OffsetMap } from './offset-units.js';
import type { TextRules } from './options.js';
import type { AnnotatedText } from './text-sentences.js';

type Json = Readonly<Record<string, unknown>>;

export const spanFields: readonly string[] = ['spans', 'entities', 'ents', 'labels', 'label'];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An error about a value, with its place. */
export type Wrong = (expected: string, actual: unknown, hint?: string) => CorpusError;

export const wrongAt =
  ({ file }: ParserContext, line: number): Wrong =>
  (expected, actual, hint) =>
    new CorpusError({ file, line, expected, actual: shown(actual), hint });

/** `{start, end, label}`, or `[start, end, label]`; `labels` with one label, as Label Studio has it. */
function readSpan(value: unknown, offsets: OffsetMap, wrong: Wrong): TextSpan {
  const triple: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  const [from, to, name] =
    triple ?? (isObject(value) ? [value.start, value.end, value.label ?? value.labels ?? value.type] : []);
  const label: unknown = Array.isArray(name) ? name[0] : name;
  if (typeof from !== 'number' || typeof to !== 'number' || typeof label !== 'string' || label === '') {
    throw wrong('a span: an object with start, end and label, or [start, end, label]', JSON.stringify(value));
  }
  const start = offsets.toUtf16(from);
  const end = offsets.toUtf16(to);
  if (start < 0 || end < start) {
    throw wrong(
      'a span inside its text',
      JSON.stringify(value),
      "option offsetUnit: 'utf16', 'codepoint' or 'utf8' says what the offsets count",
    );
  }
  return { start, end, label };
}

function readSpanArray(value: unknown, offsets: OffsetMap, wrong: Wrong): TextSpan[] {
  if (!Array.isArray(value)) throw wrong('an array of spans', value);
  return value.map((span) => readSpan(span, offsets, wrong));
}

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Tokens with places in the text, as Prodigy and spaCy have them; undefined for anything else. */
function readTokens(value: unknown, offsets: OffsetMap, wrong: Wrong): TokenOffsets[] | undefined {
  if (!Array.isArray(value) || !value.every(isObject) || !value.every((token) => 'start' in token))
    return undefined;
  let last = 0;
  return value.map((token) => {
    const start = typeof token.start === 'number' ? offsets.toUtf16(token.start) : -1;
    const end = typeof token.end === 'number' ? offsets.toUtf16(token.end) : -1;
    if (start < last || end <= start)
      throw wrong('tokens that stand one after the other in the text', JSON.stringify(token));
    last = end;
    return { start, end };
  });
}

/**
 * A text with spans, as annotation tools write it: Prodigy's and doccano's objects, spaCy's `doc.to_json()`, and spaCy's older
 * `["text", {"entities": [[0, 4, "LOC"]]}]`. undefined for a task that was rejected or ignored.
 */
export function readSpanObject(
  value: unknown,
  rules: TextRules,
  line: number,
  wrong: Wrong,
): AnnotatedText | undefined {
  let object = value;
  if (Array.isArray(value) && typeof value[0] === 'string' && isObject(value[1])) {
    object = { ...value[1], text: value[0] };
  }
  if (!isObject(object)) throw wrong('an object with a text and spans', value);
  if (object.answer !== undefined && object.answer !== 'accept') return undefined;
  const field = rules.textField ?? 'text';
  const text = object[field];
  if (typeof text !== 'string') throw wrong(`a text in the field "${field}"`, text, 'option textField');
  const offsets = new OffsetMap(text, rules.offsetUnit);
  const spansField = rules.spansField ?? spanFields.find((name) => Array.isArray(object[name]));
  const spans = spansField === undefined ? [] : readSpanArray(object[spansField] ?? [], offsets, wrong);
  return {
    text,
    spans,
    line,
    id: idOf(object.id),
    language: typeof object.language === 'string' ? object.language : undefined,
    tokens: readTokens(object.tokens, offsets, wrong),
  };
}

/** The text of a task: the named field, `text`, or the only string there is. */
function taskText(data: Json, rules: TextRules, wrong: Wrong): string {
  const field = rules.textField ?? 'text';
  const named = data[field];
  if (typeof named === 'string') return named;
  const strings = Object.values(data).filter((value) => typeof value === 'string');
  if (rules.textField === undefined && strings.length === 1) return strings[0];
  throw wrong(`a text in the field "${field}" of the data`, named, 'option textField');
}

/**
 * A task of Label Studio, exported as JSON or JSON_MIN. Of several annotations the first that was not cancelled is read; `skipped` says
 * how many others there are. undefined for a task without annotation.
 */
export function readTask(
  value: unknown,
  rules: TextRules,
  line: number,
  wrong: Wrong,
): { text: AnnotatedText | undefined; skipped: number } {
  if (!isObject(value)) throw wrong('a task of Label Studio, an object', value);
  const id = idOf(value.id);
  if (!isObject(value.data)) {
    const text = taskText(value, rules, wrong);
    const offsets = new OffsetMap(text, rules.offsetUnit);
    const field = rules.spansField ?? spanFields.find((name) => Array.isArray(value[name]));
    const spans = field === undefined ? [] : readSpanArray(value[field] ?? [], offsets, wrong);
    return { text: { text, spans, line, id }, skipped: 0 };
  }
  const text = taskText(value.data, rules, wrong);
  const language = typeof value.data.language === 'string' ? value.data.language : undefined;
  const all: unknown = value.annotations ?? value.completions ?? [];
  if (!Array.isArray(all)) throw wrong('an array of annotations', all);
  const done = all.filter(isObject).filter((annotation) => annotation.was_cancelled !== true);
  if (done.length === 0) return { text: undefined, skipped: 0 };
  const results: unknown = done[0].result ?? [];
  if (!Array.isArray(results)) throw wrong('an array as result of the annotation', results);
  const offsets = new OffsetMap(text, rules.offsetUnit);
  const spans = results
    .filter(isObject)
    .filter(
      ({ type, value: inner }) =>
        isObject(inner) && (type === undefined || type === 'labels' || 'labels' in inner),
    )
    .map((result) => readSpan(result.value, offsets, wrong));
  return { text: { text, spans, line, id, language }, skipped: done.length - 1 };
}
