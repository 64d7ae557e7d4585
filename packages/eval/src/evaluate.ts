import type { Repair, Scheme } from '@cognate/tag-scheme';
import { confusionOf, type Confusion } from './confusion.js';
import { chooseSchemes, zeroDivisionName, type Convention } from './convention.js';
import { EvaluationError, shown } from './errors.js';
import {
  checkPair,
  checkRepair,
  checkSameShape,
  checkScheme,
  checkSentences,
  checkZeroDivision,
  type TagSentences,
} from './input.js';
import { eachMatch } from './matching.js';
import { compareCodePoints } from './order.js';
import { scoresOf, type ByName, type Scores } from './scores.js';
import { EntityInventory, SeenTally, collectEntities, type SeenScores, type TaggedSentence } from './seen.js';
import { readSentences } from './sentence-spans.js';
import { Tally, byName, type LabelledScores } from './tally.js';

export interface EvaluateOptions {
  /** The scheme of the gold tags; by default the one that fits them best. */
  readonly scheme?: Scheme | undefined;
  /** The scheme of the predicted tags; by default that of the gold tags. */
  readonly predictedScheme?: Scheme | undefined;
  /** What becomes of tags that break their scheme; by default `conlleval`: read leniently, as conlleval and seqeval do. */
  readonly repair?: Repair | undefined;
  /** What stands for 0/0: 0 (the default), 1 or NaN. */
  readonly zeroDivision?: number | undefined;
  /** The language of each sentence: asks for scores by language. */
  readonly languages?: readonly string[] | undefined;
  /** The words of each sentence; wanted with `training`. */
  readonly tokens?: TagSentences | undefined;
  /** The training data, or its entities: asks for scores of seen and unseen entities. Its scheme is `scheme`. */
  readonly training?: Iterable<TaggedSentence> | EntityInventory | undefined;
}

/** Scores of the entities of one length. */
export interface LengthScores extends Scores {
  /** In tokens. */
  readonly length: number;
}

/** Scores of a set of sentences. */
export interface GroupScores extends LabelledScores {
  readonly sentences: number;
  readonly tokens: number;
  /** Share of the tokens whose gold and predicted tags are the same string. */
  readonly accuracy: number;
}

/** What `evaluate` finds. A plain object: `JSON.stringify` writes all of it (NaN becomes null). */
export interface Evaluation extends GroupScores {
  readonly convention: Convention;
  /** Shortest first; only lengths that occur. */
  readonly perLength: readonly LengthScores[];
  readonly confusion: Confusion;
  /** With the option `languages`. */
  readonly perLanguage?: ByName<GroupScores>;
  /** With the option `training`. */
  readonly seen?: SeenScores;
}

/**
 * Compares predicted with gold entities: an entity counts as correct if both boundaries and the label are right.
 *
 * Under the repair policy `conlleval` the numbers are those of conlleval for IO, IOB1, IOB2, IOE1 and IOE2, and those of seqeval's default
 * mode for all schemes but BILOU; under `discard` those of seqeval's strict mode for IOB2, IOE2, BIOES and BILOU. The functions `conlleval`
 * and `seqeval` follow the two programs on any tags whatever.
 *
 * @param gold `gold[sentence][token]`, the right tags
 * @param predicted the tags to judge, of the same shape
 * @throws EvaluationError where the shapes differ, naming the sentence and both lengths, and for options that do not fit.
 */
export function evaluate(
  gold: TagSentences,
  predicted: TagSentences,
  options: EvaluateOptions = {},
): Evaluation {
  checkPair(gold, predicted);
  const zeroDivision = checkZeroDivision(options.zeroDivision ?? 0);
  const repair = checkRepair(options.repair ?? 'conlleval');
  const chosen = chooseSchemes(
    gold,
    checkScheme(options.scheme, 'scheme'),
    checkScheme(options.predictedScheme, 'predictedScheme'),
  );
  const { languages } = options;
  if (languages) checkLanguages(languages, gold);
  const seen = seenTally(gold, options, chosen.scheme, repair);

  const goldSpans = readSentences(gold, chosen.scheme, repair, 'gold');
  const predictedSpans = readSentences(predicted, chosen.predictedScheme, repair, 'predicted');

  const all = new Group();
  const byLength = new Map<number, Group>();
  const byLanguage = new Map<string, Group>();
  for (let s = 0; s < gold.length; s++) {
    const groups = languages ? [all, entry(byLanguage, languages[s])] : [all];
    for (const group of groups) group.addTokens(gold[s], predicted[s]);
    const count = (kind: 'correct' | 'predicted' | 'gold', span: (typeof goldSpans.spans)[0][0]): void => {
      for (const group of groups) group.tally.of(span.label)[kind]++;
      entry(byLength, span.end - span.start).tally.of('')[kind]++;
      if (seen) seen.tally.add(kind, span, seen.tokens[s]);
    };
    const goldHere = goldSpans.spans[s];
    const predictedHere = predictedSpans.spans[s];
    for (const span of goldHere) count('gold', span);
    for (const span of predictedHere) count('predicted', span);
    eachMatch(goldHere, predictedHere, (index) => count('correct', goldHere[index]));
  }

  return {
    convention: {
      scorer: 'cognate',
      mode: repair,
      ...chosen,
      zeroDivision: zeroDivisionName(zeroDivision),
      repaired: { gold: goldSpans.repaired, predicted: predictedSpans.repaired },
    },
    ...all.scores(zeroDivision),
    perLength: [...byLength]
      .sort(([a], [b]) => a - b)
      .map(([length, group]) => ({ length, ...scoresOf(group.tally.total(), zeroDivision) })),
    confusion: confusionOf(goldSpans.spans, predictedSpans.spans),
    ...(languages && {
      perLanguage: byName([...byLanguage.keys()].sort(compareCodePoints), (language) =>
        entry(byLanguage, language).scores(zeroDivision),
      ),
    }),
    ...(seen && { seen: seen.tally.scores(zeroDivision) }),
  };
}

/** What is counted of a set of sentences. */
class Group {
  readonly tally = new Tally();
  private sentences = 0;
  private tokens = 0;
  private equalTags = 0;

  addTokens(gold: readonly string[], predicted: readonly string[]): void {
    this.sentences++;
    this.tokens += gold.length;
    for (let t = 0; t < gold.length; t++) if (gold[t] === predicted[t]) this.equalTags++;
  }

  scores(zeroDivision: number): GroupScores {
    return {
      sentences: this.sentences,
      tokens: this.tokens,
      accuracy: this.tokens === 0 ? zeroDivision : this.equalTags / this.tokens,
      ...this.tally.scores(zeroDivision),
    };
  }
}

function entry<K>(groups: Map<K, Group>, name: K): Group {
  let group = groups.get(name);
  if (!group) {
    group = new Group();
    groups.set(name, group);
  }
  return group;
}

function checkLanguages(languages: readonly string[], gold: TagSentences): void {
  if (!Array.isArray(languages) || languages.length !== gold.length) {
    throw new EvaluationError(
      `expected languages to name one language for each of ${gold.length} sentences, got ${
        Array.isArray(languages) ? String(languages.length) : shown(languages)
      }`,
    );
  }
  languages.forEach((language: unknown, s) => {
    if (typeof language !== 'string') {
      throw new EvaluationError(`expected a string as language of sentence ${s}, got ${shown(language)}`);
    }
  });
}

function seenTally(
  gold: TagSentences,
  { training, tokens }: EvaluateOptions,
  scheme: Scheme,
  repair: Repair,
): { tally: SeenTally; tokens: TagSentences } | undefined {
  if (!training) return undefined;
  if (!tokens) {
    throw new EvaluationError('expected the option tokens beside training: an entity is seen by its words');
  }
  checkSentences(tokens, 'tokens');
  checkSameShape(gold, tokens, 'tokens', 'tokens');
  const inventory =
    training instanceof EntityInventory ? training : collectEntities(training, { scheme, repair });
  return { tally: new SeenTally(inventory), tokens };
}
