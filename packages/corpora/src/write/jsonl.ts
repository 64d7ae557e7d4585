import type { SentenceFormatter } from './formatter.js';

/** Turns a sentence into a line of JSON: tokens, tags, and what else is known of it. JSON.stringify leaves out what is undefined. */
export const jsonlLine: SentenceFormatter = ({ tokens, tags, language, id, text }) =>
  `${JSON.stringify({ id, language, text, tokens, tags })}\n`;
