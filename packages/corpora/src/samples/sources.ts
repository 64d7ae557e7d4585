/** Where names and sentences of the samples come from. */
export interface SampleSource {
  readonly name: SampleSourceName;
  readonly title: string;
  /** What is taken from it. */
  readonly gives: string;
  /** SPDX identifier, or a short statement where there is none. */
  readonly licence: string;
  readonly url: string;
}

export type SampleSourceName = 'cognate' | 'cldr' | 'geonames' | 'faker' | 'udhr';

/** All sources of the embedded samples; the package's NOTICE has their attributions in full. */
export const sampleSources: Readonly<Record<SampleSourceName, SampleSource>> = {
  cognate: {
    name: 'cognate',
    title: 'Cognate',
    gives: 'sentence patterns, lists of names',
    licence: 'MIT',
    url: 'https://github.com/cognate-nlp/cognate',
  },
  cldr: {
    name: 'cldr',
    title: 'Unicode CLDR 48.2',
    gives: 'names of countries and of cities of the world',
    licence: 'Unicode-3.0',
    url: 'https://cldr.unicode.org',
  },
  geonames: {
    name: 'geonames',
    title: 'GeoNames',
    gives: 'names of towns',
    licence: 'CC-BY-4.0',
    url: 'https://www.geonames.org',
  },
  faker: {
    name: 'faker',
    title: 'Faker 10.6',
    gives: 'given names and surnames',
    licence: 'MIT',
    url: 'https://fakerjs.dev',
  },
  udhr: {
    name: 'udhr',
    title: 'Universal Declaration of Human Rights, in the text of the UDHR in Unicode project',
    gives: 'sentences without entities',
    licence: 'free of copyright',
    url: 'https://www.un.org/en/about-us/universal-declaration-of-human-rights',
  },
};
