import { describe, expect, it } from 'vitest';
import {
  CorpusError,
  describeDetection,
  detectFormat,
  parseSentences,
  readSentences,
  UnsureFormatError,
  type Detection,
} from '../src/index.js';

/** Sentences as rows of token and tag, so often that detection has something to go by. */
const rows = [
  ['Vive', 'O'],
  ['en', 'O'],
  ['Lugo', 'B-LOC'],
  undefined,
  ['Ana', 'B-PER'],
  ['Souto', 'I-PER'],
  ['canta', 'O'],
  undefined,
] as const;

type Row = readonly [token: string, tag: string];

const file = (format: (row: Row, index: number) => string, times = 10): string => {
  let text = '';
  let index = 0;
  for (let i = 0; i < times; i++) {
    for (const row of rows) {
      if (row === undefined) index = 0;
      text += `${row === undefined ? '' : format(row, index++)}\n`;
    }
  }
  return text;
};

const bare = (tag: string): string => tag.replace(/^.-/, '');

describe('the format of a file', () => {
  it.each<[string, string, Detection['format'], Detection['options']]>([
    ['token, tab, tag', file(([token, tag]) => `${token}\t${tag}`), 'conll', {}],
    ['token, space, tag', file(([token, tag]) => `${token} ${tag}`), 'conll', { separator: 'whitespace' }],
    [
      'four columns by spaces, with chunks that look like tags too',
      file(([token, tag]) => `${token} NNP ${tag === 'O' ? 'O' : 'B-NP'} ${tag}`),
      'conll',
      { separator: 'whitespace' },
    ],
    ['the tag first', file(([token, tag]) => `${tag}\t${token}`), 'conll', { tagColumn: 0, tokenColumn: 1 }],
    ['the tag in the middle', file(([token, tag]) => `${token}\t${tag}\tx`), 'conll', { tagColumn: 1 }],
    [
      'an index from 0',
      file(([token, tag], index) => `${index}\t${token}\t${tag}`),
      'conll',
      { indexColumn: 0, tokenColumn: 1 },
    ],
    ['Universal NER', file(([token, tag], i) => `${i + 1}\t${token}\t${tag}\t-\t-`), 'uner', {}],
    [
      'CoNLL-U',
      file(([token], i) => `${i + 1}\t${token}\t_\tX\t_\t_\t0\troot\t_\t_`),
      'conllu',
      { tagColumn: null },
    ],
    [
      'CoNLL-U with tags in an attribute',
      file(([token, tag], i) => `${i + 1}\t${token}\t_\tX\t_\t_\t0\troot\t_\tSpaceAfter=No|NER=${tag}`),
      'conllu',
      { tagAttribute: 'NER' },
    ],
    [
      'CoNLL-U Plus',
      `# global.columns = ID FORM UPOS NE\n${file(([token, tag], i) => `${i + 1}\t${token}\tX\t${tag}`)}`,
      'conllup',
      { tagColumn: 'NE' },
    ],
    ['WikiANN by Rahimi', file(([token, tag]) => `gl:${token}\t${tag}`), 'wikiann-rahimi', {}],
    [
      'WikiANN by Pan',
      file(
        ([token, tag]) =>
          `${token} ${tag.startsWith('B') ? `${token} ${token} GPE 1.0 ${token}` : 'None'} ${tag}`,
      ),
      'wikiann-pan',
      {},
    ],
    [
      'labels without prefixes',
      file(([token, tag]) => `${token}\t${bare(tag)}`),
      'conll',
      { tagForm: 'PER' },
    ],
    [
      'tags without hyphen',
      file(([token, tag]) => `${token}\t${tag.replace('-', '')}`),
      'conll',
      { tagForm: 'BPER' },
    ],
    [
      'tags with underscores',
      file(([token, tag]) => `${token}\t${tag.replace('-', '_')}`),
      'conll',
      { tagForm: 'B_PER' },
    ],
    [
      'tags with the prefix behind',
      file(([token, tag]) => `${token}\t${tag.replace(/^(.)-(.*)$/, '$2-$1')}`),
      'conll',
      { tagForm: 'PER-B' },
    ],
    ['a header', `word\ttag\n${file(([token, tag]) => `${token}\t${tag}`)}`, 'conll', { header: true }],
    [
      'a sentence number instead of blank lines',
      `word\ttag\tsentence\n${file(([token, tag]) => `${token}\t${tag}`)
        .split('\n\n')
        .slice(0, -1)
        .map((sentence, i) => sentence.replace(/$/gm, `\t${i}.0`))
        .join('\n')}`,
      'conll',
      { header: true, tagColumn: 1, sentenceColumn: 2 },
    ],
    ['IOB1', file(([token, tag]) => `${token}\t${tag.replace('B-', 'I-')}`), 'conll', { scheme: 'IOB1' }],
    [
      'BIOES',
      file(([token, tag]) => `${token}\t${token === 'Lugo' ? 'S-LOC' : token === 'Souto' ? 'E-PER' : tag}`),
      'conll',
      { scheme: 'BIOES' },
    ],
    ['faulty IOB2', `x\tI-LOC\n\n${file(([token, tag]) => `${token}\t${tag}`)}`, 'conll', {}],
    [
      'comments in a file of spaces',
      `# text = Vive en Lugo\n${file(([token, tag]) => `${token} ${tag}`)}`,
      'conll',
      { separator: 'whitespace', comments: true },
    ],
    ['JSONL', '{"tokens":["a"],"tags":["O"]}\n'.repeat(5), 'jsonl', {}],
    ['JSONL without tags', '{"words":["a"]}\n', 'jsonl', {}],
  ])('%s', (_, text, format, options) => {
    const detection = detectFormat(text);
    expect(describeDetection(detection)).toContain(format);
    expect(detection).toMatchObject({ format, options, sure: true });
    expect(detection.options).toEqual(options);
    // And so it reads: two sentences in each round, or what the JSON has.
    const { sentences, report } = parseSentences(text);
    expect(report.detection).toEqual(detection);
    if (format === 'jsonl') return;
    expect(sentences.slice(-2).map(({ tokens }) => tokens)).toEqual([
      ['Vive', 'en', 'Lugo'],
      ['Ana', 'Souto', 'canta'],
    ]);
    const expected = format === 'conllu' && options.tagColumn === null ? undefined : ['O', 'O', 'B-LOC'];
    expect(sentences.at(-2)?.tags).toEqual(expected);
    expect(report.repairedTags).toBe(text.startsWith('x') ? 1 : 0);
  });

  it('is not told by CRLF, a mark, or a cut last line', () => {
    const text = `\ufeff${file(([token, tag]) => `${token}\t${tag}`).replaceAll('\n', '\r\n')}a`;
    expect(detectFormat(text)).toMatchObject({ format: 'conll', options: {}, sure: true });
  });

  it('is told by the first 64 Ki', () => {
    const text = file(([token, tag]) => `${token}\t${tag}`, 5000);
    expect(detectFormat(`${text}a b c\n`).confidence).toBe(1);
  });
});

describe('texts and documents', () => {
  it.each<[string, string, string]>([
    ['inline tags', 'A <PERSON>Ana</PERSON> canta.\nChove.\n', 'inline'],
    ['attributes', '<ENAMEX TYPE="PERSON">Ana</ENAMEX> canta.\n', 'inline'],
    ['an array of tokens and tags', '[\n {"tokens": ["a"], "ner_tags": ["O"]}\n]\n', 'json'],
    [
      'splits with names of tags',
      '{"id_mapping": {"0": "O"},\n"train": [{"tokens": ["a"], "ner_tags": [0]}]}',
      'json',
    ],
    [
      'one line of JSON',
      '[{"tokens": ["a"], "ner_tags": ["O"]}, {"tokens": ["b"], "ner_tags": ["O"]}]',
      'json',
    ],
    [
      'Prodigy',
      '{"text":"Ana","tokens":[],"spans":[{"start":0,"end":3,"label":"PER"}],"answer":"accept"}\n',
      'spans',
    ],
    ['doccano', '{"id":1,"text":"Ana","label":[[0,3,"PER"]]}\n', 'spans'],
    ['spaCy', '[["Ana", {"entities": [[0, 3, "PER"]]}],\n ["Lugo", {"entities": []}]]', 'spans'],
    ['Label Studio', '[{"id":1,"data":{"text":"Ana"},"annotations":[]}]', 'label-studio'],
    [
      'JSON_MIN',
      '[{"id":1,"text":"Ana","label":[{"start":0,"end":3,"text":"Ana","labels":["PER"]}]}]',
      'label-studio',
    ],
    ["spaCy's training JSON", '[{"id":0,"paragraphs":[{"raw":"a","sentences":[]}]}]', 'spacy'],
  ])('are told: %s', (_, text, format) => {
    expect(detectFormat(text, { complete: true })).toMatchObject({ format, sure: true });
  });

  it('are told by their beginning', () => {
    const item = '{"tokens": ["a", "b"], "ner_tags": ["O", "B-PER"]}';
    const long = `[${Array.from({ length: 3000 }, () => item).join(', ')}]`;
    expect(detectFormat(long.slice(0, 1 << 16))).toMatchObject({ format: 'json', sure: true });
    expect(parseSentences(long).sentences).toHaveLength(3000);
  });
});

describe('when unsure', () => {
  const errorOf = (text: string): UnsureFormatError => {
    try {
      parseSentences(text, { file: 'f' });
    } catch (error) {
      if (error instanceof UnsureFormatError) return error;
    }
    throw new Error('no UnsureFormatError');
  };

  it.each<[string, string, RegExp]>([
    ['no text', ' \n\n', /^f: expected a file whose format can be told, got no text/],
    ['comments only', '# a = 1\n# b = 2\n', /comments only/],
    [
      'a word a line',
      file(([token]) => token),
      /one column: a word a line, without tags.*tagColumn: null and columns: 1/,
    ],
    ['commas', file(([token, tag]) => `${token},${tag}`), /lines with ",".*separator: ','/],
    ['running text', 'Ana Souto vive en Lugo.\nE canta moi ben.\n', /no column of tags.*tagColumn/],
    ['columns without tags', file(([token], i) => `${token}\tx${i}\ty`), /no column of tags/],
    ['a JSON document', '{\n "name": {"tokens": ["a"]}\n}\n', /a JSON document of another kind/],
    ['JSON without tokens', '{"name":"a","spans":[]}\n', /fields name, spans.*tokensField/],
    ['JSON with numbers', '{"tokens":["a"],"tags":[0]}\n', /tags are numbers.*tagNames/],
  ])('says what was seen and what would settle it: %s', (_, text, message) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error).toBeInstanceOf(CorpusError);
    expect(error.detection.sure).toBe(false);
  });

  it('takes the word of options', async () => {
    const text = file(([token]) => token);
    const { sentences } = parseSentences(text, { tagColumn: null, columns: 1 });
    expect(sentences[0]).toEqual({ tokens: ['Vive', 'en', 'Lugo'] });
    const numbers = '{"tokens":["a"],"tags":[1]}\n';
    const [first] = await readSentences(numbers, { tagNames: ['O', 'B-PER'] }).toArray();
    expect(first.tags).toEqual(['B-PER']);
  });

  it('lets options stand above what was found', () => {
    const text = file(([token, tag]) => `${token}\t${tag}\t${tag.replace('LOC', 'GPE')}`);
    expect(detectFormat(text)).toMatchObject({ sure: true, doubts: [{ settle: 'option tagColumn' }] });
    expect(parseSentences(text).sentences[0].tags).toEqual(['O', 'O', 'B-GPE']);
    expect(parseSentences(text, { tagColumn: 1 }).sentences[0].tags).toEqual(['O', 'O', 'B-LOC']);
  });

  it('describes what it found', () => {
    expect(describeDetection(detectFormat(file(([token, tag]) => `${token}\t${bare(tag)}`)))).toBe(
      [
        'conll with tagForm: "PER" (confidence 0.85)',
        '- 2 columns parted by tabs',
        '- tags in column 1, written like PER',
        "- unsure: tags without prefixes; option tagForm: 'PER' says that they are the labels alone",
      ].join('\n'),
    );
  });
});
