import { linearAxis, type Axis } from './axis.js';
import { at, colourOf, svgDocument, svgText, textWidth } from './svg.js';

export interface LineSeries {
  readonly name: string;
  /** In order of x; a y that is NaN leaves a gap. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly LineSeries[];
  /** A vertical line at an x, with words. */
  readonly mark?: { readonly x: number; readonly label: string } | undefined;
}

const size = { width: 720, height: 360, left: 64, top: 44, bottom: 52 };

/** Lines over a common x axis, as an SVG; without a single point it says so. Nothing in it depends on anything but the data. */
export function lineChart({ title, x, y, series, mark }: LineChart): string {
  const points = series.flatMap((line) => line.points.filter(([, value]) => Number.isFinite(value)));
  const right = size.width - 32 - Math.max(60, ...series.map(({ name }) => textWidth(name) + 30));
  const bottom = size.height - size.bottom;
  if (points.length === 0) {
    return svgDocument(size.width, size.height, title, [svgText(size.left, 26, `${title}: no data`)]);
  }
  const xs = points.map(([value]) => value);
  const ys = points.map(([, value]) => value);
  const horizontal = linearAxis(least(xs), most(xs), size.left, right, 8);
  const vertical = linearAxis(Math.min(0, least(ys)), most(ys), bottom, size.top);
  return svgDocument(size.width, size.height, title, [
    svgText(size.left, 26, title, { more: 'font-size="15" font-weight="600"' }),
    ...grid(horizontal, vertical, right, bottom),
    svgText((size.left + right) / 2, size.height - 12, x, { anchor: 'middle' }),
    svgText(18, (size.top + bottom) / 2, y, {
      anchor: 'middle',
      more: `transform="rotate(-90 18 ${at((size.top + bottom) / 2)})"`,
    }),
    ...(mark ? markAt(horizontal.place(mark.x), bottom, mark.label, (size.left + right) / 2) : []),
    ...series.flatMap((line, index) => drawLine(line, index, horizontal, vertical)),
    ...series.flatMap(({ name }, index) => legend(name, index, right + 20)),
  ]);
}

function grid(horizontal: Axis, vertical: Axis, right: number, bottom: number): string[] {
  return [
    ...vertical.ticks.flatMap((tick) => [
      `<line x1="${size.left}" x2="${at(right)}" y1="${at(vertical.place(tick))}" y2="${at(vertical.place(tick))}" stroke="#e3e3e3"/>`,
      svgText(size.left - 8, vertical.place(tick) + 4, String(tick), { anchor: 'end' }),
    ]),
    ...horizontal.ticks
      // Of epochs there are no halves.
      .filter((tick) => Number.isInteger(tick))
      .flatMap((tick) => [
        `<line x1="${at(horizontal.place(tick))}" x2="${at(horizontal.place(tick))}" y1="${at(bottom)}" y2="${at(bottom + 5)}" stroke="#888"/>`,
        svgText(horizontal.place(tick), bottom + 19, String(tick), { anchor: 'middle' }),
      ]),
    `<line x1="${size.left}" x2="${at(right)}" y1="${at(bottom)}" y2="${at(bottom)}" stroke="#888"/>`,
  ];
}

function markAt(x: number, bottom: number, label: string, middle: number): string[] {
  const anchor = x > middle ? 'end' : 'start';
  return [
    `<line x1="${at(x)}" x2="${at(x)}" y1="${size.top}" y2="${at(bottom)}" stroke="#999" stroke-dasharray="4 4"/>`,
    svgText(x > middle ? x - 5 : x + 5, size.top + 10, label, { anchor, more: 'fill="#666" font-size="11"' }),
  ];
}

/** Dots where there are few of them; a line alone of many points. */
const fewPoints = 40;

function drawLine({ points }: LineSeries, index: number, horizontal: Axis, vertical: Axis): string[] {
  const colour = colourOf(index);
  const place = ([x, y]: readonly [number, number]): string =>
    `${at(horizontal.place(x))},${at(vertical.place(y))}`;
  const pieces: (readonly [number, number])[][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point[1])) pieces[pieces.length - 1].push(point);
    else if (pieces[pieces.length - 1].length > 0) pieces.push([]);
  }
  const drawn = pieces.filter((piece) => piece.length > 0);
  const dots = points.length <= fewPoints ? drawn.flat() : drawn.filter((piece) => piece.length === 1).flat();
  return [
    ...drawn.map(
      (piece) =>
        `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" points="${piece.map(place).join(' ')}"/>`,
    ),
    ...dots.map((point) => {
      const [cx, cy] = place(point).split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
    }),
  ];
}

function legend(name: string, index: number, left: number): string[] {
  const y = size.top + 8 + 20 * index;
  return [
    `<line x1="${at(left)}" x2="${at(left + 20)}" y1="${y}" y2="${y}" stroke="${colourOf(index)}" stroke-width="3"/>`,
    svgText(left + 26, y + 4, name),
  ];
}

// Not Math.min(...values): a run may have a hundred thousand of them.
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
