import { describe, expect, it } from 'vitest';
import { CorpusError, parseSentences, type ReadOptions } from '../src/index.js';

const read = (text: string, options: ReadOptions = { format: 'conll' }) =>
  parseSentences(text, options).sentences;

/** The error of reading, for a look at its fields. */
function errorOf(text: string, options: ReadOptions = { format: 'conll' }): CorpusError {
  try {
    parseSentences(text, options);
  } catch (error) {
    if (error instanceof CorpusError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const lugo = { tokens: ['Vive', 'en', 'Lugo'], tags: ['O', 'O', 'B-LOC'] };

describe('the layout of columns', () => {
  it.each<[string, string, ReadOptions]>([
    ['tabs', 'Vive\tO\nen\tO\nLugo\tB-LOC\n\n', {}],
    ['no line end at the end', 'Vive\tO\nen\tO\nLugo\tB-LOC', {}],
    ['CRLF', 'Vive\tO\r\nen\tO\r\nLugo\tB-LOC\r\n\r\n', {}],
    ['blank lines before, between and behind', '\n\n \nVive\tO\nen\tO\nLugo\tB-LOC\n\n\t\n\n', {}],
    ['white space', 'Vive O\nen \t O\n  Lugo  B-LOC  \n', { separator: 'whitespace' }],
    ['single spaces', 'Vive O\nen O\nLugo B-LOC\n', { separator: ' ' }],
    ['a separator of two characters', 'Vive||O\nen||O\nLugo||B-LOC\n', { separator: '||' }],
    ['four columns', 'Vive VERB _ O\nen ADP _ O\nLugo PROPN _ B-LOC\n', { separator: 'whitespace' }],
    ['the tag first', 'O\tVive\nO\ten\nB-LOC\tLugo\n', { tokenColumn: 1, tagColumn: 0 }],
    ['the tag in the middle', 'Vive\tO\tx\nen\tO\tx\nLugo\tB-LOC\tx\n', { tagColumn: 1 }],
    ['the tag last but one', 'Vive\tO\tx\nen\tO\tx\nLugo\tB-LOC\tx\n', { tagColumn: -2 }],
    ['the token last', 'x\tO\tVive\nx\tO\ten\nx\tB-LOC\tLugo\n', { tokenColumn: -1, tagColumn: 1 }],
    ['an index', '1\tVive\tO\n2\ten\tO\n3\tLugo\tB-LOC\n', { indexColumn: 0, tokenColumn: 1 }],
    ['an index from 0', '0\tVive\tO\n1\ten\tO\n2\tLugo\tB-LOC\n', { indexColumn: 0, tokenColumn: 1 }],
    ['an index behind', 'Vive\t1\tO\nen\t2\tO\nLugo\t3\tB-LOC\n', { indexColumn: 1 }],
    [
      'a header, its names as columns',
      'tag\tword\nO\tVive\nO\ten\nB-LOC\tLugo\n',
      { header: true, tokenColumn: 'word', tagColumn: 'tag' },
    ],
    ['documents', '-DOCSTART-\tO\n\nVive\tO\nen\tO\nLugo\tB-LOC\n-DOCSTART-\tO\n', {}],
    ['lines of different width', 'Vive a b O\nen O\nLugo c B-LOC\n', { separator: ' ', columns: 'variable' }],
    ['a comment', '# unha frase\nVive\tO\nen\tO\n# no medio\nLugo\tB-LOC\n', {}],
  ])('reads %s', (_, text, options) => {
    expect(read(text, { format: 'conll', ...options })).toEqual([lugo]);
  });

  it('ends sentences at blank lines and at documents', () => {
    const { sentences, report } = parseSentences('-DOCSTART- O\n\na O\n\n\nb O\n-DOCSTART- O\nc O\n', {
      format: 'conll',
      separator: 'whitespace',
    });
    expect(sentences.map(({ tokens }) => tokens)).toEqual([['a'], ['b'], ['c']]);
    expect(report).toMatchObject({ lines: 8, blankLines: 3, docStarts: 2, sentences: 3, tokens: 3 });
  });

  it('reads tokens without tags where there are none', () => {
    expect(read('Vive\nen\nLugo\n\n', { format: 'conll', tagColumn: null })).toEqual([
      { tokens: lugo.tokens },
    ]);
  });

  it('splits sentences where a column changes, and takes it as id', () => {
    const text = 'words\tlabels\tsentence_id\na\tO\t1.0\nb\tO\t1.0\nc\tO\t2.0\n\nd\tO\t2.0\n';
    const options = {
      format: 'conll',
      header: true,
      tagColumn: 'labels',
      sentenceColumn: 'sentence_id',
    } as const;
    expect(read(text, options)).toEqual([
      { tokens: ['a', 'b'], tags: ['O', 'O'], id: '1.0' },
      { tokens: ['c'], tags: ['O'], id: '2.0' },
      { tokens: ['d'], tags: ['O'], id: '2.0' },
    ]);
  });

  it('gives sentences the language of the options', () => {
    expect(read('a\tO\n', { format: 'conll', language: 'gl' })[0].language).toBe('gl');
  });

  it('keeps tokens that look like something else', () => {
    const tokens = ['#', '#etiqueta', '-', '-DOCSTART', '"', '\u00a0', 'a b', '__proto__', '\u2028', '𐌰'];
    expect(read(tokens.map((token) => `${token}\tO\n`).join(''))[0].tokens).toEqual(tokens);
  });
});

describe('comments', () => {
  it('give the next sentence its id and text', () => {
    const text =
      '# sent_id = s-1\n# text = Vive en Lugo\nVive\tO\nen\tO\nLugo\tB-LOC\n\n# id 7 domain=en\na\tO\n\nb\tO\n';
    expect(read(text)).toEqual([
      { ...lugo, id: 's-1', text: 'Vive en Lugo' },
      { tokens: ['a'], tags: ['O'], id: '7' },
      { tokens: ['b'], tags: ['O'] },
    ]);
  });

  it('are told from the token # by their columns', () => {
    const { sentences, report } = parseSentences('#\tO\n# x\ty\n# x\n#1\tB-MISC\n', { format: 'conll' });
    expect(sentences[0].tokens).toEqual(['#', '#1']);
    expect(report.commentLines).toBe(2);
  });

  it('are told from tokens in files of spaces too, where they are asked for', () => {
    const text = '# text = Vive aí\n# O\na O\n';
    const options = { format: 'conll', separator: 'whitespace', comments: true } as const;
    expect(read(text, options)).toEqual([{ tokens: ['#', 'a'], tags: ['O', 'O'], text: 'Vive aí' }]);
  });

  it('are not looked for where options say so', () => {
    expect(errorOf('# x\na\tO\n', { format: 'conll', comments: false }).line).toBe(1);
  });

  it('give offsets to those who ask', () => {
    const text = '# text = Vive en  Lugo.\nVive\tO\nen\tO\nLugo\tB-LOC\n.\tO\n\n# text = outra cousa\na\tO\n';
    const [first, second] = read(text, { format: 'conll', offsets: true });
    expect(first.offsets?.map(({ start, end }) => first.text?.slice(start, end))).toEqual(first.tokens);
    expect(second.offsets).toBeUndefined();
  });
});

describe('errors of columns', () => {
  it('name file and line, what was expected and what came', () => {
    const error = errorOf('a\tO\n\nb O\n', { format: 'conll', file: 'lugo.conll' });
    expect(error).toMatchObject({
      file: 'lugo.conll',
      line: 3,
      expected: '2 columns parted by tabs, as on line 1',
      actual: '1 on the line "b O"',
    });
    expect(error.message).toContain('lugo.conll:3: expected 2 columns parted by tabs, as on line 1, got 1');
  });

  it.each<[string, string, ReadOptions, number, RegExp]>([
    ['too few columns at once', 'a O\n', {}, 1, /at least 2 columns.*separator: 'whitespace'/],
    ['tabs in a file of commas', 'a\tO\n', { separator: ',' }, 1, /separator: 'tab'/],
    ['too many columns', 'a\tO\nb\tO\tO\n', {}, 2, /2 columns.*got 3/],
    ['a column that is not there', 'a\tO\n', { tagColumn: 2 }, 1, /at least 3 columns/],
    [
      'a column that is not there on a later line',
      'a b O\nc\n',
      { separator: ' ', columns: 'variable' },
      2,
      /at least/,
    ],
    ['a fixed number of columns', 'a\tb\tO\n', { columns: 2 }, 1, /expected 2 columns.*got 3/],
    ['no name for a column', 'a\tO\n', { tagColumn: 'NE' }, 1, /a column named "NE".*without names/],
    [
      'another name',
      'x\ty\na\tO\n',
      { header: true, tagColumn: 'NE' },
      2,
      /named "NE", got the columns x, y/,
    ],
    ['no tag', 'a\tO\nb\t\n', {}, 2, /a tag.*emptyTags: 'outside'/],
    ['a tag of another form', 'a\tO\nb\tPER\n', {}, 2, /a tag such as B-PER or O, got "PER"/],
    ['a tag without a label', 'b\tB-\n', {}, 1, /a tag such as B-PER or O, got "B-"/],
    ['no token', 'a\tO\n\tO\n', {}, 2, /a token.*emptyTokens: 'drop'/],
    [
      'an index that is none',
      '1\ta\tO\nx\tb\tO\n',
      { indexColumn: 0, tokenColumn: 1 },
      2,
      /token number.*"x"/,
    ],
  ])('tell of %s', (_, text, options, line, message) => {
    const error = errorOf(text, { format: 'conll', ...options });
    expect(error.line).toBe(line);
    expect(error.message).toMatch(message);
  });

  it('tell of a sentence that never ends', () => {
    const error = errorOf('a\tO\n'.repeat(200), { format: 'conll', maxSentenceTokens: 150 });
    expect(error).toMatchObject({ line: 151, expected: 'a blank line after at most 150 tokens' });
    expect(errorOf('a\tO\n'.repeat(4), { format: 'conll', maxSentenceTokens: 3 }).line).toBe(4);
    expect(read('a\tO\n'.repeat(3), { format: 'conll', maxSentenceTokens: 3 })[0].tokens).toHaveLength(3);
  });

  it.each<[string, object, RegExp]>([
    ['a misspelt option', { tokenColum: 1 }, /an option of readers, got "tokenColum"/],
    ['a format', { format: 'conl' }, /"conll".*"brat" as option format, got "conl"/],
    ['a separator', { separator: '\n' }, /option separator/],
    ['a column', { tokenColumn: 1.5 }, /option tokenColumn, got 1.5/],
    ['an index', { indexColumn: -1 }, /option indexColumn/],
    ['a number of columns', { columns: 0 }, /option columns/],
    ['a flag', { header: 'yes' }, /true or false as option header, got "yes"/],
    ['a choice', { controlTokens: 'no' }, /"keep", "drop" or "error" as option controlTokens, got "no"/],
    ['strings', { splitJoined: '_' }, /an array of strings as option splitJoined/],
    ['a tag form', { tagForm: 'B/PER' }, /option tagForm/],
    ['a scheme', { scheme: 'BOI' }, /a tagging scheme as option scheme.*got "BOI"/],
    ['a repair', { repair: 'fix' }, /option repair, got "fix"/],
    ['a limit', { maxLineLength: 0 }, /option maxLineLength/],
    ['a language', { language: '' }, /option language/],
    ['a label map', { labels: { GPE: 1 } }, /a label or null for "GPE"/],
    ['labels without a scheme', { labels: {}, targetScheme: 'unchanged' }, /option targetScheme/],
    ['a field', { format: 'jsonl', tokensField: 3 }, /option tokensField/],
    ['tag names', { format: 'jsonl', tagNames: [1] }, /option tagNames/],
  ])('tell of wrong options: %s', (_, options, message) => {
    expect(errorOf('a\tO\n', { format: 'conll', ...options }).message).toMatch(message);
  });
});
