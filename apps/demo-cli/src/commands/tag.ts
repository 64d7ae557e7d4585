import { availableParallelism } from 'node:os';
import { loadModelFiles, loadTagger } from '@cognate/tagger/node';
import { Command, InvalidArgumentError, Option } from 'commander';
import { languageCode } from '../config/language-code.js';
import { exitCode, Failure } from '../failure.js';
import { inOrder } from '../filter/in-order.js';
import { lineBlocks, type LineBlock } from '../filter/line-blocks.js';
import { describeReplaced } from '../filter/lines-of.js';
import { outputKinds, tagLines, type LineSettings, type TaggedBlock } from '../filter/tag-lines.js';
import { TagThreads } from '../filter/tag-threads.js';
import { writeOut } from '../input-lines.js';
import { requireModel } from '../model-option.js';
import { inputKinds, type InputKind } from '../read-item.js';
import { palette } from '../terminal/colour.js';
import { warnOfLanguages, type LanguagesOfModel } from '../terminal/warn-language.js';

interface TagFlags {
  readonly model: string;
  readonly language?: string;
  readonly input: InputKind;
  readonly output?: LineSettings['output'];
  readonly json?: boolean;
  readonly jobs: number;
  readonly keepGoing?: boolean;
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

A line of input is a line of output (in columns, some), in the same order, as soon as it is there; memory does not grow with
the input, which may be endless. --jobs tags on several threads; so do several processes, under xargs or parallel.

Examples:
  echo "Rosalía naceu en Santiago." | cognate tag --model model
  cognate tag --model model letters.txt more.txt.gz --output columns > tagged.tsv
  zcat big.jsonl.gz | cognate tag --model model --input jsonl --json --jobs 4 | gzip > tagged.jsonl.gz
  ls texts/*.txt | xargs -P 4 -I {} sh -c 'cognate tag --model model {} > {}.jsonl'
  parallel --pipepart -a big.txt --block 50M -k cognate tag --model model > tagged.jsonl
  cognate tag --model https://models.example/gl-1.0.0.tgz letter.txt`;

export function tagCommand(): Command {
  return requireModel(
    new Command('tag')
      .alias('apply')
      .description('Find the entities in text: from standard input or files, to standard output.')
      .argument('[files...]', 'text files, plain or gzipped; standard input without any, or for -'),
  )
    .option('-l, --language <code>', "language of the text, if not the model's own", languageCode)
    .addOption(new Option('--input <kind>', 'what a line of input is').choices(inputKinds).default('text'))
    .addOption(new Option('--output <kind>', 'what is written').choices([...outputKinds]))
    .option('--json', 'short for --output jsonl')
    .option('-j, --jobs <n>', 'threads that tag; 0 takes as many as there are cores', jobs, 1)
    .option('-k, --keep-going', 'tag on after a line that cannot be tagged; the error stands in its place')
    .addHelpText('after', help)
    .action(run);
}

async function run(files: string[], flags: TagFlags): Promise<void> {
  const output =
    flags.json === true ? 'jsonl' : (flags.output ?? (process.stdout.isTTY ? 'marked' : 'jsonl'));
  const settings: LineSettings = {
    input: flags.input,
    output,
    language: flags.language,
    colour: palette(process.stdout).enabled,
    keepGoing: flags.keepGoing === true,
  };
  const { tag, atOnce, close } = await blockTagger(flags, settings);
  const tell = new Teller(settings.keepGoing);
  try {
    for await (const block of inOrder(lineBlocks(files), tag, atOnce)) {
      if (block.bytes.length > 0) await writeOut(block.bytes);
      tell.of(block);
    }
  } finally {
    await close();
    // Where the work was given up, whoever writes to us is to notice.
    if (files.length === 0 || files.includes('-')) process.stdin.destroy();
  }
  tell.end();
}

interface BlockTagger {
  readonly tag: (block: LineBlock) => Promise<TaggedBlock>;
  /** Blocks that are read before the first of them is written. */
  readonly atOnce: number;
  readonly close: () => Promise<void>;
}

/** One job is done right here; more have threads. */
async function blockTagger({ model, jobs }: TagFlags, settings: LineSettings): Promise<BlockTagger> {
  if (jobs === 1) {
    const tagger = await loadTagger(model);
    warnOfLanguages(tagger, [settings.language]);
    return {
      // eslint-disable-next-line @typescript-eslint/require-await
      tag: async (block) => tagLines(tagger, block, settings),
      atOnce: 1,
      close: () => Promise.resolve(),
    };
  }
  const files = await loadModelFiles(model);
  const threads = await TagThreads.start(jobs, { model, files, settings });
  // The threads have found that it is sound.
  const config = JSON.parse(new TextDecoder().decode(files['config.json'])) as LanguagesOfModel;
  warnOfLanguages(config, [settings.language]);
  return {
    tag: (block) => threads.tag(block),
    // Each thread has a next block at hand, and may be ahead of a slower one.
    atOnce: 4 * jobs,
    close: () => threads.close(),
  };
}

/** Says on standard error what became of lines that were not as they should be. */
class Teller {
  #replaced = 0;
  #errors = 0;

  constructor(private readonly keepGoing: boolean) {}

  /** @throws Failure for a line that could not be tagged, unless the work goes on */
  of({ replaced, errors }: TaggedBlock): void {
    this.#replaced += replaced;
    for (const error of errors) {
      if (!this.keepGoing) throw new Failure(error);
      this.#errors++;
      if (this.#errors <= shownErrors) process.stderr.write(`error: ${error}\n`);
    }
  }

  end(): void {
    const { stderr } = process;
    if (this.#replaced > 0) stderr.write(`${describeReplaced(this.#replaced)}\n`);
    if (this.#errors === 0) return;
    const more = this.#errors - shownErrors;
    if (more > 0) stderr.write(`error: and ${more === 1 ? '1 more line' : `${more} more lines`}\n`);
    process.exitCode = exitCode.failed;
  }
}

const shownErrors = 10;

function jobs(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0 to 999.');
  return Number(text) || availableParallelism();
}
