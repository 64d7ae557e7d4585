import type { Entity, Tagger } from '@cognate/tagger';
import { loadTagger } from '@cognate/tagger/node';
import { splitSentences } from '@cognate/text';
import { Command, Option } from 'commander';
import { inputLines, writeOut } from '../input-lines.js';
import { inputKinds, readItem, sourceOf, type InputKind, type Item } from '../read-item.js';
import { palette } from '../terminal/colour.js';
import { markEntities } from '../terminal/entities.js';

interface TagFlags {
  readonly model: string;
  readonly language?: string;
  readonly input: InputKind;
  readonly output?: 'marked' | 'jsonl' | 'columns';
  readonly json?: boolean;
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
    .addOption(new Option('--input <kind>', 'what a line of input is').choices(inputKinds).default('text'))
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
  for await (const { line, place } of inputLines(files)) {
    const item = readItem(line, flags.input, place);
    await writeOut(write(tagger, item, item.language ?? flags.language));
  }
}

type Writer = (tagger: Tagger, item: Item, language: string | undefined) => string;

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
