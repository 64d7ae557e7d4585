import type { Report } from './report.js';
import { markdownTable } from './table.js';

/** A report as Markdown; figures are files `<name>.svg` beside it. */
export function markdownReport(report: Report): string {
  const parts = [
    `# ${report.title}`,
    ...(report.answers === '' ? [] : [report.answers]),
    report.facts.map((fact) => `- ${fact}`).join('\n'),
    ...report.sections.flatMap(({ title, text, tables, figures }) => [
      `## ${title}`,
      ...text,
      ...tables.map((table) => markdownTable(table).trimEnd()),
      ...figures.map(({ name, caption }) => `![${caption}](${name}.svg)`),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}
