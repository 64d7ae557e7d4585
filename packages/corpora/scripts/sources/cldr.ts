import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { names, type Include, type NameList } from '../patterns/format.js';

const require = createRequire(import.meta.url);

const packages = {
  names: dirname(require.resolve('cldr-localenames-full/package.json')),
  dates: dirname(require.resolve('cldr-dates-full/package.json')),
};

/** One of CLDR's JSON files for a language, whose shape the caller knows. */
const read = (from: keyof typeof packages, language: string, file: string): unknown =>
  JSON.parse(readFileSync(join(packages[from], 'main', folder(language), file), 'utf8'));

/** CLDR's folder for a language: Tagalog's data are Filipino's. */
const folder = (language: string): string => (language === 'tl' ? 'fil' : language);

/** Groupings, pseudo-regions and regions without people: no sentence should have anybody born there. */
const notCountries = [
  'EU',
  'EZ',
  'QO',
  'UN',
  'XA',
  'XB',
  'ZZ',
  'AQ',
  'BV',
  'CP',
  'CQ',
  'DG',
  'EA',
  'HM',
  'IC',
  'IO',
  'TA',
  'TF',
  'UM',
  'GS',
  'AC',
];

/** Zones named after islands, seas, bases and states rather than cities. */
const notCities =
  /^(Etc|Antarctica|Arctic|Atlantic|Indian|Pacific)\/|^America\/(Indiana|Kentucky|North_Dakota|Rankin_Inlet|Bahia_Banderas|Noronha|Creston|Danmarkshavn|Thule|Scoresbysund|Martinique|Barbados|Puerto_Rico|Jamaica|Guadeloupe|Antigua|Aruba|Curacao|Dominica|Grenada|Guyana|Montserrat|Anguilla|Bahia|Cayman|El_Salvador|Panama|Costa_Rica|St_.*|Tortola|Grand_Turk|Blanc-Sablon|Lower_Princes|Kralendijk|Marigot|Coral_Harbour|Thunder_Bay|Goose_Bay|Swift_Current|Metlakatla|Chihuahua)$|^Europe\/(Isle_of_Man|Jersey|Guernsey|Gibraltar|Monaco|San_Marino|Vatican|Luxembourg|Andorra|Malta)$|^Asia\/(Sakhalin|Kamchatka|Singapore|Macau|Bahrain|Kuwait|Brunei|Qatar|Hong_Kong)$|^Africa\/(Djibouti|El_Aaiun|Ceuta)$/u;

/**
 * Names with brackets, dashes between spaces, digits or commas are descriptions, not what a sentence says; an apostrophe outside the Latin
 * script is a foreign name's, which tokenisers cut.
 */
const isPlain = (name: string): boolean =>
  !/['’]-|['’]$|[()[\],،&\d]| [-–] |\/|\bR\.?A\.?[ES]\b|EE\. ?UU/u.test(name) &&
  (!/['’]/u.test(name) || /\p{Script=Latin}/u.test(name));

const exceptOf = (choice: boolean | { readonly except: readonly string[] } | undefined): readonly string[] =>
  typeof choice === 'object' ? choice.except : [];

export function countries(language: string, choice: Include['countries']): NameList {
  const { main } = read('names', language, 'territories.json') as {
    main: Record<string, { localeDisplayNames: { territories: Record<string, string> } }>;
  };
  const territories = main[folder(language)].localeDisplayNames.territories;
  const except = [...notCountries, ...exceptOf(choice)];
  const found = Object.keys(territories)
    .filter((code) => /^[A-Z]{2}$/u.test(code) && !except.includes(code))
    // Hong Kong and Macao come with "special administrative region" unless the short name is asked for.
    .map(
      (code) =>
        (['HK', 'MO'].includes(code) ? territories[`${code}-alt-short`] : undefined) ?? territories[code],
    )
    .filter(isPlain);
  return names('country', found.join('\n'), 40);
}

interface Zones {
  readonly [part: string]: Zones | string;
}

export function worldCities(language: string, choice: Include['worldCities']): NameList {
  const { main } = read('dates', language, 'timeZoneNames.json') as {
    main: Record<string, { dates: { timeZoneNames: { zone: Zones } } }>;
  };
  const except = exceptOf(choice);
  const found: string[] = [];
  const walk = (zones: Zones, path: string): void => {
    for (const part of Object.keys(zones)) {
      const zone = zones[part];
      const at = path === '' ? part : `${path}/${part}`;
      if (typeof zone !== 'string') walk(zone, at);
      else if (part === 'exemplarCity' && !notCities.test(path) && isPlain(zone) && !except.includes(zone))
        found.push(zone);
    }
  };
  walk(main[folder(language)].dates.timeZoneNames.zone, '');
  return names('city world', found.join('\n'), 25);
}
