import { CorpusError, oneOf, shown } from '../errors.js';
import type { Sentence } from '../sentence.js';
import { decodeSplit } from './decode.js';
import { type SampleSplit, sampleSplits } from './languages.js';
import { checkLanguage, loadSamples } from './load.js';

/**
 * The embedded sample sentences of a language: generated from patterns and lists of names, for trying things out without a download.
 * They are no benchmark: what a model scores on them says little about real text.
 *
 * @param language one of {@link sampleLanguages}; its data are loaded at the first call.
 * @param split `train` (1,000 sentences, of which the first 100 show all patterns alike), `dev` (200) or `test` (300). No entity's surface
 *   form and no pattern is in two of them.
 * @returns new sentences at each call, with tags in IOB2 over PER, LOC and ORG, and ids as `gl-train-0001`.
 * @throws CorpusError for a language or a split that there is none of.
 */
export async function sampleCorpus(language: string, split: SampleSplit): Promise<Sentence[]> {
  const known = checkLanguage(language);
  if (!sampleSplits.includes(split)) {
    throw new CorpusError({ expected: `a split, ${oneOf(sampleSplits)}`, actual: shown(split) });
  }
  return decodeSplit(await loadSamples(known), known, split);
}
