import { sampleCorpus, type SampleLanguage } from '@cognate/corpora/samples';
import { spansFromTags } from '@cognate/tag-scheme';

/** Sentences in one example. */
const together = 2;

/**
 * An example to tag: sentences of the samples that the bundled model was not trained on, as people write them.
 *
 * @param number which one, from 0; beyond the last they begin anew
 */
export async function exampleText(language: SampleLanguage, number: number): Promise<string> {
  const sentences = (await sampleCorpus(language, 'test')).filter(
    ({ tags = [] }) => spansFromTags(tags, 'IOB2').length >= 2,
  );
  return Array.from({ length: together }, (_, at) =>
    writeOut(sentences[(number * together + at) % sentences.length].tokens),
  ).join(' ');
}

/** Tokens as a text: no space before what closes, none behind what opens or is elided. */
export const writeOut = (tokens: readonly string[]): string =>
  tokens
    .join(' ')
    .replace(/ (?=[.,;:!?)\]»”%…।॥۔؟،؛](?: |$))/gu, '')
    .replace(/(?<=(?:^| )[([¿¡«„“]) /gu, '')
    .replace(/(?<=\p{L}['’]) (?=\p{L})/gu, '');
