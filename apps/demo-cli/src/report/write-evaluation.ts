import { frequentErrors, htmlReport, type Evaluation } from '@cognate/eval';
import { version } from '../version.js';
import { writeWhole } from '../write-whole.js';
import { percent } from '../terminal/table.js';
import { scoreFigures } from './figures.js';
import { writeFigures } from './write-figures.js';

/** What was evaluated. */
export interface EvaluationReport {
  /** As the command named it. */
  readonly data: string;
  /** Model or file that the predicted tags are from. */
  readonly tagger: string;
  readonly tokens: readonly (readonly string[])[];
  readonly gold: readonly (readonly string[])[];
  readonly predicted: readonly (readonly string[])[];
  readonly languages: readonly string[] | undefined;
  readonly evaluation: Evaluation;
  /** A sentence on another tagger that this one was compared with. */
  readonly comparison: string | undefined;
}

/**
 * Writes a page that stands alone, and figures as SVG and PNG into a folder, each where it is asked for.
 *
 * @returns what could not be made, and why
 */
export async function writeEvaluation(
  report: EvaluationReport,
  { html, figures }: { readonly html?: string | undefined; readonly figures?: string | undefined },
): Promise<string[]> {
  const { data, tagger, tokens, gold, predicted, languages, evaluation, comparison } = report;
  const pictures = scoreFigures(evaluation, data);
  if (html !== undefined) {
    const { convention, micro } = evaluation;
    const { scheme, predictedScheme } = convention;
    const repair = convention.mode === 'discard' ? 'discard' : 'conlleval';
    const errors = frequentErrors(tokens, gold, predicted, { scheme, predictedScheme, repair, languages });
    await writeWhole(
      html,
      htmlReport({
        title: `Evaluation on ${data}`,
        subtitle: `${tagger}, by cognate ${version}`,
        highlights: [
          ['F1', percent(micro.f1)],
          ['precision', percent(micro.precision)],
          ['recall', percent(micro.recall)],
        ],
        figures: pictures,
        sections: [{ title: 'Scores', evaluation, errors }],
        facts: [
          ['gold', data],
          ['predicted', tagger],
          ...(comparison === undefined ? [] : [['compared with', comparison] as const]),
        ],
      }),
    );
  }
  return figures === undefined ? [] : writeFigures(figures, pictures);
}
