export { alignSpans, type Alignment, type Outcome } from './alignment.js';
export {
  bootstrapInterval,
  pairedBootstrap,
  type BootstrapInterval,
  type BootstrapOptions,
  type Interval,
  type PairedBootstrap,
} from './bootstrap.js';
export { tagColumns, type ColumnOptions, type TagColumns } from './columns.js';
export { confusionOf, type Confusion } from './confusion.js';
export { conlleval, type ConllevalOptions, type ConllevalResult } from './conlleval.js';
export { conllevalReport, type ConllevalReportOptions } from './conlleval-report.js';
export type { Convention } from './convention.js';
export { EvaluationError } from './errors.js';
export {
  evaluate,
  type EvaluateOptions,
  type Evaluation,
  type GroupScores,
  type LengthScores,
} from './evaluate.js';
export type { TagSentences } from './input.js';
export { jsonReport } from './json-report.js';
export { barChart, type BarChart } from './report/bar-chart.js';
export {
  frequentErrors,
  type ErrorExample,
  type FrequentError,
  type FrequentErrorOptions,
} from './report/frequent-errors.js';
export {
  htmlReport,
  type HtmlReportOptions,
  type ReportFigure,
  type ReportSection,
} from './report/html-report.js';
export { lineChart, type LineChart, type LineSeries } from './report/line-chart.js';
export { approximateRandomisation, type RandomisationTest } from './randomisation.js';
export type { AverageScores, ByName, Counts, Scores } from './scores.js';
export { collectEntities, EntityInventory, type SeenScores, type TaggedSentence } from './seen.js';
export {
  semeval13,
  semevalViews,
  type SemevalOptions,
  type SemevalResult,
  type SemevalScores,
  type SemevalView,
} from './semeval13.js';
export type { Metric, ResamplingOptions } from './sentence-counts.js';
export { seqeval, type SeqevalOptions, type SeqevalResult } from './seqeval.js';
export type { LabelledScores } from './tally.js';
export { describeConvention, textReport } from './text-report.js';
