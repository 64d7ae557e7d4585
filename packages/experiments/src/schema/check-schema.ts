import { z } from 'zod';
import { describeIssue } from './describe-issue.js';

/** One thing that is wrong with a value, where it is, and what would be right. */
export interface SchemaProblem {
  /** From the whole to the field: names and indices. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] };

/**
 * Checks a value by a schema of zod and completes it. What is wrong is said all at once, each thing with its path, what was expected and what came;
 * a name that is nearly one that there is, is asked about.
 */
export function checkSchema<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const whole = z.toJSONSchema(schema, { io: 'input' });
  return { ok: false, problems: result.error.issues.flatMap((issue) => describeIssue(issue, whole, value)) };
}

/** `training.epochs: expected ...`; problems of the whole are called by the given name. */
export const describeProblem = ({ path, message }: SchemaProblem, whole: string): string =>
  `${path.join('.') || whole}: ${message}`;
