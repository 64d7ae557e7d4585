/* State scores of tokens from the weights of their attributes, and the other way: expected frequencies from probabilities. */

import {
  denseOffsets,
  densePlaces,
  denseValues,
  expected,
  loneOffsets,
  lonePlaces,
  loneValues,
  onceBase,
  onceExpected,
  onceOffsets,
  onceValues,
  scores,
  sparseBase,
  sparseOffsets,
  sparseRows,
  sparseStarts,
  sparseTags,
  sparseValues,
  stride,
  table,
  tags,
} from './plan';
import { addRows, sumRows } from './rows';

/** The element of a u32 array. */
// @ts-ignore: a decorator on a function
@inline
function at(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

/** The address of the element of an f64 array. */
// @ts-ignore: a decorator on a function
@inline
function place(array: usize, index: u32): usize {
  return array + (<usize>index << 3);
}

/** The address of the values from an element on; 0 if all are 1. */
// @ts-ignore: a decorator on a function
@inline
function valuesFrom(values: usize, index: u32): usize {
  return values == 0 ? 0 : place(values, index);
}

/** Writes the state scores of tokens `from` to `to` to `scores`. What is beyond the tags in a row is 0. */
export function scoreTokens(from: u32, to: u32): void {
  let row = scores;
  for (let t = from; t < to; t++, row += <usize>stride << 3) {
    const first = at(denseOffsets, t);
    const end = at(denseOffsets, t + 1);
    sumRows(
      stride,
      table,
      densePlaces + (<usize>first << 2),
      densePlaces + (<usize>end << 2),
      valuesFrom(denseValues, first),
      row,
    );
    const gold = place(row, load<u16>(tags + (<usize>t << 1)));
    store<f64>(gold, load<f64>(gold) + loneScore(t) + onceScore(t));
    if (sparseOffsets != 0) addSparseScores(t, row);
  }
}

// @ts-ignore: a decorator on a function
@inline
function loneScore(t: u32): f64 {
  const end = at(loneOffsets, t + 1);
  let score: f64 = 0;
  for (let i = at(loneOffsets, t); i < end; i++) {
    const weight = load<f64>(place(table, at(lonePlaces, i)));
    score += loneValues == 0 ? weight : weight * load<f64>(place(loneValues, i));
  }
  return score;
}

// @ts-ignore: a decorator on a function
@inline
function onceScore(t: u32): f64 {
  const weights = place(table, onceBase);
  const end = at(onceOffsets, t + 1);
  let score: f64 = 0;
  for (let i = at(onceOffsets, t); i < end; i++) {
    const weight = load<f64>(place(weights, i));
    score += onceValues == 0 ? weight : weight * load<f64>(place(onceValues, i));
  }
  return score;
}

function addSparseScores(t: u32, row: usize): void {
  const end = at(sparseOffsets, t + 1);
  for (let i = at(sparseOffsets, t); i < end; i++) {
    const value = sparseValues == 0 ? 1 : load<f64>(place(sparseValues, i));
    const start = at(sparseRows, i);
    const stop = at(sparseStarts, start + 1);
    for (let r = at(sparseStarts, start); r < stop; r++) {
      const score = place(row, load<u16>(sparseTags + ((<usize>(r - sparseBase)) << 1)));
      store<f64>(score, load<f64>(score) + value * load<f64>(place(table, r)));
    }
  }
}

/** Adds the probabilities in `scores` of tokens `from` to `to`, times `weight`, to `expected`. */
export function addExpectations(from: u32, to: u32, weight: f64): void {
  let row = scores;
  for (let t = from; t < to; t++, row += <usize>stride << 3) {
    if (weight != 1) {
      for (let j = 0; j < stride; j++) {
        const probability = place(row, j);
        store<f64>(probability, weight * load<f64>(probability));
      }
    }
    const first = at(denseOffsets, t);
    const end = at(denseOffsets, t + 1);
    addRows(
      stride,
      expected,
      densePlaces + (<usize>first << 2),
      densePlaces + (<usize>end << 2),
      valuesFrom(denseValues, first),
      row,
    );
    const gold = load<f64>(place(row, load<u16>(tags + (<usize>t << 1))));
    addLone(t, gold);
    setOnce(t, gold);
    if (sparseOffsets != 0) addSparse(t, row);
  }
}

// @ts-ignore: a decorator on a function
@inline
function addLone(t: u32, probability: f64): void {
  const end = at(loneOffsets, t + 1);
  for (let i = at(loneOffsets, t); i < end; i++) {
    const value = loneValues == 0 ? probability : probability * load<f64>(place(loneValues, i));
    const to = place(expected, at(lonePlaces, i));
    store<f64>(to, load<f64>(to) + value);
  }
}

// @ts-ignore: a decorator on a function
@inline
function setOnce(t: u32, probability: f64): void {
  const end = at(onceOffsets, t + 1);
  for (let i = at(onceOffsets, t); i < end; i++) {
    store<f64>(
      place(onceExpected, i),
      onceValues == 0 ? probability : probability * load<f64>(place(onceValues, i)),
    );
  }
}

function addSparse(t: u32, row: usize): void {
  const end = at(sparseOffsets, t + 1);
  for (let i = at(sparseOffsets, t); i < end; i++) {
    const value = sparseValues == 0 ? 1 : load<f64>(place(sparseValues, i));
    const start = at(sparseRows, i);
    const stop = at(sparseStarts, start + 1);
    for (let r = at(sparseStarts, start); r < stop; r++) {
      const probability = load<f64>(place(row, load<u16>(sparseTags + ((<usize>(r - sparseBase)) << 1))));
      const to = place(expected, r);
      store<f64>(to, load<f64>(to) + value * probability);
    }
  }
}
