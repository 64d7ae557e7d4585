/**
 * Sequences of unequal length, turned time-major without padding: at step t stand, one after another, the rows of all sequences that are longer
 * than t, the longest sequence first. So the sequences that run at a step are the first `counts[t]` of those at any earlier step.
 */
export interface LstmPlan {
  readonly sequences: number;
  /** Sum of the lengths. */
  readonly rows: number;
  /** The greatest length. */
  readonly steps: number;
  /** Rows of each step. */
  readonly counts: Int32Array;
  /** Before each step, how many rows there are; one more entry at the end. */
  readonly offsets: Int32Array;
  /** For each row in this order, its place in the given one (sequence after sequence). */
  readonly givenRow: Int32Array;
  /** For each row in the given order, its place in this one. */
  readonly packedRow: Int32Array;
  /** Sequences by their ranks, the longest first; equal ones as given. */
  readonly order: Int32Array;
  /** For each sequence as given, its rank. */
  readonly rank: Int32Array;
}

export function planLstm(lengths: Int32Array): LstmPlan {
  const sequences = lengths.length;
  const order = Int32Array.from(lengths.keys()).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const rank = new Int32Array(sequences);
  order.forEach((sequence, place) => (rank[sequence] = place));

  const steps = lengths[order[0]];
  const counts = new Int32Array(steps);
  const offsets = new Int32Array(steps + 1);
  for (let t = 0, running = sequences; t < steps; t++) {
    while (lengths[order[running - 1]] <= t) running--;
    counts[t] = running;
    offsets[t + 1] = offsets[t] + running;
  }

  const rows = offsets[steps];
  const packedRow = new Int32Array(rows);
  const givenRow = new Int32Array(rows);
  for (let sequence = 0, row = 0; sequence < sequences; sequence++) {
    for (let t = 0; t < lengths[sequence]; t++, row++) {
      const packed = offsets[t] + rank[sequence];
      packedRow[row] = packed;
      givenRow[packed] = row;
    }
  }
  return { sequences, rows, steps, counts, offsets, givenRow, packedRow, order, rank };
}
