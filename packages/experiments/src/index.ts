export { ensembleMembers, type MemberPlan } from './ensemble-members.js';
export { sampleData } from './data/samples.js';
export type { CorpusPart, ExperimentData, ExperimentTarget } from './data/experiment-data.js';
export { GridError } from './grid/errors.js';
export { runKey } from './grid/key.js';
export { planGrid, type LoadConfig, type PlanFilter, type PlanOptions } from './grid/plan.js';
export { withSettings } from './grid/put.js';
export {
  gridJsonSchema,
  quickGrid,
  readGrid,
  type DataChoice,
  type Grid,
  type GridBlock,
  type GridLimits,
  type GridRule,
} from './grid/schema.js';
export { describeRun, type PlannedRun, type RunSetting, type Script } from './grid/setting.js';
export { sharedParts } from './grid/sharing.js';
export {
  readRecipe,
  recipeJsonSchema,
  RecipeError,
  type EnsembleRecipe,
  type LinearRecipe,
  type NeuralRecipe,
  type Recipe,
} from './recipe.js';
export { languageDistances, type LanguageDistances } from './relatedness/distances.js';
export { nearness, type Nearness } from './relatedness/nearness.js';
export { spearman, type RankCorrelation } from './relatedness/spearman.js';
export { markdownResults, plainResults, resultRows } from './results-table.js';
export { checkSchema, describeProblem, type Checked, type SchemaProblem } from './schema/check-schema.js';
export { didYouMean } from './schema/did-you-mean.js';
export { asPlanned } from './run/as-planned.js';
export type { RunRecord } from './run/record.js';
export { runSetting, type RunOptions, type RunOutcome } from './run/run-setting.js';
export type { SplitResult } from './run/split-result.js';
export { trainByRecipe, type RecipeResult, type RecipeTraining } from './run/train-by-recipe.js';
export { summarise, type Spread, type TransferRecord, type TransferSummary } from './summary.js';
export { pseudoTagged } from './pseudo-tagged.js';
export { trainLinear, type LinearTraining } from './train-linear.js';
export {
  runTransfer,
  transferModes,
  transferRecord,
  type LanguageData,
  type LanguageSize,
  type TrainingRecord,
  type TransferMode,
  type TransferResult,
  type TransferSetting,
} from './transfer.js';
