import { schemes, type Joint, type Scheme } from './scheme.js';
import { edge, tagReader, type ReadTag } from './tag-reader.js';

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
  const profile = profileReader();
  const outside = profileOf(schemes.map(() => edge));
  const tokensBySchemes = new Float64Array(1 << schemes.length); // [bit set of the schemes that a token breaks]
  let entityTags = 0;
  for (const tags of sequences) {
    let left = outside;
    let broken = 0; // of the left token, by itself and by what stands before it
    for (let t = 0; t <= tags.length; t++) {
      const right = t < tags.length ? profile(tags[t], t) : outside;
      const sameLabel = left.label === right.label;
      const joined = sameLabel ? left.reachesRight & right.reachesLeft : 0;
      const siblings = sameLabel && !left.outside && !right.outside ? ~0 : 0;
      if (t > 0) {
        broken |= (left.mustRight & ~joined) | (left.splitRight & ~siblings);
        tokensBySchemes[broken]++;
      }
      broken = right.malformed | (right.mustLeft & ~joined) | (right.splitLeft & ~siblings);
      if (t < tags.length && tags[t] !== 'O') entityTags++;
      left = right;
    }
  }
  const invalidIn = (scheme: Scheme): number => {
    const bit = 1 << schemes.indexOf(scheme);
    return tokensBySchemes.reduce((sum, tokens, set) => sum + ((set & bit) === 0 ? 0 : tokens), 0);
  };
  const candidates = preference
    .map((scheme) => ({ scheme, invalid: invalidIn(scheme) }))
    .sort((a, b) => a.invalid - b.invalid);
  const [best, second] = candidates;
  return { ...best, entityTags, certain: best.invalid === 0 && second.invalid > 0, candidates };
}

/** A tag as all schemes see it at once: bit i of each set belongs to `schemes[i]`. */
interface TagProfile {
  readonly label: string;
  readonly outside: boolean;
  readonly malformed: number;
  readonly reachesLeft: number;
  readonly mustLeft: number;
  readonly splitLeft: number;
  readonly reachesRight: number;
  readonly mustRight: number;
  readonly splitRight: number;
}

function profileOf(readings: readonly ReadTag[]): TagProfile {
  const bits = (holds: (tag: ReadTag) => boolean): number =>
    readings.reduce((set, reading, i) => (holds(reading) ? set | (1 << i) : set), 0);
  const reaches = (joint: Joint): boolean => joint === 'may' || joint === 'must';
  return {
    label: readings[0].label,
    outside: readings[0].outside,
    malformed: bits(({ malformed }) => malformed !== undefined),
    reachesLeft: bits(({ left }) => reaches(left)),
    mustLeft: bits(({ left }) => left === 'must'),
    splitLeft: bits(({ left }) => left === 'split'),
    reachesRight: bits(({ right }) => reaches(right)),
    mustRight: bits(({ right }) => right === 'must'),
    splitRight: bits(({ right }) => right === 'split'),
  };
}

function profileReader(): (tag: string, index: number) => TagProfile {
  const readers = schemes.map(tagReader);
  const known = new Map<string, TagProfile>();
  return (tag, index) => {
    let profile = known.get(tag);
    if (!profile) {
      profile = profileOf(readers.map((read) => read(tag, index)));
      known.set(tag, profile);
    }
    return profile;
  };
}
