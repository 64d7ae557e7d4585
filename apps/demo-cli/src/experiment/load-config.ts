import { findRecipe } from '../config/named-recipes.js';

/** A recipe as it is written, by the name of one that comes with the program or from a file: what a grid's recipe is `from`. */
export const loadConfig = (name: string): Record<string, unknown> => findRecipe(name).fields;
