import { sampleCorpus } from '@cognate/corpora/samples';
import { languages, sentencePieces, splitSentences } from '@cognate/text';
import { expect, test } from 'vitest';

/** Signs that need a look ahead, or back: they are to meet the edges of pieces. */
const hard = [
  'Non! »  ) Si?! ... (O Sr. Souto) S.A. Os 1. Introdución\n\n',
  '« Non ! » ) ) ) ) ) ) ) ) ) ) ) ) Que? "" "" "" "" "" "" "" "" "" "" Si.\r\n\r\n',
  'a.a@a.gal https://a.gal/(b). www.a.gal... 👩‍👩‍👧 1️⃣ #si @ti क्‍ष। एफ.सी. ۔ \u2029',
  "l'Hospitalet's 'Avonds 't Is. ''Non.'' \n\n . . . ? ! …",
].join(' ');

test.each(languages.map(({ code }) => code))('%s: pieces of any length are the sentences', async (code) => {
  const sentences = (await sampleCorpus(code, 'train')).slice(0, 20);
  const text = `${sentences.map(({ tokens }) => tokens.join(' ')).join(' ')} ${hard} ${hard}`;
  for (const newlines of ['paragraph', 'line', 'none'] as const) {
    const whole = splitSentences(text, code, { newlines });
    for (const length of [1, 7, 64, 1000, text.length, 1e9]) {
      const pieces = [...sentencePieces(text, code, { newlines }, length)];
      expect(pieces.flat()).toEqual(whole);
      if (length === 64) expect(pieces.length).toBeGreaterThan(text.length / 100);
    }
  }
});

test('a text without sentences, and what is none', () => {
  expect([...sentencePieces('')]).toEqual([[]]);
  expect([...sentencePieces(' \n', undefined, {}, 1)].flat()).toEqual([]);
  const short = () => [...sentencePieces('a', 'gl', {}, 0)];
  expect(short).toThrow('expected a length of pieces of 1 or more, got 0');
  expect(() => [...sentencePieces(7 as never)]).toThrow('expected a string to tokenize, got number');
});

test('a long sentence does not hold up a piece', () => {
  const pieces = [...sentencePieces('can '.repeat(50_000), 'gl')];
  expect(pieces.length).toBeGreaterThan(10);
  expect(pieces.filter((piece) => piece.length > 0)).toEqual([[expect.objectContaining({ start: 0 })]]);
});
