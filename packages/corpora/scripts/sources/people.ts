import { allLocales } from '@faker-js/faker';
import { names, type Include, type NameList } from '../patterns/format.js';

type Names = Readonly<Partial<Record<'generic' | 'female' | 'male', readonly string[]>>>;

/** Evenly spaced, so that an alphabetical list is not cut to its letter A. */
function thinned(list: readonly string[], limit: number): string {
  const kept =
    list.length <= limit
      ? list
      : Array.from({ length: limit }, (_, i) => list[Math.floor((i * list.length) / limit)]);
  return kept.filter((name) => !/[/|,{}[\]]/u.test(name)).join('\n');
}

/** Given names and surnames of one of Faker's locales, as lists of the kinds `given` and `surname`. */
export function people(choice: NonNullable<Include['people']>[number]): {
  given: NameList[];
  surname: NameList[];
} {
  const { locale, limit = 200, given = true, surnames = true } = choice;
  const person = (
    allLocales as Partial<Record<string, { person?: { first_name?: Names; last_name?: Names } }>>
  )[locale]?.person;
  if (!person) throw new Error(`Faker has no persons in the locale "${locale}".`);
  const lists = (from: Names | undefined): NameList[] => [
    names('m', thinned(from?.male ?? [], limit)),
    names('f', thinned(from?.female ?? [], limit)),
  ];
  const generic = person.last_name?.generic ?? [];
  return {
    given: given ? lists(person.first_name) : [],
    surname: surnames
      ? [...lists(person.last_name), names('', thinned(generic, limit))].filter(hasEntries)
      : [],
  };
}

const hasEntries = (list: NameList): boolean => list.entries.length > 0;
