import { join } from 'node:path';
import { defaultRecipe } from '../config/named-recipes.js';

/** What a new project needs to know. */
export interface Answers {
  readonly language: string;
  readonly train: string;
  readonly dev: string | undefined;
  readonly test: string | undefined;
  readonly sources: readonly { readonly language: string; readonly train: string }[];
  /** A name or a file. */
  readonly recipe: string;
  readonly output: string;
  readonly seeds: readonly number[];
}

/** What is taken where nobody says anything else. */
export const defaultAnswers = (folder: string) => ({
  recipe: defaultRecipe,
  output: join(folder, 'model'),
  seeds: [1],
});
