import type { Scheme } from '@cognate/tag-scheme';
import { chooseSchemes, zeroDivisionName, type Convention } from './convention.js';
import { EvaluationError } from './errors.js';
import { checkOneOf, checkPair, checkScheme, type TagSentences } from './input.js';
import { countInvalid } from './sentence-spans.js';
import { defaultEntities, type SeqevalEntity } from './seqeval-default.js';
import { autoDetect, strictEntities, type StrictScheme } from './seqeval-strict.js';
import { Tally, type LabelledScores } from './tally.js';

export interface SeqevalOptions {
  /** `default` reads entities leniently, whatever the scheme; `strict` only those that are well formed in the scheme. */
  readonly mode?: 'default' | 'strict' | undefined;
  /**
   * The scheme, for `strict`; by default found in the prefixes of the gold tags as seqeval does. The default mode does not read by it; it
   * only counts `repaired`.
   */
  readonly scheme?: Scheme | undefined;
  /** What stands for 0/0: 0 (the default) or 1. */
  readonly zeroDivision?: 0 | 1 | undefined;
}

/** seqeval's numbers; its `support` is the count `gold`. */
export interface SeqevalResult extends LabelledScores {
  readonly convention: Convention;
}

/**
 * Scores as seqeval (1.2.2) gives them, on any tags whatever. Labels are those with an entity in gold or predictions; a tag without
 * label has the label `_`.
 *
 * @throws EvaluationError where the shapes differ, for empty tags, in the strict mode for prefixes that the scheme does not know, and where no
 *   scheme is named and none can be found.
 */
export function seqeval(
  gold: TagSentences,
  predicted: TagSentences,
  options: SeqevalOptions = {},
): SeqevalResult {
  checkPair(gold, predicted);
  const { mode = 'default', zeroDivision = 0 } = options;
  checkOneOf(mode, ['default', 'strict'], 'mode');
  checkOneOf(zeroDivision, [0, 1], 'zeroDivision'); // seqeval has no NaN
  const named = checkScheme(options.scheme, 'scheme');
  let scheme: Scheme;
  let goldEntities: SeqevalEntity[];
  let predictedEntities: SeqevalEntity[];
  if (mode === 'strict') {
    const strictScheme = strictSchemeOf(named) ?? autoDetect(gold);
    scheme = strictScheme;
    goldEntities = strictEntities(gold, strictScheme, 'gold');
    predictedEntities = strictEntities(predicted, strictScheme, 'predicted');
  } else {
    scheme = chooseSchemes(gold, named).scheme;
    goldEntities = defaultEntities(gold, 'gold');
    predictedEntities = defaultEntities(predicted, 'predicted');
  }
  return {
    convention: {
      scorer: 'seqeval',
      mode,
      scheme,
      predictedScheme: scheme,
      schemeDetected: named === undefined,
      zeroDivision: zeroDivisionName(zeroDivision),
      repaired: { gold: countInvalid(gold, scheme), predicted: countInvalid(predicted, scheme) },
    },
    ...tallyOf(goldEntities, predictedEntities).scores(zeroDivision),
  };
}

function strictSchemeOf(scheme: Scheme | undefined): StrictScheme | undefined {
  if (scheme === 'IO') throw new EvaluationError("seqeval's strict mode does not know IO");
  return scheme;
}

/** Both lists are in the order of their ends, and no two entities of one list end at the same place. */
function tallyOf(gold: readonly SeqevalEntity[], predicted: readonly SeqevalEntity[]): Tally {
  const tally = new Tally();
  for (const { label } of gold) tally.of(label).gold++;
  let g = 0;
  for (const { label, start, end } of predicted) {
    const counts = tally.of(label);
    counts.predicted++;
    while (g < gold.length && gold[g].end < end) g++;
    if (g < gold.length && gold[g].end === end && gold[g].start === start && gold[g].label === label) {
      counts.correct++;
    }
  }
  return tally;
}
