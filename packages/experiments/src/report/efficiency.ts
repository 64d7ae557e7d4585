import { spread } from '../summary.js';
import { f1Of, type Cell, type Split } from './cells.js';
import { seriesNames } from './details.js';
import { lineFigure, type LineRow } from './figures.js';
import type { Section } from './report.js';
import { short, spreadText } from './table.js';
import type { RunRecord } from '../run/record.js';

const measures: Readonly<Record<string, (record: RunRecord) => number | undefined>> = {
  'training, s': ({ trainSeconds, partOfTraining }) => (partOfTraining ? undefined : trainSeconds),
  'tagging, tokens/s': ({ test, dev }) => {
    const { tokens, seconds } = test ?? dev;
    return seconds > 0 ? tokens / seconds : undefined;
  },
  'peak memory, MB': ({ peakMb }) => peakMb,
  'model, MB': ({ modelBytes }) => modelBytes / 1e6,
};

/** Time, memory and size of the model over the tokens that were trained on. */
export function efficiencySection(cells: readonly Cell[], split: Split): Section {
  const tokens = ({ records: [{ trainedOn }] }: Cell): number =>
    Object.values(trainedOn).reduce((sum, corpus) => sum + corpus.tokens, 0);
  const value = (cell: Cell, measure: (record: RunRecord) => number | undefined): number =>
    spread(cell.records.flatMap((record) => measure(record) ?? [])).mean;
  const seriesName = seriesNames(cells, 'size', false);
  const jobs = Math.max(...cells.flatMap(({ records }) => records.map((record) => record.jobs)), 1);
  const [record] = cells.flatMap(({ records }) => records) as [RunRecord?];
  const lines: LineRow[] = Object.entries(measures).flatMap(([facet, measure]) =>
    cells.map((cell) => ({
      facet,
      series: seriesName(cell),
      x: tokens(cell),
      y: value(cell, measure),
    })),
  );
  return {
    title: 'Time and memory',
    text: [
      `Means over the runs; ${jobs === 1 ? 'no runs were side by side' : `up to ${jobs} runs were side by side, so that times are not to be relied on`}. ` +
        `Memory is the peak of the whole process: programs and corpora included.${record ? ` Machine: ${Object.values(record.machine).join(', ')}; Node ${record.versions.node}.` : ''}`,
    ],
    tables: [
      {
        head: ['target', 'sources', 'recipe', 'sentences', 'tokens', 'runs', ...Object.keys(measures), 'F1'],
        rows: cells.map((cell) => [
          ...[cell.target, cell.sources.join(', ') || '–', seriesName(cell)],
          ...[String(cell.size), short(tokens(cell)), String(cell.records.length)],
          ...Object.values(measures).map((measure) => short(value(cell, measure))),
          spreadText(f1Of(cell, split)),
        ]),
        numbersFrom: 3,
      },
    ],
    figures: [
      lineFigure({
        name: 'efficiency',
        caption: 'Time, memory and size over tokens trained on',
        x: 'tokens trained on',
        y: '',
        rows: lines.filter(({ y }) => Number.isFinite(y) && y > 0),
        logX: true,
        logY: true,
        ownY: true,
      }),
    ],
  };
}
