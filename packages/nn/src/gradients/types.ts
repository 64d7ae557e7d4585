/** The gradient of a table of which few rows were looked up: no other row has one. */
export interface SparseRows {
  /** Unique, ascending. */
  readonly rows: Int32Array;
  /** `[rows.length, columns of the table]` */
  readonly values: Float32Array;
}

/**
 * A loss and its gradients by the names of the parameters. Plain arrays, so that they can be posted between threads. A
 * parameter that isn't there has gradient 0.
 */
export interface Gradients {
  loss: number;
  /** Each as long as its parameter's values. */
  readonly dense: Map<string, Float32Array>;
  readonly sparse: Map<string, SparseRows>;
}
