import type { FeatureExtractor } from '../../features/extractor.js';
import type { ReadTemplate, Term, WordTerm } from '../../features/template.js';

/** A property of words, and the templates that look at it alone: what these give depends on its values only. */
export interface ScoredProperty {
  readonly term: WordTerm;
  /** [slot] */
  readonly templates: ReadTemplate[];
  /** Whether joined templates look at it too. */
  isJoined: boolean;
}

/** A template that looks at several words, or at the position. */
interface JoinedTemplate {
  readonly template: ReadTemplate;
  /** With the number of the property; -1 for a term that looks at the position. */
  readonly terms: readonly { readonly term: Term; readonly property: number }[];
}

/** The templates of a tagger, arranged for scoring. */
export interface ScoringPlan {
  readonly properties: readonly ScoredProperty[];
  readonly joined: readonly JoinedTemplate[];
  /** [step * 3], a step being a template, in their order: property, slot, how far away the word is; or -1, number of the joined one, 0. */
  readonly steps: Int32Array;
  /** Integers of 32 bits that have a bit for each step. */
  readonly maskLength: number;
  /** [maskLength]: the steps of joined templates. */
  readonly joinedMask: Int32Array;
  /** [distance]: how far away the words are that templates look at. */
  readonly distances: Int32Array;
  /** [distance * maskLength]: the steps that look at such a word. */
  readonly distanceMasks: Int32Array;
}

export function planScoring({ builtIn }: FeatureExtractor): ScoringPlan {
  const properties: ScoredProperty[] = [];
  const joined: JoinedTemplate[] = [];
  const numberOf = (term: Term): number => {
    if (term.kind === 'place') return -1;
    const known = properties.findIndex((property) => property.term.key === term.key);
    return known >= 0 ? known : properties.push({ term, templates: [], isJoined: false }) - 1;
  };
  const steps = new Int32Array(3 * builtIn.length);
  builtIn.forEach((template, step) => {
    const [term] = template.terms;
    if (template.terms.length === 1 && term.kind === 'word') {
      const property = numberOf(term);
      const slot = properties[property].templates.push(template) - 1;
      steps.set([property, slot, term.offset], 3 * step);
    } else {
      const terms = template.terms.map((each) => ({ term: each, property: numberOf(each) }));
      for (const { property } of terms) if (property >= 0) properties[property].isJoined = true;
      steps.set([-1, joined.push({ template, terms }) - 1, 0], 3 * step);
    }
  });
  return { properties, joined, steps, ...masksOf(steps) };
}

function masksOf(steps: Int32Array) {
  const count = steps.length / 3;
  const maskLength = Math.ceil(count / 32);
  const joinedMask = new Int32Array(maskLength);
  const byDistance = new Map<number, Int32Array>();
  for (let step = 0; step < count; step++) {
    const [property, , distance] = steps.subarray(3 * step);
    let mask = property < 0 ? joinedMask : byDistance.get(distance);
    if (!mask) {
      mask = new Int32Array(maskLength);
      byDistance.set(distance, mask);
    }
    mask[step >> 5] |= 1 << (step & 31);
  }
  const distances = Int32Array.from(byDistance.keys());
  const distanceMasks = Int32Array.from([...byDistance.values()].flatMap((mask) => [...mask]));
  return { maskLength, joinedMask, distances, distanceMasks };
}
