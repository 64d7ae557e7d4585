import { chooseSchemes, type Convention } from './convention.js';
import { EvaluationError } from './errors.js';
import { checkPair, type TagSentences } from './input.js';
import { scoresOf, type ByName, type Scores } from './scores.js';
import { countInvalid } from './sentence-spans.js';
import { Tally, byName } from './tally.js';

export interface ConllevalOptions {
  /** The script's `-r`: each tag other than O is a bare label and stands for an entity of one token. */
  readonly raw?: boolean | undefined;
  /** The script's `-o`: the tag that stands for O in raw tags; it counts only with `raw`, as in the script. */
  readonly outside?: string | undefined;
}

/** What conlleval counts. */
export interface ConllevalResult {
  readonly convention: Convention;
  readonly tokens: number;
  /** Tokens whose tags agree in prefix and label. */
  readonly correctTags: number;
  /** correctTags / tokens */
  readonly accuracy: number;
  readonly micro: Scores;
  /** In the order of code points. The label '' stands for tags without label, and for the label `0`, which Perl holds for false. */
  readonly perLabel: ByName<Scores>;
}

/**
 * Counts as conlleval (version 2004-01-26) does, on any tags whatever: what stands before the first hyphen is the prefix, what
 * follows the label; a chunk begins and ends by the script's own rules, which know B, I, E, O, `.`, `[` and `]`. Other prefixes
 * (S, L, U) neither begin nor end a chunk by themselves: only a change of label does.
 *
 * @throws EvaluationError where the shapes differ, and for tags that could not be a column of the script's input (empty, with a
 *   space or a line break).
 */
export function conlleval(
  gold: TagSentences,
  predicted: TagSentences,
  options: ConllevalOptions = {},
): ConllevalResult {
  const { counts, tokens, correctTags } = countChunks(gold, predicted, options);
  const chosen = chooseSchemes(gold, undefined);
  return {
    convention: {
      scorer: 'conlleval',
      mode: options.raw ? 'raw' : 'default',
      ...chosen,
      zeroDivision: 0,
      repaired: {
        gold: countInvalid(gold, chosen.scheme),
        predicted: countInvalid(predicted, chosen.scheme),
      },
    },
    tokens,
    correctTags,
    accuracy: tokens === 0 ? 0 : correctTags / tokens,
    micro: scoresOf(counts.total(), 0),
    perLabel: byName(counts.labels, (label) => scoresOf(counts.of(label), 0)),
  };
}

export interface ChunkCounts {
  readonly counts: Tally;
  readonly tokens: number;
  readonly correctTags: number;
}

interface ChunkTag {
  readonly prefix: string;
  readonly label: string;
}

const outsideTag: ChunkTag = { prefix: 'O', label: '' };

/** The script's loop over lines: one pass over both columns with a line of O O after each sentence. */
export function countChunks(
  gold: TagSentences,
  predicted: TagSentences,
  options: ConllevalOptions,
): ChunkCounts {
  checkPair(gold, predicted);
  const parse = tagParser(options);
  const counts = new Tally();
  let tokens = 0;
  let correctTags = 0;
  let inCorrect = false; // a chunk is open that has been right so far
  let lastGold = outsideTag;
  let lastPredicted = outsideTag;
  for (let s = 0; s < gold.length; s++) {
    const length = gold[s].length;
    for (let t = 0; t <= length; t++) {
      const g = t < length ? parse(gold[s][t], 'gold', s, t) : outsideTag;
      const p = t < length ? parse(predicted[s][t], 'predicted', s, t) : outsideTag;
      if (inCorrect) {
        const goldEnds = endsChunk(lastGold, g);
        const predictedEnds = endsChunk(lastPredicted, p);
        if (goldEnds && predictedEnds && lastPredicted.label === lastGold.label) {
          inCorrect = false;
          counts.of(lastGold.label).correct++;
        } else if (goldEnds !== predictedEnds || p.label !== g.label) {
          inCorrect = false;
        }
      }
      const goldStarts = startsChunk(lastGold, g);
      const predictedStarts = startsChunk(lastPredicted, p);
      if (goldStarts && predictedStarts && p.label === g.label) inCorrect = true;
      if (goldStarts) counts.of(g.label).gold++;
      if (predictedStarts) counts.of(p.label).predicted++;
      if (t < length) {
        tokens++;
        if (g.prefix === p.prefix && g.label === p.label) correctTags++;
      }
      lastGold = g;
      lastPredicted = p;
    }
  }
  if (inCorrect) counts.of(lastGold.label).correct++;
  return { counts, tokens, correctTags };
}

/** Whether a chunk ends between two tags, by their prefixes alone: `last` and `tag` joined. */
const endsBetween = new Set(['BB', 'BO', 'IB', 'IO', 'EE', 'EI', 'EO']);
/** Whether a chunk starts between two tags, by their prefixes alone. */
const startsBetween = new Set(['BB', 'IB', 'OB', 'OI', 'EE', 'EI', 'OE']);

const isOutside = (prefix: string): boolean => prefix === 'O' || prefix === '.';
const isBracket = (prefix: string): boolean => prefix === '[' || prefix === ']';

const pairOf = (last: ChunkTag, tag: ChunkTag): string =>
  last.prefix.length === 1 && tag.prefix.length === 1 ? last.prefix + tag.prefix : '';

function endsChunk(last: ChunkTag, tag: ChunkTag): boolean {
  return (
    endsBetween.has(pairOf(last, tag)) ||
    (!isOutside(last.prefix) && last.label !== tag.label) ||
    isBracket(last.prefix)
  );
}

function startsChunk(last: ChunkTag, tag: ChunkTag): boolean {
  return (
    startsBetween.has(pairOf(last, tag)) ||
    (!isOutside(tag.prefix) && last.label !== tag.label) ||
    isBracket(tag.prefix)
  );
}

type TagParser = (tag: string, name: string, sentence: number, token: number) => ChunkTag;

function tagParser({ raw = false, outside = 'O' }: ConllevalOptions): TagParser {
  const known = new Map<string, ChunkTag>();
  return (tag, name, sentence, token) => {
    let parsed = known.get(tag);
    if (!parsed) {
      if (!/^[^ \n]+$/.test(tag)) {
        throw new EvaluationError(
          `${name} sentence ${sentence}, token ${token}: expected a tag without spaces, got ${JSON.stringify(tag)}`,
        );
      }
      parsed = parseTag(raw ? (tag === outside || tag === 'O' ? 'O' : `B-${tag}`) : tag);
      known.set(tag, parsed);
    }
    return parsed;
  };
}

function parseTag(tag: string): ChunkTag {
  const hyphen = tag.indexOf('-');
  if (hyphen < 0) return { prefix: tag, label: '' };
  const label = tag.slice(hyphen + 1);
  // The script writes `$type ? $type : ""`, and Perl holds "0" for false.
  return { prefix: tag.slice(0, hyphen), label: label === '0' ? '' : label };
}
