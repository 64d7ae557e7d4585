import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../data/sha256.js';
import { writeWhole } from './run-log.js';

/** A file that a report wrote, by what was in it: what somebody has changed since is theirs. */
export interface ReportFile {
  readonly name: string;
  readonly sha256: string;
}

/** In the folder of a report: which files are its own. */
const listName = '.report-files.json';

export const reportFile = async (name: string, text: string): Promise<ReportFile> => ({
  name,
  sha256: await sha256(text),
});

/** The files of the last report in a folder; none where nothing, or nothing readable, says which they are. */
export async function readReportFiles(folder: string): Promise<ReportFile[]> {
  const text = await readFile(join(folder, listName), 'utf8').catch(() => '[]');
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value.filter(isReportFile) : [];
  } catch {
    return [];
  }
}

export const noteReportFiles = (folder: string, files: readonly ReportFile[]): Promise<void> =>
  writeWhole(join(folder, listName), `${JSON.stringify(files, undefined, 2)}\n`);

/** Removes files of reports before that the present one does not have, unless there is something else in them by now. */
export async function removeOthers(
  folder: string,
  before: readonly ReportFile[],
  present: readonly ReportFile[],
): Promise<void> {
  const kept = new Set(present.map(({ name }) => name));
  for (const { name, sha256: expected } of before) {
    if (kept.has(name)) continue;
    const file = join(folder, name);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes && (await sha256(new Uint8Array(bytes))) === expected) await rm(file, { force: true });
  }
}

/** A name that leads out of the folder was not written by a report. */
function isReportFile(value: unknown): value is ReportFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, sha256: digest } = value as Partial<Record<keyof ReportFile, unknown>>;
  return (
    typeof name === 'string' && typeof digest === 'string' && basename(name) === name && !name.includes('\\')
  );
}
