import { readSpans } from './read.js';
import { schemes, type Scheme } from './scheme.js';

export interface SchemeCandidate {
  readonly scheme: Scheme;
  /** Tags that break this scheme. */
  readonly invalid: number;
}

export interface SchemeDetection {
  /** The scheme that the fewest tags break. */
  readonly scheme: Scheme;
  /** Tags that break it. */
  readonly invalid: number;
  /** Tags seen that are not `O`. */
  readonly entityTags: number;
  /** No tag breaks the scheme, and every other scheme is broken. */
  readonly certain: boolean;
  /** All schemes, the best first. */
  readonly candidates: readonly SchemeCandidate[];
}

/**
 * Of schemes that fit equally well the first is taken. Where two schemes fit without any invalid tag (only `I-` tags, or
 * no entity at all), all of them read the same entities, so the choice changes nothing but the name.
 */
const preference: readonly Scheme[] = ['IOB2', 'IO', 'BIOES', 'BILOU', 'IOE2', 'IOB1', 'IOE1'];

/**
 * Finds the scheme of tag sequences: the one that the fewest tags break, so some faulty tags do not mislead it. Without any
 * entity it is IOB2, with only `I-` tags or bare labels it is IO.
 */
export function detectScheme(sequences: Iterable<readonly string[]>): SchemeDetection {
  const invalid = new Map<Scheme, number>(schemes.map((scheme) => [scheme, 0]));
  let entityTags = 0;
  for (const tags of sequences) {
    for (const tag of tags) if (tag !== 'O') entityTags++;
    for (const scheme of schemes) {
      invalid.set(scheme, (invalid.get(scheme) ?? 0) + readSpans(tags, scheme).repaired);
    }
  }
  const candidates = preference
    .map((scheme) => ({ scheme, invalid: invalid.get(scheme) ?? 0 }))
    .sort((a, b) => a.invalid - b.invalid);
  const [best, second] = candidates;
  return { ...best, entityTags, certain: best.invalid === 0 && second.invalid > 0, candidates };
}
