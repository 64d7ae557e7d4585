import type { LookupGradient } from './tape.js';
import type { SparseRows } from './types.js';

/** The gradient of a table: what was looked up several times has the sum of its gradients, in the order of the lookups. */
export function mergeLookups(lookups: readonly LookupGradient[], columns: number): SparseRows {
  const rows = uniqueSorted(lookups.map(({ ids }) => ids));
  const values = new Float32Array(rows.length * columns);
  const place = places(rows);
  for (const { ids, values: from } of lookups) addEach(values, ids, from, columns, 1, place);
  return { rows, values };
}

/** Adds the gradients of lookups to the gradient of the whole table. */
export function addLookups(whole: Float32Array, lookups: readonly LookupGradient[], columns: number): void {
  for (const { ids, values } of lookups) addEach(whole, ids, values, columns, 1, (id) => id);
}

/** `a + scale * b` */
export function addRows(a: SparseRows, b: SparseRows, columns: number, scale: number): SparseRows {
  const rows = uniqueSorted([a.rows, b.rows]);
  const values = new Float32Array(rows.length * columns);
  const place = places(rows);
  addEach(values, a.rows, a.values, columns, 1, place);
  addEach(values, b.rows, b.values, columns, scale, place);
  return { rows, values };
}

function uniqueSorted(lists: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i];
  }
  return all.slice(0, count);
}

/** Where each of the rows is in their list. */
function places(rows: Int32Array): (row: number) => number {
  const place = new Map<number, number>();
  rows.forEach((row, i) => place.set(row, i));
  return (row) => place.get(row) ?? -1;
}

/** Adds `scale` times row k of `from` to row `place(ids[k])` of `to`. */
function addEach(
  to: Float32Array,
  ids: Int32Array,
  from: Float32Array,
  columns: number,
  scale: number,
  place: (id: number) => number,
): void {
  for (let k = 0; k < ids.length; k++) {
    const start = k * columns;
    const target = place(ids[k]) * columns;
    for (let j = 0; j < columns; j++) to[target + j] += scale * from[start + j];
  }
}
