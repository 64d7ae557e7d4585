import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CorpusError,
  formatBrat,
  formatSentences,
  parseSentences,
  readSentences,
  type ReadOptions,
  type Sentence,
  type WriteOptions,
} from '../src/index.js';
import { readAll, readCorpus } from '../src/node.js';

function errorOf(text: string, options: ReadOptions): CorpusError {
  try {
    parseSentences(text, options);
  } catch (error) {
    if (error instanceof CorpusError) return error;
  }
  throw new Error('no CorpusError');
}

const pairs = ({ tokens, tags }: Sentence): string =>
  tokens.map((token, i) => `${token}/${tags?.[i] ?? ''}`).join(' ');

const prodigy = (text: string, spans: unknown[], more: object = {}): string =>
  `${JSON.stringify({ text, spans, ...more })}\n`;
const span = (start: number, end: number, label = 'LOC') => ({ start, end, label });

describe('spans on tokens', () => {
  it('become tags, with the place of each token in the text', () => {
    const text = 'Naceu en Santiago de Compostela.';
    const [sentence] = parseSentences(prodigy(text, [span(9, 31)]), { language: 'gl' }).sentences;
    expect(pairs(sentence)).toBe('Naceu/O en/O Santiago/B-LOC de/I-LOC Compostela/I-LOC ./O');
    expect(sentence.offsets?.map(({ start, end }) => text.slice(start, end))).toEqual(sentence.tokens);
    expect(sentence.language).toBe('gl');
  });

  it.each<[ReadOptions['cutTokens'], string]>([
    ['split', 'gran/O Bos/B-LOC ques/O'],
    ['expand', 'gran/O Bosques/B-LOC'],
    ['drop', 'gran/O Bosques/O'],
  ])('that cut a token are counted: %s', (cutTokens, expected) => {
    const { sentences, report } = parseSentences(prodigy('gran Bosques', [span(5, 8)]), {
      cutTokens,
      file: 'f',
    });
    expect(pairs(sentences[0])).toBe(expected);
    expect(report.cutTokens).toBe(1);
    expect(report.notes).toEqual([{ kind: 'cutTokens', file: 'f', line: 1, text: 'LOC "Bos" at 5-8' }]);
  });

  it('that cut a token are an error where this is asked for', () => {
    const error = errorOf(`\n${prodigy('gran Bosques', [span(5, 8)])}`, {
      format: 'spans',
      cutTokens: 'error',
      file: 'f',
    });
    expect(error.message).toMatch(
      /^f:2: expected spans that begin and end with a token, got LOC "Bos" at 5-8/,
    );
  });

  it('both stay where two cut one token', () => {
    const text = prodigy('Ana-Lugo', [span(0, 3, 'PER'), span(4, 8)]);
    const both = parseSentences(text, { tokenizer: 'whitespace' });
    expect(pairs(both.sentences[0])).toBe('Ana/B-PER -/O Lugo/B-LOC');
    const grown = parseSentences(text, { tokenizer: 'whitespace', cutTokens: 'expand' });
    expect(pairs(grown.sentences[0])).toBe('Ana-Lugo/B-PER');
    expect(grown.report).toMatchObject({ cutTokens: 2, overlappingSpans: 1 });
  });

  it('lose white space at their ends, and overlaps, which are counted', () => {
    const spans = [span(0, 7), span(3, 6, 'PER'), span(6, 7, 'ORG'), span(7, 11)];
    const { sentences, report } = parseSentences(prodigy('en Lugo tal', spans.slice(0, 3)));
    expect(pairs(sentences[0])).toBe('en/B-LOC Lugo/I-LOC tal/O');
    expect(report).toMatchObject({ overlappingSpans: 2, emptySpans: 0 });
    const trimmed = parseSentences(prodigy('en Lugo tal', [span(2, 8), span(2, 3, 'X')]));
    expect(pairs(trimmed.sentences[0])).toBe('en/O Lugo/B-LOC tal/O');
    expect(trimmed.report.emptySpans).toBe(1);
  });

  it.each(['utf16', 'codepoint', 'utf8'] as const)('may count in %s', (offsetUnit) => {
    const text = '𐌰 á Lugo'; // 2 UTF-16 code units and 4 bytes; 1 and 2
    const start = { utf16: 5, codepoint: 4, utf8: 8 }[offsetUnit];
    const [sentence] = parseSentences(prodigy(text, [span(start, start + 4)]), { offsetUnit }).sentences;
    expect(pairs(sentence)).toBe('𐌰/O á/O Lugo/B-LOC');
  });

  it('must be inside their text, and between its characters', () => {
    expect(errorOf(prodigy('Lugo', [span(0, 9)]), { file: 'f' }).message).toMatch(
      /^f:1: expected a span inside its text.*offsetUnit/,
    );
    expect(errorOf(prodigy('𐌰x', [span(1, 3)]), { offsetUnit: 'utf16' }).expected).toBe(
      'a span inside its text',
    );
    expect(errorOf(prodigy('𐌰x', [span(2, 5)]), { offsetUnit: 'utf8' }).expected).toBe(
      'a span inside its text',
    );
    expect(errorOf(prodigy('Lugo', [{ start: 0, end: 4 }]), {}).expected).toMatch(/start, end and label/);
  });

  it('cut a text into sentences, and join those that they go over', () => {
    const text = 'Chove en Lugo. Vai sol en Vigo.\nE en A\nCoruña.';
    const spans = [span(9, 13), span(26, 30), span(37, 45)];
    const line = prodigy(text, spans, { id: 'd' });
    const split = parseSentences(line, { sentences: 'split', language: 'gl' }).sentences;
    expect(split.map(({ id }) => id)).toEqual(['d-1', 'd-2', 'd-3']);
    const lines = parseSentences(line, { sentences: 'lines' }).sentences;
    expect(lines.map(({ tokens }) => tokens.length)).toEqual([9, 5]);
    expect(lines[1].text).toBe('E en A\nCoruña.');
    for (const { tokens, text: own, offsets } of [...split, ...lines]) {
      expect(offsets?.map(({ start, end }) => own?.slice(start, end))).toEqual(tokens);
    }
  });
});

describe('JSON of texts', () => {
  it('is read as Prodigy, doccano and spaCy write it', () => {
    const same = [
      prodigy('Ana', [span(0, 3, 'PER')], { answer: 'accept', _input_hash: 1 }),
      '{"id":1,"text":"Ana","label":[[0,3,"PER"]]}\n',
      '{"text":"Ana","ents":[{"start":0,"end":3,"label":"PER"}],"tokens":[{"id":0,"start":0,"end":3}]}',
      '[["Ana", {"entities": [[0, 3, "PER"]]}]]',
      '[{"text": "Ana",\n "entities": [[0, 3, "PER"]]}\n]\n',
    ];
    for (const text of same) expect(parseSentences(text).sentences.map(pairs)).toEqual(['Ana/B-PER']);
  });

  it('says what was rejected', () => {
    const { sentences, report } = parseSentences(
      prodigy('Ana', [], { answer: 'reject' }) +
        prodigy('Lugo', [], { answer: 'ignore' }) +
        prodigy('Vigo', []),
    );
    expect(sentences.map(pairs)).toEqual(['Vigo/O']);
    expect(report.skippedTexts).toBe(2);
  });

  it('has its own tokens', () => {
    const tokens = [
      { text: 'A Cor', start: 0, end: 5 },
      { text: 'uña', start: 5, end: 8 },
    ];
    expect(parseSentences(prodigy('A Coruña', [span(0, 8)], { tokens })).sentences[0].tokens).toEqual([
      'A Cor',
      'uña',
    ]);
    expect(
      errorOf(prodigy('A Coruña', [], { tokens: [...tokens].reverse() }), { format: 'spans' }).expected,
    ).toMatch(/one after the other/);
  });

  it('is read as Label Studio exports it, both ways', () => {
    const value = { start: 0, end: 3, text: 'Ana', labels: ['PER'] };
    const result = [
      { type: 'labels', value },
      { type: 'choices', value: { choices: ['good'] } },
    ];
    const task = { id: 7, data: { body: 'Ana' }, annotations: [{ result }, { result: [] }] };
    const cancelled = { id: 8, data: { body: 'Ana' }, annotations: [{ was_cancelled: true, result }] };
    const { sentences, report } = parseSentences(JSON.stringify([task, cancelled]));
    expect(sentences).toMatchObject([{ tokens: ['Ana'], tags: ['B-PER'], id: '7' }]);
    expect(report).toMatchObject({ format: 'label-studio', skippedTexts: 1, skippedAnnotations: 1 });
    const min = [{ id: 7, text: 'Ana', label: [value] }];
    expect(parseSentences(JSON.stringify(min)).sentences.map(pairs)).toEqual(['Ana/B-PER']);
  });
});

describe('JSON of tokens', () => {
  it("has RONEC's spaces as text and places", () => {
    const item = {
      id: 1,
      tokens: ['la', 'Cluj', '.'],
      ner_tags: ['O', 'B-GPE', 'O'],
      space_after: [true, false, false],
    };
    const { sentences } = parseSentences(JSON.stringify([item]));
    expect(sentences[0]).toMatchObject({ text: 'la Cluj.', id: '1', tags: ['O', 'B-GPE', 'O'] });
    expect(sentences[0].offsets?.[2]).toEqual({ start: 7, end: 8 });
  });

  it('tells its tags by number, or an option does', () => {
    const items = '[{"tokens": ["a"], "ner_tags": [1]}]';
    for (const names of ['"id2label": {"0": "O", "1": "B-X"}', '"tag_names": ["O", "B-X"]']) {
      expect(parseSentences(`{${names},\n "version": 2, "train": ${items}}`).sentences.map(pairs)).toEqual([
        'a/B-X',
      ]);
    }
    expect(parseSentences(`{"train": ${items}}`, { tagNames: ['O', 'B-Y'] }).sentences.map(pairs)).toEqual([
      'a/B-Y',
    ]);
    expect(errorOf(`{"train": ${items}}`, { format: 'json' }).hint).toMatch(/tagNames/);
  });

  it("reads spaCy's, with unknown tags and tokens of white space", () => {
    const token = (orth: string, ner: string) => ({ orth, ner });
    const tokens = [token('Ana', 'U-PER'), token(' ', 'O'), token('vai', '-')];
    const text = JSON.stringify([{ id: 0, paragraphs: [{ raw: 'Ana  vai', sentences: [{ tokens }] }] }]);
    const { sentences, report } = parseSentences(text);
    expect(sentences[0]).toMatchObject({ tokens: ['Ana', 'vai'], tags: ['B-PER', 'O'], text: 'Ana  vai' });
    expect(report).toMatchObject({ missingTags: 1, emptyTokens: 1 });
  });

  it('may come in any pieces, in one line longer than any limit', async () => {
    const items = Array.from({ length: 40 }, (_, i) => ({ tokens: [`"w}${i}]`, '\\'], tags: ['B-X', 'O'] }));
    const text = JSON.stringify(items);
    const expected = parseSentences(text).sentences;
    expect(expected).toHaveLength(40);
    for (const size of [1, 3, 7, 100]) {
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      const read = readSentences(pieces, { maxLineLength: 60 });
      expect(await read.toArray()).toEqual(expected);
    }
    const error = await readSentences([text], { format: 'json', maxLineLength: 20 })
      .toArray()
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ expected: 'a JSON value of at most 20 characters' });
  });

  it.each([
    ['cut off', '[{"tokens": ["a"], "tags": ["O"]}, {"tok'],
    ['not closed', '[{"tokens": ["a"], "tags": ["O"]}'],
    ['closed twice', '[]]'],
    ['no JSON', '[{"tokens": [a]}]'],
    ['deep', `[${'['.repeat(200_000)}`],
    ['deep and closed', `[${'['.repeat(200_000)}${']'.repeat(200_001)}`],
    ['a number', '[1]'],
  ])('is refused with its place where it is %s', (_, text) => {
    expect(errorOf(`\n${text}`, { format: 'json', file: 'f' }).message).toMatch(/^f:2: expected /);
  });
});

describe('inline tags', () => {
  const options: ReadOptions = { format: 'inline', language: 'gl' };

  it('become entities', () => {
    const text = '<PERSON>Rosalía de Castro</PERSON> naceu en <LOCATION>Santiago</LOCATION>.\r\n\r\nChove.\n';
    const { sentences, report } = parseSentences(text, options);
    expect(sentences.map(pairs)).toEqual([
      'Rosalía/B-PERSON de/I-PERSON Castro/I-PERSON naceu/O en/O Santiago/B-LOCATION ./O',
      'Chove/O ./O',
    ]);
    expect(report).toMatchObject({ lines: 3, blankLines: 1, sentences: 2 });
  });

  it('may have attributes, references and other tags inside', () => {
    const read = (text: string) =>
      pairs(parseSentences(text, { ...options, tokenizer: 'whitespace' }).sentences[0]);
    expect(read('<ENAMEX TYPE="PERSON">Ana</ENAMEX> &amp; &lt;3 &#x41; a<b &copy;')).toBe(
      'Ana/B-PERSON &/O <3/O A/O a<b/O &copy;/O',
    );
    expect(read('<ORG>Concello de <LOC>Lugo</LOC></ORG> di')).toBe('Concello/B-ORG de/I-ORG Lugo/I-ORG di/O');
  });

  it.each([
    ['<LOC>Lugo', /<LOC> is not closed/],
    ['Lugo</LOC> e', /<\/LOC> closes nothing/],
    ['<LOC>Lugo</PER>', /<\/PER> stands in <LOC>/],
  ])('that do not pair are an error, or what the option says: %s', (line, message) => {
    const error = errorOf(`chove\n${line}\n`, { ...options, file: 'f' });
    expect(error.message).toMatch(message);
    expect(error.line).toBe(2);
    const dropped = parseSentences(`chove\n${line}\n`, { ...options, brokenMarkup: 'drop' });
    expect(dropped.sentences).toHaveLength(1);
    expect(dropped.report.brokenMarkup).toBe(1);
    const plain = parseSentences(line, { ...options, brokenMarkup: 'plain' });
    expect(pairs(plain.sentences[0])).toMatch(/^Lugo\/O/);
  });

  it('are read in UTF-16', async () => {
    const bytes = Buffer.from('\ufeff<LOC>لاہور</LOC> میں\r\n', 'utf16le');
    const [sentence] = await readSentences(bytes).toArray();
    expect(pairs(sentence)).toBe('لاہور/B-LOC میں/O');
  });
});

describe('brat', () => {
  const text = 'Rosalía naceu en Santiago.\nMorreu en Padrón.\n';
  const ann =
    'T1\tPER 0 7\tRosalía\nT2\tLOC 17 25\tSantiago\nR1\tborn Arg1:T1 Arg2:T2\n#1\tNote T1\tx\nT3\tLOC 37 43\tPadrón\n';
  const folder = mkdtempSync(join(tmpdir(), 'brat-'));

  beforeAll(() => {
    writeFileSync(join(folder, 'a.txt'), text);
    writeFileSync(join(folder, 'a.ann'), ann);
    writeFileSync(join(folder, 'b.txt'), 'Vigo');
    writeFileSync(join(folder, 'b.ann'), 'T1\tLOC 0 2;3 4\tVi o\n');
    writeFileSync(join(folder, 'c.txt'), 'unha\tO\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is read from the text and its annotations', () => {
    const { sentences, report } = parseSentences(text, { annotations: ann, language: 'gl' });
    expect(sentences.map(pairs)).toEqual([
      'Rosalía/B-PER naceu/O en/O Santiago/B-LOC ./O',
      'Morreu/O en/O Padrón/B-LOC ./O',
    ]);
    expect(report.format).toBe('brat');
  });

  it('is read from a folder, or by the name of either file', async () => {
    const reader = readCorpus(folder);
    const all = await reader.toArray();
    expect(all.map(({ id }) => id)).toEqual(['a-1', 'a-2', 'b']);
    expect(pairs(all[2])).toBe('Vigo/B-LOC');
    expect(reader.report.discontinuousSpans).toBe(1);
    expect(await readAll(join(folder, 'a.ann'))).toEqual(all.slice(0, 2));
    expect(await readAll(join(folder, 'a.txt'))).toEqual(all.slice(0, 2));
    expect((await readAll(join(folder, 'c.txt')))[0].tokens).toEqual(['unha']);
  });

  it.each([
    ['T1 PER 0 7', /a text-bound annotation/],
    ['T1\tPER 0 99\tx', /a span inside the text/],
    ['T1\tPER 1 7\tRosalía', /the text "osalía" at this place, got .*offsetUnit/],
  ])('is refused with the line of its annotations: %s', (row, message) => {
    expect(errorOf(text, { annotations: `\n${row}\n`, file: 'a.txt' }).message).toMatch(/^a\.ann:2: /);
    expect(errorOf(text, { annotations: `\n${row}\n`, file: 'a.txt' }).message).toMatch(message);
  });

  it('needs its annotations', () => {
    expect(errorOf(text, { format: 'brat' }).message).toMatch(/annotations of a brat document.*\.ann/);
  });

  it('is written as two files', () => {
    const sentences: Sentence[] = [
      { tokens: ['𐌰', 'Ana'], tags: ['O', 'B-PER'] },
      { tokens: ['Lugo'], tags: ['B-LOC'] },
    ];
    const written = formatBrat(sentences);
    expect(written).toEqual({ text: '𐌰 Ana\nLugo\n', annotations: 'T1\tPER 2 5\tAna\nT2\tLOC 6 10\tLugo\n' });
    const { annotations } = written;
    expect(parseSentences(written.text, { annotations }).sentences.map(pairs)).toEqual(sentences.map(pairs));
  });
});

describe('writing', () => {
  const text = async (sentences: Sentence[], options: WriteOptions): Promise<string> => {
    let all = '';
    for await (const block of formatSentences(sentences, options)) all += block;
    return all;
  };
  const sentences: Sentence[] = [
    { tokens: ['Ana', 'di', ':', 'A&B', '<3'], tags: ['B-PER', 'O', 'O', 'B-ORG', 'O'] },
    { tokens: ['Lugo'], tags: ['B-LOC'] },
  ];

  it.each<[WriteOptions['format'], string]>([
    ['inline', '<PER>Ana</PER> di : <ORG>A&amp;B</ORG> &lt;3\n<LOC>Lugo</LOC>\n'],
    [
      'uner',
      '# text = Ana di : A&B <3\n1\tAna\tB-PER\t-\t-\n2\tdi\tO\t-\t-\n3\t:\tO\t-\t-\n4\tA&B\tB-ORG\t-\t-\n5\t<3\tO\t-\t-\n\n# text = Lugo\n1\tLugo\tB-LOC\t-\t-\n\n',
    ],
  ])('as %s gives what a person would write', async (format, expected) => {
    expect(await text(sentences, { format })).toBe(expected);
  });

  it('keeps the text that tokens stand in', async () => {
    const [own] = parseSentences(prodigy('Ana, en Lugo.', [span(8, 12)]), { language: 'gl' }).sentences;
    expect(await text([own], { format: 'inline' })).toBe('Ana, en <LOC>Lugo</LOC>.\n');
    expect(await text([own], { format: 'conllu' })).toMatch(
      /^# text = Ana, en Lugo\.\n1\tAna\t.*\tNER=O\|SpaceAfter=No\n/,
    );
  });

  it.each<[WriteOptions['format'], Sentence, RegExp]>([
    ['inline', { tokens: ['a b'], tags: ['O'] }, /tokens without white space in sentence 0/],
    ['inline', { tokens: ['a'], tags: ['B-1 2'] }, /a label that can be a tag's name/],
    ['spans', { tokens: ['a'], tags: ['I-X'] }, /tags that are valid in IOB2/],
    ['conllu', { tokens: ['a\tb'], tags: ['O'] }, /one column can hold/],
    ['spacy', { tokens: [], tags: [] }, /a token in sentence 0/],
  ])('refuses what %s cannot hold', async (format, sentence, message) => {
    await expect(text([sentence], { format })).rejects.toThrow(message);
  });
});
