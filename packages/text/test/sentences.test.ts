import { describe, expect, test } from 'vitest';
import { splitSentences } from '../src/index.js';

const split = (language: string | undefined, text: string) =>
  splitSentences(text, language).map((sentence) => sentence.text);

describe('sentences', () => {
  test.each([
    ['gl', 'O Sr. Feijóo foi a Lugo.| Choveu todo o día.'],
    ['gl', 'É da S.A. Galega de Augas.| Foi a CC.OO.| Os traballadores dixeron «Non!».| E marcharon.'],
    ['gl', 'Mercou pan, leite, etc.| Despois marchou... pero volveu.'],
    ['es', 'Nació en EE.UU. J. L. Pérez lo dijo.| ¿Sí?| ¡No!| "Vale."| Bien.'],
    ['es', 'Es el no. 5 de la lista.| Dijo que no.| Luego se fue.'],
    ['ca', "El Sr. Mas va dir: «Prou!».| L'endemà va plegar."],
    ['fr', "M. Dupont est venu.| Il a dit : « Non ! »| C'est tout."],
    ['it', "Il dott. Rossi abita in v.le Roma.| Ha 5 anni, ecc.| E poi?| Un po'.| Basta."],
    ['ro', 'Dl. Popescu stă pe str. Lungă nr. 5.| S-a dus la S.U.A.| În 2004 a revenit.'],
    ['nl', "Dhr. Jansen werkt bij N.V. Philips.| 's Avonds is hij thuis (om 8 uur.)| Dat is zo."],
    ['fy', 'Hr. Sjoerdsma wennet yn Ljouwert.| It is moai.'],
    ['uk', '«Як?» запитав він.| А. Шевченко живе на вул. Садовій, 5.| Заплатив 30 грн.| Пішов.'],
    ['ru', 'Он родился в г. Москве в 1799 г.| Потом уехал.| Что?!| Да... нет.'],
    ['mr', 'डॉ. आंबेडकर आले.| ते गेले!| पु.ल. देशपांडे बोलले.| ठीक आहे।| बरं'],
    ['hi', 'वह जाता है।| डॉ. शर्मा आए। |"क्या?"| हाँ'],
    ['ur', 'یہ کتاب ہے۔| کیا؟| ہاں، وہ آیا۔'],
    ['tl', 'Si Sen. Juan dela Cruz Jr. ay umalis.| Umuwi siya.'],
    ['ceb', 'Si Atty. Reyes miabot sa Brgy. Lahug.| Nibiya dayon siya.'],
    [undefined, 'Dr. Who met J. Smith.| "Really?" she asked.| See example.com. |He did (yes!).| End'],
  ])('%s: %s', (language, marked) => {
    const expected = marked.split('|').map((sentence) => sentence.trim());
    expect(split(language, marked.replaceAll('|', ''))).toEqual(expected);
  });

  test('list numbers stay with their item', () => {
    expect(split('gl', '1. Introdución. 2. Método.')).toEqual(['1. Introdución.', '2. Método.']);
  });

  test('line ends', () => {
    const text = 'Primeira\nliña\n\nSegunda.\r\n\r\nTerceira\u2029Cuarta';
    const split = (newlines?: 'paragraph' | 'line' | 'none') =>
      splitSentences(text, 'gl', newlines ? { newlines } : {}).map((sentence) => sentence.text);
    expect(split()).toEqual(['Primeira\nliña', 'Segunda.', 'Terceira', 'Cuarta']);
    expect(split('paragraph')).toEqual(split());
    expect(split('line')).toEqual(['Primeira', 'liña', 'Segunda.', 'Terceira', 'Cuarta']);
    expect(split('none')).toEqual(['Primeira\nliña\n\nSegunda.', 'Terceira\u2029Cuarta']);
    expect(() => splitSentences(text, 'gl', { newlines: 'all' as 'none' })).toThrow(
      'expected newlines to be paragraph, line or none, got "all"',
    );
  });

  test('offsets are those of the whole text', () => {
    const text = '  Ola.  Adeus a Vigo. ';
    const sentences = splitSentences(text, 'gl');
    expect(sentences.map(({ start, end }) => [start, end])).toEqual([
      [2, 6],
      [8, 21],
    ]);
    expect(sentences[1]?.tokens[2]).toEqual({ text: 'Vigo', start: 16, end: 20, kind: 'word' });
  });

  test('no sentence in an empty text', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \n ')).toEqual([]);
  });
});
