import { CorpusError } from '../errors.js';
import { concatBytes, peek, type Chunk } from './chunks.js';
import { decoderFor, encodingOf } from './encoding.js';

export interface DecodeOptions {
  readonly file?: string | undefined;
  /** As the caller named it; by default that of the byte-order mark, else UTF-8. */
  readonly encoding?: string | undefined;
  /** In bytes or UTF-16 code units: a file without line ends must not fill the memory. */
  readonly maxLineLength: number;
  /** Asked with the first text: whether blocks have to be of whole lines. */
  readonly wholeLines?: (head: string) => boolean;
}

/** Trouble in a block, before it could be handed out: the reader knows how many lines came before. */
export class BlockError extends Error {
  constructor(
    /** From 0. */
    readonly lineInBlock: number,
    readonly expected: string,
    readonly actual: string,
    readonly hint: string,
  ) {
    super(actual);
  }

  /** The error for the user. */
  at(file: string | undefined, linesBefore: number): CorpusError {
    const { expected, actual, hint } = this;
    return new CorpusError({ file, line: linesBefore + this.lineInBlock + 1, expected, actual, hint });
  }
}

/**
 * The text in blocks of whole lines, without a byte-order mark. All blocks but the last end with a line feed; unless `wholeLines`
 * says that they may be cut anywhere between characters.
 *
 * UTF-8 is cut at line feeds as bytes and decoded block by block: a decoder that keeps state between calls is far slower.
 *
 * @throws BlockError for bytes that are not text in the encoding, and for a line that is too long.
 */
export async function* textBlocks(
  source: AsyncIterable<Chunk>,
  { file, encoding, maxLineLength, wholeLines = () => true }: DecodeOptions,
): AsyncGenerator<string> {
  const { seen, chunks } = await peek(source, 256, (head, text) => {
    const label = encoding ?? encodingOf(head, file);
    return { decoder: decoderFor(label), head: new TextDecoder(label).decode(head) + text };
  });
  const { decoder } = seen;
  if (!wholeLines(seen.head)) {
    yield* anyBlocks(chunks, decoder);
    return;
  }
  let first = true;
  const blocks =
    decoder.encoding === 'utf-8'
      ? utf8Blocks(chunks, maxLineLength)
      : streamBlocks(chunks, decoder, maxLineLength);
  for await (const block of blocks) {
    if (first) {
      first = false;
      const text = block.startsWith('\ufeff') ? block.slice(1) : block;
      if (!text.includes('\n') && /\r./s.test(text)) {
        throw new BlockError(
          0,
          'lines that end in LF or CRLF',
          'lines that end in CR alone',
          'convert the line ends',
        );
      }
      yield text;
    } else {
      yield block;
    }
  }
}

/** The text as it comes; line ends of any kind, since none has to be found. */
async function* anyBlocks(chunks: AsyncIterable<Chunk>, decoder: TextDecoder): AsyncGenerator<string> {
  let first = true;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw undecodable(0, decoder.encoding, 'bytes that are not, on or after this line');
    }
  };
  for await (const chunk of chunks) {
    let text = typeof chunk === 'string' ? chunk : decode(chunk);
    if (text === '') continue;
    if (first && text.startsWith('\ufeff')) text = text.slice(1);
    first = false;
    if (text !== '') yield text;
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

async function* utf8Blocks(chunks: AsyncIterable<Chunk>, maxLineLength: number): AsyncGenerator<string> {
  const decoder = decoderFor('utf-8');
  let open: Uint8Array[] = []; // the start of a line whose end is still to come
  let openLength = 0;
  let openText = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') {
      if (openLength > 0) openText += decodeLines(decoder, concatBytes(open));
      open = [];
      openLength = 0;
      const cut = chunk.lastIndexOf('\n') + 1;
      if (cut > 0) {
        yield openText + chunk.slice(0, cut);
        openText = '';
      }
      openText += chunk.slice(cut);
      checkLength(openText.length, maxLineLength);
      continue;
    }
    const cut = chunk.lastIndexOf(10) + 1;
    if (cut > 0) {
      open.push(chunk.subarray(0, cut));
      const text = openText + decodeLines(decoder, concatBytes(open));
      open = [];
      openLength = 0;
      openText = '';
      yield text;
    }
    if (cut < chunk.length) {
      open.push(chunk.subarray(cut));
      openLength += chunk.length - cut;
      checkLength(openLength + openText.length, maxLineLength);
    }
  }
  if (openLength > 0) openText += decodeLines(decoder, concatBytes(open));
  if (openText !== '') yield openText;
}

async function* streamBlocks(
  chunks: AsyncIterable<Chunk>,
  decoder: TextDecoder,
  maxLineLength: number,
): AsyncGenerator<string> {
  let open = '';
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw undecodable(0, decoder.encoding, 'bytes that are not, on or after this line');
    }
  };
  for await (const chunk of chunks) {
    open += typeof chunk === 'string' ? chunk : decode(chunk);
    const cut = open.lastIndexOf('\n') + 1;
    if (cut > 0) {
      yield open.slice(0, cut);
      open = open.slice(cut);
    }
    checkLength(open.length, maxLineLength);
  }
  open += decode(undefined);
  if (open !== '') yield open;
}

function checkLength(length: number, maxLineLength: number): void {
  if (length <= maxLineLength) return;
  throw new BlockError(
    0,
    `a line of at most ${maxLineLength} bytes`,
    'a longer one',
    'option maxLineLength sets another limit',
  );
}

function decodeLines(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw badLine(decoder, bytes);
  }
}

/** Finds the line that does not decode: only now, so that sound text pays nothing for it. */
function badLine(decoder: TextDecoder, bytes: Uint8Array): BlockError {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      const loose = new TextDecoder('utf-8').decode(bytes.subarray(start, end)).trimEnd();
      return undecodable(line, 'utf-8', JSON.stringify(loose.slice(0, 80)));
    }
    start = end;
  }
  return undecodable(0, 'utf-8', 'other bytes');
}

const undecodable = (line: number, encoding: string, actual: string): BlockError =>
  new BlockError(line, `${encoding.toUpperCase()} text`, actual, 'option encoding names another encoding');
