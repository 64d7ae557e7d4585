import { gzipSync } from 'node:zlib';
import { seededRandom, randomInteger } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  type Sentence,
  CorpusError,
  parseSentences,
  readSentences,
  type CorpusSource,
  type ReadOptions,
} from '../src/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const text = 'Vive\tO\nen\tO\nA\tB-LOC\nCañiza\tI-LOC\n\nЛьвів\tB-LOC\n🏔\tO\n';
const sentences = [
  { tokens: ['Vive', 'en', 'A', 'Cañiza'], tags: ['O', 'O', 'B-LOC', 'I-LOC'] },
  { tokens: ['Львів', '🏔'], tags: ['B-LOC', 'O'] },
];

const read = (source: CorpusSource, options: ReadOptions = { format: 'conll' }) =>
  readSentences(source, options).toArray();

function utf16(value: string, littleEndian: boolean, mark = true): Uint8Array {
  const bytes = new DataView(new ArrayBuffer((value.length + (mark ? 1 : 0)) * 2));
  const whole = mark ? `\ufeff${value}` : value;
  for (let i = 0; i < whole.length; i++) bytes.setUint16(i * 2, whole.charCodeAt(i), littleEndian);
  return new Uint8Array(bytes.buffer);
}

/** The bytes in pieces of random lengths, some empty. */
function* pieces(bytes: Uint8Array, random: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const length = randomInteger(random, 5);
    yield bytes.slice(at, at + length);
    at += length;
  }
}

describe('sources', () => {
  it.each<[string, () => CorpusSource]>([
    ['text', () => text],
    ['bytes', () => utf8(text)],
    ['a Blob', () => new Blob([text])],
    ['a stream', () => new Blob([text]).stream()],
    ['pieces of text', () => [text.slice(0, 9), '', text.slice(9, 11), text.slice(11)]],
    ['pieces of text and bytes', () => [text.slice(0, 9), utf8(text.slice(9))]],
    ['pieces of bytes and text', () => [utf8(text.slice(0, 9)), text.slice(9)]],
    ['an async generator', () => readSlowly(utf8(text))],
    ['gzip', () => gzipSync(text)],
    ['UTF-8 with a mark', () => utf8(`\ufeff${text}`)],
    ['text with a mark', () => `\ufeff${text}`],
    ['UTF-16LE', () => utf16(text, true)],
    ['UTF-16BE', () => utf16(text, false)],
    ['gzipped UTF-16', () => gzipSync(utf16(text, true))],
  ])('%s', async (_, source) => {
    expect(await read(source())).toEqual(sentences);
  });

  it('may be cut anywhere', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = seededRandom(seed);
      for (const bytes of [
        utf8(text),
        utf8(text.replaceAll('\n', '\r\n')),
        utf16(text, true),
        utf16(text, false),
      ]) {
        expect(await read(pieces(bytes, random))).toEqual(sentences);
      }
    }
  });

  it('may be in another encoding', async () => {
    const latin = Uint8Array.from('Cañiza\tB-LOC\n', (char) => char.charCodeAt(0));
    expect((await read(latin, { format: 'conll', encoding: 'windows-1252' }))[0].tokens).toEqual(['Cañiza']);
    const unmarked = { format: 'conll', encoding: 'utf-16le' } as const;
    expect(await read(utf16(text, true, false), unmarked)).toEqual(sentences);
  });

  it('keep a mark that is not at the start', async () => {
    const tokens = ['a', '\ufeffb', 'c'];
    const lines = tokens.map((token) => utf8(`${token}\tO\n`));
    expect((await read(lines))[0].tokens).toEqual(tokens);
  });

  it('are read anew in each loop, streams once', async () => {
    const again = readSentences(text, { format: 'conll' });
    expect(await again.toArray()).toEqual(await again.toArray());
    expect(again.report.sentences).toBe(2);
    const once = readSentences(readSlowly(utf8(text)), { format: 'conll' });
    await once.toArray();
    await expect(once.toArray()).rejects.toThrow('expected a source that was not read before');
  });

  it('are closed when the loop ends early', async () => {
    let closed = 0;
    async function* endless() {
      try {
        for (;;) yield utf8(await Promise.resolve(text + '\n'));
      } finally {
        closed++;
      }
    }
    for await (const sentence of readSentences(endless(), { format: 'conll' })) {
      if (sentence.tokens.includes('Львів')) break;
    }
    expect(closed).toBe(1);
    await expect(read(endless(), { format: 'conll', tagColumn: 7 })).rejects.toThrow(CorpusError);
    expect(closed).toBe(2);
  });

  it('may be asked for several sentences at once', async () => {
    const many = Array.from({ length: 50 }, (_, i) => `w${i}\tO\n\n`);
    const iterator = readSentences(many.map(utf8), { format: 'conll' })[Symbol.asyncIterator]();
    const asked = Array.from({ length: 53 }, () => iterator.next());
    const answers = await Promise.all(asked);
    expect(answers.slice(0, 50).map((answer) => (answer.value as Sentence).tokens[0])).toEqual(
      many.map((_, i) => `w${i}`),
    );
    expect(answers.slice(50)).toEqual(new Array(3).fill({ done: true, value: undefined }));
  });
});

async function* readSlowly(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(await Promise.resolve(byte));
}

describe('what is not text', () => {
  const errorOf = async (
    source: CorpusSource,
    options: ReadOptions = { format: 'conll' },
  ): Promise<CorpusError> => {
    const error: unknown = await read(source, { ...options, file: 'f' }).catch((thrown: unknown) => thrown);
    if (error instanceof CorpusError) return error;
    throw new Error(`not a CorpusError: ${String(error)}`);
  };

  it.each([1, 2, 7, 60, 1000])('UTF-8 that breaks on line %d', async (line) => {
    const lines = Array.from({ length: 1200 }, () => 'caña\tO\n');
    const bytes = utf8(lines.join(''));
    bytes[(line - 1) * utf8('caña\tO\n').length + 2] = 0xff;
    for (const size of [bytes.length, 100, 8192]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      for (const format of ['conll', undefined] as const) {
        const error = await errorOf(chunks, { format });
        expect(error).toMatchObject({ file: 'f', line, expected: 'UTF-8 text' });
        expect(error.hint).toContain('encoding');
      }
    }
  });

  it('UTF-8 that breaks off at the end', async () => {
    const bytes = utf8('a\tO\ncaña');
    expect(await errorOf(bytes.slice(0, -2))).toMatchObject({ line: 2, expected: 'UTF-8 text' });
  });

  it('overlong UTF-8 and lone surrogates in it', async () => {
    expect(await errorOf(Uint8Array.of(0xc0, 0x80, 9, 79, 10))).toMatchObject({ line: 1 });
    expect(await errorOf(Uint8Array.of(0xed, 0xa0, 0x80, 9, 79, 10))).toMatchObject({ line: 1 });
  });

  it('UTF-16 that breaks', async () => {
    const bytes = utf16('a\tO\n\ud800\tO\n', true);
    expect((await errorOf(bytes)).message).toMatch(/expected UTF-16LE text/);
  });

  it.each<[string, number[], RegExp]>([
    ['UTF-32', [0xff, 0xfe, 0, 0, 65, 0, 0, 0], /expected UTF-8 or UTF-16, got UTF-32LE/],
    ['UTF-16 without a mark', [65, 0, 9, 0, 79, 0, 10, 0], /UTF-16 without a byte-order mark.*'utf-16le'/],
    ['big-endian UTF-16 without a mark', [0, 65, 0, 9, 0, 79, 0, 10], /encoding: 'utf-16be'/],
    ['zero bytes', [65, 66, 67, 68, 69, 70, 0, 72, 10], /binary data/],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /got xz data \(unpack/],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26], /got bzip2 data/],
    ['Parquet', [0x50, 0x41, 0x52, 0x31], /got Parquet data/],
    ['zip', [0x50, 0x4b, 3, 4], /expected a corpus, got a zip archive/],
  ])('%s', async (_, bytes, message) => {
    expect((await errorOf(Uint8Array.from(bytes))).message).toMatch(message);
  });

  it('a text that starts like bzip2 is text', async () => {
    expect((await read('BZh\tO\n'))[0].tokens).toEqual(['BZh']);
    expect((await read(utf8('BZh\tO\n')))[0].tokens).toEqual(['BZh']);
  });

  it('gzip that is cut off or damaged', async () => {
    const packed = gzipSync(text.repeat(100));
    expect((await errorOf(packed.subarray(0, packed.length - 20))).message).toMatch(
      /^f: expected sound compressed data/,
    );
    packed[packed.length >> 1] ^= 0xff;
    expect((await errorOf(packed)).message).toMatch(/^f: expected sound compressed data/);
  });

  it('an error of the source itself is told as it is', async () => {
    async function* failing() {
      yield await Promise.resolve(gzipSync(text).subarray(0, 12));
      throw new RangeError('no more');
    }
    await expect(read(failing())).rejects.toThrow(RangeError);
  });

  it('lines that end in CR alone', async () => {
    expect((await errorOf('a\tO\rb\tO\r')).message).toMatch(/LF or CRLF, got lines that end in CR alone/);
  });

  it('a line that is too long', async () => {
    const long = ['a\tO\n', 'x'.repeat(500), 'x'.repeat(600)];
    const limited = { format: 'conll', maxLineLength: 1000 } as const;
    expect(await errorOf(long, limited)).toMatchObject({ line: 2, expected: 'a line of at most 1000 bytes' });
    expect(await errorOf(long.map(utf8), limited)).toMatchObject({ line: 2 });
  });

  it('an encoding that nobody knows', async () => {
    expect((await errorOf('a', { format: 'conll', encoding: 'utf-9' })).message).toMatch(
      /option encoding.*"utf-9"/,
    );
  });

  it.each([[null], [7], [{}], [[7]]])('a source that is none: %j', async (source) => {
    await expect(read(source as unknown as CorpusSource)).rejects.toThrow(CorpusError);
  });
});

describe('parseSentences', () => {
  it('gives the same as the stream', async () => {
    const reader = readSentences(text);
    const streamed = await reader.toArray();
    expect(parseSentences(text)).toEqual({ sentences: streamed, report: reader.report });
  });
});
