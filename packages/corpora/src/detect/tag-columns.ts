import type { TagForm } from '../formats/columns/options.js';

/** How well the values of a column pass for tags. */
export interface TagColumn {
  /** Position; from the end (-1) where lines differ in length. */
  readonly column: number;
  readonly form: TagForm;
  /** The share, among the values other than O, of tags of this form. */
  readonly share: number;
  /** Whether any of them is the tag of an entity. */
  readonly entities: boolean;
  /** Whether other readings of these values are about as likely: bare labels are what many columns hold. */
  readonly weak: boolean;
}

const hyphened = /^[BIESLU](?:-\S+)?$/;
const underscored = /^[BIESLU]_\S+$/;
const suffixed = /^\S+-[BIESLU]$/;
const glued = /^[BIESLU]\p{Lu}[\p{Lu}_]+$/u;
const bare = /^\p{L}[\p{L}_./-]{1,30}$/u;
const maxKinds = 60;

/** The reading of a column as tags, if there is one that at least nine of ten values other than O follow. */
export function readAsTags(values: readonly string[], column: number): TagColumn | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const outside = counts.get('O') ?? 0;
  counts.delete('O');
  const share = (pattern: RegExp): number => {
    let fitting = 0;
    for (const [value, count] of counts) if (pattern.test(value)) fitting += count;
    return fitting / (values.length - outside);
  };
  const result = (form: TagForm, of: number, weak = false): TagColumn | undefined =>
    of >= 0.9 ? { column, form, share: of, entities: outside < values.length, weak } : undefined;
  if (outside === values.length) return result('B-PER', 1);
  return (
    result('B-PER', share(hyphened)) ??
    (outside === 0 ? undefined : (result('B_PER', share(underscored)) ?? result('PER-B', share(suffixed)))) ??
    (outside > 0 && isGlued([...counts.keys()]) ? result('BPER', share(glued)) : undefined) ??
    (outside >= values.length / 4 && counts.size <= maxKinds ? result('PER', share(bare), true) : undefined)
  );
}

/** Whether tags are a prefix and a label without a hyphen: every label that goes on (I) starts somewhere (B) too. */
function isGlued(values: readonly string[]): boolean {
  const labels = (prefix: string): string[] =>
    values.filter((value) => value.startsWith(prefix)).map((value) => value.slice(1));
  const begun = new Set(labels('B'));
  const inner = labels('I');
  return inner.length > 0 && inner.every((label) => begun.has(label));
}
