import { describe, expect, it } from 'vitest';
import { parseSentences, type ReadOptions } from '../src/index.js';

const read = (text: string, options: ReadOptions = {}) =>
  parseSentences(text, { format: 'conll', ...options });

describe('quirks of corpora, each with an option and a count', () => {
  it.each<[ReadOptions['tagForm'] & string, string[]]>([
    ['B-PER', ['B-PER', 'I-PER', 'O']],
    ['BPER', ['BPER', 'IPER', 'O']],
    ['B_PER', ['B_PER', 'I_PER', 'O']],
    ['PER-B', ['PER-B', 'PER-I', 'O']],
  ])('reads tags written like %s', (tagForm, tags) => {
    const { sentences, report } = read(tags.map((tag) => `x\t${tag}\n`).join(''), { tagForm });
    expect(sentences[0].tags).toEqual(['B-PER', 'I-PER', 'O']);
    expect(report.repairedTags).toBe(0);
  });

  it('reads labels without prefixes as IO', () => {
    const { sentences, report } = read('a\tPER\nb\tPER\nc\tO\nd\tGEO-LOC\ne\tPER\n', { tagForm: 'PER' });
    expect(sentences[0].tags).toEqual(['B-PER', 'I-PER', 'O', 'B-GEO-LOC', 'B-PER']);
    expect(report.repairedTags).toBe(0);
  });

  it('reads other marks for outside', () => {
    expect(read('a\t_\nb\tB-LOC\nc\t*\n', { outside: ['_', '*'] }).sentences[0].tags).toEqual([
      'O',
      'B-LOC',
      'O',
    ]);
  });

  it('takes separators off line ends', () => {
    const { sentences, report } = read('a\tO\n"\tO\t\nb\tB-LOC\n', { trailingSeparators: 'strip' });
    expect(sentences[0]).toEqual({ tokens: ['a', '"', 'b'], tags: ['O', 'O', 'B-LOC'] });
    expect(report.trailingSeparators).toBe(1);
    expect(report.notes).toEqual([
      { kind: 'trailingSeparators', file: undefined, line: 2, text: JSON.stringify('"\tO\t') },
    ]);
  });

  it('reads empty tags as O, every one counted', () => {
    const { sentences, report } = read('a\t\nb\t\nc\tB-LOC\nd\t\n', { emptyTags: 'outside' });
    expect(sentences[0].tags).toEqual(['O', 'O', 'B-LOC', 'O']);
    expect(report.emptyTags).toBe(3);
    expect(report.notes.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it('leaves out empty tokens, every one counted', () => {
    const { sentences, report } = read('a\tO\n\tO\n\tO\n\n\tO\n\nb\tO\n', { emptyTokens: 'drop' });
    expect(sentences.map(({ tokens }) => tokens)).toEqual([['a'], ['b']]);
    expect(report).toMatchObject({ emptyTokens: 3, droppedTokens: 3, tokens: 2 });
  });

  describe('tokens that cannot be seen', () => {
    // Zero-width space, C1 control, Arabic number sign, no-break space, soft hyphen with a joiner, an escape.
    const hidden = ['\u200b', '\u0085', '\u0601', '\u00a0', '\u00ad\u200d', '\u001b', '\u{e0001}'];
    // These have such characters but also others.
    const seen = ['здраво\u00adохранения', '\u200bmaternels', 'a\u0001', '\u0601ء', 'क\u094d\u200dष'];
    const text = [...hidden, ...seen].map((token) => `${token}\tO\n`).join('');

    it('are kept, and counted', () => {
      const { sentences, report } = read(text);
      expect(sentences[0].tokens).toEqual([...hidden, ...seen]);
      expect(report).toMatchObject({ controlTokens: 7, droppedTokens: 0 });
      expect(report.notes[0]).toMatchObject({ line: 1, text: 'U+200B with the tag O' });
    });

    it('are dropped', () => {
      const { sentences, report } = read(text, { controlTokens: 'drop' });
      expect(sentences[0].tokens).toEqual(seen);
      expect(report).toMatchObject({ controlTokens: 7, droppedTokens: 7, tokens: 5 });
    });

    it('are errors', () => {
      expect(() => read('a\tO\n\u200b\tO\n', { controlTokens: 'error' })).toThrow(
        /^line 2: expected a token that can be seen, got U\+200B/,
      );
    });

    it('leave no sentence, and give nothing to the next', () => {
      const text = '# sent_id = 1\n\u200b\tB-LOC\n\n# text = a\na\tO\n';
      expect(read(text, { controlTokens: 'drop' }).sentences).toEqual([
        { tokens: ['a'], tags: ['O'], text: 'a' },
      ]);
    });
  });

  it('splits joined words, with their tags', () => {
    const text = [
      ...['Illas_Sisargas\tB-LOC', 'A#través#da\tI-LOC', 'en_canto\tO', '_\tO', '#EnMarea\tO', 'a__b\tO'],
      ...['http:_\\_www._geocities_.com\tO', 'ana_souto@correo\tO', 'fin\tO'],
    ].join('\n');
    const { sentences, report } = read(text, { splitJoined: ['_', '#'] });
    expect(sentences[0]).toEqual({
      tokens: [
        ...['Illas', 'Sisargas', 'A', 'través', 'da', 'en', 'canto', '_', '#EnMarea', 'a__b'],
        ...['http:_\\_www._geocities_.com', 'ana_souto@correo', 'fin'],
      ],
      tags: [...['B-LOC', 'I-LOC', 'I-LOC', 'I-LOC', 'I-LOC', 'O', 'O', 'O', 'O', 'O'], ...['O', 'O', 'O']],
    });
    expect(report.splitTokens).toBe(3);
  });

  it.each<[NonNullable<ReadOptions['scheme']>, string, string[]]>([
    ['BIOES', 'a_b\tS-LOC\nc_d\tB-PER\ne_f\tI-PER\ng_h\tE-PER\n', ['B-LOC', 'I-LOC', ...perOfSix()]],
    ['BILOU', 'a_b\tU-LOC\nc_d\tB-PER\ne_f\tI-PER\ng_h\tL-PER\n', ['B-LOC', 'I-LOC', ...perOfSix()]],
    ['IOE2', 'a_b\tE-LOC\nc_d\tI-PER\ne_f\tI-PER\ng_h\tE-PER\n', ['B-LOC', 'I-LOC', ...perOfSix()]],
  ])('splits joined words under %s', (scheme, text, tags) => {
    const { sentences, report } = read(text, { scheme, splitJoined: ['_'] });
    expect(sentences[0].tags).toEqual(tags);
    expect(report.repairedTags).toBe(0);
  });

  it('keeps only the first few notes of a kind, but all counts', () => {
    const { report } = read('a\t\n'.repeat(30), { emptyTags: 'outside' });
    expect(report.emptyTags).toBe(30);
    expect(report.notes).toHaveLength(5);
  });
});

function perOfSix(): string[] {
  return ['B-PER', ...new Array<string>(5).fill('I-PER')];
}

describe('schemes', () => {
  it.each<[NonNullable<ReadOptions['scheme']>, string, string]>([
    ['IOB2', 'B-PER I-PER O B-PER B-PER', 'B-PER I-PER O B-PER B-PER'],
    ['IOB1', 'I-PER I-PER O I-PER B-PER', 'B-PER I-PER O B-PER B-PER'],
    ['IO', 'I-PER I-PER O I-PER I-LOC', 'B-PER I-PER O B-PER B-LOC'],
    ['IOE1', 'I-PER I-PER O E-PER I-PER', 'B-PER I-PER O B-PER B-PER'],
    ['IOE2', 'I-PER E-PER O E-PER E-PER', 'B-PER I-PER O B-PER B-PER'],
    ['BIOES', 'B-PER E-PER O S-PER S-PER', 'B-PER I-PER O B-PER B-PER'],
    ['BILOU', 'B-PER L-PER O U-PER U-PER', 'B-PER I-PER O B-PER B-PER'],
  ])('%s is converted to IOB2', (scheme, tags, expected) => {
    const text = tags.replace(/(\S+) ?/g, 'x\t$1\n');
    const { sentences, report } = read(text, { scheme });
    expect(sentences[0].tags).toEqual(expected.split(' '));
    expect(report.repairedTags).toBe(0);
  });

  it('converts to any other scheme', () => {
    const text = 'a\tB-PER\nb\tI-PER\nc\tB-LOC\n';
    expect(read(text, { targetScheme: 'BIOES' }).sentences[0].tags).toEqual(['B-PER', 'E-PER', 'S-LOC']);
    expect(read(text, { targetScheme: 'IO' }).sentences[0].tags).toEqual(['I-PER', 'I-PER', 'I-LOC']);
  });

  const faulty = 'a\tO\nb\tI-PER\nc\tI-LOC\nd\tI-LOC\n\ne\tI-ORG\n\nf\tB-LOC\ng\tI-LOC\n';

  it('repairs tags as conlleval does, and says where', () => {
    const { sentences, report } = read(faulty);
    expect(sentences.map(({ tags }) => tags)).toEqual([
      ['O', 'B-PER', 'B-LOC', 'I-LOC'],
      ['B-ORG'],
      ['B-LOC', 'I-LOC'],
    ]);
    expect(report.repairedTags).toBe(3);
    expect(report.notes.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'repairedTags 2',
      'repairedTags 3',
      'repairedTags 6',
    ]);
    expect(report.notes[0].text).toMatch(/^I-PER: .*B-PER/);
  });

  it('discards broken entities, and counts them', () => {
    const { sentences, report } = read(faulty, { repair: 'discard' });
    expect(sentences.map(({ tags }) => tags)).toEqual([['O', 'O', 'O', 'O'], ['O'], ['B-LOC', 'I-LOC']]);
    expect(report).toMatchObject({ repairedTags: 3, discardedEntities: 3 });
  });

  it('throws, with the line', () => {
    expect(() => read(faulty, { repair: 'throw', file: 'f' })).toThrow(
      /^f:2: expected tags that are valid in IOB2, got I-PER: /,
    );
  });

  it('leaves tags unchanged, also broken ones', () => {
    const { sentences, report } = read(faulty, { targetScheme: 'unchanged' });
    expect(sentences[0].tags).toEqual(['O', 'I-PER', 'I-LOC', 'I-LOC']);
    expect(report.repairedTags).toBe(0);
  });

  it('maps labels', () => {
    const text = 'a\tB-GPE\nb\tB-EVENT\nc\tI-EVENT\nd\tB-PER\n';
    expect(read(text, { labels: { GPE: 'LOC', EVENT: null } }).sentences[0].tags).toEqual([
      'B-LOC',
      'O',
      'O',
      'B-PER',
    ]);
  });

  it('reads tags of one kind of entity, without a label', () => {
    expect(read('a\tB\nb\tI\nc\tO\n').sentences[0].tags).toEqual(['B', 'I', 'O']);
  });
});
