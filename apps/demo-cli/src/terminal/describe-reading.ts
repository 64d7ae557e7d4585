import type { ReadReport } from '@cognate/corpora';

const done: readonly [Exclude<keyof ReadReport, 'note'>, string][] = [
  ['repairedTags', 'tags that break the scheme'],
  ['discardedEntities', 'entities left out for that'],
  ['controlTokens', 'tokens of control characters only'],
  ['droppedTokens', 'tokens left out'],
  ['splitTokens', 'joined multiwords split'],
  ['emptyTags', 'empty tags read as O'],
  ['trailingSeparators', 'separators at line ends taken off'],
  ['mergedTags', 'multiword tokens whose words were tagged differently'],
];

/**
 * What a reader saw, and everything that it did beyond reading, for a person.
 *
 * @param file where it is not told otherwise which one it was
 */
export function describeReading(report: ReadReport, file?: string): string {
  const format = report.format === undefined ? '' : ` (${report.format})`;
  const from = file === undefined ? '' : `${file === '-' ? 'standard input' : file}: `;
  const lines = [`Read ${from}${report.sentences} sentences, ${report.tokens} tokens${format}.`];
  for (const [key, words] of done) {
    const count = report[key];
    if (typeof count === 'number' && count > 0) lines.push(`  ${count} ${words}`);
  }
  for (const { file, line, text } of report.notes.slice(0, 3))
    lines.push(`  e.g. ${file ?? 'input'}:${line}: ${text}`);
  return lines.join('\n');
}
