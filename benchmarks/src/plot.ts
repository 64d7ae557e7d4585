/** A line of a plot. Lines of one group have one colour. */
export interface Series {
  readonly name: string;
  readonly group: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const size = { width: 720, height: 420, left: 64, right: 190, top: 40, bottom: 48 };
const colours = ['#b3541e', '#1f6f8b', '#2e7d32', '#6a4c93'];
const dashes = ['', '6 4', '2 3', '8 3 2 3'];

/** An SVG with both axes logarithmic, legible on light ground and dark. */
export function logLogPlot(
  series: readonly Series[],
  { caption, x, y }: { readonly caption: string; readonly x: string; readonly y: string },
): string {
  const all = series.flatMap(({ points }) => points);
  const horizontal = axis(
    all.map(([value]) => value),
    size.left,
    size.width - size.right,
  );
  const vertical = axis(
    all.map(([, value]) => value),
    size.height - size.bottom,
    size.top,
  );
  const groups = [...new Set(series.map(({ group }) => group))];
  const lines = series.map(({ name, group, points }, index) => {
    const colour = colours[groups.indexOf(group) % colours.length];
    const order = series.slice(0, index).filter((other) => other.group === group).length;
    const path = points.map(([px, py]) => `${at(horizontal.place(px))},${at(vertical.place(py))}`);
    const stroke = `stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes[order % dashes.length]}"`;
    const legend = size.top + 12 + 20 * index;
    const edge = size.width - size.right + 16;
    return [
      `<polyline fill="none" ${stroke} points="${path.join(' ')}"/>`,
      ...points.map(
        ([px, py]) =>
          `<circle cx="${at(horizontal.place(px))}" cy="${at(vertical.place(py))}" r="3" fill="${colour}"/>`,
      ),
      `<line x1="${edge}" x2="${edge + 28}" y1="${legend}" y2="${legend}" ${stroke}/>`,
      `<text x="${edge + 36}" y="${legend + 4}">${name}</text>`,
    ].join('\n');
  });
  const [bottom, left, right] = [size.height - size.bottom, size.left, size.width - size.right];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12" fill="#444">
<title>${caption}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${left}" y="22" font-size="14">${caption}</text>
${horizontal.ticks.map((tick) => `<line x1="${at(horizontal.place(tick))}" x2="${at(horizontal.place(tick))}" y1="${size.top}" y2="${bottom}" stroke="#ddd"/><text x="${at(horizontal.place(tick))}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`).join('\n')}
${vertical.ticks.map((tick) => `<line x1="${left}" x2="${right}" y1="${at(vertical.place(tick))}" y2="${at(vertical.place(tick))}" stroke="#ddd"/><text x="${left - 8}" y="${at(vertical.place(tick) + 4)}" text-anchor="end">${tick}</text>`).join('\n')}
<text x="${(left + right) / 2}" y="${size.height - 10}" text-anchor="middle">${x}</text>
<text x="16" y="${(size.top + bottom) / 2}" transform="rotate(-90 16 ${(size.top + bottom) / 2})" text-anchor="middle">${y}</text>
${lines.join('\n')}
</svg>
`;
}

const at = (value: number): string => value.toFixed(1);

/** Places values between two edges by their logarithms; ticks are the powers of ten that are in reach. */
function axis(values: readonly number[], from: number, to: number) {
  const low = Math.log10(Math.min(...values)) - 0.1;
  const high = Math.log10(Math.max(...values)) + 0.1;
  const ticks: number[] = [];
  for (let power = Math.ceil(low); power <= high; power++) ticks.push(Number(`1e${power}`));
  return { ticks, place: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}
