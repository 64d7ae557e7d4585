import { decodeSplit } from './decode.js';
import { type SampleLanguage, type SampleSplit } from './languages.js';
import { checkLanguage, loadSamples } from './load.js';
import type { PackedSamples } from './packed.js';
import { type SampleSource, sampleSources } from './sources.js';

export interface SampleSplitInfo {
  readonly sentences: number;
  readonly tokens: number;
  /** Entities by label. */
  readonly entities: Readonly<Record<'PER' | 'LOC' | 'ORG', number>>;
  /** Patterns that the sentences were made from. */
  readonly patterns: number;
}

/** What the samples of a language are, to be shown wherever their figures are. */
export interface SampleInfo {
  readonly language: SampleLanguage;
  /** Never a corpus that people annotated. */
  readonly kind: 'generated sample';
  readonly description: string;
  /** SPDX expression over the sources. */
  readonly licence: string;
  readonly sources: readonly SampleSource[];
  readonly splits: Readonly<Record<SampleSplit, SampleSplitInfo>>;
}

const description =
  'Sentences generated from patterns and lists of names, for trying things out. Not a benchmark: scores on them say little about real text.';

function countSplit(packed: PackedSamples, language: SampleLanguage, split: SampleSplit): SampleSplitInfo {
  const sentences = decodeSplit(packed, language, split);
  const tags = sentences.flatMap((sentence) => sentence.tags ?? []);
  const count = (tag: string): number => tags.reduce((sum, other) => sum + Number(other === tag), 0);
  return {
    sentences: sentences.length,
    tokens: tags.length,
    entities: { PER: count('B-PER'), LOC: count('B-LOC'), ORG: count('B-ORG') },
    patterns: packed.patterns[split],
  };
}

/**
 * What the samples of a language are made from, under which licence, and how many there are.
 *
 * @throws CorpusError for a language without samples.
 */
export async function sampleInfo(language: string): Promise<SampleInfo> {
  const known = checkLanguage(language);
  const packed = await loadSamples(known);
  const sources = packed.sources.map((name) => sampleSources[name]);
  const spdx = sources.map((source) => source.licence).filter((licence) => !licence.includes(' '));
  return {
    language: known,
    kind: 'generated sample',
    description,
    licence: [...new Set(spdx)].join(' AND '),
    sources,
    splits: {
      train: countSplit(packed, known, 'train'),
      dev: countSplit(packed, known, 'dev'),
      test: countSplit(packed, known, 'test'),
    },
  };
}
