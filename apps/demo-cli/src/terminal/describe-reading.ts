import type { ReadReport } from '@cognate/corpora';

const done: readonly [Exclude<keyof ReadReport, 'note'>, string][] = [
  ['repairedTags', 'tags that break the scheme'],
  ['discardedEntities', 'entities left out for that'],
  ['controlTokens', 'tokens of control characters only'],
  ['emptyTokens', 'tokens without text'],
  ['droppedTokens', 'tokens left out'],
  ['emptySentences', 'sentences without tokens left out'],
  ['splitTokens', 'joined multiwords split'],
  ['emptyTags', 'empty tags read as O'],
  ['missingTags', 'unknown tags read as O'],
  ['trailingSeparators', 'separators at line ends taken off'],
  ['mergedTags', 'multiword tokens whose words were tagged differently'],
  ['cutTokens', 'spans that begin or end inside a token'],
  ['overlappingSpans', 'spans left out: they overlap with another'],
  ['emptySpans', 'spans left out: no token is in them'],
  ['discontinuousSpans', 'spans in pieces read as one'],
  ['brokenMarkup', 'lines whose inline tags do not pair'],
  ['skippedTexts', 'texts left out: rejected, ignored or not annotated'],
  ['skippedAnnotations', 'further annotations of a text left out'],
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
    if (typeof count !== 'number' || count === 0) continue;
    lines.push(`  ${count} ${words}`);
    const examples = report.notes.filter(({ kind }) => kind === key).slice(0, 3);
    for (const { file, line, text } of examples) lines.push(`  e.g. ${file ?? 'input'}:${line}: ${text}`);
  }
  return lines.join('\n');
}
