/** The languages that have embedded samples, by ISO 639 code: each target after its sources. */
export const sampleLanguages = [
  'es',
  'ca',
  'it',
  'fr',
  'ro',
  'gl',
  'nl',
  'fy',
  'ru',
  'uk',
  'hi',
  'ur',
  'mr',
  'ceb',
  'tl',
] as const;

export type SampleLanguage = (typeof sampleLanguages)[number];
