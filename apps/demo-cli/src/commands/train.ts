import { existsSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { readConfigFile } from '../config/config-file.js';
import { describeProjectProblem, readProject } from '../config/read-project.js';
import { Failure } from '../failure.js';
import { warn } from '../terminal/warn.js';
import { jsonLog, type JsonLog } from '../training/json-log.js';
import type { TrainingPlan } from '../training/plan.js';
import { resumeCommand } from '../training/resume-command.js';
import { runPlan } from '../training/run-plan.js';
import { describeModel, describeSpread, resultOf, spreadOf } from '../training/summary.js';
import { addTrainFlags, planOfFlags, projectSettings, type TrainFlags } from './train-flags.js';

const help = `
A project is a file of YAML or JSON that says everything: corpora, recipe, seeds, where the model goes. cognate init writes one, cognate debug
config checks it. Its paths are relative to itself.

Beside a corpus, flags say it. Without --config it is strong, the best that we know: a linear CRF and two small neural ones, pooled, which takes
minutes. --config linear trains in seconds; fast is a small neural CRF, paper that of Cotterell & Duh (2017). A recipe of your own is a file of YAML;
it may say "extends: fast" and only what is different.

Each --source is a corpus of a related language, as CODE=FILE. In a linear model every feature is then used as it is and once more
conjoined with its language (Daumé 2007); in a neural one the languages share what the recipe says.

Ctrl-C stores a checkpoint and says how to go on; a second Ctrl-C stops at once. Whatever cut a training off, the same command
goes on from its last checkpoint, and ends with the same model to the bit. Beside the model a report is written: model.report/index.html.

Examples:
  cognate train cognate.yaml                                     everything that the project says
  cognate train cognate.yaml --set recipe.training.epochs=3 --out quick
  cognate train cognate.yaml --set seeds=[1,2,3] --out models     three models, and the mean of their scores
  cognate train gl.bio --language gl --config linear --out model
  cognate train gl.bio --language gl --source es=es.bio ca=ca.bio --dev dev.bio --out model
  cognate train gl.bio --language gl --source es=es.bio --dev dev.bio --config fast --out model
  cognate train gl.bio --language gl --config paper --set training.epochs=8 training.mu=0.5 --dev dev.bio --out model
  cognate train gl.bio --language gl --sentences 100 --seed 3 --out model      100 random sentences only
  cognate train cognate.yaml --log-json train.jsonl               every step and epoch, for programs`;

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a tagger by a project, or on a corpus, alone or together with related languages.')
    .argument(
      '<project or corpus>',
      'a project (.yaml, .json), or the training corpus of the target language',
    );
  return addTrainFlags(command).addHelpText('after', help).action(run);
}

async function run(file: string, flags: TrainFlags, command: Command): Promise<void> {
  const plan = isProject(file)
    ? planOfProject(file, projectSettings(flags, command))
    : planOfFlags(file, flags);
  const log = flags.logJson === undefined ? undefined : jsonLog(flags.logJson);
  try {
    const models = await runPlan(plan, {
      force: flags.force === true,
      fresh: flags.fresh === true,
      quiet: flags.quiet === true,
      resume: (without) => resumeCommand(command, without),
      log,
    });
    const results = models.map(resultOf);
    const result = results.length === 1 ? results[0] : { models: results, spread: spreadOf(models) };
    log?.write({ type: 'result', result });
    // The log has it, and takes standard output for itself.
    if (flags.logJson === '-') return;
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify(result, undefined, 2)}\n`
        : `${[...models.map(describeModel), ...(models.length > 1 ? [describeSpread(models)] : [])].join('\n\n').trimEnd()}\n`,
    );
  } catch (error) {
    if (log) logFailure(log, error);
    throw error;
  } finally {
    log?.close();
  }
}

/** What ended a training is told even where the log cannot be written any more, as on a full disk. */
function logFailure(log: JsonLog, error: unknown): void {
  const message = messageOf(error);
  try {
    log.write({ type: 'error', message });
  } catch (unwritten) {
    if (messageOf(unwritten) !== message) warn(messageOf(unwritten));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** YAML is a project; JSON may be a corpus as well, and is a project if it has a target. */
function isProject(file: string): boolean {
  if (/\.ya?ml$/iu.test(file)) return true;
  if (!/\.json$/iu.test(file) || !existsSync(file) || statSync(file).size > 1 << 20) return false;
  try {
    return readConfigFile(file).fields.target !== undefined;
  } catch {
    return false;
  }
}

function planOfProject(file: string, settings: readonly string[]): TrainingPlan {
  const { plan, problems } = readProject(file, settings);
  if (plan) return plan;
  const errors = problems.filter(({ severity }) => severity === 'error').map(describeProjectProblem);
  const count =
    errors.length === 1 ? '' : `\n${errors.length} problems; cognate debug config shows the whole project`;
  throw new Failure(`${errors.join('\n')}${count}`);
}
