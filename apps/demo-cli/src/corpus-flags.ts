import type { ReadOptions } from '@cognate/corpora';
import { parseScheme, type Repair } from '@cognate/tag-scheme';
import { Option, type Command } from 'commander';
import { UsageError } from './failure.js';

/** How corpus files are to be read: the same flags for every command that reads one. */
export interface CorpusFlags {
  readonly format?: string;
  readonly scheme?: string;
  readonly repair?: Repair;
  readonly map?: readonly string[];
  readonly read?: readonly string[];
}

export function addCorpusFlags(command: Command): Command {
  return command
    .option(
      '--format <name>',
      'format of the input, if detection is unsure: conll, wikiann-rahimi, wikiann-pan, conllu, ...',
    )
    .option('--scheme <name>', 'tagging scheme of the input: BIO, IOB1, IO, BIOES, ...')
    .addOption(
      new Option('--repair <policy>', 'what to do with tags that break the scheme').choices([
        'conlleval',
        'discard',
        'throw',
      ]),
    )
    .option('--map <from=to...>', 'rename labels; an empty name takes them out: --map GPE=LOC EVENT=')
    .option(
      '--read <option=value...>',
      'further options of the reader: --read tagColumn=2 separator=whitespace splitJoined=_,#',
    );
}

/** The reader's options that the flags name. */
export function readOptions(flags: CorpusFlags, language?: string): ReadOptions {
  const labels = flags.map && labelMap(flags.map);
  return {
    ...Object.fromEntries((flags.read ?? []).map(readerOption)),
    ...(flags.format !== undefined && { format: flags.format as ReadOptions['format'] }),
    ...(flags.scheme !== undefined && { scheme: parseScheme(flags.scheme) }),
    ...(flags.repair !== undefined && { repair: flags.repair }),
    ...(labels !== undefined && { labels }),
    ...(language !== undefined && { language }),
  };
}

function labelMap(pairs: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [from, to] = splitPair(pair, '--map FROM=TO');
      return [from, to === '' ? null : to];
    }),
  );
}

const lists = new Set(['splitJoined', 'outside', 'tagNames']);

/** `tagColumn=2`, `header=true`, `splitJoined=_,#`: numbers and truth values are read as such. */
function readerOption(pair: string): [string, unknown] {
  const [name, text] = splitPair(pair, '--read OPTION=VALUE');
  if (lists.has(name)) return [name, text.split(',')];
  if (text === 'true' || text === 'false') return [name, text === 'true'];
  if (text === 'null') return [name, null];
  return [name, /^-?\d+$/.test(text) ? Number(text) : text];
}

function splitPair(pair: string, expected: string): [string, string] {
  const at = pair.indexOf('=');
  if (at <= 0) throw new UsageError(`expected ${expected}, got "${pair}"`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
