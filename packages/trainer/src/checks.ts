import { TrainerError, shown } from './errors.js';

/** Throws the error of a value that is not what it should be. */
export function refuse(where: string, expected: string, got: unknown): never {
  throw new TrainerError(`${where}: expected ${expected}, got ${shown(got)}`);
}

/** An object with no other properties than these; an empty one unless given. */
export function readObject<K extends string>(
  where: string,
  given: unknown,
  names: readonly K[],
): Readonly<Partial<Record<K, unknown>>> {
  const value = given ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    return refuse(where, 'an object', value);
  }
  for (const name of Object.keys(value)) {
    if (!(names as readonly string[]).includes(name)) {
      throw new TrainerError(`${where}: expected the options ${names.join(', ')}, got ${shown(name)}`);
    }
  }
  return value as Partial<Record<K, unknown>>;
}

export function readWhole(where: string, value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    refuse(where, `a whole number of at least ${least}`, value);
  }
  return value as number;
}

/** A finite number above `above`, and below `below` if that is given. */
export function readBetween(where: string, value: unknown, above: number, below = Infinity): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= above || value >= below) {
    const range = below === Infinity ? `above ${above}` : `between ${above} and ${below}, both excluded`;
    refuse(where, `a number ${range}`, value);
  }
  return value;
}

export function readOneOf<T extends string>(where: string, value: unknown, allowed: readonly T[]): T {
  if (!(allowed as readonly unknown[]).includes(value)) {
    refuse(where, `one of ${allowed.map((one) => shown(one)).join(', ')}`, value);
  }
  return value as T;
}

export function checkFunction(where: string, value: unknown): void {
  if (typeof value !== 'function') refuse(where, 'a function', value);
}
