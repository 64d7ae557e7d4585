import { readFileSync } from 'node:fs';
import { defaultRecipe } from '../config/named-recipes.js';
import { shippedConfig, shippedConfigs } from '../shipped.js';

interface RecipeHint {
  readonly name: string;
  readonly hint: string;
}

/** The recipes that come with the program, the default first, each with the sentence that its file begins with. */
export const recipeHints = (): RecipeHint[] =>
  [
    { name: 'linear', hint: 'A linear CRF over features of the words: trains in seconds.' },
    ...shippedConfigs().map((name) => ({
      name,
      hint: firstComment(readFileSync(shippedConfig(name), 'utf8')),
    })),
  ].sort((a, b) => Number(b.name === defaultRecipe) - Number(a.name === defaultRecipe));

function firstComment(text: string): string {
  const comments = text.split('\n').filter((line) => line.startsWith('# ') && !line.includes('$schema='));
  return (comments.at(0) ?? '').slice(2);
}
