export { ensembleMembers, type MemberPlan } from './ensemble-members.js';
export { gridSettings, runTransferGrid, type TransferGrid } from './grid.js';
export {
  readRecipe,
  recipeJsonSchema,
  RecipeError,
  type EnsembleRecipe,
  type LinearRecipe,
  type NeuralRecipe,
  type Recipe,
} from './recipe.js';
export { markdownResults, plainResults, resultRows } from './results-table.js';
export { checkSchema, describeProblem, type Checked, type SchemaProblem } from './schema/check-schema.js';
export { didYouMean } from './schema/did-you-mean.js';
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
