import { readFileSync } from 'node:fs';
import { shippedConfig, shippedConfigs } from '../shipped.js';

/** The recipes that come with the program, each with the sentence that its file begins with. */
export const recipeHints = (): { readonly name: string; readonly hint: string }[] => [
  { name: 'linear', hint: 'A linear CRF over features of the words: trains in seconds.' },
  ...shippedConfigs().map((name) => ({
    name,
    hint: firstComment(readFileSync(shippedConfig(name), 'utf8')),
  })),
];

function firstComment(text: string): string {
  const comments = text.split('\n').filter((line) => line.startsWith('# ') && !line.includes('$schema='));
  return (comments.at(0) ?? '').slice(2);
}
