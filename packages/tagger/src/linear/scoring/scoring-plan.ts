import type { FeatureExtractor } from '../../features/extractor.js';
import type { ReadTemplate, Term, WordTerm } from '../../features/template.js';

/** A template that looks at one word: what it gives depends on that word alone. */
export interface WordTemplate {
  readonly template: ReadTemplate;
  readonly term: WordTerm;
}

/** A template that looks at several words, or at the position. */
export interface JoinedTemplate {
  readonly template: ReadTemplate;
  /** With the number of the property that it looks at, -1 where it looks at the position. */
  readonly terms: readonly { readonly term: Term; readonly key: number }[];
}

/** The templates of a tagger, arranged for scoring. */
export interface ScoringPlan {
  /** [slot] */
  readonly words: readonly WordTemplate[];
  readonly joined: readonly JoinedTemplate[];
  /** [key]: the properties that the joined ones look at. */
  readonly keys: readonly WordTerm[];
  /** [step], in the order of the templates: a slot, or -1 - the number of a joined one. */
  readonly steps: Int32Array;
  /** [step]: how far away the word is. */
  readonly offsets: Int32Array;
}

export function planScoring({ builtIn }: FeatureExtractor): ScoringPlan {
  const words: WordTemplate[] = [];
  const joined: JoinedTemplate[] = [];
  const keys: WordTerm[] = [];
  const keyOf = (term: Term): number => {
    if (term.kind === 'place') return -1;
    const known = keys.findIndex(({ key }) => key === term.key);
    return known >= 0 ? known : keys.push(term) - 1;
  };
  const steps = new Int32Array(builtIn.length);
  const offsets = new Int32Array(builtIn.length);
  builtIn.forEach((template, step) => {
    const [term] = template.terms;
    if (template.terms.length === 1 && term.kind === 'word') {
      offsets[step] = term.offset;
      steps[step] = words.push({ template, term }) - 1;
    } else {
      const terms = template.terms.map((each) => ({ term: each, key: keyOf(each) }));
      steps[step] = -joined.push({ template, terms });
    }
  });
  return { words, joined, keys, steps, offsets };
}
