import { CorpusError, oneOf, shown } from '../errors.js';
import { type SampleLanguage, sampleLanguages } from './languages.js';
import type { PackedSamples } from './packed.js';

/** One module a language, loaded when it is asked for; spelt out, so that bundlers find them. */
const modules: Readonly<Record<SampleLanguage, () => Promise<{ readonly default: PackedSamples }>>> = {
  es: () => import('./generated/es.sample.js'),
  ca: () => import('./generated/ca.sample.js'),
  it: () => import('./generated/it.sample.js'),
  fr: () => import('./generated/fr.sample.js'),
  ro: () => import('./generated/ro.sample.js'),
  gl: () => import('./generated/gl.sample.js'),
  nl: () => import('./generated/nl.sample.js'),
  fy: () => import('./generated/fy.sample.js'),
  ru: () => import('./generated/ru.sample.js'),
  uk: () => import('./generated/uk.sample.js'),
  hi: () => import('./generated/hi.sample.js'),
  ur: () => import('./generated/ur.sample.js'),
  mr: () => import('./generated/mr.sample.js'),
  ceb: () => import('./generated/ceb.sample.js'),
  tl: () => import('./generated/tl.sample.js'),
};

const isSampleLanguage = (language: string): language is SampleLanguage =>
  sampleLanguages.some((known) => known === language);

export function checkLanguage(language: string): SampleLanguage {
  if (isSampleLanguage(language)) return language;
  throw new CorpusError({
    expected: `a language that has embedded samples, ${oneOf(sampleLanguages)}`,
    actual: shown(language),
  });
}

export async function loadSamples(language: SampleLanguage): Promise<PackedSamples> {
  try {
    return (await modules[language]()).default;
  } catch (cause) {
    throw new CorpusError({
      expected: `the data module of the samples in ${shown(language)}`,
      actual: 'none that could be loaded',
      hint: 'in a checkout of the sources it is generated first: pnpm --filter @cognate/corpora run generate',
      cause,
    });
  }
}
