import { detectColumns } from './columns.js';
import { unknown, type Detection } from './detection.js';
import { detectInlineXml } from './inline-xml.js';
import { detectJson } from './json.js';
import { sampleLines } from './sample-lines.js';

/** How much of a file the readers look at, in UTF-16 code units. */
export const sampleSize = 1 << 16;

/**
 * Tells the format of a corpus, and the options that its layout needs, from the first kilobytes of its text.
 *
 * @param sample Text from the start of the file, decoded; what is over 64 Ki is not looked at.
 * @param complete Whether this is the whole file. If not, a last line without an end is left out.
 * @returns What it seems to be, with what speaks for it and what does not; `sure` says whether to trust it.
 */
export function detectFormat(sample: string, { complete = false }: { complete?: boolean } = {}): Detection {
  const plain = sample.startsWith('\ufeff') ? sample.slice(1) : sample;
  const text = wholeLines(plain, complete);
  if (text.trim() === '') return unknown('no text', 'check the file');
  // A JSON document may have no line ends, and is looked at in part.
  const json = detectJson(looksLikeJson(plain) && !text.includes('\n') ? plain.slice(0, sampleSize) : text);
  const special = json ?? detectInlineXml(text);
  if (special) return special;
  const lines = sampleLines(text);
  return lines.sentences.length === 0 ? unknown('comments only', 'check the file') : detectColumns(lines);
}

/** Whether a text could be JSON by its first character. */
export const looksLikeJson = (text: string): boolean => /^\ufeff?\s*[[{]/.test(text);

function wholeLines(sample: string, complete: boolean): string {
  if (complete && sample.length <= sampleSize) return sample;
  const text = sample.slice(0, sampleSize);
  const cut = text.lastIndexOf('\n') + 1;
  return cut > 0 ? text.slice(0, cut) : text;
}
