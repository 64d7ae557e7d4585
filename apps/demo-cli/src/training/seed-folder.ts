import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { makeFolder } from '../make-folder.js';
import { writeWhole } from '../write-whole.js';
import type { TrainingPlan } from './plan.js';

const marker = 'project.json';

/**
 * Makes the folder of the models of several seeds ready, and notes in it what they are trained by, so that a later run knows those for its own.
 *
 * @throws Failure where the folder holds something else
 */
export async function claimSeedFolder(plan: TrainingPlan, force: boolean): Promise<void> {
  const { output } = plan;
  const own = describe(plan);
  const file = join(output, marker);
  if (!force && existsSync(output) && readdirSync(output).length > 0) {
    if (!existsSync(file) || readFileSync(file, 'utf8') !== own) {
      throw new Failure(
        `${output} holds models of another project: choose another output, or --force to replace them`,
      );
    }
    return;
  }
  await makeFolder(output);
  await writeWhole(file, own);
}

/** What the models have in common, as JSON: not the seeds, which differ, nor how fast it goes. */
const describe = ({ target, sources, recipe }: TrainingPlan): string =>
  `${JSON.stringify({ target, sources, recipe }, undefined, 2)}\n`;
