import type { Material } from '../generator/sample.js';
import type { NameList, PatternFile } from '../patterns/format.js';
import { countries, worldCities } from './cldr.js';
import { declaration, wordsOf } from './declaration.js';
import { townsOf } from './geonames.js';
import { people } from './people.js';

/** Everything that a language's pattern file includes from public data. */
export function materialFor(file: PatternFile): Material {
  const { language, include = {} } = file;
  const places: NameList[] = [];
  if (include.countries) places.push(countries(language, include.countries));
  if (include.worldCities) places.push(worldCities(language, include.worldCities));
  places.push(...(include.towns ?? []).map(townsOf));
  const persons = (include.people ?? []).map(people);
  const tidy = (list: NameList): NameList => ({
    ...list,
    entries: list.entries.map((entry) => wordsOf(spelt(entry, language), language).join(' ')),
  });
  return {
    names: new Map([
      ['LOC', places.map(tidy)],
      ['given', persons.flatMap(({ given }) => given).map(tidy)],
      ['surname', persons.flatMap(({ surname }) => surname).map(tidy)],
    ]),
    declaration: declaration(language),
  };
}

/** GeoNames and Faker write Romanian with the cedilla of older fonts in places; the letters have a comma below. */
function spelt(name: string, language: string): string {
  if (language !== 'ro') return name;
  return name.replace(/[şţŞŢ]/gu, (letter) => ({ ş: 'ș', ţ: 'ț', Ş: 'Ș', Ţ: 'Ț' })[letter]!);
}
