import type { Scheme } from '@cognate/tag-scheme';
import { EvaluationError } from './errors.js';
import type { TagSentences } from './input.js';
import type { SeqevalEntity } from './seqeval-default.js';

/** The schemes that seqeval's strict mode knows. */
export type StrictScheme = Exclude<Scheme, 'IO'>;

/** Prefix before, prefix here (`*`: any), and whether the labels must be the same, must differ, or do not matter. */
type Pattern = readonly [before: string, here: string, labels: 'same' | 'different' | 'any'];

interface StrictRules {
  readonly prefixes: string;
  readonly starts: readonly Pattern[];
  readonly goesOn: readonly Pattern[];
  /** Between the last token of an entity and the one after it. */
  readonly ends: readonly Pattern[];
}

/**
 * seqeval's rules, IOE1's with their gap: an entity that ends in E before another label or O is not one, and E begins an entity
 * only after E.
 */
const strictRules: Readonly<Record<StrictScheme, StrictRules>> = {
  IOB1: {
    prefixes: 'IOB',
    starts: [
      ['O', 'I', 'any'],
      ['I', 'I', 'different'],
      ['B', 'I', 'any'],
      ['I', 'B', 'same'],
      ['B', 'B', 'same'],
    ],
    goesOn: [
      ['B', 'I', 'same'],
      ['I', 'I', 'same'],
    ],
    ends: [
      ['I', 'I', 'different'],
      ['I', 'O', 'any'],
      ['I', 'B', 'any'],
      ['B', 'O', 'any'],
      ['B', 'I', 'different'],
      ['B', 'B', 'same'],
    ],
  },
  IOB2: {
    prefixes: 'IOB',
    starts: [['*', 'B', 'any']],
    goesOn: [
      ['B', 'I', 'same'],
      ['I', 'I', 'same'],
    ],
    ends: [
      ['I', 'O', 'any'],
      ['I', 'I', 'different'],
      ['I', 'B', 'any'],
      ['B', 'O', 'any'],
      ['B', 'I', 'different'],
      ['B', 'B', 'any'],
    ],
  },
  IOE1: {
    prefixes: 'IOE',
    starts: [
      ['O', 'I', 'any'],
      ['I', 'I', 'different'],
      ['E', 'I', 'any'],
      ['E', 'E', 'same'],
    ],
    goesOn: [
      ['I', 'I', 'same'],
      ['I', 'E', 'same'],
    ],
    ends: [
      ['I', 'I', 'different'],
      ['I', 'O', 'any'],
      ['I', 'E', 'different'],
      ['E', 'I', 'same'],
      ['E', 'E', 'same'],
    ],
  },
  IOE2: {
    prefixes: 'IOE',
    starts: [
      ['O', 'I', 'any'],
      ['O', 'E', 'any'],
      ['E', 'I', 'any'],
      ['E', 'E', 'any'],
      ['I', 'I', 'different'],
      ['I', 'E', 'different'],
    ],
    goesOn: [
      ['I', 'E', 'same'],
      ['I', 'I', 'same'],
    ],
    ends: [['E', '*', 'any']],
  },
  BIOES: {
    prefixes: 'IOBES',
    starts: [
      ['*', 'B', 'any'],
      ['*', 'S', 'any'],
    ],
    goesOn: [
      ['B', 'I', 'same'],
      ['B', 'E', 'same'],
      ['I', 'I', 'same'],
      ['I', 'E', 'same'],
    ],
    ends: [
      ['S', '*', 'any'],
      ['E', '*', 'any'],
    ],
  },
  BILOU: {
    prefixes: 'BILOU',
    starts: [
      ['*', 'B', 'any'],
      ['*', 'U', 'any'],
    ],
    goesOn: [
      ['B', 'I', 'same'],
      ['B', 'L', 'same'],
      ['I', 'I', 'same'],
      ['I', 'L', 'same'],
    ],
    ends: [
      ['U', '*', 'any'],
      ['L', '*', 'any'],
    ],
  },
};

interface StrictTag {
  readonly prefix: string;
  readonly label: string;
}

const outsideTag: StrictTag = { prefix: 'O', label: '_' };

/** The entities of seqeval's strict mode (1.2.2, `Tokens.entities`). */
export function strictEntities(sentences: TagSentences, scheme: StrictScheme, name: string): SeqevalEntity[] {
  const { prefixes, starts, goesOn, ends } = strictRules[scheme];
  const known = new Map<string, StrictTag>();
  const parse = (tag: string, sentence: number, token: number): StrictTag => {
    let parsed = known.get(tag);
    if (!parsed) {
      if (tag === '' || !prefixes.includes(tag[0])) {
        throw new EvaluationError(
          `${name} sentence ${sentence}, token ${token}: expected a tag that starts with one of ` +
            `${[...new Set(prefixes)].join(', ')} (${scheme}), got ${JSON.stringify(tag)}`,
        );
      }
      // All hyphens at both ends go, as in seqeval: the label of `B--X-` is X.
      parsed = { prefix: tag[0], label: tag.slice(1).replace(/^-+|-+$/g, '') || '_' };
      known.set(tag, parsed);
    }
    return parsed;
  };
  const entities: SeqevalEntity[] = [];
  let offset = 0; // of the sentence
  sentences.forEach((tags, sentence) => {
    const parsed = tags.map((tag, token) => parse(tag, sentence, token));
    const at = (t: number): StrictTag => (t >= 0 && t < parsed.length ? parsed[t] : outsideTag);
    let t = 0;
    while (t < parsed.length) {
      if (!fits(starts, at(t - 1), at(t))) {
        t++;
        continue;
      }
      let end = t + 1;
      while (end < parsed.length && fits(goesOn, at(end - 1), at(end))) end++;
      if (fits(ends, at(end - 1), at(end))) {
        entities.push({ label: at(t).label, start: offset + t, end: offset + end });
      }
      t = end;
    }
    offset += tags.length + 1;
  });
  return entities;
}

function fits(patterns: readonly Pattern[], before: StrictTag, here: StrictTag): boolean {
  for (const [first, second, labels] of patterns) {
    if (
      (first === '*' || first === before.prefix) &&
      (second === '*' || second === here.prefix) &&
      (labels === 'any' || (labels === 'same') === (before.label === here.label))
    ) {
      return true;
    }
  }
  return false;
}

/** Sets of prefixes without O: what each scheme needs at least, and at most. */
const signatures: readonly { scheme: StrictScheme; needs: readonly string[]; only: string }[] = [
  { scheme: 'IOB2', needs: ['B'], only: 'IB' },
  { scheme: 'IOE2', needs: ['E'], only: 'IE' },
  { scheme: 'BIOES', needs: ['B', 'E'], only: 'IBES' },
  { scheme: 'BILOU', needs: ['B', 'L'], only: 'IBLU' },
];

/**
 * The scheme that seqeval finds in tags, by the prefixes that occur (`auto_detect`): IOB2, IOE2, BIOES or BILOU.
 *
 * @throws EvaluationError where seqeval would give up: no entity, only I, or a mixture.
 */
export function autoDetect(sentences: TagSentences): StrictScheme {
  const prefixes = new Set<string>();
  for (const tags of sentences) for (const tag of tags) prefixes.add(tag.slice(0, 1));
  const found = [...prefixes];
  const seen = found.filter((prefix) => prefix !== 'O');
  // seqeval takes a lone S or U for its scheme only where no O occurs.
  if (found.length === 1 && found[0] === 'S') return 'BIOES';
  if (found.length === 1 && found[0] === 'U') return 'BILOU';
  for (const { scheme, needs, only } of signatures) {
    if (
      needs.every((prefix) => prefixes.has(prefix)) &&
      seen.every((prefix) => prefix !== '' && only.includes(prefix))
    ) {
      return scheme;
    }
  }
  throw new EvaluationError(
    `expected gold tags of IOB2, IOE2, BIOES or BILOU to find the scheme in, got the prefixes ${
      found.sort().join(', ') || '(none)'
    }: name the scheme`,
  );
}
