import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import type { Entity, LinearTagger, TaggerInput } from '@cognate/tagger';
import { loadTagger } from '@cognate/tagger/node';
import { splitSentences } from '@cognate/text';
import { Command, Option } from 'commander';
import { Failure } from '../failure.js';
import { palette } from '../terminal/colour.js';
import { markEntities } from '../terminal/entities.js';

interface TagFlags {
  readonly model: string;
  readonly language?: string;
  readonly input: 'text' | 'tokens' | 'jsonl';
  readonly output?: 'marked' | 'jsonl' | 'columns';
  readonly json?: boolean;
}

/** One line of input: what to tag, and the fields that go through unchanged. */
interface Item {
  readonly input: TaggerInput;
  readonly language: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

const help = `
Input (--input):
  text     a line of running text at a time (default)
  tokens   a sentence a line, its tokens parted by spaces
  jsonl    an object a line: {"text": ...} or {"tokens": [...]}, with "language" if need be; other fields go through
Output (--output):
  marked   the text with its entities marked, in colour at a terminal (default there)
  jsonl    an object a line with text or tokens and "entities": label, text, start, end, score, tokenStart, tokenEnd
           (default elsewhere; start and end count UTF-16 code units)
  columns  a token and its tag a line, an empty line after each sentence

Lines are tagged one at a time and in order: memory does not grow with the input.

Examples:
  echo "Rosalía naceu en Santiago." | cognate tag --model model
  cognate tag --model model letters.txt more.txt --output columns > tagged.tsv
  zcat big.jsonl.gz | cognate tag --model model --input jsonl --json | gzip > tagged.jsonl.gz`;

export function tagCommand(): Command {
  return new Command('tag')
    .description('Find the entities in text: from standard input or files, to standard output.')
    .argument('[files...]', 'text files; standard input without any, or for -')
    .requiredOption('-m, --model <folder>', 'the model')
    .option('-l, --language <code>', "language of the text, if not the model's own")
    .addOption(
      new Option('--input <kind>', 'what a line of input is')
        .choices(['text', 'tokens', 'jsonl'])
        .default('text'),
    )
    .addOption(new Option('--output <kind>', 'what is written').choices(['marked', 'jsonl', 'columns']))
    .option('--json', 'short for --output jsonl')
    .addHelpText('after', help)
    .action(run);
}

async function run(files: string[], flags: TagFlags): Promise<void> {
  const tagger = await loadTagger(flags.model);
  const output =
    flags.json === true ? 'jsonl' : (flags.output ?? (process.stdout.isTTY ? 'marked' : 'jsonl'));
  const write = { marked, jsonl, columns }[output];
  const fallback = flags.language;
  for (const file of files.length === 0 ? ['-'] : files) {
    for await (const { line, number } of linesOf(file)) {
      const item = readItem(line, flags.input, `${file === '-' ? 'stdin' : file}:${number}`);
      const text = write(tagger, item, item.language ?? fallback);
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<{ line: string; number: number }> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  await (file === '-' ? undefined : once(input, 'open'));
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) yield { line, number: ++number };
}

function readItem(line: string, kind: TagFlags['input'], place: string): Item {
  const plain = { language: undefined, fields: {} };
  if (kind === 'text') return { input: line, ...plain };
  if (kind === 'tokens') return { input: line.split(/\s+/u).filter((token) => token !== ''), ...plain };
  return readObject(line, place);
}

function readObject(line: string, place: string): Item {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Failure(
      `${place}: expected a JSON object, got ${error instanceof Error ? error.message : 'none'}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure(`${place}: expected a JSON object, got ${clip(line)}`);
  }
  const { text, tokens, language, ...fields } = value as Record<string, unknown>;
  if (language !== undefined && typeof language !== 'string') {
    throw new Failure(`${place}: expected a string as language, got ${clip(JSON.stringify(language))}`);
  }
  if (Array.isArray(tokens) && tokens.every((token) => typeof token === 'string'))
    return { input: tokens, language, fields };
  if (typeof text === 'string') return { input: text, language, fields };
  throw new Failure(`${place}: expected "text" (a string) or "tokens" (strings), got ${clip(line)}`);
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

type Writer = (tagger: LinearTagger, item: Item, language: string | undefined) => string;

/** The text that offsets count in: the line, or its tokens with a space between. */
const sourceOf = ({ input }: Item): string =>
  typeof input === 'string' ? input : (input as string[]).join(' ');

const marked: Writer = (tagger, item, language) =>
  `${markEntities(sourceOf(item), tagger.tag(item.input, { language }), palette(process.stdout))}\n`;

const jsonl: Writer = (tagger, { input, fields, language: own }, language) => {
  const entities: Entity[] = tagger.tag(input, { language });
  const source = typeof input === 'string' ? { text: input } : { tokens: input };
  return `${JSON.stringify({ ...fields, ...source, ...(own !== undefined && { language: own }), entities })}\n`;
};

const columns: Writer = (tagger, { input }, language) => {
  const sentences =
    typeof input === 'string'
      ? splitTokens(input, language ?? tagger.language)
      : [input as readonly string[]];
  return sentences
    .filter((tokens) => tokens.length > 0)
    .map((tokens) => {
      const tags = tagger.predictTags(tokens, { language });
      return `${tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('')}\n`;
    })
    .join('');
};

function splitTokens(text: string, language: string | undefined): string[][] {
  return splitSentences(text, language).map(({ tokens }) => tokens.map((token) => token.text));
}
