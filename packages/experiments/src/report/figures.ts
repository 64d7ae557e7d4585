import type { Figure } from './report.js';

const config = {
  background: '#ffffff',
  font: 'sans-serif',
  axis: { gridColor: '#e4e4e4', labelColor: '#444', titleColor: '#444', titleFontWeight: 'normal' },
  legend: { labelLimit: 260, titleColor: '#444', orient: 'bottom', columns: 3 },
  header: { titleFontSize: 0, labelFontSize: 13, labelFontWeight: 'bold' },
  range: {
    category: ['#1f6f8b', '#b3541e', '#2e7d32', '#6a4c93', '#a61c5c', '#8a6d00', '#555555', '#2a52be'],
  },
  view: { stroke: '#ccc' },
};

const frame = (caption: string, rows: readonly object[]) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  title: { text: caption, anchor: 'start', fontSize: 14, fontWeight: 'normal' },
  data: { values: rows },
  config,
});

/** A part of the figure for each facet of the rows, all drawn like `part`. */
const facets = (caption: string, rows: readonly object[], part: object) => ({
  ...frame(caption, rows),
  facet: { field: 'facet', type: 'nominal', sort: null },
  columns: 3,
  spec: { width: 210, height: 180, ...part },
});

export interface LineRow {
  readonly facet: string;
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export interface LineOptions {
  readonly name: string;
  readonly caption: string;
  readonly x: string;
  readonly y: string;
  readonly rows: readonly LineRow[];
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Whether each part has a scale of its own. */
  readonly ownY?: boolean;
}

const scale = (log: boolean) => (log ? { type: 'log' } : { type: 'linear', zero: false });

/** Lines, a part of the figure for each facet. */
export function lineFigure({
  name,
  caption,
  x,
  y,
  rows,
  logX = false,
  logY = false,
  ownY = false,
}: LineOptions): Figure {
  return {
    name,
    caption,
    spec: {
      ...facets(caption, rows, {
        mark: { type: 'line', point: true },
        encoding: {
          x: {
            field: 'x',
            type: 'quantitative',
            title: x,
            scale: scale(logX),
          },
          y: {
            field: 'y',
            type: 'quantitative',
            title: y,
            scale: scale(logY),
          },
          color: { field: 'series', type: 'nominal', title: null, sort: null },
        },
      }),
      ...(ownY && { resolve: { scale: { y: 'independent' } } }),
    },
  };
}

export interface BarRow {
  readonly facet: string;
  readonly bar: string;
  readonly series: string;
  readonly y: number;
  /** Standard deviation; 0 for a single run. */
  readonly deviation: number;
}

/** Bars with whiskers of one standard deviation, a part of the figure for each facet. */
export function barFigure(name: string, caption: string, y: string, rows: readonly BarRow[]): Figure {
  const x = {
    x: {
      field: 'bar',
      type: 'nominal',
      title: null,
      sort: null,
      axis: { labelAngle: -40, labelLimit: 160 },
    },
    xOffset: { field: 'series', type: 'nominal', sort: null },
  };
  // Parts of their own, not a facet: these cannot have bars of their own and series side by side at once.
  const parts = [...new Set(rows.map(({ facet }) => facet))].map((facet) => ({
    title: { text: facet, fontSize: 13 },
    data: {
      values: rows
        .filter((row) => row.facet === facet)
        .map((row) => ({ ...row, low: row.y - row.deviation, high: row.y + row.deviation })),
    },
    width: { step: 16 },
    height: 180,
    layer: [
      {
        mark: 'bar',
        encoding: {
          ...x,
          y: { field: 'y', type: 'quantitative', title: y, stack: null },
          color: { field: 'series', type: 'nominal', title: null, sort: null },
        },
      },
      {
        mark: { type: 'rule', color: '#222' },
        encoding: { ...x, y: { field: 'low', type: 'quantitative', title: y }, y2: { field: 'high' } },
      },
    ],
  }));
  return { name, caption, spec: { ...frame(caption, []), concat: parts, columns: 3 } };
}

export interface PointRow {
  readonly facet: string;
  readonly series: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Named points, a part of the figure for each measure, each with a scale of its own. */
export function pointFigure(name: string, caption: string, y: string, rows: readonly PointRow[]): Figure {
  const place = {
    x: { field: 'x', type: 'quantitative', title: null, scale: { zero: false } },
    y: { field: 'y', type: 'quantitative', title: y },
  };
  return {
    name,
    caption,
    spec: {
      ...facets(caption, rows, {
        layer: [
          {
            mark: { type: 'point', filled: true, size: 45 },
            encoding: { ...place, color: { field: 'series', type: 'nominal', title: null, sort: null } },
          },
          {
            mark: { type: 'text', dx: 5, dy: -5, align: 'left', fontSize: 9, color: '#444' },
            encoding: { ...place, text: { field: 'label' } },
          },
        ],
      }),
      resolve: { scale: { x: 'independent' } },
    },
  };
}
