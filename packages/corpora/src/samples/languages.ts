/** The languages that have embedded samples, by ISO 639 code: sources before the targets that they help. */
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

export const sampleSplits = ['train', 'dev', 'test'] as const;

export type SampleSplit = (typeof sampleSplits)[number];
