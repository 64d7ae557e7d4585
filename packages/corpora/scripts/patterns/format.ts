/**
 * The format of a language's pattern file, `patterns/<code>.ts`, from which its sample sentences are generated.
 *
 * A pattern is one sentence: tokens separated by single spaces (punctuation is a token of its own), with
 *
 * - **slots** `{NAME}`, `{NAME.tag}`, `{NAME.tag.tag}`, `{NAME:form}`, `{NAME.tag:form}`. What NAME may be:
 *   - `PER`: a person, put together by one of `persons` (see below);
 *   - `LOC`, `ORG`: a place, an organisation, from the lists `names.LOC`, `names.ORG` (and from `include`);
 *   - `YEAR` (1850..2023; `YEAR.recent` 1996.., `YEAR.old` 1480..1849), `DAY` (1..28), `AGE` (19..84), `NUMBER` (2..99), `BIG` (100..9999):
 *     digits, not entities; several years in a sentence come in rising order;
 *   Letters may be glued to a slot, `{NUMBER}-year-old`, `{LOC:oblique}ला`: they belong to its first or last token, and to the entity.
 *   - any list of your own, in lower-case letters, from `names`: `{month}`, `{job.f}`; its words are not entities.
 * - **tags** of a slot (`{LOC.city}`, `{PER.f}`): only entries of lists that carry all these tags are taken. `m` and `f` are
 *   special: a list without either fits both. On PER only `m` and `f`, or the name of a person shape: `{PER.lone}`.
 * - **forms** of a slot (`{LOC:loc}`, `{LOC.country:de}`): only entries that have this form are taken; without a form, the base.
 * - **choices** `<yesterday|on Monday|>`: one of them at random, possibly empty; may hold slots, may not be nested.
 * - **agreement** `[born_m/born_f]`: masculine or feminine after the last gendered slot before it, `[>the_m/the_f]` after the next one
 *   (either looks the other way when there is none; with no gendered slot at all it is the one or the other).
 *   The gendered slots are PER, and every slot whose list has the tag `m` or `f`. Either side may be several tokens or empty.
 *
 * `pnpm exec tsx scripts/generate.ts show gl train 30` prints sentences of a language and says what is wrong with its file.
 *
 * The first token of a sentence is capitalised by the generator; write the rest as it is written in running text.
 *
 * An **entry** of a list is a name of one or more tokens, separated by spaces. Its inflected forms follow after `/`, in the order
 * of the language's `cases`, whose first is the base; a form left out or empty isn't there, and slots asking for it pass
 * the entry by: `Київ/Києва//Київ//Києві`. A masculine and a feminine half of one name are parted by ` | `: `Коваленко | Коваленко`,
 * `Бойчук/Бойчука | Бойчук/Бойчук`. In a form, square brackets say which tokens are the entity when not all are, for contractions and elisions:
 * `da [Coruña]`, `d' [Alger]`. An entry may hold slots itself, `Universidade {LOC.city:de}`; the whole is then one entity of the outer slot's type
 * (brackets inside it are dropped).
 *
 * Names are dealt to train, dev and test by the generator, list by list, and it never uses one surface form in two of them. Entries
 * with slots, person shapes, given names (and half the surnames) that stand in a longer name, and your own lower-case lists serve
 * all three. So: a list that is all that a slot of PER, LOC, ORG can draw from (after its tags and form) should have a dozen
 * literal entries or more, else one split has none, which is an error. Patterns, in contrast, are dealt by you.
 */
export interface PatternFile {
  readonly language: string;
  /** Names of the forms in an entry's order; the first is the base. Default `['base']`. */
  readonly cases?: readonly string[];
  /** At least 12; aim at 30 and more. No pattern may stand twice in the file. */
  readonly train: readonly string[];
  /** At least 4; aim at 8. */
  readonly dev: readonly string[];
  /** At least 6; aim at 14. */
  readonly test: readonly string[];
  /** How persons are put together: shapes with a weight and a name. Default: `given surname` 6, `surname` 1 (named `lone`). */
  readonly persons?: readonly PersonShape[];
  /** `given`, `surname` (and what else `persons` uses), `LOC`, `ORG`, and lists of your own in lower-case letters. */
  readonly names: Readonly<Record<string, readonly NameList[]>>;
  /**
   * Makes a form of a name that doesn't list it; undefined = this name has no such form. For contractions and elisions. `kind` is the slot's name,
   * `tags` are those of the name's list. A person is asked for as a whole first (kind `PER`, its gender as the tag), then, if there is no form of the whole, part by part.
   */
  readonly inflect?: (
    name: string,
    form: string,
    context: { kind: string; tags: readonly string[] },
  ) => string | undefined;
  /** Names of well-known people that the lists would put together by chance; no entity begins with one. */
  readonly avoid?: readonly string[];
  /** Names from public data, in their base form only (unless `inflect` makes others). */
  readonly include?: Include;
  /** Ten digits for YEAR and the other numbers; default ASCII. */
  readonly digits?: string;
}

/** `{ shape: '{given} {surname}', weight: 6 }`; the slots are lists of `names`, all in the form and gender that the PER slot wants. `{given.initial}` gives its first letter and a stop, one token. */
export interface PersonShape {
  readonly shape: string;
  readonly weight: number;
  /** Lets patterns ask for this shape: `{PER.lone}`. */
  readonly name?: string;
}

export interface NameList {
  readonly tags: readonly string[];
  readonly entries: readonly string[];
  /** How often this list is drawn from, against the other lists that fit the slot. Default: its literal entries + 10 for each with slots. */
  readonly weight?: number;
}

export interface Include {
  /** Names of countries (CLDR): LOC with the tag `country`. Give the regions' codes to leave out, if any are wrong in a sentence. */
  readonly countries?: boolean | { readonly except: readonly string[] };
  /** The time zones' cities (CLDR): LOC with the tags `city` and `world`. */
  readonly worldCities?: boolean | { readonly except: readonly string[] };
  /** Towns of countries (GeoNames, in the local Latin spelling): LOC with the tags `city` and `town`. The `limit` (default 150) largest above `minPopulation` (default 5000). */
  readonly towns?: readonly {
    readonly country: string;
    readonly admin?: string;
    readonly minPopulation?: number;
    readonly limit?: number;
    readonly except?: readonly string[];
  }[];
  /** Given names (tags `m`, `f`) and surnames of one of Faker's locales (`es`, `nl`, `uk` ...), at most `limit` of each (default 200). */
  readonly people?: readonly {
    readonly locale: string;
    readonly limit?: number;
    readonly given?: boolean;
    readonly surnames?: boolean;
  }[];
}

/**
 * A list of names: `names('m', 'Xoán, Brais, Antón')`. Tags are separated by spaces ('' = none), entries by commas or line ends.
 */
export function names(tags: string, entries: string, weight?: number): NameList {
  const list = {
    tags: tags.split(' ').filter((tag) => tag !== ''),
    entries: entries
      .split(/[,\n]/u)
      .map((entry) => entry.trim().normalize('NFC'))
      .filter((entry) => entry !== ''),
  };
  return weight === undefined ? list : { ...list, weight };
}

export function definePatterns(file: PatternFile): PatternFile {
  return file;
}

/*
 * A tiny example (far below the least numbers of patterns):
 *
 * export default definePatterns({
 *   language: 'gl',
 *   cases: ['base', 'de', 'en'],
 *   train: [
 *     '{PER} naceu {LOC.city:en} <en {YEAR}|o {DAY} de {month} de {YEAR}> .',
 *     'onte , [>o/a] {ORG} presentou o seu novo {job} , {PER.m} .',
 *     'a {job.f} {PER.f} foi elixida presidenta .',
 *     'non se sabe cantas persoas asistiron á reunión .',
 *   ],
 *   dev: ['{PER} e {PER} viven {LOC:en} .'],
 *   test: ['[>o/a] {ORG} ten a súa sede {LOC.city:en} .'],
 *   persons: [
 *     { shape: '{given} {surname}', weight: 6 },
 *     { shape: '{given} {surname} {surname}', weight: 2 },
 *     { shape: '{surname}', weight: 1, name: 'lone' },
 *   ],
 *   names: {
 *     given: [names('m', 'Xoán, Brais, Antón'), names('f', 'Uxía, Sabela, Iria')],
 *     surname: [names('', 'Castro, Souto, Vilariño')],
 *     LOC: [names('city', 'Lugo, Ourense, A Coruña/da [Coruña]/na [Coruña]'), names('country', 'Portugal')],
 *     ORG: [names('f uni', 'Universidade {LOC.city:de}'), names('m club', 'Club Deportivo {LOC.city}, Celta')],
 *     month: [names('', 'xaneiro, febreiro')],
 *     job: [names('m', 'director'), names('f', 'escritora')],
 *   },
 *   inflect: (name, form) => (form === 'de' ? `de [${name}]` : form === 'en' ? `en [${name}]` : undefined),
 *   include: { countries: true, towns: [{ country: 'ES', limit: 100 }] },
 * });
 */
