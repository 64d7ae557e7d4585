import { parse } from 'yaml';
import { UsageError } from '../failure.js';
import { isFields, type Fields } from './config-file.js';

/** `a.b=value` of the command line. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** @throws UsageError for a setting that is none; the value is read as YAML */
export function parseSetting(text: string): Setting {
  const match = /^([a-z]\w*(?:\.\w+)*)=(.*)$/isu.exec(text);
  if (!match) {
    throw new UsageError(`expected --set path.to.field=value, as training.epochs=5, got "${text}"`);
  }
  try {
    return { path: match[1].split('.'), value: parse(match[2]) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/[:\n]/u)[0] : String(error);
    throw new UsageError(`--set ${match[1]}: expected a value as YAML has it, got "${match[2]}": ${reason}`);
  }
}

/** The fields with a setting put over them; what stands in its way is replaced, nothing is changed in place. */
export function withSetting(fields: Fields, { path: [name, ...rest], value }: Setting): Fields {
  if (rest.length === 0) return { ...fields, [name]: value };
  const own: unknown = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const inner = { path: rest, value };
  const index = Number(rest[0]);
  if (Array.isArray(own) && Number.isInteger(index) && index < own.length) {
    return {
      ...fields,
      [name]: own.map((entry: unknown, i) => (i === index ? inEntry(entry, inner) : entry)),
    };
  }
  return { ...fields, [name]: withSetting(isFields(own) ? own : {}, inner) };
}

/** `sources.0.mu=0.5`: the first name is the index of the entry. */
function inEntry(entry: unknown, { path: [, ...rest], value }: Setting): unknown {
  return rest.length === 0 ? value : withSetting(isFields(entry) ? entry : {}, { path: rest, value });
}
