import { GridError } from './errors.js';

/** A copy of a plain object with other values at the given paths (`a.b.c`); null takes a field away. */
export function withSettings(
  value: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const [path, setting] of Object.entries(settings)) put(copy, path.split('.'), setting);
  return copy;
}

function put(value: Record<string, unknown>, path: readonly string[], setting: unknown): void {
  if (path.some((name) => ['__proto__', 'constructor', 'prototype'].includes(name)))
    throw new GridError(`${path.join('.')}: expected the path of a field`);
  let place = value;
  for (const name of path.slice(0, -1)) {
    const own = Object.hasOwn(place, name) ? place[name] : undefined;
    const isThere = typeof own === 'object' && own !== null;
    // What is not there need not be taken away; a part made for that would switch on what it stands for.
    if (!isThere && setting === null) return;
    // Of a list its items, by their numbers.
    const next = isThere ? own : {};
    place[name] = next;
    place = next as Record<string, unknown>;
  }
  const name = path[path.length - 1];
  if (setting === null) Reflect.deleteProperty(place, name);
  else place[name] = structuredClone(setting);
}
