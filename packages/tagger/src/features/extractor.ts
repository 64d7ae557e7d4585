import { TaggerError, shown } from '../errors.js';
import { normalForm } from './normal-form.js';
import { templateSets, type TemplateSetName } from './sets.js';
import {
  checkOwnTemplate,
  readTemplate,
  type OwnTemplate,
  type ReadTemplate,
  type TemplateSentence,
  type Term,
} from './template.js';

/** A description (`word[-1]`, `shape[-1..1]`, `case[0]|case[1]`), the name of a set, or a template of one's own. */
export type TemplateChoice = string | OwnTemplate;

/** What an extractor knows of a word in one language. */
interface WordEntry {
  readonly word: string;
  readonly lower: string;
  /** The values of properties, by name. */
  readonly values: Map<string, readonly string[]>;
  /** [template]: the attributes that the template gives for this word, once asked for. */
  readonly attributes: (readonly string[] | undefined)[];
}

/** Words of a generation, of which two are remembered: with all their attributes they take about 5 kB each. */
const mostWords = 4_000;
const nothing: readonly string[] = [];

/**
 * Makes the attributes of a sentence's tokens after a list of templates. An attribute is `template=value`; that of a
 * template that has no value but being there (`bias`, `first`) is its name. With `augment` each is followed by the same with the
 * language before it, `gl>word[0]=Vigo`: what the languages share is learned from all of them and what they do not
 * from each (Daumé 2007). No template's name has a `>` or `=`, so no two attributes are taken for each other.
 */
export class FeatureExtractor {
  /** Names and own templates, as a model records them. */
  readonly templates: readonly (string | { readonly own: string })[];
  readonly augment: boolean;
  readonly #builtIn: readonly ReadTemplate[];
  readonly #own: readonly OwnTemplate[];
  #words = new WordsByLanguage();
  /** Those of the generation before: what is used of them goes over, the rest goes with the next change. */
  #before = new WordsByLanguage();

  /** @throws TaggerError for a template that there is not, and for two of one name */
  constructor(templates: readonly TemplateChoice[], augment: boolean) {
    const builtIn: ReadTemplate[] = [];
    const own: OwnTemplate[] = [];
    const given: unknown = templates;
    if (!Array.isArray(given) || given.length === 0)
      throw new TaggerError(`templates: expected a list with at least one template, got ${shown(given)}`);
    for (const template of templates) {
      if (typeof template !== 'string') own.push(checkOwnTemplate(template));
      else if (Object.hasOwn(templateSets, template))
        builtIn.push(...templateSets[template as TemplateSetName].flatMap(readTemplate));
      else builtIn.push(...readTemplate(template));
    }
    const names = [...builtIn, ...own].map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new TaggerError(`templates: ${shown(twice)} is there twice`);
    this.templates = [...builtIn.map(({ name }) => name), ...own.map(({ name }) => ({ own: name }))];
    this.augment = augment;
    this.#builtIn = builtIn;
    this.#own = own;
  }

  /** `attributes[token]`: the attributes of each token of a sentence. */
  extract(tokens: readonly string[], language: string | undefined): string[][] {
    const entries = this.#entries(tokens, language);
    const sentence: TemplateSentence = { tokens, language };
    const prefix = this.augment && language !== undefined ? `${language}>` : undefined;
    return entries.map((_, position) => {
      const attributes: string[] = [];
      this.#builtIn.forEach((template, index) => {
        for (const attribute of attributesAt(template, index, entries, position, language, prefix))
          attributes.push(attribute);
      });
      for (const template of this.#own)
        attributes.push(...doubled(ownAttributes(template, sentence, position), prefix));
      return attributes;
    });
  }

  #entries(tokens: readonly string[], language: string | undefined): WordEntry[] {
    if (this.#words.count > mostWords) {
      this.#before = this.#words;
      this.#words = new WordsByLanguage();
    }
    const known = this.#words.of(language);
    const before = this.#before.of(language);
    return tokens.map((token) => {
      let entry = known.get(token);
      if (!entry) {
        entry = before.get(token) ?? newEntry(token);
        known.set(token, entry);
        this.#words.count++;
      }
      return entry;
    });
  }
}

/** Entries of words: their attributes depend on the language. */
class WordsByLanguage {
  count = 0;
  readonly #languages = new Map<string | undefined, Map<string, WordEntry>>();

  of(language: string | undefined): Map<string, WordEntry> {
    let words = this.#languages.get(language);
    if (!words) {
      words = new Map();
      this.#languages.set(language, words);
    }
    return words;
  }
}

function newEntry(token: string): WordEntry {
  const word = normalForm(token);
  return { values: new Map(), attributes: [], word, lower: word.toLowerCase() };
}

/** Each attribute, followed by the same with the language before it. */
const doubled = (attributes: readonly string[], prefix: string | undefined): readonly string[] =>
  prefix === undefined ? attributes : attributes.flatMap((attribute) => [attribute, prefix + attribute]);

function attributesAt(
  template: ReadTemplate,
  index: number,
  entries: readonly WordEntry[],
  position: number,
  language: string | undefined,
  prefix: string | undefined,
): readonly string[] {
  const { name, terms } = template;
  const [term] = terms;
  if (terms.length === 1 && term.kind === 'word') {
    const at = position + term.offset;
    if (at < 0 || at >= entries.length) return nothing;
    return (entries[at].attributes[index] ??= doubled(
      valuesOf(term, entries, position, language).map((value) => `${name}=${value}`),
      prefix,
    ));
  }
  return doubled(conjunction(name, terms, entries, position, language), prefix);
}

/** The attributes of several terms that hold together: one for each combination of their values. */
function conjunction(
  name: string,
  terms: readonly Term[],
  entries: readonly WordEntry[],
  position: number,
  language: string | undefined,
): readonly string[] {
  const values = terms.map((term) => valuesOf(term, entries, position, language));
  if (values.some((list) => list.length === 0)) return nothing;
  if (terms.every(({ kind }) => kind === 'place')) return [name];
  return values
    .reduce((heads, list) => heads.flatMap((head) => list.map((value) => `${head}|${value}`)))
    .map((value) => `${name}=${value}`);
}

/** The values of a term at a position; none outside the sentence. */
function valuesOf(
  term: Term,
  entries: readonly WordEntry[],
  position: number,
  language: string | undefined,
): readonly string[] {
  if (term.kind === 'place') {
    const holds =
      term.place === 'bias' ||
      (term.place === 'first' && position === 0) ||
      (term.place === 'last' && position === entries.length - 1);
    return holds ? [term.place] : nothing;
  }
  const at = position + term.offset;
  if (at < 0 || at >= entries.length) return nothing;
  const { word, lower, values } = entries[at];
  let found = values.get(term.key);
  if (!found) {
    found = term.property({ word, lower, language });
    values.set(term.key, found);
  }
  return found;
}

function ownAttributes(template: OwnTemplate, sentence: TemplateSentence, position: number): string[] {
  const given: unknown = template.extract(sentence, position);
  if (given === undefined) return [];
  const values: unknown[] = Array.isArray(given) ? given : [given];
  return values.map((value) => {
    if (typeof value === 'string') return `${template.name}=${value}`;
    throw new TaggerError(
      `template ${shown(template.name)} at token ${position}: expected a string, a list of strings or undefined, got ${shown(value)}`,
    );
  });
}
