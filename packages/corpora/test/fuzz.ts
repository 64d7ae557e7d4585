import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { CorpusError, formatNames, parseSentences, readSentences, type ReadOptions } from '../src/index.js';

/** What files are made of, and what breaks them. */
const shapes = [
  ...[
    '\t',
    ' ',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '#',
    '# text = a b',
    'O',
    'B-PER',
    'I-PER',
    '1',
    '1-2',
    '1.1',
    '-DOCSTART-',
    '\u0000',
    '\ufeff',
  ],
  ...[
    'casa',
    'Lugo',
    'gl:x',
    '\u200b',
    '\u00a0',
    'Львів',
    'नमस्ते',
    '𐌰𐌱',
    '"',
    "'",
    '__proto__',
    'ﷺ',
    '_',
    '-',
    'x'.repeat(300),
  ],
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u', 'null', '1e999', '-1', '[[', '{"'],
  ...[
    '{"tokens":["a"],"tags":["O"]}',
    '{"text":"ab","spans":[{"start":0,"end":1,"label":"X"}]}',
    '"spans":',
    '"text":"a b"',
  ],
  ...[
    '{"id_mapping":{"0":"O"},',
    '{"data":{"text":"a"},"annotations":[',
    '{"id":0,"paragraphs":[{"sentences":[{"tokens":[',
  ],
  ...['<a>', '</a>', '<PERSON>', '</PERSON>', '<a b="c">', '&amp;', '&#x110000;', '&#0;', '<', '>'],
  ...['\ud800', '[['.repeat(200), '{"a":'.repeat(200), 'B-' + 'y'.repeat(200)],
];

const encodings = ['utf-8', 'utf-8', 'utf-8', 'utf-16le', 'windows-1252', undefined] as const;
const formats = [undefined, ...formatNames];

function randomBytes(random: () => number): Buffer {
  const utf16 = random() < 0.1;
  const parts = Array.from({ length: randomInteger(random, 50) }, () => {
    const kind = random();
    if (kind < 0.1) return Buffer.from(Array.from({ length: 4 }, () => randomInteger(random, 256)));
    const text = randomChoice(random, shapes);
    return Buffer.from(text, utf16 && kind < 0.95 ? 'utf16le' : 'utf8');
  });
  const bytes = Buffer.concat(parts);
  // Some are cut anywhere, as a broken copy is.
  return random() < 0.2 ? bytes.subarray(0, randomInteger(random, bytes.length + 1)) : bytes;
}

function randomOptions(random: () => number): ReadOptions {
  const format = randomChoice(random, formats);
  const maybe = <T>(values: readonly T[]): T | undefined =>
    random() < 0.3 ? randomChoice(random, values) : undefined;
  return {
    format,
    encoding: randomChoice(random, encodings),
    maxLineLength: 2000,
    maxSentenceTokens: 500,
    cutTokens: maybe(['split', 'expand', 'drop', 'error'] as const),
    sentences: maybe(['whole', 'lines', 'split'] as const),
    tokenizer: maybe(['language', 'whitespace'] as const),
    brokenMarkup: maybe(['error', 'drop', 'plain'] as const),
    offsetUnit: maybe(['utf16', 'codepoint', 'utf8'] as const),
    annotations: format === 'brat' ? 'T1\tX 0 1\nT2\tY 1 3;5 6\n' : undefined,
    language: maybe(['gl', 'ur', 'xx']),
    controlTokens: maybe(['keep', 'drop', 'error'] as const),
    emptyTags: maybe(['error', 'outside'] as const),
    repair: maybe(['conlleval', 'discard', 'throw'] as const),
  };
}

/**
 * Reads random bytes with random options, and holds each case to what every reader promises: sentences that are in order, or an error
 * of ours. Gives how many cases were held.
 */
export async function fuzz(seed: number, cases: number): Promise<number> {
  const random = seededRandom(seed);
  for (let round = 0; round < cases; round++) {
    const bytes = randomBytes(random);
    const options = randomOptions(random);
    try {
      // Now and then as text all at once, which goes another way through the readers.
      const sentences =
        random() < 0.2
          ? parseSentences(bytes.toString('utf8'), { ...options, encoding: undefined }).sentences
          : await readSentences(random() < 0.5 ? bytes : cut(bytes, random), options).toArray();
      for (const { tokens, tags, text, offsets } of sentences) {
        const sound =
          tokens.length > 0 &&
          !tokens.includes('') &&
          (tags === undefined || tags.length === tokens.length) &&
          (offsets === undefined ||
            tokens.every((token, i) => text?.slice(offsets[i].start, offsets[i].end) === token));
        if (!sound)
          throw new Error(`an unsound sentence: ${JSON.stringify({ tokens, tags, text, offsets })}`);
      }
    } catch (error) {
      if (error instanceof CorpusError && error.message.length < 2000) continue;
      const input = bytes.toString('base64');
      throw new Error(
        `seed ${seed}, case ${round}: ${String(error)} for ${JSON.stringify(options)} and ${input}`,
        {
          cause: error,
        },
      );
    }
  }
  return cases;
}

function cut(bytes: Buffer, random: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 1 + randomInteger(random, 40));
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}
