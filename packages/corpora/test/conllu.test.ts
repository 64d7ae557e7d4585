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

describe('AnCora', () => {
  const row = (id: string, form: string, xpos = '_', misc = '_') =>
    [id, form, '_', '_', xpos, '_', '_', '_', '_', misc].join('\t');
  const text = [
    ...[row('1', 'De', 'sps00'), row('2', 'Sant', 'np0000l', 'MWE=Sant_Quirze_del_Vallès|MWEPOS=PROPN')],
    ...[row('3', 'Quirze'), row('4-5', 'del'), row('4', 'de'), row('5', 'el'), row('5.1', 'x')],
    ...[row('6', 'Vallès'), row('7', 'a', 'sps00', 'MWE=a_banda_de'), row('8', 'banda'), row('9', 'de')],
    ...[row('10', 'Ana', 'np0000p'), row('11', 'i'), '', row('1', 'Lleida', 'np0000l', 'MWE=Lleida_x'), ''],
    // A name that begins in a multiword token, whose other words may have a tag of their own.
    ...[row('1-2', 'Als'), row('1', 'A', 'np0000a', 'MWE=Als_Països'), row('2', 'els'), row('3', 'Països')],
    ...[row('4', 'i', 'cc'), ''],
  ].join('\n');

  it('has its names in XPOS, and their words as they are written in MISC', () => {
    const { sentences, report } = parseSentences(text, { format: 'ancora' });
    expect(
      sentences.map(({ tokens, tags }) => tokens.map((token, i) => `${token}/${tags![i]}`).join(' ')),
    ).toEqual([
      'De/O Sant/B-LOC Quirze/I-LOC del/I-LOC Vallès/I-LOC a/O banda/O de/O Ana/B-PER i/O',
      'Lleida/B-LOC',
      'Als/B-MISC Països/I-MISC i/O',
    ]);
    expect(report).toMatchObject({ mergedTags: 0, repairedTags: 0, multiwordTokens: 2, emptyNodes: 1 });
  });

  it('has whole names as syntactic words too', () => {
    const { sentences } = parseSentences(text, {
      format: 'ancora',
      multiwords: 'words',
      labels: { MISC: null },
    });
    expect(
      sentences.map(({ tokens, tags }) => tokens.map((token, i) => `${token}/${tags![i]}`).join(' ')),
    ).toEqual([
      'De/O Sant/B-LOC Quirze/I-LOC de/I-LOC el/I-LOC Vallès/I-LOC a/O banda/O de/O Ana/B-PER i/O',
      'Lleida/B-LOC',
      'A/O els/O Països/O i/O',
    ]);
  });

  it('is told by its names', () => {
    expect(parseSentences(text).report.format).toBe('ancora');
    expect(parseSentences(text).sentences).toEqual(parseSentences(text, { format: 'ancora' }).sentences);
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
