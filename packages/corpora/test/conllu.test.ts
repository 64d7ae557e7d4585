import { describe, expect, it } from 'vitest';
import { parseSentences } from '../src/index.js';

/** A line of CoNLL-U: ten columns, those not given empty. */
const line = (id: string, form: string, misc = '_'): string =>
  [id, form, '_', '_', '_', '_', '_', '_', '_', misc].join('\t');

const conllu = [
  '# newdoc id = d',
  '# sent_id = d-1',
  '# text = Vén do Porriño.',
  line('1', 'Vén'),
  line('2-3', 'do'),
  line('2', 'de'),
  line('3', 'o'),
  line('4', 'Porriño', 'SpaceAfter=No|NER=B-LOC'),
  line('4.1', 'baleiro'),
  line('5', '.'),
  '',
  '# text\t= with a tab',
  line('1', '#'),
  '',
].join('\n');

describe('CoNLL-U', () => {
  it('reads tokens as they are written', () => {
    const { sentences, report } = parseSentences(conllu, { format: 'conllu', offsets: true });
    expect(sentences[0].tokens).toEqual(['Vén', 'do', 'Porriño', '.']);
    expect(sentences[0]).toMatchObject({ id: 'd-1', text: 'Vén do Porriño.' });
    expect(sentences[0]).not.toHaveProperty('tags');
    expect(sentences[0].offsets).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 6 },
      { start: 7, end: 14 },
      { start: 14, end: 15 },
    ]);
    expect(sentences[1].tokens).toEqual(['#']);
    expect(report).toMatchObject({ multiwordTokens: 1, emptyNodes: 1, commentLines: 4, tokens: 5 });
  });

  it('reads syntactic words', () => {
    const { sentences } = parseSentences(conllu, { format: 'conllu', multiwords: 'words' });
    expect(sentences[0].tokens).toEqual(['Vén', 'de', 'o', 'Porriño', '.']);
  });

  it('reads tags from an attribute', () => {
    const { sentences } = parseSentences(conllu, { format: 'conllu', tagAttribute: 'NER' });
    expect(sentences[0].tags).toEqual(['O', 'O', 'B-LOC', 'O']);
  });

  it('wants ten columns', () => {
    expect(() => parseSentences('1\ta\tO\n', { format: 'conllu' })).toThrow(
      /line 1: expected 10 columns.*got 3/,
    );
  });
});

describe('tags of multiword tokens', () => {
  const read = (rows: string[]) => {
    const { sentences, report } = parseSentences(`${rows.join('\n')}\n`, {
      format: 'conll',
      separator: ' ',
      indexColumn: 0,
      tokenColumn: 1,
    });
    return { tags: sentences[0].tags, tokens: sentences[0].tokens, report };
  };

  it('come from the first word that has one', () => {
    expect(read(['1-2 do _', '1 de O', '2 o B-LOC', '3 Porriño I-LOC'])).toMatchObject({
      tokens: ['do', 'Porriño'],
      tags: ['B-LOC', 'I-LOC'],
    });
  });

  it('are their own, if they have one', () => {
    expect(read(['1-2 do B-ORG', '1 de O', '2 o I-ORG', '3 x O']).tags).toEqual(['B-ORG', 'O']);
  });

  it('are counted where words differ', () => {
    const { tags, report } = read(['1-2 ab _', '1 a B-PER', '2 b B-LOC', '3 c I-LOC']);
    expect(tags).toEqual(['B-PER', 'B-LOC']);
    expect(report).toMatchObject({ mergedTags: 1, repairedTags: 1 });
  });

  it('do not reach over the end of a sentence or a range', () => {
    const { sentences } = parseSentences('1-3\tx\tO\n1\ta\tO\n\n1\tb\tB-LOC\n2\tc\tO\n', {
      format: 'conll',
      indexColumn: 0,
      tokenColumn: 1,
    });
    expect(sentences.map(({ tokens }) => tokens)).toEqual([['x'], ['b', 'c']]);
    expect(read(['1-2 ab _', '1 a O', '3 c O']).tokens).toEqual(['ab', 'c']);
  });
});

describe('CoNLL-U Plus', () => {
  const text = '# global.columns = ID FORM UPOS NE\n# sent_id = 1\n1\tVive\tVERB\tO\n2\tLugo\tPROPN\tB-LOC\n';

  it('finds columns by name', () => {
    expect(parseSentences(text, { format: 'conllup' }).sentences).toEqual([
      { tokens: ['Vive', 'Lugo'], tags: ['O', 'B-LOC'], id: '1' },
    ]);
    expect(
      parseSentences(text, { format: 'conllup', tagColumn: 'NE', tokenColumn: 'UPOS' }).sentences[0].tokens,
    ).toEqual(['VERB', 'PROPN']);
  });

  it('takes new names in the middle of a file', () => {
    const more = `${text}\n# global.columns = ID NE FORM\n1\tB-PER\tAna\n`;
    expect(parseSentences(more, { format: 'conllup', tagColumn: 'NE' }).sentences[1]).toEqual({
      tokens: ['Ana'],
      tags: ['B-PER'],
    });
  });

  it('wants the names', () => {
    expect(() => parseSentences('1\ta\tO\n', { format: 'conllup' })).toThrow(
      /a column named "FORM".*global\.columns/,
    );
  });
});

describe('Universal NER', () => {
  it('reads index, token and tag', () => {
    const text =
      '# sent_id = 1\n# text = Ako si Ana.\n1\tAko\tO\t-\t-\n2\tsi\tO\t-\t-\n3\tAna\tB-PER\t-\txy\n4\t.\tO\t-\t-\n';
    expect(parseSentences(text, { format: 'uner' }).sentences).toEqual([
      { tokens: ['Ako', 'si', 'Ana', '.'], tags: ['O', 'O', 'B-PER', 'O'], id: '1', text: 'Ako si Ana.' },
    ]);
  });
});
