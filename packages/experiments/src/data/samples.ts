import { sampleCorpus, sampleLanguages, type SampleLanguage } from '@cognate/corpora/samples';
import { languageInfo } from '@cognate/text';
import type { CorpusPart, ExperimentData, ExperimentTarget } from './experiment-data.js';
import { sha256 } from './sha256.js';

/** The paper's targets. */
const targets = ['gl', 'fy', 'tl', 'uk', 'mr'] as const satisfies readonly SampleLanguage[];

/** The paper's pairs on the samples that are embedded in `@cognate/corpora`: small, and of another kind than any corpus. */
export function sampleData(): ExperimentData {
  const read = ({ name }: ExperimentTarget, part: CorpusPart) =>
    typeof part === 'string'
      ? sampleCorpus(checked(name), part)
      : sampleCorpus(checked(part.source), 'train');
  return {
    name: 'embedded samples',
    choice: { kind: 'samples' },
    // eslint-disable-next-line @typescript-eslint/require-await -- other data sets look at files
    targets: async () =>
      targets.map((code) => ({
        name: code,
        language: code,
        sources: languageInfo(code).relatives.filter((other) => isSample(other)),
      })),
    read,
    readTest: ({ name }: ExperimentTarget) => sampleCorpus(checked(name), 'test'),
    digest: async (target, part) => {
      const sentences = await read(target, part);
      return sha256(JSON.stringify(sentences.map(({ tokens, tags }) => [tokens, tags])));
    },
  };
}

const isSample = (code: string): code is SampleLanguage => sampleLanguages.some((known) => known === code);

function checked(code: string): SampleLanguage {
  if (isSample(code)) return code;
  throw new RangeError(`expected a language of the samples, ${sampleLanguages.join(', ')}, got ${code}`);
}
