import type { SentenceAppender, SentenceFormatter } from './formatter.js';

/** Turns a sentence into a line of JSON: tokens, tags, and what else is known of it. JSON.stringify leaves out what is undefined. */
export const jsonlLine: SentenceFormatter = ({ tokens, tags, language, id, text }) =>
  `${JSON.stringify({ id, language, text, tokens, tags })}\n`;

/** The same as bytes, several times as fast. */
export const appendJsonlLine: SentenceAppender = ({ tokens, tags, language, id, text }, _place, sink) => {
  sink.ascii('{');
  for (const [key, value] of [
    ['"id":', id],
    ['"language":', language],
    ['"text":', text],
  ] as const) {
    if (value === undefined) continue;
    sink.ascii(key);
    sink.json(value);
    sink.ascii(',');
  }
  sink.ascii('"tokens":');
  sink.jsonArray(tokens);
  if (tags !== undefined) {
    sink.ascii(',"tags":');
    sink.jsonArray(tags);
  }
  sink.ascii('}\n');
};
