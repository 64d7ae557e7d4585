import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readRecipe, RecipeError, type Recipe } from '@cognate/experiments';
import { parse, YAMLParseError } from 'yaml';
import { Failure, UsageError } from './failure.js';

// In the sources and in the build alike it is a folder up.
const shipped = new URL('../configs/', import.meta.url);

/** The configurations that come with the program, by name. */
export const shippedConfigs = (): string[] =>
  readdirSync(shipped)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));

/**
 * A recipe from a configuration: the name of one that comes with the program, or a file of YAML or JSON.
 *
 * @param settings from the kind of model, `path.to.field=value` each: put over what the configuration has
 * @throws Failure with the file, for one that cannot be read or says what is not allowed; UsageError for a setting that is none
 */
export function readConfig(
  config: string | undefined,
  settings: (model: unknown) => readonly string[],
): Recipe {
  const file = config === undefined ? undefined : findConfig(config);
  const value = file === undefined ? { model: 'linear' } : parseConfig(file);
  for (const setting of settings(value.model)) put(value, setting);
  try {
    return readRecipe(value);
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    throw new Failure(`${config ?? 'the settings'}: ${error.message}`, { cause: error });
  }
}

function findConfig(config: string): string | URL {
  if (shippedConfigs().includes(config)) return new URL(`${config}.yaml`, shipped);
  if (existsSync(config)) return config;
  throw new Failure(
    `expected a configuration file or one of ${shippedConfigs().join(', ')}, got ${config}, which is neither`,
  );
}

function parseConfig(file: string | URL): Record<string, unknown> {
  let value: unknown;
  try {
    // No more aliases than a person writes: a few lines could stand for gigabytes.
    value = parse(readFileSync(file, 'utf8'), { maxAliasCount: 20 });
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new Failure(`${String(file)}: ${error.message}`, { cause: error });
    throw error;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Failure(`${String(file)}: expected fields with values, as "model: neural"`);
}

/** Puts `a.b=value` into an object; the value is read as YAML. */
function put(value: Record<string, unknown>, setting: string): void {
  const match = /^([a-z]\w*(?:\.[a-z]\w*)*)=(.*)$/isu.exec(setting);
  if (!match)
    throw new UsageError(`expected --set path.to.field=value, as training.epochs=5, got "${setting}"`);
  const path = match[1].split('.');
  const last = path.pop() as string;
  let place = value;
  for (const name of path) {
    const own = Object.hasOwn(place, name) ? place[name] : undefined;
    const next = typeof own === 'object' && own !== null && !Array.isArray(own) ? own : {};
    place[name] = next;
    place = next as Record<string, unknown>;
  }
  place[last] = parse(match[2]) as unknown;
}
