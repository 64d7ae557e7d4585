import type { Evaluation } from '../evaluate.js';
import { percent } from '../format.js';
import type { AverageScores, Scores } from '../scores.js';
import { escape } from './escape.js';

/** Scores by label, language, length and acquaintance: a table each. */
export function scoreTables(evaluation: Evaluation): string {
  const { perLabel, micro, macro, weighted, perLanguage, perLength, seen } = evaluation;
  const tables = [
    scoreTable(
      'label',
      Object.entries(perLabel).map(([label, scores]) => [label, scores]),
      [
        ['micro', micro],
        ['macro', macro],
        ['weighted', weighted],
      ],
    ),
  ];
  if (perLanguage) {
    const rows = Object.entries(perLanguage).map(([name, group]): [string, Scores] => [name, group.micro]);
    tables.push(`<h3>By language</h3>\n${scoreTable('language', rows, [['all', micro]])}`);
  }
  if (seen) {
    tables.push(
      `<h3>Entities of the training data, and others</h3>\n${scoreTable('entities', [
        ['seen in training', seen.seen],
        ['not seen', seen.unseen],
      ])}`,
    );
  }
  const lengths = perLength.map((row): [string, Scores] => [String(row.length), row]);
  tables.push(`<h3>By length, in tokens</h3>\n${scoreTable('tokens', lengths)}`);
  return tables.join('\n');
}

type Row = readonly [name: string, scores: Scores | AverageScores];

function scoreTable(first: string, rows: readonly Row[], sums: readonly Row[] = []): string {
  const head = [first, 'precision', 'recall', 'F1', 'correct', 'predicted', 'gold'];
  const line = ([name, scores]: Row, sum: boolean): string => {
    const shares = [scores.precision, scores.recall, scores.f1].map(shownShare);
    const counts =
      'gold' in scores ? [scores.correct, scores.predicted, scores.gold].map(String) : ['', '', ''];
    const cells = [escape(name), ...shares, ...counts].map((cell) => `<td>${cell}</td>`);
    return `<tr${sum ? ' class="sum"' : ''}>${cells.join('')}</tr>`;
  };
  return table(head, [...rows.map((row) => line(row, false)), ...sums.map((row) => line(row, true))]);
}

/** In per cent; a dash where there is none. */
export const shownShare = (share: number): string => (Number.isNaN(share) ? '–' : percent(share));

/** Which label is taken for which: gold in the rows. */
export function confusionTable({ confusion }: Evaluation): string {
  const { labels, exact, overlapping, missed, spurious, outcomes } = confusion;
  const cell = (count: number, more: number, whole: number, wrong: boolean): string => {
    const share = whole === 0 ? 0 : Math.round((80 * (count + more)) / whole);
    const text = more > 0 ? `${count} + ${more}` : String(count);
    return `<td class="cell${wrong ? ' wrong' : ''}" style="--share: ${share}%">${text}</td>`;
  };
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rows = labels.map((label, g) => {
    const whole = sum(exact[g]) + sum(overlapping[g]) + missed[g];
    const cells = labels.map((_, p) => cell(exact[g][p], overlapping[g][p], whole, g !== p));
    return `<tr><td>${escape(label)}</td>${cells.join('')}${cell(missed[g], 0, whole, true)}</tr>`;
  });
  const extra = spurious.map((count) => `<td>${count}</td>`).join('');
  return (
    `<p class="note">Gold labels in the rows, predicted ones in the columns; + n: n more whose boundaries differ. ` +
    `${Object.entries(outcomes)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}.</p>\n` +
    table(['', ...labels, 'missed'], [...rows, `<tr><td>spurious</td>${extra}<td></td></tr>`])
  );
}

/** @param head plain texts @param rows HTML of whole rows */
function table(head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('');
  return `<div class="wide"><table>\n<thead><tr>${cells}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}
