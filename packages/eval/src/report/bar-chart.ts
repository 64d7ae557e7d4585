import { at, colourOf, svgDocument, svgText, textWidth } from './svg.js';

export interface BarChart {
  readonly title: string;
  /** What the bars of each row stand for. */
  readonly series: readonly string[];
  /** Shares from 0 to 1, one for each series; NaN has no bar. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const width = 720;
const bar = 14;
const gap = 12;
const top = 66;

/** Horizontal bars in per cent, one group a row, as an SVG; as high as it has rows. */
export function barChart({ title, series, rows }: BarChart): string {
  const left = 24 + Math.min(240, Math.max(40, ...rows.map(({ name }) => textWidth(name))));
  const right = width - 56;
  const group = series.length * bar + gap;
  const bottom = top + Math.max(1, rows.length) * group;
  const place = (share: number): number => left + share * (right - left);
  const legendAt = series.map((_, index) =>
    series.slice(0, index).reduce((sum, name) => sum + textWidth(name) + 40, left),
  );
  return svgDocument(width, bottom + 34, title, [
    svgText(24, 26, title, { more: 'font-size="15" font-weight="600"' }),
    ...series.flatMap((name, index) => [
      `<rect x="${at(legendAt[index])}" y="38" width="12" height="12" fill="${colourOf(index)}"/>`,
      svgText(legendAt[index] + 18, 48, name),
    ]),
    ...[0, 20, 40, 60, 80, 100].flatMap((tick) => [
      `<line x1="${at(place(tick / 100))}" x2="${at(place(tick / 100))}" y1="${top - 4}" y2="${at(bottom)}" stroke="#e3e3e3"/>`,
      svgText(place(tick / 100), bottom + 18, String(tick), { anchor: 'middle' }),
    ]),
    ...rows.flatMap(({ name, values }, row) => {
      const y = top + row * group;
      return [
        svgText(left - 10, y + (group - gap) / 2 + 4, clip(name), { anchor: 'end' }),
        ...values.flatMap((value, index) => drawBar(left, y + index * bar, place(value), value, index)),
      ];
    }),
  ]);
}

function drawBar(left: number, y: number, to: number, value: number, index: number): string[] {
  if (!Number.isFinite(value)) return [];
  return [
    `<rect x="${at(left)}" y="${at(y)}" width="${at(to - left)}" height="${bar - 2}" fill="${colourOf(index)}"/>`,
    svgText(to + 5, y + bar - 4, (100 * value).toFixed(1), { more: 'font-size="10" fill="#555"' }),
  ];
}

const clip = (name: string): string => {
  const characters = Array.from(name);
  return characters.length > 34 ? `${characters.slice(0, 33).join('')}…` : name;
};
