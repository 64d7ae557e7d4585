import { TaggerError, shown } from '../errors.js';
import { ownString } from '../own-string.js';
import { attributesOf, doubled, languagePrefix, ownAttributes } from './attributes.js';
import { templateSets, type TemplateSetName } from './sets.js';
import {
  checkOwnTemplate,
  placeHolds,
  readTemplate,
  type OwnTemplate,
  type ReadTemplate,
  type TemplateSentence,
  type Term,
} from './template.js';
import { WordEntry } from './word-entry.js';

/** A description (`word[-1]`, `shape[-1..1]`, `case[0]|case[1]`), the name of a set, or a template of one's own. */
export type TemplateChoice = string | OwnTemplate;

/** What an extractor knows of a word in one language. */
interface KnownWord {
  readonly entry: WordEntry;
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
  /** @internal */
  readonly builtIn: readonly ReadTemplate[];
  /** @internal Their attributes come after those of the built-in ones. */
  readonly own: readonly OwnTemplate[];
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
    this.builtIn = builtIn;
    this.own = own;
  }

  /** `attributes[token]`: the attributes of each token of a sentence. */
  extract(tokens: readonly string[], language: string | undefined): string[][] {
    const words = this.#knownWords(tokens, language);
    const sentence: TemplateSentence = { tokens, language };
    const prefix = languagePrefix(this.augment, language);
    return words.map((_, position) => {
      const attributes: string[] = [];
      this.builtIn.forEach((template, index) => {
        for (const attribute of attributesAt(template, index, words, position, prefix))
          attributes.push(attribute);
      });
      for (const template of this.own)
        attributes.push(...doubled(ownAttributes(template, sentence, position), prefix));
      return attributes;
    });
  }

  #knownWords(tokens: readonly string[], language: string | undefined): KnownWord[] {
    if (this.#words.count > mostWords) {
      this.#before = this.#words;
      this.#words = new WordsByLanguage();
    }
    const known = this.#words.of(language);
    const before = this.#before.of(language);
    return tokens.map((token) => {
      let word = known.get(token);
      if (!word) {
        const own = ownString(token);
        word = before.get(token) ?? { entry: new WordEntry(own, language), attributes: [] };
        known.set(own, word);
        this.#words.count++;
      }
      return word;
    });
  }
}

/** Words: their attributes depend on the language. */
class WordsByLanguage {
  count = 0;
  readonly #languages = new Map<string | undefined, Map<string, KnownWord>>();

  of(language: string | undefined): Map<string, KnownWord> {
    let words = this.#languages.get(language);
    if (!words) {
      words = new Map();
      this.#languages.set(language, words);
    }
    return words;
  }
}

function attributesAt(
  template: ReadTemplate,
  index: number,
  words: readonly KnownWord[],
  position: number,
  prefix: string | undefined,
): readonly string[] {
  const { terms } = template;
  const [term] = terms;
  if (terms.length === 1 && term.kind === 'word') {
    const at = position + term.offset;
    if (at < 0 || at >= words.length) return nothing;
    const { entry, attributes } = words[at];
    return (attributes[index] ??= doubled(attributesOf(template, [entry.valuesOf(term)]), prefix));
  }
  const values = terms.map((each) => valuesAt(each, words, position));
  return doubled(attributesOf(template, values), prefix);
}

/** The values of a term at a position; none outside the sentence. */
function valuesAt(term: Term, words: readonly KnownWord[], position: number): readonly string[] {
  if (term.kind === 'place') return placeHolds(term, position, words.length) ? [term.place] : nothing;
  const at = position + term.offset;
  return at < 0 || at >= words.length ? nothing : words[at].entry.valuesOf(term);
}
