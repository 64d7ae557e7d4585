import type { Convention } from './convention.js';
import type { Evaluation, LengthScores } from './evaluate.js';
import { percent } from './format.js';
import { scoresOf, type AverageScores, type Scores } from './scores.js';
import { textTable } from './text-table.js';

/** One line that says how the numbers came about. */
export function describeConvention(convention: Convention): string {
  const { scorer, mode, scheme, predictedScheme, schemeDetected, zeroDivision, repaired } = convention;
  const schemes = scheme === predictedScheme ? scheme : `${scheme} gold, ${predictedScheme} predicted`;
  return (
    `scorer ${scorer}, mode ${mode}, scheme ${schemes}${schemeDetected ? ' (detected)' : ''}, 0/0 = ${zeroDivision}, ` +
    `tags that broke the scheme: ${repaired.gold} gold, ${repaired.predicted} predicted`
  );
}

/** An evaluation as plain text, scores in per cent. Ends with a line break. */
export function textReport(evaluation: Evaluation): string {
  const { convention, sentences, tokens, accuracy, perLanguage, seen } = evaluation;
  const parts = [
    `${describeConvention(convention)}\n` +
      `${sentences} sentences, ${tokens} tokens, accuracy ${percent(accuracy)}\n`,
    textTable(
      ['label', ...scoreHeader],
      [
        ...Object.entries(evaluation.perLabel).map(([label, scores]) => [label, ...scoreCells(scores)]),
        ['micro', ...scoreCells(evaluation.micro)],
        ['macro', ...averageCells(evaluation.macro)],
        ['weighted', ...averageCells(evaluation.weighted)],
      ],
    ),
  ];
  if (perLanguage) {
    const rows = Object.entries(perLanguage).map(([language, { micro }]) => [language, ...scoreCells(micro)]);
    parts.push(textTable(['language', ...scoreHeader], rows));
  }
  parts.push(
    textTable(
      ['tokens', ...scoreHeader],
      shortened(evaluation.perLength, convention).map(([length, scores]) => [length, ...scoreCells(scores)]),
    ),
  );
  if (seen) {
    const rows = [
      ['seen', ...scoreCells(seen.seen)],
      ['unseen', ...scoreCells(seen.unseen)],
    ];
    parts.push(textTable(['training', ...scoreHeader], rows));
  }
  parts.push(confusionTable(evaluation));
  return parts.join('\n');
}

const scoreHeader = ['precision', 'recall', 'F1', 'correct', 'predicted', 'gold'];

const scoreCells = (scores: Scores): string[] => [
  ...averageCells(scores),
  String(scores.correct),
  String(scores.predicted),
  String(scores.gold),
];

const averageCells = ({ precision, recall, f1 }: AverageScores): string[] =>
  [precision, recall, f1].map(percent);

/** Longer entities are rare: they share a row. */
const longest = 5;

function shortened(rows: readonly LengthScores[], { zeroDivision }: Convention): [string, Scores][] {
  const short = rows
    .filter(({ length }) => length <= longest)
    .map((row): [string, Scores] => [String(row.length), row]);
  const rest = rows.filter(({ length }) => length > longest);
  if (rest.length === 0) return short;
  const sum = (count: 'correct' | 'predicted' | 'gold'): number =>
    rest.reduce((total, row) => total + row[count], 0);
  const counts = { correct: sum('correct'), predicted: sum('predicted'), gold: sum('gold') };
  return [...short, [`${longest + 1}+`, scoresOf(counts, Number(zeroDivision))]];
}

/** Gold labels in the rows, predicted ones in the columns; pairs with other boundaries after a plus sign. */
function confusionTable({ confusion }: Evaluation): string {
  const { labels, exact, overlapping, missed, spurious, outcomes } = confusion;
  const cell = (same: number, other: number): string => (other > 0 ? `${same}+${other}` : String(same));
  const rows = labels.map((label, g) => [
    label,
    ...labels.map((_, p) => cell(exact[g][p], overlapping[g][p])),
    String(missed[g]),
  ]);
  const outcomeNames = Object.entries(outcomes).map(([name, count]) => `${name} ${count}`);
  return (
    `gold in rows, predicted in columns; +n: n more with other boundaries\n` +
    textTable(
      ['', ...labels, '(missed)'],
      [...rows, ['(spurious)', ...spurious.map((count) => String(count)), '']],
    ) +
    `${outcomeNames.join(', ')}\n`
  );
}
