import { barChart, lineChart, type Evaluation, type LineSeries } from '@cognate/eval';
import type { EpochRecord } from '@cognate/trainer';
import { lossOfSentence } from '../training/follow-neural.js';
import type { TrainedModel } from '../training/train-one.js';

/** A picture of a training, and the name of its file without an ending. */
export interface NamedFigure {
  readonly name: string;
  readonly svg: string;
}

/** Learning curves, and the scores by label and by language. */
export function figuresOf(model: TrainedModel): NamedFigure[] {
  const { dev, test } = model;
  const judged = test ?? dev;
  return [
    ...lossFigure(model),
    ...devFigure(model),
    ...memberFigures(model),
    ...(judged ? scoreFigures(judged.evaluation, test ? 'test set' : 'development set') : []),
  ];
}

/** Scores by label and, where there are several, by language. */
export function scoreFigures({ perLabel, perLanguage }: Evaluation, set: string): NamedFigure[] {
  const labels = barChart({
    title: `Scores by label, ${set}, %`,
    series: ['precision', 'recall', 'F1'],
    rows: Object.entries(perLabel).map(([name, { precision, recall, f1 }]) => ({
      name,
      values: [precision, recall, f1],
    })),
  });
  if (!perLanguage) return [{ name: 'labels', svg: labels }];
  const languages = barChart({
    title: `F1 by language, ${set}, %`,
    series: ['F1'],
    rows: Object.entries(perLanguage).map(([name, { micro }]) => ({ name, values: [micro.f1] })),
  });
  return [
    { name: 'labels', svg: labels },
    { name: 'languages', svg: languages },
  ];
}

function lossFigure({ epochs, losses, keptEpoch, keptPhase }: TrainedModel): NamedFigure[] {
  if (losses && losses.length > 0) {
    const points = losses.map((loss, index): [number, number] => [index + 1, loss]);
    const svg = lineChart({
      title: 'Training loss',
      x: 'iteration',
      y: 'negative log-likelihood and penalty',
      series: [{ name: 'loss', points }],
    });
    return [{ name: 'loss', svg }];
  }
  if (!epochs || epochs.length === 0) return [];
  const names = [...new Set(epochs.flatMap(({ languages }) => Object.keys(languages)))];
  const series = names.map((name): LineSeries => ({
    name,
    points: epochs.map(({ languages }, index) => {
      const seen = Object.hasOwn(languages, name) ? languages[name] : undefined;
      return [index + 1, seen ? seen.loss / seen.sentences : NaN];
    }),
  }));
  const kept = epochs.findIndex(({ epoch, phase }) => epoch === keptEpoch && phase === keptPhase);
  return [
    {
      name: 'loss',
      svg: lineChart({
        title: 'Training loss by language',
        x: 'epoch',
        y: '-log p of a sentence',
        series,
        mark: kept < 0 ? undefined : { x: kept + 1, label: 'kept' },
      }),
    },
  ];
}

function devFigure({ epochs, keptEpoch, keptPhase }: TrainedModel): NamedFigure[] {
  if (!epochs?.some(({ dev }) => dev !== undefined)) return [];
  const points = epochs.map(({ dev }, index): [number, number] => [
    index + 1,
    dev === undefined ? NaN : 100 * dev,
  ]);
  const kept = epochs.findIndex(({ epoch, phase }) => epoch === keptEpoch && phase === keptPhase);
  return [
    {
      name: 'dev-f1',
      svg: lineChart({
        title: 'F1 on the development set',
        x: 'epoch',
        y: 'F1, %',
        series: [{ name: 'F1', points }],
        mark: kept < 0 ? undefined : { x: kept + 1, label: 'kept' },
      }),
    },
  ];
}

/** Learning curves of an ensemble: its networks in one picture, its linear members in another. */
function memberFigures({ members = [] }: TrainedModel): NamedFigure[] {
  const curves = (value: (epoch: EpochRecord) => number): LineSeries[] =>
    members.flatMap(({ name, epochs }) =>
      epochs
        ? [{ name, points: epochs.map((epoch, index): [number, number] => [index + 1, value(epoch)]) }]
        : [],
    );
  const linear = members.flatMap(({ name, losses }): LineSeries[] =>
    losses ? [{ name, points: losses.map((loss, index) => [index + 1, loss]) }] : [],
  );
  const figure = (name: string, title: string, x: string, y: string, series: LineSeries[]): NamedFigure[] =>
    series.some(({ points }) => points.some(([, value]) => Number.isFinite(value)))
      ? [{ name, svg: lineChart({ title, x, y, series }) }]
      : [];
  return [
    ...figure(
      'loss',
      'Training loss of the networks',
      'epoch',
      '-log p of a sentence',
      curves(lossOfSentence),
    ),
    ...figure(
      'dev-f1',
      'F1 of the networks on the development set',
      'epoch',
      'F1, %',
      curves(({ dev = NaN }) => 100 * dev),
    ),
    ...figure(
      'loss-linear',
      'Training loss of the linear members',
      'iteration',
      'negative log-likelihood and penalty',
      linear,
    ),
  ];
}
