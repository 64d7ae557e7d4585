import type { FeatureSet } from './features.js';
import type { ModelWeights } from './weights.js';

/**
 * [numFeatures]: the weights of a model for the features that it has, 0 for the others. The model's tags and attributes must
 * come first among those of the features, in its order.
 */
export function startingWeights(features: FeatureSet, model: ModelWeights | undefined): Float64Array {
  const weights = new Float64Array(features.numFeatures);
  if (model === undefined) return weights;
  const { rowOffsets, rowTags, numStateFeatures, transitionCells, numTags } = features;
  for (let a = 0; a < model.attributes.size; a++) {
    // The model's tags are among those of the row; both rise.
    let at = rowOffsets[a];
    for (let r = model.rowOffsets[a]; r < model.rowOffsets[a + 1]; r++) {
      while (rowTags[at] !== model.rowTags[r]) at++;
      weights[at] = model.stateWeights[r];
    }
  }
  const modelTags = model.tags.length;
  for (let k = 0; k < transitionCells.length; k++) {
    const from = Math.floor(transitionCells[k] / numTags);
    const to = transitionCells[k] % numTags;
    if (from < modelTags && to < modelTags) {
      weights[numStateFeatures + k] = model.transitions[from * modelTags + to];
    }
  }
  return weights;
}
