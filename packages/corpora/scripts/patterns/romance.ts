/** What the six Romance pattern files share: names that newspapers in all of them write alike, and how names take articles. */

/** Whether a name goes with an article, and which: `m f` one, `mp fp` a plural one, `bare` none. */
export type ArticleClass = 'm' | 'f' | 'mp' | 'fp' | 'bare';

/** Territories that a sentence about a country seldom names, and whose articles differ from list to list. */
export const territories =
  'AG AI AS AX BL BM BQ CC CD CF CG CI CK CX EH FK FM FO GF GG GP GU HK IM IO JE KI KN KY MF MH MO MP MQ MS NC NF NU PF PM PN PS RE SB SH SJ SM ST SX SZ TC TK TL TO TV UM VA VC VG VI VU WF WS YT NR NE DM LC GD PW CW AW'.split(
    ' ',
  );

/** Companies whose names are the same everywhere. */
export const companies =
  'Siemens, Toyota, Renault, Volkswagen, Microsoft, Google, Apple, Amazon, Nestlé, Airbus, Philips, Nokia, Samsung, Sony, Honda, Michelin, Danone, Bayer, Ericsson, Bosch, Intel, Oracle, Pfizer, Novartis, Ford, Fiat, Ikea, Adidas, Unilever, Heineken, Carrefour, Lidl, Allianz, Iveco, Pirelli, Peugeot, Volvo, Hyundai, Nintendo, Netflix';

/** Clubs that the sports pages of all these countries write about. */
export const clubs =
  'Real Madrid, Benfica, Juventus, Arsenal, Liverpool, Chelsea, Ajax, Celtic, Sporting, Boca Juniors, River Plate, Flamengo, Lazio, Inter, Bayern, Borussia, Galatasaray, Feyenoord, Anderlecht, Olympiacos, Sevilla, Valencia, Villarreal, Espanyol, Sampdoria, Fiorentina, Monaco, Steaua, Dinamo';

const vowel = /^[aeiouhàáâäèéêëìíîïòóôöùúûüœ]/iu;

/** True of names before which a vowel is elided; h is silent in all of them. */
export const startsWithVowel = (name: string): boolean => vowel.test(name);

/** The tokens of a preposition, and the name as the entity. */
export const after = (preposition: string, name: string): string => `${preposition} [${name}]`;

export interface Classifier {
  /** Countries by their article; those not listed have `otherwise`. */
  readonly countries: Readonly<Partial<Record<ArticleClass, string>>>;
  readonly otherwise: (name: string) => ArticleClass;
}

/** Tells a name's article from its list's tags (`masc`, `fem`, `bare`, for organisations `m`, `f`), and for countries from the lists of a language. */
export function classifier({ countries, otherwise }: Classifier) {
  const known = new Map<string, ArticleClass>();
  for (const [key, list] of Object.entries(countries)) {
    for (const name of list.split(', ')) known.set(name, key as ArticleClass);
  }
  return (name: string, kind: string, tags: readonly string[]): ArticleClass => {
    if (kind === 'PER' || tags.includes('bare')) return 'bare';
    if (tags.includes('masc') || (kind === 'ORG' && tags.includes('m'))) return 'm';
    if (tags.includes('fem') || (kind === 'ORG' && tags.includes('f'))) return 'f';
    if (tags.includes('country')) return known.get(name) ?? otherwise(name);
    return 'bare';
  };
}
