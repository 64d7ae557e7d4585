import { seededRandom } from '@cognate/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FeatureRules } from '../../src/linear/features.js';
import { trainingKernel } from '../../src/linear/kernel/choose.js';
import { MAX_SCALED_SPREAD } from '../../src/linear/kernel/chain-pass.js';
import type { TrainingKernel } from '../../src/linear/kernel/kernel.js';
import { plainKernel } from '../../src/linear/kernel/plain.js';
import { arrange, DENSE, LONE, NONE, ONCE, SPARSE } from '../../src/linear/kernel/simd/arrange.js';
import { compileModule } from '../../src/linear/kernel/simd/module.js';
import { layOut } from '../../src/linear/kernel/simd/problem.js';
import { Share } from '../../src/linear/kernel/simd/share.js';
import { noPause, numbered, randomSequences, type Numbered } from './helpers.js';

interface Case {
  readonly name: string;
  readonly tags: number;
  readonly attributes: number;
  readonly count?: number;
  readonly weighted?: boolean;
  readonly counted?: boolean;
  readonly rules?: Partial<FeatureRules>;
}

/** Every width of a row in registers, weighted and not; rows of one block of 16 tags, of two, and what is left over. */
const cases: Case[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 24, 31, 42].map((tags) => ({
    name: `${tags} tags`,
    tags,
    attributes: 12,
  })),
  ...[1, 2, 7, 10, 18, 27, 33].map((tags) => ({
    name: `${tags} tags, weighted`,
    tags,
    attributes: 12,
    weighted: true,
  })),
  { name: 'rare attributes', tags: 7, attributes: 900 },
  { name: 'rare attributes, weighted', tags: 7, attributes: 900, weighted: true },
  { name: 'rare attributes, many tags', tags: 30, attributes: 150 },
  { name: 'rare attributes, many tags, weighted', tags: 30, attributes: 150, weighted: true },
  { name: 'sequences that count more or less', tags: 6, attributes: 40, counted: true },
  { name: 'features that are left out', tags: 12, attributes: 60, rules: { minFrequency: 3 } },
  { name: 'features that never came', tags: 20, attributes: 30, rules: { possibleStates: true } },
  { name: 'transitions that never came', tags: 20, attributes: 30, rules: { possibleTransitions: true } },
];

function problemOf({
  tags,
  attributes,
  count = 60,
  weighted = false,
  counted = false,
  rules,
}: Case): Numbered {
  const data = randomSequences({
    seed: tags * 1000 + attributes,
    count,
    tags,
    attributes,
    maxLength: 9,
    weighted,
  });
  return numbered(
    counted ? data.map((sequence, i) => ({ ...sequence, weight: [1, 2.5, 0, 0.25][i % 4] })) : data,
    rules,
  );
}

function someWeights({ features }: Numbered, spread: number): Float64Array {
  const random = seededRandom(11);
  return Float64Array.from({ length: features.numFeatures }, () => spread * (random() - 0.5));
}

async function evaluate(kernel: TrainingKernel, weights: Float64Array) {
  try {
    const gradient = new Float64Array(weights.length).fill(NaN);
    return { loss: await kernel.lossAndGradient(weights, gradient, noPause), gradient };
  } finally {
    await kernel.close();
  }
}

const simd = (problem: Numbered, threads = 1) =>
  trainingKernel(problem.corpus, problem.features, { kernel: 'simd', threads, vectors: 0 });

async function compare(problem: Numbered, weights: Float64Array, tolerance: number, threads = 1) {
  const kernel = await simd(problem, threads);
  expect(kernel).toMatchObject({ name: 'simd', threads, notes: [] });
  const got = await evaluate(kernel, weights);
  const expected = await evaluate(plainKernel(problem.corpus, problem.features), weights);
  expect(Math.abs(got.loss - expected.loss)).toBeLessThanOrEqual(tolerance * Math.abs(expected.loss));
  for (let k = 0; k < weights.length; k++) {
    const scale = Math.max(1, problem.features.observed[k]);
    expect(Math.abs(got.gradient[k] - expected.gradient[k])).toBeLessThan(tolerance * scale);
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the kernel in WebAssembly', () => {
  it.each(cases)('gives what the plain one gives: $name', async (testCase) => {
    const problem = problemOf(testCase);
    await compare(problem, someWeights(problem, 4), 1e-13);
  });

  it.each(cases.filter((_, i) => i % 3 === 0))('does so for large weights: $name', async (testCase) => {
    const problem = problemOf(testCase);
    await compare(problem, someWeights(problem, 0.99 * MAX_SCALED_SPREAD), 1e-11);
  });

  it.each(cases.filter((_, i) => i % 3 === 1))(
    'does so where logarithms are needed: $name',
    async (testCase) => {
      const problem = problemOf(testCase);
      await compare(problem, someWeights(problem, 3 * MAX_SCALED_SPREAD), 1e-11);
    },
  );

  it('arranges attributes in every way', () => {
    const ways = new Set<number>();
    for (const testCase of cases) {
      const { corpus, features } = problemOf(testCase);
      for (const kind of arrange(corpus, features).kinds) ways.add(kind);
    }
    expect([...ways].sort()).toEqual([NONE, DENSE, SPARSE, LONE, ONCE].sort());
  });

  it('leaves what is no feature exactly 0, whatever it is given', async () => {
    for (const testCase of cases) {
      const { corpus, features } = problemOf(testCase);
      const { problem, write } = layOut(corpus, features, 1, 2);
      const memory = new WebAssembly.Memory({ initial: problem.pages, maximum: 65536 });
      write(memory);
      const share = new Share(await compileModule(false), memory, problem, 0);
      const numbers = (address: number, length: number) => new Float64Array(memory.buffer, address, length);
      numbers(problem.vectors[0], problem.numFeatures).fill(0.25);
      share.load(problem.vectors[0]);
      expect(share.begin()).toBe(true);
      share.run(0, corpus.numSequences);
      share.end();
      share.collect(problem.vectors[1]);
      const { size } = arrange(corpus, features);
      const isFeature = new Uint8Array(size);
      for (const place of new Uint32Array(memory.buffer, problem.places, problem.numFeatures)) {
        expect(isFeature[place]).toBe(0);
        isFeature[place] = 1;
      }
      numbers(problem.common.table, size).forEach((weight, place) => {
        expect(weight).toBe(isFeature[place] === 1 ? 0.25 : 0);
      });
    }
  });

  it('gives the same to the bit each time', async () => {
    const problem = problemOf(cases[6]);
    const weights = someWeights(problem, 4);
    expect(await evaluate(await simd(problem), weights)).toEqual(
      await evaluate(await simd(problem), weights),
    );
  });

  it('gives a loss that is not finite for weights that are not', async () => {
    const problem = problemOf(cases[4]);
    for (const value of [NaN, Infinity, 1e308]) {
      const weights = someWeights(problem, 4).fill(value);
      for (let k = 0; k < weights.length; k += 2) weights[k] = -value;
      const { loss } = await evaluate(await simd(problem), weights);
      expect(loss).not.toSatisfy(Number.isFinite);
    }
  });
});

describe('the kernel on threads', () => {
  it.each([cases[6], cases[15], cases[24], cases[26], cases[27]])(
    'gives what the plain one gives: $name',
    async (testCase) => {
      const problem = problemOf(testCase);
      await compare(problem, someWeights(problem, 4), 1e-13, 2);
      await compare(problem, someWeights(problem, 3 * MAX_SCALED_SPREAD), 1e-11, 3);
    },
  );

  it('gives the same to the bit for the same number of threads', async () => {
    const problem = problemOf({ name: '', tags: 7, attributes: 300, count: 500 });
    const weights = someWeights(problem, 4);
    const runs = [await simd(problem, 3), await simd(problem, 3)].map((kernel) => evaluate(kernel, weights));
    const [first, second] = await Promise.all(runs);
    expect(first).toEqual(second);
  });

  it('works where there are fewer sequences than threads', async () => {
    const problem = problemOf({ name: '', tags: 3, attributes: 5, count: 2 });
    await compare(problem, someWeights(problem, 2), 1e-13, 5);
  });
});

describe('the choice of the kernel', () => {
  const problem = problemOf(cases[6]);
  const choose = async (options: { threads?: number; kernel?: 'plain' | 'simd' } = {}) => {
    const kernel = await trainingKernel(problem.corpus, problem.features, { vectors: 0, ...options });
    await kernel.close();
    return { name: kernel.name, threads: kernel.threads, notes: kernel.notes };
  };

  it('is SIMD, on this thread where the data are small', async () => {
    expect(await choose()).toEqual({ name: 'simd', threads: 1, notes: [] });
  });

  it('is what the caller wants', async () => {
    expect(await choose({ kernel: 'plain', threads: 2 })).toEqual({ name: 'plain', threads: 1, notes: [] });
    expect(await choose({ threads: 2 })).toEqual({ name: 'simd', threads: 2, notes: [] });
  });

  it('is one thread where memory cannot be shared, and says so', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const { name, threads, notes } = await choose({ threads: 2 });
    expect([name, threads]).toEqual(['simd', 1]);
    expect(notes).toEqual([expect.stringMatching(/^threads cannot share memory here/)]);
  });

  it('is one thread where none can be started, and says so', async () => {
    vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
    const { name, threads, notes } = await choose({ threads: 2 });
    expect([name, threads]).toEqual(['simd', 1]);
    expect(notes).toEqual([expect.stringMatching(/^threads cannot be started here/)]);
  });

  it('is plain where WebAssembly does not work, and says so', async () => {
    vi.stubGlobal('WebAssembly', {
      validate: () => true,
      compile: () => Promise.reject(new Error('no')),
      Memory: WebAssembly.Memory,
    });
    vi.resetModules();
    const { trainingKernel: fresh } = await import('../../src/linear/kernel/choose.js');
    const kernel = await fresh(problem.corpus, problem.features, { vectors: 0 });
    expect([kernel.name, kernel.threads]).toEqual(['plain', 1]);
    expect(kernel.notes).toEqual(['WebAssembly could not be used: Error: no']);
  });

  it('is plain where there is no SIMD, and says so', async () => {
    for (const host of [undefined, { validate: () => false }]) {
      vi.stubGlobal('WebAssembly', host);
      vi.resetModules();
      const { trainingKernel: fresh } = await import('../../src/linear/kernel/choose.js');
      const kernel = await fresh(problem.corpus, problem.features, { vectors: 0, threads: 2 });
      expect([kernel.name, kernel.threads]).toEqual(['plain', 1]);
      expect(kernel.notes).toEqual(['WebAssembly with SIMD is not supported here']);
      const weights = someWeights(problem, 2);
      const expected = await evaluate(plainKernel(problem.corpus, problem.features), weights);
      expect(await evaluate(kernel, weights)).toEqual(expected);
    }
  });
});
