// Draws docs/architecture.svg from the table of packages: `node scripts/architecture-picture.mjs`. A test holds that
// the committed picture is the one that this draws.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { directUses, layers } from './layers.mjs';
import pnpm from './pnpm.cjs';

// All lengths in pixels.
const box = { width: 268, height: 62 };
const gap = { x: 34, y: 66 };
const margin = 28;

/** How far above the ground a package stands: one more than the highest that it uses. */
const levels = new Map();
for (const { name, uses } of layers) {
  levels.set(name, uses.length === 0 ? 0 : 1 + Math.max(...uses.map((used) => levels.get(used))));
}

const rows = [];
for (const layer of layers) (rows[levels.get(layer.name)] ??= []).push(layer);
const columns = Math.max(...rows.map((row) => row.length));
const width = 2 * margin + columns * box.width + (columns - 1) * gap.x;
const height = 2 * margin + rows.length * box.height + (rows.length - 1) * gap.y;

/** Upper left corner of each package's box; a row stands in the middle, the ground at the bottom. */
const corners = new Map();
rows.forEach((row, level) => {
  const taken = row.length * box.width + (row.length - 1) * gap.x;
  row.forEach(({ name }, index) => {
    corners.set(name, {
      x: (width - taken) / 2 + index * (box.width + gap.x),
      y: margin + (rows.length - 1 - level) * (box.height + gap.y),
    });
  });
});

const arrows = layers.flatMap((layer) => directUses(layer).map((used) => ({ from: layer.name, to: used })));

/** Where an arrow meets a box: the arrows of one side are spread over it in the order of their far ends. */
function port(name, arrow, side) {
  const far = side === 'from' ? 'to' : 'from';
  const all = arrows
    .filter((other) => other[side] === name)
    .sort((a, b) => corners.get(a[far]).x - corners.get(b[far]).x);
  return corners.get(name).x + (box.width * (all.indexOf(arrow) + 1)) / (all.length + 1);
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function drawArrow(arrow) {
  const x1 = port(arrow.from, arrow, 'from');
  const y1 = corners.get(arrow.from).y + box.height;
  const x2 = port(arrow.to, arrow, 'to');
  const y2 = corners.get(arrow.to).y - 4;
  const bend = (y2 - y1) / 2;
  const path = `M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`;
  return `  <path class="arrow" d="${path}" marker-end="url(#head)"/>`;
}

function drawBox({ name, summary, uses }) {
  const { x, y } = corners.get(name);
  const middle = x + box.width / 2;
  return [
    `  <rect class="${uses.length === 0 ? 'ground' : 'box'}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8"/>`,
    `  <text class="name" x="${middle}" y="${y + 26}">@cognate/${escape(name)}</text>`,
    `  <text class="summary" x="${middle}" y="${y + 46}">${escape(summary)}</text>`,
  ].join('\n');
}

/** The picture as the text of an SVG file. */
export function drawArchitecture() {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">The packages of Cognate; an arrow points from a package to one that it uses</title>
  <style>
    text { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; text-anchor: middle; fill: #1b2733; }
    .name { font-size: 16px; font-weight: 600; }
    .summary { font-size: 12.5px; fill: #4a5a6a; }
    .paper { fill: #ffffff; }
    .box { fill: #eef3fb; stroke: #6b86b3; stroke-width: 1.2; }
    .ground { fill: #f1f7ec; stroke: #7d9f63; stroke-width: 1.2; }
    .arrow { fill: none; stroke: #8795a5; stroke-width: 1.4; }
    .head { fill: #8795a5; }
  </style>
  <defs>
    <marker id="head" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
      <path class="head" d="M0,0 L8,4 L0,8 z"/>
    </marker>
  </defs>
  <rect class="paper" width="${width}" height="${height}" rx="10"/>
${arrows.map(drawArrow).join('\n')}
${layers.map(drawBox).join('\n')}
</svg>
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(pnpm.root, 'docs/architecture.svg'), drawArchitecture());
}
