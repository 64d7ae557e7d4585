import { join } from 'node:path';
import { frequentErrors, htmlReport, jsonReport, type ReportSection } from '@cognate/eval';
import { languageInfo, findLanguage } from '@cognate/text';
import { stringify } from 'yaml';
import { duration } from '../terminal/duration.js';
import { percent } from '../terminal/table.js';
import type { TrainingPlan } from '../training/plan.js';
import type { Judged } from '../training/score.js';
import type { TrainedModel } from '../training/train-one.js';
import { version } from '../version.js';
import { makeFolder } from '../make-folder.js';
import { writeWhole } from '../write-whole.js';
import { figuresOf, type NamedFigure } from './figures.js';
import { writeFigures } from './write-figures.js';

/**
 * Writes the report on a training: `index.html`, which stands alone, its figures as SVG and PNG, and all its numbers as `report.json`.
 *
 * @returns what could not be made, and why
 */
export async function writeReport(
  folder: string,
  plan: TrainingPlan,
  model: TrainedModel,
): Promise<string[]> {
  await makeFolder(folder);
  const figures = figuresOf(model);
  const notes = await writeFigures(folder, figures);
  await writeWhole(join(folder, 'report.json'), jsonReport(dataOf(plan, model)));
  await writeWhole(join(folder, 'index.html'), pageOf(plan, model, figures));
  return notes;
}

const sectionOf = (
  title: string,
  { evaluation, tokens, gold, predicted, languages }: Judged,
): ReportSection => ({
  title,
  evaluation,
  errors: frequentErrors(tokens, gold, predicted, { scheme: 'IOB2', languages }),
});

function pageOf(plan: TrainingPlan, model: TrainedModel, figures: readonly NamedFigure[]): string {
  const { tagger, dev, test, sentences, seconds, weights, epochs, keptEpoch, losses } = model;
  const sources = Object.entries(sentences.sources);
  return htmlReport({
    title: `Named entities: ${nameOf(tagger.language)}`,
    subtitle: `A ${tagger.type} CRF trained on ${sentences.target} sentences${
      sources.length === 0
        ? ''
        : ` and ${sources.map(([code, count]) => `${count} of ${nameOf(code)}`).join(', ')}`
    }, by cognate ${version}`,
    highlights: [
      ...(test ? [['test F1', percent(test.evaluation.micro.f1)] as const] : []),
      ...(dev ? [['development F1', percent(dev.evaluation.micro.f1)] as const] : []),
      ...(epochs ? [['epoch kept', `${String(keptEpoch)} of ${epochs.length}`] as const] : []),
      ...(losses ? [['iterations', String(losses.length)] as const] : []),
      ['weights', weights.toLocaleString('en')],
      ...(seconds === undefined ? [] : [['training', duration(seconds)] as const]),
    ],
    figures,
    sections: [
      ...(test ? [sectionOf('Test set', test)] : []),
      ...(dev ? [sectionOf('Development set', dev)] : []),
    ],
    facts: [
      ['model', model.output],
      ['seed', String(model.seed)],
      ['labels', tagger.labels.join(', ')],
      ...(model.backend === undefined ? [] : [['backend', model.backend] as const]),
      ...corpusFacts(plan),
    ],
    settings: stringify({ recipe: plan.recipe }),
  });
}

function corpusFacts({ target, sources }: TrainingPlan): [string, string][] {
  const files = (name: string, list: readonly string[]): [string, string][] =>
    list.length === 0 ? [] : [[name, list.join(', ')]];
  return [
    ...files(`training, ${nameOf(target.language)}`, target.train),
    ...files(`development, ${nameOf(target.language)}`, target.dev),
    ...files(`test, ${nameOf(target.language)}`, target.test),
    ...sources.flatMap(({ language, train, test }) => [
      ...files(`training, ${nameOf(language)}`, train),
      ...files(`test, ${nameOf(language)}`, test),
    ]),
  ];
}

/** Everything that the page shows, for programs. */
function dataOf(plan: TrainingPlan, model: TrainedModel): object {
  const { tagger, dev, test, ...others } = model;
  return {
    version,
    type: tagger.type,
    language: tagger.language,
    labels: tagger.labels,
    ...others,
    ...(dev && { dev: dev.evaluation }),
    ...(test && { test: test.evaluation }),
    plan,
  };
}

const nameOf = (code: string | undefined): string =>
  code === undefined
    ? 'language not told'
    : findLanguage(code)
      ? `${languageInfo(code).name} (${code})`
      : code;
