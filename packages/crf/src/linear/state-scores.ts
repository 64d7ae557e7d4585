/** emissions[offset + tag] += value × weight for each weight of an attribute; rows as in a `FeatureSet`. */
export function addStateScores(
  emissions: Float64Array,
  offset: number,
  attribute: number,
  value: number,
  rowOffsets: Int32Array, // [numAttributes + 1]
  rowTags: Uint16Array, // [number of weights]
  weights: Float64Array, // [number of weights]
): void {
  for (let r = rowOffsets[attribute], end = rowOffsets[attribute + 1]; r < end; r++) {
    emissions[offset + rowTags[r]] += value * weights[r];
  }
}
