import { documentEnd, documentHead, renderEntities, TaggerError } from '@cognate/tagger';
import { loadTagger } from '@cognate/tagger/node';
import { Command, Option } from 'commander';
import { languageCode } from '../config/language-code.js';
import { Failure } from '../failure.js';
import { inputLines, writeOut } from '../input-lines.js';
import { placesOfModels } from '../model-option.js';
import { entitiesOf, inputKinds, readItem, sourceOf, type InputKind } from '../read-item.js';
import { writeWhole } from '../write-whole.js';

interface RenderFlags {
  readonly model?: string;
  readonly language?: string;
  readonly input?: InputKind;
  readonly out?: string;
  readonly title?: string;
}

const help = `
Without --model the input is what cognate tag --json wrote; with it, text to tag. The page stands alone: no script, nothing loaded from
elsewhere; languages that are written from right to left are.

Examples:
  cognate tag --model model letter.txt --json | cognate render --out letter.html
  cognate render --model model letter.txt --out letter.html
  cognate render --model model --language ur khabar.txt > khabar.html`;

export function renderCommand(): Command {
  return new Command('render')
    .description('Show the entities of a text as a page of HTML.')
    .argument('[files...]', 'what to show, plain or gzipped; standard input without any, or for -')
    .option('-m, --model <place>', `the model to tag with: ${placesOfModels}`)
    .option('-l, --language <code>', 'language of the text', languageCode)
    .addOption(
      new Option(
        '--input <kind>',
        'what a line of input is (default: text with --model, else jsonl)',
      ).choices(inputKinds),
    )
    .option('-o, --out <file>', 'where the page goes; standard output otherwise')
    .option('--title <text>', 'title of the page')
    .addHelpText('after', help)
    .action(run);
}

async function run(files: string[], flags: RenderFlags): Promise<void> {
  const page = pageOf(files, flags);
  if (flags.out !== undefined) return writeWhole(flags.out, page);
  for await (const part of page) await writeOut(part);
}

async function* pageOf(files: readonly string[], flags: RenderFlags): AsyncGenerator<string> {
  const tagger = flags.model === undefined ? undefined : await loadTagger(flags.model);
  const kind = flags.input ?? (tagger ? 'text' : 'jsonl');
  yield documentHead({ ...(flags.title !== undefined && { title: flags.title }) });
  for await (const { line, place } of inputLines(files)) {
    const item = readItem(line, kind, place);
    const language = item.language ?? flags.language ?? tagger?.language;
    try {
      const entities = tagger ? tagger.tag(item.input, { language }) : entitiesOf(item, place);
      yield `${renderEntities({ text: sourceOf(item), entities, language })}\n`;
    } catch (error) {
      if (error instanceof TaggerError) throw new Failure(`${place}: ${error.message}`);
      throw error;
    }
  }
  yield documentEnd;
}
