import { countChunks, type ConllevalOptions } from './conlleval.js';
import { fixed, utf8Length } from './format.js';
import type { TagSentences } from './input.js';
import type { Counts } from './scores.js';

export interface ConllevalReportOptions extends ConllevalOptions {
  /** The script's `-l`: rows of a LaTeX table in place of the plain text. */
  readonly latex?: boolean | undefined;
}

/**
 * The output of conlleval (version 2004-01-26), byte for byte, for a file with these tags as its last two columns and an empty
 * line after each sentence. Ends with a line break.
 *
 * @throws EvaluationError where the shapes differ or a tag could not stand in such a file.
 */
export function conllevalReport(
  gold: TagSentences,
  predicted: TagSentences,
  options: ConllevalReportOptions = {},
): string {
  const { counts, tokens, correctTags } = countChunks(gold, predicted, options);
  const total = counts.total();
  const rows = counts.labels.flatMap((label) => {
    const row = { label, ...counts.of(label) };
    if (row.gold + row.predicted === 0) return [];
    // Perl holds '' for false, so the script's test for a repeated label lets the label '' pass twice.
    return label === '' && row.gold > 0 && row.predicted > 0 ? [row, row] : [row];
  });
  if (options.latex) return latexTable(total, rows);

  let text =
    `processed ${tokens} tokens with ${total.gold} phrases; ` +
    `found: ${total.predicted} phrases; correct: ${total.correct}.\n`;
  if (tokens > 0) {
    const { precision, recall, f1 } = percentages(total);
    text +=
      `accuracy: ${field((100 * correctTags) / tokens)}%; ` +
      `precision: ${field(precision)}%; recall: ${field(recall)}%; FB1: ${field(f1)}\n`;
  }
  for (const row of rows) {
    const { precision, recall, f1 } = percentages(row);
    text +=
      `${' '.repeat(Math.max(0, 17 - utf8Length(row.label)))}${row.label}: ` +
      `precision: ${field(precision)}%; recall: ${field(recall)}%; FB1: ${field(f1)}  ${row.predicted}\n`;
  }
  return text;
}

function latexTable(total: Counts, rows: readonly (Counts & { label: string })[]): string {
  const cells = (counts: Counts): string => {
    const { precision, recall, f1 } = percentages(counts);
    return `${field(precision)}\\% & ${field(recall)}\\% & ${field(f1)} \\\\`;
  };
  let text = '        & Precision &  Recall  & F$_{\\beta=1} \\\\\\hline';
  for (const row of rows) {
    text += `\n${row.label}${' '.repeat(Math.max(0, 7 - utf8Length(row.label)))} &  ${cells(row)}`;
  }
  return `${text}\\hline\nOverall &  ${cells(total)}\\hline\n`;
}

/** Computed in the script's order of operations: another order may round the last digit differently. */
function percentages({ correct, predicted, gold }: Counts): {
  precision: number;
  recall: number;
  f1: number;
} {
  const precision = predicted > 0 ? (100 * correct) / predicted : 0;
  const recall = gold > 0 ? (100 * correct) / gold : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}

const field = (value: number): string => fixed(value, 2).padStart(6);
