import type { SampleLanguage } from '../../src/samples/languages.js';
import type { PatternFile } from './format.js';

/** Every language's pattern file, loaded alone: an error in one leaves the others usable. */
export const patternFiles: Readonly<
  Record<SampleLanguage, () => Promise<{ readonly default: PatternFile }>>
> = {
  es: () => import('./es.js'),
  ca: () => import('./ca.js'),
  it: () => import('./it.js'),
  fr: () => import('./fr.js'),
  ro: () => import('./ro.js'),
  gl: () => import('./gl.js'),
  nl: () => import('./nl.js'),
  fy: () => import('./fy.js'),
  ru: () => import('./ru.js'),
  uk: () => import('./uk.js'),
  hi: () => import('./hi.js'),
  ur: () => import('./ur.js'),
  mr: () => import('./mr.js'),
  ceb: () => import('./ceb.js'),
  tl: () => import('./tl.js'),
};
