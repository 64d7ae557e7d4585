import { memory, tensor } from '@tensorflow/tfjs-core';
import { enumeratePaths, oracleKBest, oracleLogMarginals } from '@cognate/testing';
import { expect, test } from 'vitest';
import { kBest } from '../../src/index.js';
import { crfDecode, crfLattices, crfMarginals } from '../../src/tfjs/index.js';
import { randomBatch, tensorsOf, tidied, valuesOf } from './helpers.js';

const batch = randomBatch(1, 3, [3, 0, 1, 5]);
const bio = {
  transitions: Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1, 1),
  start: Uint8Array.of(1, 1, 0),
  end: Uint8Array.of(1, 1, 1),
};

test.each([undefined, bio])('the best of all paths, under mask %#', (mask) => {
  const before = memory().numTensors;
  const { tags, scores } = tidied(() => {
    const { emissions, ...rest } = tensorsOf(valuesOf(batch), 3);
    return crfDecode(emissions, batch.lengths, rest, { mask });
  });
  expect(memory().numTensors).toBe(before);
  const best = batch.lattices.map((lattice) => oracleKBest(lattice, 1, mask)[0]);
  expect([...tags]).toEqual(best.flatMap((path) => [...path.tags]));
  scores.forEach((score, sentence) => expect(score).toBeCloseTo(best[sentence].score, 5));
});

test.each([undefined, bio])('marginals as by enumeration, under mask %#', (mask) => {
  const found = tidied(() => {
    const { emissions, ...rest } = tensorsOf(valuesOf(batch), 3);
    return crfMarginals(emissions, batch.lengths, rest, { mask });
  });
  const expected = batch.lattices.flatMap((lattice) => [...oracleLogMarginals(lattice, mask)].map(Math.exp));
  expect(found).toHaveLength(expected.length);
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 6));
});

test('padding has no tag and no probability', () => {
  const { decoded, marginals } = tidied(() => {
    const { transitions, start } = tensorsOf(valuesOf(batch), 3);
    const emissions = tensor(
      Float32Array.from({ length: 18 }, (_, p) => Math.sin(p)),
      [2, 3, 3],
    );
    return {
      decoded: crfDecode(emissions, [1, 3], { transitions, start }),
      marginals: crfMarginals(emissions, [1, 3], { transitions, start }),
    };
  });
  expect([...decoded.tags.subarray(1, 3)]).toEqual([-1, -1]);
  expect([...marginals.subarray(3, 9)]).toEqual(new Array(6).fill(0));
  expect([...decoded.tags.subarray(3)].every((tag) => tag >= 0)).toBe(true);
});

test('lattices serve every other function', () => {
  const lattices = tidied(() => {
    const { emissions, ...rest } = tensorsOf(valuesOf(batch), 3);
    return crfLattices(emissions, batch.lengths, rest, { mask: bio });
  });
  expect(lattices.map(({ length }) => length)).toEqual(batch.lengths);
  batch.lattices.forEach((lattice, sentence) => {
    const count = Math.min(4, enumeratePaths(lattice, bio).length);
    const paths = kBest(lattices[sentence], 4);
    expect(paths.map(({ tags }) => [...tags])).toEqual(
      oracleKBest(lattice, count, bio).map(({ tags }) => [...tags]),
    );
  });
});

test('an error says which sentence', () => {
  const decode = () =>
    tidied(() =>
      crfDecode(
        tensor([
          [1, 2],
          [Infinity, 1],
        ]),
        [1, 1],
        {
          transitions: tensor([
            [0, 0],
            [0, 0],
          ]),
        },
      ),
    );
  expect(decode).toThrow(
    'sentence 1: emissions: expected a finite score or -Infinity, got Infinity at position 0',
  );
});
