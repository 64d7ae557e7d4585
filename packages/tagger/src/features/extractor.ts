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

/** What an extractor knows of a word: the values of each property, and the attributes of each template, once asked for. */
interface WordEntry {
  /** The values of properties, by name. */
  readonly values: Map<string, readonly string[]>;
  /** [template]: the attributes that the template gives for this word. */
  readonly attributes: (readonly string[] | undefined)[];
  readonly word: string;
  readonly lower: string;
}

/** Words remembered per language; a corpus of 10,000 sentences has about 30,000. */
const mostWords = 100_000;
const nothing: readonly string[] = [];

/**
 * Makes the attributes of a sentence's tokens after a list of templates. An attribute is `template=value`; those of a template
 * that has no value but being there (`bias`, `first`) are its name. With `augment` each stands there once more with the language before
 * it, `gl>word[0]=Vigo`: what the languages share is learned from all of them and what they do not from each (Daumé 2007).
 */
export class FeatureExtractor {
  /** Names and own templates, as a model records them. */
  readonly templates: readonly (string | { readonly own: string })[];
  readonly augment: boolean;
  readonly #builtIn: readonly ReadTemplate[];
  readonly #own: readonly OwnTemplate[];
  readonly #words = new Map<string | undefined, Map<string, WordEntry>>();

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
    const words = this.#wordsOf(language);
    const entries = tokens.map((token) => this.#entry(words, token));
    const sentence: TemplateSentence = { tokens, language };
    return entries.map((_, position) => {
      const attributes: string[] = [];
      this.#builtIn.forEach((template, index) => {
        for (const attribute of attributesAt(template, index, entries, position, language))
          attributes.push(attribute);
      });
      for (const template of this.#own) ownAttributes(template, sentence, position, attributes);
      if (this.augment && language !== undefined)
        for (let a = 0, count = attributes.length; a < count; a++)
          attributes.push(`${language}>${attributes[a]}`);
      return attributes;
    });
  }

  #wordsOf(language: string | undefined): Map<string, WordEntry> {
    let words = this.#words.get(language);
    // Callers may pass any number of made-up languages.
    if (!words || words.size > mostWords) {
      if (this.#words.size > 64) this.#words.clear();
      words = new Map();
      this.#words.set(language, words);
    }
    return words;
  }

  #entry(words: Map<string, WordEntry>, token: string): WordEntry {
    let entry = words.get(token);
    if (!entry) {
      const word = normalForm(token);
      entry = { values: new Map(), attributes: [], word, lower: word.toLowerCase() };
      words.set(token, entry);
    }
    return entry;
  }
}

function attributesAt(
  template: ReadTemplate,
  index: number,
  entries: readonly WordEntry[],
  position: number,
  language: string | undefined,
): readonly string[] {
  const { name, terms } = template;
  const [term] = terms;
  if (terms.length === 1 && term.kind === 'word') {
    const at = position + term.offset;
    if (at < 0 || at >= entries.length) return nothing;
    const entry = entries[at];
    return (entry.attributes[index] ??= valuesOf(term, entries, position, language).map(
      (value) => `${name}=${value}`,
    ));
  }
  if (terms.every(({ kind }) => kind === 'place'))
    return terms.every((each) => valuesOf(each, entries, position, language).length > 0) ? [name] : nothing;
  let heads: readonly string[] = [`${name}=`];
  let separator = '';
  for (const each of terms) {
    const values = valuesOf(each, entries, position, language);
    heads = heads.flatMap((head) => values.map((value) => head + separator + value));
    separator = '|';
  }
  return heads;
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

function ownAttributes(
  template: OwnTemplate,
  sentence: TemplateSentence,
  position: number,
  attributes: string[],
): void {
  const given: unknown = template.extract(sentence, position);
  if (given === undefined) return;
  const values: unknown[] = Array.isArray(given) ? given : [given];
  for (const value of values) {
    if (typeof value !== 'string')
      throw new TaggerError(
        `template ${shown(template.name)} at token ${position}: expected a string, a list of strings or undefined, got ${shown(value)}`,
      );
    attributes.push(`${template.name}=${value}`);
  }
}
