import { join } from 'node:path';
import { quickGrid, type DataChoice, type Grid, type PlanFilter } from '@cognate/experiments';
import { InvalidArgumentError, type Command } from 'commander';
import { UsageError } from '../failure.js';
import { readGridFile } from './find-grid.js';

/** Which runs of which grid, on what: the same flags for running and for reporting. */
export interface GridFlags {
  readonly out?: string;
  readonly quick?: boolean;
  readonly data?: string;
  readonly only?: readonly string[];
  readonly recipe?: readonly string[];
  readonly threads: number;
}

export function addGridFlags(command: Command): Command {
  return command
    .option('-o, --out <folder>', 'where runs and report are (default experiments/<grid>)')
    .option('--quick', 'the small size: fewer runs on fewer sentences, in minutes')
    .option(
      '--data <folder>',
      'corpora: a folder that has one for each target; or "samples", which come with the program',
    )
    .option('--threads <n>', 'threads of a neural training; part of its setting', positive, 1)
    .option(
      '--only <field=values...>',
      'only some runs: target=gl,uk recipe=linear size=100,full sources=none,es+ca seed=1 draw=0 script=Latin unlabelled=true',
    )
    .option(
      '--recipe <name=config...>',
      'another configuration for a recipe of the grid: neural=paper, or a file',
    );
}

export interface ChosenGrid {
  readonly grid: Grid;
  readonly out: string;
  readonly only: PlanFilter;
}

export function chooseGrid(name: string, flags: GridFlags): ChosenGrid {
  const whole = readGridFile(name);
  const sized = flags.quick === true ? quickGrid(whole) : whole;
  const recipes = withConfigs(sized, flags.recipe ?? []);
  const grid = { ...sized, recipes, ...(flags.data !== undefined && { data: dataChoice(flags.data) }) };
  return { grid, out: flags.out ?? join('experiments', grid.name), only: readOnly(flags.only ?? [], grid) };
}

/** The recipes of a grid, some of them from another configuration; what the grid sets in them stays. */
function withConfigs({ recipes }: Grid, pairs: readonly string[]): Grid['recipes'] {
  const changed = { ...recipes };
  for (const pair of pairs) {
    const [name, from] = cut(pair);
    if (!Object.hasOwn(recipes, name) || from === '')
      throw new UsageError(
        `expected --recipe NAME=CONFIG with a name of ${Object.keys(recipes).join(', ')}, got "${pair}"`,
      );
    const given = recipes[name];
    changed[name] = typeof given === 'string' ? from : { ...given, from };
  }
  return changed;
}

const dataChoice = (data: string): DataChoice =>
  data === 'samples' ? { kind: 'samples' } : { kind: 'folder', folder: data };

const fields = [
  'target',
  'recipe',
  'size',
  'sources',
  'script',
  'variant',
  'sharing',
  'seed',
  'draw',
  'unlabelled',
] as const;

function readOnly(pairs: readonly string[], { runs, variants }: Grid): PlanFilter {
  // Names of these may have commas of their own.
  const names = new Set([...runs.flatMap(({ sharing = [] }) => sharing), ...Object.keys(variants)]);
  const only: { -readonly [field in keyof PlanFilter]: readonly string[] } = {};
  for (const pair of pairs) {
    const [name, text] = cut(pair);
    const field = fields.find((known) => known === name);
    if (!field || text === '')
      throw new UsageError(
        `expected --only FIELD=VALUES with a field of ${fields.join(', ')}, got "${pair}"`,
      );
    only[field] = [...(only[field] ?? []), ...(names.has(text) ? [text] : text.split(','))];
  }
  return only;
}

/** What is before the first `=`, and what is after it; all of it is before where there is none. */
function cut(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

export function positive(text: string): number {
  if (!/^[1-9]\d*$/u.test(text)) throw new InvalidArgumentError('expected a whole number from 1.');
  return Number(text);
}
