import type { Tagger } from '@cognate/tagger';
import type { EnsembleTagger } from '@cognate/tagger/ensemble';
import { findLanguage } from '@cognate/text';
import { HttpError } from './http-error.js';

/**
 * The language as which a sentence of another language is scored. A linear tagger would score one that it has not seen by what its languages share, and nobody
 * would be told: here it is served as a neural tagger serves it, by the first of its relatives in the registry that the tagger has seen. Neural
 * taggers choose by themselves.
 *
 * @throws HttpError 400 where there is none, with those that there are
 */
export function scoringLanguage(tagger: Tagger, asked: string, place: string): string {
  if (!scoresAny(tagger) || tagger.languages.length === 0) return asked;
  const info = findLanguage(asked);
  const found = [info?.code ?? asked, ...(info?.relatives ?? [])].find((code) =>
    tagger.languages.includes(code),
  );
  if (found !== undefined) return found;
  throw new HttpError(
    400,
    `${place}: language: expected one that the tagger knows (${tagger.languages.join(', ')}) or that has a relative among them, got ${JSON.stringify(asked)}`,
  );
}

function scoresAny(tagger: Tagger): boolean {
  if (tagger.type !== 'ensemble') return tagger.type === 'linear';
  const { members } = tagger as Tagger & Pick<EnsembleTagger, 'members'>;
  return members.every((member) => member.tagger.type === 'linear');
}
