import type { FeatureSet } from './features.js';
import type { AttributeNames } from './string-table.js';

/** What a linear model is made of: names and weights as flat arrays. */
export interface ModelWeights {
  readonly tags: readonly string[];
  readonly attributes: AttributeNames;
  /** [attributes + 1]: weights of attribute `a` are rowOffsets[a] .. rowOffsets[a + 1]. */
  readonly rowOffsets: Int32Array;
  /** [state weights]: the tag of each, rising within a row. */
  readonly rowTags: Uint16Array;
  /** [state weights], finite. */
  readonly stateWeights: Float64Array;
  /** [tags * tags], from * tags + to, finite; 0 where there is no feature. */
  readonly transitions: Float64Array;
}

/**
 * Keeps of trained weights those that are not 0, and the attributes that have any.
 *
 * @throws RangeError for weights that are not finite: no model file could hold them.
 */
export function packWeights(
  features: FeatureSet,
  weights: Float64Array, // [numFeatures]
  attributes: AttributeNames,
  tags: readonly string[],
): ModelWeights {
  const { numAttributes, numTags, numStateFeatures, rowOffsets, rowTags, transitionCells } = features;
  const keep = new Uint8Array(numAttributes);
  let keptAttributes = 0;
  let keptWeights = 0;
  for (let a = 0; a < numAttributes; a++) {
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      if (weights[r] === 0) continue;
      keptAttributes += 1 - keep[a];
      keep[a] = 1;
      keptWeights++;
    }
  }
  const packedOffsets = new Int32Array(keptAttributes + 1);
  const packedTags = new Uint16Array(keptWeights);
  const packedWeights = new Float64Array(keptWeights);
  let row = 0;
  let end = 0;
  for (let a = 0; a < numAttributes; a++) {
    if (keep[a] === 0) continue;
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      if (weights[r] === 0) continue;
      packedTags[end] = rowTags[r];
      packedWeights[end++] = finite(weights[r]);
    }
    packedOffsets[++row] = end;
  }
  const transitions = new Float64Array(numTags * numTags);
  for (let k = 0; k < transitionCells.length; k++) {
    transitions[transitionCells[k]] = finite(weights[numStateFeatures + k]);
  }
  return {
    tags,
    attributes: attributes.select(keep),
    rowOffsets: packedOffsets,
    rowTags: packedTags,
    stateWeights: packedWeights,
    transitions,
  };
}

function finite(weight: number): number {
  if (Number.isFinite(weight)) return weight;
  throw new RangeError(
    `training: expected finite weights, got ${weight}: values of attributes or parameters are too large`,
  );
}
