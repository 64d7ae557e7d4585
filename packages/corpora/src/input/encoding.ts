import { CorpusError } from '../errors.js';

const byteOrderMarks: readonly { encoding: string; bytes: readonly number[] }[] = [
  { encoding: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * The encoding of a text by its byte-order mark, UTF-8 without one. What is plainly neither is told here, with a better word than
 * a decoder would have.
 */
export function encodingOf(head: Uint8Array, file: string | undefined): string {
  const mark = byteOrderMarks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (mark?.encoding.startsWith('utf-32') === true) {
    throw new CorpusError({ file, expected: 'UTF-8 or UTF-16', actual: mark.encoding.toUpperCase() });
  }
  if (mark) return mark.encoding;
  const sample = head.subarray(0, 256);
  let zeros = 0;
  let oddZeros = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    zeros++;
    oddZeros += index & 1;
  });
  if (zeros === 0) return 'utf-8';
  if (zeros * 4 >= sample.length) {
    const guess = oddZeros * 2 > zeros ? 'utf-16le' : 'utf-16be';
    throw new CorpusError({
      file,
      expected: 'UTF-8, or a byte-order mark',
      actual: 'what looks like UTF-16 without a byte-order mark',
      hint: `encoding: '${guess}' would read it so`,
    });
  }
  throw new CorpusError({ file, line: 1, expected: 'text', actual: 'binary data (a zero byte)' });
}

/** A decoder for an encoding's label as the Encoding standard has it. */
export function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch (cause) {
    throw new CorpusError({
      expected: "the label of an encoding as option encoding, such as 'utf-8' or 'windows-1252'",
      actual: JSON.stringify(encoding),
      cause,
    });
  }
}
