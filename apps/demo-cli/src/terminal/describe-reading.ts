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

/** What a reader saw, and everything that it did beyond reading, for a person. */
export function describeReading(report: ReadReport): string {
  const format = report.format === undefined ? '' : ` (${report.format})`;
  const lines = [`Read ${report.sentences} sentences, ${report.tokens} tokens${format}.`];
  for (const [key, words] of done) {
    const count = report[key];
    if (typeof count === 'number' && count > 0) lines.push(`  ${count} ${words}`);
  }
  for (const { file, line, text } of report.notes.slice(0, 3))
    lines.push(`  e.g. ${file ?? 'input'}:${line}: ${text}`);
  return lines.join('\n');
}
