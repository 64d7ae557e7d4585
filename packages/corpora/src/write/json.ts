import { alignTokens } from '../data/offsets.js';
import { CorpusError } from '../errors.js';
import type { Sentence } from '../sentence.js';
import type { DocumentFormatter } from './formatter.js';
import { arrayOf } from './spans.js';

/** Whether white space follows each token in the sentence's text; undefined where the text does not tell. */
function spacesAfter({ tokens, text, offsets }: Sentence): boolean[] | undefined {
  if (text === undefined) return undefined;
  const places = offsets ?? alignTokens(tokens, text);
  return places?.map(({ end }, index) => (places.at(index + 1)?.start ?? end) > end);
}

/** RONEC's JSON: an array of objects with tokens and tags. */
export const jsonFormatter = (): DocumentFormatter =>
  arrayOf((sentence) => {
    const { id, language, tokens, tags } = sentence;
    return JSON.stringify({ id, language, ner_tags: tags, tokens, space_after: spacesAfter(sentence) });
  });

/** spaCy's training JSON, version 2, a document a sentence. */
export const spacyFormatter = (): DocumentFormatter =>
  arrayOf((sentence, place) => {
    const { tokens, tags, text } = sentence;
    if (tokens.length === 0)
      throw new CorpusError({ expected: `a token in sentence ${place}`, actual: 'none' });
    const spaces = spacesAfter(sentence);
    return JSON.stringify({
      id: place,
      paragraphs: [
        {
          raw: text ?? tokens.join(' '),
          sentences: [
            {
              tokens: tokens.map((orth, id) => ({
                id,
                orth,
                space: (spaces?.[id] ?? id < tokens.length - 1) ? ' ' : '',
                ner: tags?.[id] ?? '-',
              })),
            },
          ],
        },
      ],
    });
  });
