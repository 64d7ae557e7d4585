import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '@cognate/experiments';
import { Failure } from '../failure.js';
import { shippedConfig, shippedConfigs } from '../shipped.js';
import { isFields, readConfigFile, type ConfigFile, type Fields } from './config-file.js';

/** The recipe where none is named. */
export const defaultRecipe = 'strong';

/** All names that a recipe can have. */
export const recipeNames = (): string[] => ['linear', ...shippedConfigs()];

/** A recipe as it was written, with what it extends put under it. */
export interface RecipeText {
  readonly fields: Fields;
  /** Itself first, then what it extends. */
  readonly files: readonly ConfigFile[];
}

/**
 * The recipe of a name that comes with the program, or of a file.
 *
 * @param folder that the path of a file is relative to
 * @throws Failure for a file that cannot be read
 */
export function findRecipe(name: string, folder = '.', within: readonly string[] = []): RecipeText {
  if (name === 'linear') return { fields: { model: 'linear' }, files: [] };
  const path = shippedConfigs().includes(name) ? fileURLToPath(shippedConfig(name)) : resolve(folder, name);
  if (!existsSync(path)) {
    const meant = didYouMean(name, recipeNames());
    throw new Failure(
      `expected a configuration file or one of ${recipeNames().join(', ')}, got ${name}, which is neither${meant === '' ? '' : `.${meant}`}`,
    );
  }
  if (within.includes(path)) throw new Failure(`${path}: extends itself`);
  const file = readConfigFile(path);
  const whole = withBase(file.fields, dirname(path), [...within, path]);
  return { fields: whole.fields, files: [file, ...whole.files] };
}

/** A recipe with what it `extends` put under it. */
export function withBase(
  { extends: base, ...own }: Fields,
  folder: string,
  within: readonly string[] = [],
): RecipeText {
  if (base === undefined) return { fields: own, files: [] };
  if (typeof base !== 'string') {
    throw new Failure(
      `extends: expected one of ${recipeNames().join(', ')} or a file, got ${JSON.stringify(base)}`,
    );
  }
  const below = findRecipe(base, folder, within);
  return { fields: merge(below.fields, own), files: below.files };
}

/** Fields over others, inside too; but what is of another kind (`name`, `kind`, `model`) replaces the whole. */
function merge(below: Fields, above: Fields): Fields {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const other: unknown = Object.hasOwn(below, key) ? below[key] : undefined;
    const inside = isFields(other) && isFields(value) && !ofOtherKind(other, value);
    merged[key] = inside ? merge(other, value) : value;
  }
  return merged;
}

const ofOtherKind = (below: Fields, above: Fields): boolean =>
  ['name', 'kind'].some((key) => above[key] !== undefined && above[key] !== below[key]);
