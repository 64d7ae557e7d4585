import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CorpusError, type Sentence } from '../src/index.js';
import { formatOf, readAll, readCorpus, writeCorpus } from '../src/node.js';
import { archives, bytesOf } from './fixtures/archives.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognate-corpora-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const text = 'Vive\tO\nen\tO\nLugo\tB-LOC\n\nAna\tB-PER\n\n';
const sentences: Sentence[] = [
  { tokens: ['Vive', 'en', 'Lugo'], tags: ['O', 'O', 'B-LOC'] },
  { tokens: ['Ana'], tags: ['B-PER'] },
];

describe('readCorpus', () => {
  it('reads files, plain and gzipped, again and again', async () => {
    writeFileSync(at('a.conll'), text);
    writeFileSync(at('a.conll.gz'), Buffer.concat([gzipSync(text.slice(0, 20)), gzipSync(text.slice(20))]));
    for (const name of ['a.conll', 'a.conll.gz']) {
      const reader = readCorpus(at(name));
      expect(await reader.toArray()).toEqual(sentences);
      const again = [];
      for await (const sentence of reader) again.push(sentence);
      expect(again).toEqual(sentences);
      expect(reader.report).toMatchObject({
        files: [at(name)],
        format: 'conll',
        sentences: 2,
        tokens: 4,
        lines: 6,
      });
    }
  });

  it('names the file and the line of an error', async () => {
    writeFileSync(at('bad.conll'), 'a\tO\nb\n');
    await expect(readAll(at('bad.conll'), { format: 'conll' })).rejects.toMatchObject({
      file: at('bad.conll'),
      line: 2,
    });
    await expect(readAll(at('bad.conll'), { format: 'conll', file: 'x' })).rejects.toThrow(/^x:2: /);
  });

  it('tells of files that are not there, of folders, and of wrong options at once', async () => {
    await expect(readAll(at('none'))).rejects.toThrow(
      `${at('none')}: expected a file, got nothing by that name`,
    );
    await expect(readAll(folder)).rejects.toThrow(
      `${folder}: expected a file, or a folder of .txt and .ann files, got a folder without`,
    );
    expect(() => readCorpus(at('none'), { format: 'x' as 'conll' })).toThrow(CorpusError);
  });

  it('tells of cut gzip', async () => {
    const packed = gzipSync(text.repeat(500));
    writeFileSync(at('cut.gz'), packed.subarray(0, packed.length - 9));
    await expect(readAll(at('cut.gz'))).rejects.toThrow(/cut\.gz: expected sound compressed data/);
  });

  it('reads standard input', () => {
    const script = `
      import { readCorpus } from ${JSON.stringify(new URL('../src/node.ts', import.meta.url).href)};
      const reader = readCorpus('-');
      const sentences = await reader.toArray();
      const again = await reader.toArray().catch((error) => error.message);
      console.log(JSON.stringify({ sentences, again, files: reader.report.files }));`;
    for (const input of [Buffer.from(text), gzipSync(text)]) {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--conditions=@cognate/source', '--import', 'tsx', '--input-type=module', '-e', script],
        { input, encoding: 'utf8', cwd: new URL('../../..', import.meta.url) },
      );
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({
        sentences,
        again: 'stdin: expected one loop over standard input, got another',
        files: [],
      });
    }
  });
});

describe('archives', () => {
  beforeAll(() => {
    writeFileSync(at('gnu.tar.gz'), bytesOf(archives.gnuTar));
    writeFileSync(at('plain.tar'), gunzipSync(bytesOf(archives.gnuTar)));
    writeFileSync(at('one.tar.gz'), bytesOf(archives.paxTar));
    writeFileSync(at('data.zip'), bytesOf(archives.zip));
  });

  const towns = async (path: string, member?: string | string[]): Promise<string[]> => {
    const read = await readAll(path, { format: 'conll', member });
    return read.map(({ tokens }) => tokens[tokens.length > 5 ? 0 : tokens.length - 1]);
  };

  it('reads members by name and pattern, in the order of the archive', async () => {
    for (const name of ['gnu.tar.gz', 'plain.tar']) {
      expect(await towns(`${at(name)}!set/a.train`)).toEqual(['Lugo']);
      expect(await towns(`${at(name)}!a.test`)).toEqual(['Vigo']);
      expect((await towns(at(name), ['*.train', '*.test'])).sort()).toEqual(['Lugo', 'Vigo']);
      expect((await towns(at(name), 'set/*.*')).sort()).toEqual(['Lugo', 'Noia', 'Vigo']);
    }
    expect(await towns(`${at('data.zip')}!data.conll`)).toEqual(['Lugo']);
  });

  it('reads the only member that holds a corpus, and says what it skipped', async () => {
    expect(await towns(at('one.tar.gz'))).toEqual(['Cañiza']);
    const reader = readCorpus(at('data.zip'), { format: 'conll' });
    await reader.toArray();
    expect(reader.report.files).toEqual([`${at('data.zip')}!set/data.conll`]);
    expect(reader.report.skippedMembers).toEqual([`${at('data.zip')}!set/README.md`]);
  });

  it('asks which, where there are several', async () => {
    await expect(towns(at('gnu.tar.gz'))).rejects.toThrow(
      /expected an archive with one corpus in it, got one with set\/.*option member/,
    );
    await expect(towns(at('gnu.tar.gz'), '*.dev2')).rejects.toThrow(
      /a member that goes by "\*\.dev2", got one with set/,
    );
    await expect(towns(`${at('data.zip')}!x`)).rejects.toThrow(/a member that goes by "x"/);
  });

  it('tells of members of what is no archive', async () => {
    writeFileSync(at('b.conll'), text);
    await expect(towns(at('b.conll'), 'x')).rejects.toThrow(/expected an archive, since option member/);
    await expect(towns(`${at('none.zip')}!x`)).rejects.toThrow(/none\.zip!x: expected a file, got nothing/);
  });

  it('reads a file with a ! in its name', async () => {
    writeFileSync(at('data.zip!x'), 'Noia\tB-LOC\n');
    expect(await towns(at('data.zip!x'))).toEqual(['Noia']);
    rmSync(at('data.zip!x'));
  });

  it('does not go into an archive in gzip in an archive', async () => {
    writeFileSync(at('zip.gz'), gzipSync(bytesOf(archives.zip)));
    await expect(towns(at('zip.gz'))).rejects.toThrow(/zip data inside gzip data/);
  });

  it('leaves no file open', async () => {
    const open = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
    const before = open();
    const startReading = async (name: string): Promise<void> => {
      const member = name === 'gnu.tar.gz' ? '*.train' : undefined;
      for await (const sentence of readCorpus(at(name), { format: 'conll', member })) {
        if (sentence.tokens.length > 0) break;
      }
    };
    for (let i = 0; i < 20; i++) {
      for (const name of [
        'gnu.tar.gz',
        'plain.tar',
        'one.tar.gz',
        'data.zip',
        'b.conll',
        'cut.gz',
        'zip.gz',
      ]) {
        await startReading(name).catch((error: unknown) => {
          expect(error).toBeInstanceOf(CorpusError);
        });
      }
    }
    expect(open() - before).toBeLessThan(5);
  });
});

describe('writeCorpus', () => {
  it('writes columns, JSONL and gzip by the name of the file', async () => {
    expect(await writeCorpus(at('out.conll'), sentences)).toEqual({ sentences: 2, tokens: 4 });
    expect(readFileSync(at('out.conll'), 'utf8')).toBe(text);
    await writeCorpus(at('out.jsonl'), readCorpus(at('out.conll')));
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(
      '{"tokens":["Vive","en","Lugo"],"tags":["O","O","B-LOC"]}\n{"tokens":["Ana"],"tags":["B-PER"]}\n',
    );
    await writeCorpus(at('out.conll.gz'), sentences);
    expect(gunzipSync(readFileSync(at('out.conll.gz'))).toString()).toBe(text);
    expect(await readAll(at('out.jsonl'))).toEqual(sentences);
    expect(['a.ndjson', 'a.JSONL.gz', 'a.json', 'a'].map(formatOf)).toEqual([
      'jsonl',
      'jsonl',
      'conll',
      'conll',
    ]);
  });

  it('writes schemes, separators, comments', async () => {
    const [first, second] = sentences;
    const told = [{ ...first, id: 's1', text: 'Vive  en\nLugo' }, second];
    await writeCorpus(at('out.bioes'), told, { scheme: 'BIOES', separator: ' ', comments: true });
    expect(readFileSync(at('out.bioes'), 'utf8')).toBe(
      '# sent_id = s1\n# text = Vive en Lugo\nVive O\nen O\nLugo S-LOC\n\nAna S-PER\n\n',
    );
  });

  it('leaves the old file and nothing else after an error', async () => {
    writeFileSync(at('kept.conll'), 'old');
    const before = readdirSync(folder).sort();
    async function* breaking(): AsyncGenerator<Sentence> {
      for (let i = 0; i < 20_000; i++) yield sentences[0];
      throw new RangeError(await Promise.resolve('broken'));
    }
    for (const name of ['kept.conll', 'new.conll', 'new.jsonl.gz']) {
      await expect(writeCorpus(at(name), breaking())).rejects.toThrow(RangeError);
    }
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readFileSync(at('kept.conll'), 'utf8')).toBe('old');
  });

  it.skipIf(process.platform === 'win32')('writes the file behind a link', async () => {
    writeFileSync(at('real.conll'), '');
    symlinkSync(at('real.conll'), at('link.conll'));
    await writeCorpus(at('link.conll'), sentences);
    expect(readFileSync(at('real.conll'), 'utf8')).toBe(text);
  });

  it.each<[string, Sentence, RegExp]>([
    [
      'an empty token',
      { tokens: ['a', ''], tags: ['O', 'O'] },
      /a token that one column can hold in sentence 0, got ""/,
    ],
    ['a tab', { tokens: ['a\tb'], tags: ['O'] }, /got "a\\tb"/],
    ['a line end', { tokens: ['a'], tags: ['O\n'] }, /a tag that one column can hold/],
    ['no tokens', { tokens: [], tags: [] }, /a token in sentence 0, got none/],
    [
      'another number of tags',
      { tokens: ['a'], tags: [] },
      /as many tags as tokens in sentence 0, got 1 tokens and 0 tags/,
    ],
    ['the start of a document', { tokens: ['-DOCSTART-'], tags: ['O'] }, /DOCSTART/],
  ])('tells of %s', async (_, sentence, message) => {
    await expect(writeCorpus(at('x.conll'), [sentence])).rejects.toThrow(message);
  });

  it('tells of tags that no scheme can write, of folders that are not there, of wrong options', async () => {
    const broken = [{ tokens: ['a'], tags: ['I-LOC'] }];
    await expect(writeCorpus(at('x'), broken, { scheme: 'BIOES' })).rejects.toThrow(
      /valid in IOB2 in sentence 0, got I-LOC/,
    );
    await expect(writeCorpus(at('none/x'), sentences)).rejects.toThrow(
      /none.x: expected a file, got nothing by that name/,
    );
    await expect(writeCorpus(at('x'), sentences, { format: 'x' as 'conll' })).rejects.toThrow(
      /"conll", "conllu", .* or "inline" as option format/,
    );
    await expect(writeCorpus(at('x'), sentences, { separator: '' })).rejects.toThrow(/a separator/);
    await expect(writeCorpus(at('x'), sentences, { languagePrefix: true })).rejects.toThrow(
      /code of a language in sentence 0/,
    );
  });

  it('writes to standard output', () => {
    const script = `
      import { writeCorpus } from ${JSON.stringify(new URL('../src/node.ts', import.meta.url).href)};
      await writeCorpus('-', ${JSON.stringify(sentences)});
      console.log('done');`;
    const { stdout } = spawnSync(
      process.execPath,
      ['--conditions=@cognate/source', '--import', 'tsx', '--input-type=module', '-e', script],
      { encoding: 'utf8', cwd: new URL('../../..', import.meta.url) },
    );
    expect(stdout).toBe(`${text}done\n`);
  });
});
