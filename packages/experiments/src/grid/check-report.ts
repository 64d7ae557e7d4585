import { didYouMean } from '../schema/did-you-mean.js';
import { GridError } from './errors.js';
import type { ReportSection } from './report-schema.js';
import type { Grid, GridBlock } from './schema.js';
import { isAxisValue } from './setting.js';

/** A name in a section: what it is a name of, and the path from the section on. */
interface Named {
  readonly path: string;
  readonly of: 'recipe' | 'sharing' | 'script' | 'variant';
  readonly name: string;
}

/**
 * A section about a name that no run of the grid has would be a table without rows, after all runs are done. A name counts that one of the sizes has: both have
 * the same report.
 *
 * @throws GridError with the place of the name, and what there is
 */
export function checkReport(sizes: readonly Grid[]): void {
  const { report } = sizes[0];
  for (const [index, section] of report.entries())
    for (const { path, of, name } of namesIn(section)) {
      const there = sizes.map((grid) => valuesOf(grid, of));
      if (there.some((values) => isAmong(values, name))) continue;
      const expected = [...new Set(there.flat().map((value) => value ?? 'as it is'))];
      const meant = didYouMean(name, expected);
      throw new GridError(
        `report.${index}.${path}: expected a ${of} of the runs of this grid (${expected.join(', ')}) in a section of kind ${section.kind}, got ${JSON.stringify(name)}${meant === '' ? '' : `.${meant}`}`,
      );
    }
}

function namesIn(section: ReportSection): Named[] {
  switch (section.kind) {
    case 'paper':
      return [
        { path: 'linear', of: 'recipe', name: section.linear },
        { path: 'neural', of: 'recipe', name: section.neural },
      ];
    case 'crossover':
      return [
        { path: 'first', of: 'recipe', name: section.first },
        { path: 'second', of: 'recipe', name: section.second },
      ];
    case 'ablation':
      return [{ path: 'against', of: section.by, name: section.against }];
    case 'significance':
      return (['first', 'second'] as const).flatMap((side) =>
        (['recipe', 'sharing', 'script', 'variant'] as const).flatMap((of) => {
          const name = section[side][of];
          return name === undefined ? [] : [{ path: `${side}.${of}`, of, name }];
        }),
      );
    default:
      return [];
  }
}

/** Undefined stands for runs that leave an axis as the recipe has it. */
function valuesOf({ runs }: Grid, of: Named['of']): (string | undefined)[] {
  return [...new Set(runs.flatMap((block) => valuesOfBlock(block, of)))];
}

function valuesOfBlock(
  { recipes, sharing, scripts, variants }: GridBlock,
  of: Named['of'],
): readonly (string | undefined)[] {
  const listed = { recipe: recipes, sharing, script: scripts, variant: variants }[of];
  return listed ?? [undefined];
}

const isAmong = (values: readonly (string | undefined)[], name: string): boolean =>
  values.some((value) => isAxisValue(value, [name], values));
