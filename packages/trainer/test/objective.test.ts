import { addGradients, noGradients, type Gradients, type Optimizer } from '@cognate/nn';
import { describe, expect, it } from 'vitest';
import { train, type StepEvent, type TrainOptions } from '../src/index.js';
import { logisticLoss, TAGS, toyData, ToyTagger, type ToyExample } from './fixtures/toy.js';

const T = TAGS.length;

/** An optimiser that adds up the gradients and leaves the parameters alone. */
function recorder(): { sum: Gradients; optimizer: () => Optimizer } {
  const sum = noGradients();
  let steps = 0;
  const optimizer = (): Optimizer => ({
    name: 'recorder',
    get steps() {
      return steps;
    },
    step(_parameters, gradients) {
      steps++;
      addGradients(sum, gradients);
    },
    settle() {
      // Nothing is put off.
    },
    state: () => new Map(),
    load() {
      // Nothing to load.
    },
  });
  return { sum, optimizer };
}

/** -Σ_c weights[c] Σ log p and its gradient, computed sentence by sentence in plain numbers. */
function byHand(model: ToyTagger, corpora: readonly { examples: readonly ToyExample[]; weight: number }[]) {
  const [table, bias, matrix] = [...model.parameters].map(({ values }) => values);
  const total = {
    loss: 0,
    table: new Float64Array(table.length),
    bias: new Float64Array(T),
    matrix: new Float64Array(T * T),
  };
  for (const { examples, weight } of corpora) {
    for (const { words, tags } of examples) {
      const rows = words.flatMap((word) => [...table.subarray(word * T, (word + 1) * T)]);
      const gold = tags.map((tag) => TAGS.indexOf(tag));
      const one = logisticLoss(rows, bias, matrix, gold, new Float64Array(rows.length).fill(1));
      total.loss += weight * one.loss;
      words.forEach((word, n) => {
        for (let t = 0; t < T; t++) total.table[word * T + t] += weight * one.rows[n * T + t];
      });
      one.bias.forEach((value, i) => (total.bias[i] += weight * value));
      one.matrix.forEach((value, i) => (total.matrix[i] += weight * value));
    }
  }
  return total;
}

function denseTable(sum: Gradients, length: number): Float64Array {
  const dense = new Float64Array(length);
  const { rows, values } = sum.sparse.get('table')!;
  rows.forEach((row, k) => dense.set(values.subarray(k * T, (k + 1) * T), row * T));
  return dense;
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

async function sumOfEpochs(model: ToyTagger, options: TrainOptions) {
  const { sum, optimizer } = recorder();
  const steps: StepEvent[] = [];
  const result = await train({
    model,
    data: { ...toyData(), dev: undefined },
    options: { epochs: 1, batches: { size: 4 }, ...options, optimizer },
    events: (event) => {
      if (event.type === 'step') steps.push(event);
    },
  });
  return { sum, steps, result };
}

/** A bias that is not 0, so that every gradient is worth comparing. */
function toy(): ToyTagger {
  const model = new ToyTagger();
  model.parameters.get('bias').values.set([0.3, -0.2, 0.5, 0.1]);
  return model;
}

describe('the gradients of an epoch', () => {
  const { target, sources } = toyData();
  const weighted = (targetWeight: number) => [
    { examples: target.examples, weight: targetWeight },
    ...sources.map(({ examples, mu }) => ({ examples, weight: mu })),
  ];

  it.each([
    ['separate batches', { batches: { size: 4, languages: 'separate' } }, 1],
    ['mixed batches', { batches: { size: 7, languages: 'mixed' } }, 1],
    ['batches of few tokens', { batches: { size: 16, tokens: 11 } }, 1],
    ['parts of batches', { batches: { size: 7, languages: 'mixed' }, parts: 3 }, 1],
    ['the target ten times', { objective: { kind: 'exact', targetRepeat: 10 } }, 10],
    [
      'the target ten times with a tenth of its weight',
      { objective: { kind: 'exact', targetRepeat: 10, repeatWeight: 'shared' } },
      1,
    ],
  ] as const)('sum up to the objective’s: %s', async (_, options, targetWeight) => {
    const model = toy();
    const { sum, result } = await sumOfEpochs(model, options);
    const expected = byHand(model, weighted(targetWeight));
    expect(distance(denseTable(sum, expected.table.length), expected.table)).toBeLessThan(1e-4);
    expect(distance(sum.dense.get('bias')!, expected.bias)).toBeLessThan(1e-4);
    expect(distance(sum.dense.get('matrix')!, expected.matrix)).toBeLessThan(1e-4);
    expect(result.epochs[0].loss).toBeCloseTo(expected.loss, 3);
    // Losses by language are not weighted.
    for (const { name, examples } of [target, ...sources]) {
      const seen = result.epochs[0].languages[name];
      const times = seen.sentences / examples.length;
      expect(times).toBe(name === 'gl' && 'objective' in options ? 10 : 1);
      expect(seen.loss).toBeCloseTo(times * byHand(model, [{ examples, weight: 1 }]).loss, 2);
      expect(seen.tokens).toBe(times * examples.reduce((n, { words }) => n + words.length, 0));
    }
  });

  it.each(['separate', 'mixed'] as const)(
    'sampled have the objective’s as their mean: %s batches',
    async (languages) => {
      const model = toy();
      const expected = byHand(model, weighted(1));
      const mean = new Float64Array(expected.table.length);
      const rounds = 60;
      let loss = 0;
      for (let seed = 0; seed < rounds; seed++) {
        const { sum, result } = await sumOfEpochs(model, {
          seed,
          batches: { size: 8, languages },
          objective: { kind: 'sampled', targetShare: 0.5, sentencesPerEpoch: 40 },
        });
        denseTable(sum, mean.length).forEach((value, i) => (mean[i] += value / rounds));
        loss += result.epochs[0].loss / rounds;
      }
      // One epoch is off by about a fifth; the mean of so many by an eighth of that.
      const scale = Math.max(...expected.table.map(Math.abs));
      expect(distance(mean, expected.table) / scale).toBeLessThan(0.08);
      expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(0.02);
    },
  );

  it('leave out a source whose mu is 0, and do without any', async () => {
    const { sum, optimizer } = recorder();
    const model = toy();
    const result = await train({
      model,
      data: { target, sources: [{ ...sources[0], mu: 0 }] },
      options: { epochs: 1, optimizer },
    });
    expect(Object.keys(result.epochs[0].languages)).toEqual(['gl']);
    expect(
      distance(sum.dense.get('bias')!, byHand(model, [{ examples: target.examples, weight: 1 }]).bias),
    ).toBeLessThan(1e-4);
  });

  it('of fine-tuning are those of the target alone', async () => {
    const model = toy();
    const joint = recorder();
    const fine = recorder();
    const result = await train({
      model,
      data: { target, sources },
      options: { epochs: 2, optimizer: joint.optimizer, fineTune: { epochs: 3, optimizer: fine.optimizer } },
    });
    expect(result.epochs.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
      ...['joint 1', 'joint 2', 'fine-tune 1', 'fine-tune 2', 'fine-tune 3'],
    ]);
    expect(
      distance(
        joint.sum.dense.get('bias')!,
        byHand(model, weighted(1)).bias.map((x) => 2 * x),
      ),
    ).toBeLessThan(1e-4);
    const alone = byHand(model, [{ examples: target.examples, weight: 3 }]);
    expect(distance(fine.sum.dense.get('bias')!, alone.bias)).toBeLessThan(1e-4);
  });
});

describe('steps', () => {
  it('tell their number, loss, sentences and tokens', async () => {
    const { steps, result } = await sumOfEpochs(toy(), { batches: { size: 4 } });
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
    expect(steps.at(-1)).toMatchObject({
      of: steps.length,
      totalSteps: steps.length,
      epoch: 1,
      phase: 'joint',
    });
    expect(steps.reduce((sum, { sentences }) => sum + sentences, 0)).toBe(67);
    expect(steps.reduce((sum, { loss }) => sum + loss, 0)).toBeCloseTo(result.epochs[0].loss, 9);
  });

  it('clip the gradient of the whole batch', async () => {
    const { optimizer } = recorder();
    const norms: number[] = [];
    const watched = () => {
      const inner = optimizer();
      return {
        ...inner,
        step(parameters: never, gradients: Gradients) {
          const all = [
            ...gradients.dense.values(),
            ...Array.from(gradients.sparse.values(), ({ values }) => values),
          ];
          norms.push(Math.hypot(...all.flatMap((values) => [...values])));
          inner.step(parameters, gradients);
        },
      };
    };
    const before: number[] = [];
    await train({
      model: toy(),
      data: toyData(),
      options: { epochs: 1, clipNorm: 1.5, parts: 2, optimizer: watched },
      events: (event) => {
        if (event.type === 'step') before.push(event.gradientNorm!);
      },
    });
    expect(before.some((norm) => norm > 3)).toBe(true);
    norms.forEach((norm, i) => expect(norm).toBeCloseTo(Math.min(1.5, before[i]), 4));
  });
});
