import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../run/record.js';
import { htmlReport } from '../report/html.js';
import { markdownReport } from '../report/markdown.js';
import type { Report } from '../report/report.js';
import { runsCsv } from '../report/runs-csv.js';
import { figureSvg } from '../report/svg.js';
import { csv } from '../report/table.js';
import { noteReportFiles, readReportFiles, removeOthers, reportFile } from './report-files.js';
import { writeWhole } from './run-log.js';

/**
 * Writes a report into a folder: `report.md` with its figures as SVG, `report.html`, which needs no other file, `runs.csv` with
 * every run, `table-1.csv` and so on. Tables and figures of the report that was there before are removed where this one does not have them;
 * `.report-files.json` says which files are a report's.
 *
 * @returns the files
 */
export async function writeReport(
  report: Report,
  records: readonly RunRecord[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const figures = report.sections.flatMap((section) => section.figures);
  const svgs = new Map<string, string>();
  for (const figure of figures) svgs.set(figure.name, await figureSvg(figure));
  const tables = report.sections.flatMap((section) => section.tables);
  const files = new Map<string, string>([
    ['report.md', markdownReport(report)],
    ['report.html', htmlReport(report, svgs)],
    ['runs.csv', runsCsv(records)],
    ...tables.map(({ head, rows }, index) => [`table-${index + 1}.csv`, csv(head, rows)] as const),
    ...[...svgs].map(([name, svg]) => [`${name}.svg`, `${svg}\n`] as const),
  ]);
  const before = await readReportFiles(folder);
  const present = await Promise.all([...files].map(([name, text]) => reportFile(name, text)));
  // Noted before they are there: whatever ends this in the middle, the next report knows them.
  await noteReportFiles(folder, [...before, ...present]);
  for (const [name, text] of files) await writeWhole(join(folder, name), text);
  await removeOthers(folder, before, present);
  await noteReportFiles(folder, present);
  return [...files.keys()].map((name) => join(folder, name));
}
