import { adadelta, sgd, type Gradients } from '@cognate/nn';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Average } from '../src/average.js';
import { decayFactor, readDecay } from '../src/schedule.js';
import {
  BatchError,
  memoryStore,
  train,
  TrainerError,
  type EpochEvent,
  type StepEvent,
  type TrainArguments,
  type TrainEvent,
  type TrainOptions,
} from '../src/index.js';
import { toyData, ToyTagger, valuesOf, type ToyExample } from './fixtures/toy.js';

/** Trains the toy on the toy's data; gives what was told. */
async function told(
  options: TrainOptions,
  model = new ToyTagger(),
  more: Partial<TrainArguments<ToyExample>> = {},
) {
  const events: TrainEvent[] = [];
  const result = await train({
    model,
    data: toyData(),
    options,
    events: (event) => events.push(event),
    ...more,
  });
  const of = <T extends TrainEvent['type']>(type: T) =>
    events.filter((event): event is Extract<TrainEvent, { type: T }> => event.type === type);
  return { result, events, of, model };
}

/** A model whose development score follows a script: so many of twenty sentences are decoded rightly. */
function scripted(scores: readonly number[]): ToyTagger {
  const model = new ToyTagger();
  let evaluation = -1;
  let place = 0;
  model.decode = (batch) =>
    batch.map(({ words, tags }) => {
      if (place++ % 20 === 0) evaluation++;
      return (place - 1) % 20 < scores[evaluation] ? [...tags] : words.map(() => 'O');
    });
  return model;
}

describe('training', () => {
  it('learns', async () => {
    const { result, of } = await told({ epochs: 20, optimizer: { name: 'adam', learningRate: 0.05 } });
    const [run] = of('run');
    expect(run).toEqual({
      type: 'run',
      corpora: [
        { name: 'gl', sentences: 12, tokens: expect.any(Number) as number, mu: 1 },
        { name: 'es', sentences: 40, tokens: expect.any(Number) as number, mu: 0.5 },
        { name: 'ca', sentences: 15, tokens: expect.any(Number) as number, mu: 2 },
      ],
      devSentences: 20,
      parameters: 12 * 4 + 4 + 16,
      optimizer: 'adam',
      seed: 1,
      parts: 1,
      threads: 1,
    });
    const epochs = of('epoch');
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0].loss / 1.25);
    expect(epochs.at(-1)!.dev).toBeGreaterThan(0.5);
    expect(result.kept.dev).toBe(Math.max(...epochs.map(({ dev }) => dev!)));
  });

  it('tells what happens in order', async () => {
    const { events, result } = await told({
      epochs: 2,
      batches: { size: 64 },
      fineTune: { epochs: 1 },
      checkpoints: { store: memoryStore(), everyEpochs: 2 },
    });
    expect(events.map((event) => ('phase' in event ? `${event.phase} ${event.type}` : event.type))).toEqual([
      'run',
      ...['joint step', 'joint step', 'joint step', 'joint epoch'],
      ...['joint step', 'joint step', 'joint step', 'joint epoch'],
      ...['joint checkpoint', 'joint stop'],
      ...['fine-tune step', 'fine-tune epoch', 'fine-tune stop', 'fine-tune checkpoint'],
      'end',
    ]);
    expect(events.at(-1)).toEqual({ type: 'end', ...result });
    expect(result).toMatchObject({ reason: 'epochs', totalSteps: 7 });
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const values = async (seed: number) =>
      valuesOf((await told({ epochs: 2, seed }, new ToyTagger({}, 0.3))).model);
    const first = await values(1);
    expect(await values(1)).toBe(first);
    expect(await values(2)).not.toBe(first);
  });

  it('is the published ADADELTA unless told otherwise', async () => {
    const { model } = await told({ epochs: 2 });
    const own = await told({
      epochs: 2,
      optimizer: () => adadelta({ learningRate: 1, rho: 0.95, epsilon: 1e-6 }),
    });
    expect(valuesOf(own.model)).toBe(valuesOf(model));
  });

  it('lets other tasks of the thread run', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const started = performance.now();
    await told({ epochs: 25, batches: { size: 1 } });
    clearInterval(timer);
    // A pause after each 30 ms of work; a step takes a few itself, on a busy machine more.
    expect(ticks).toBeGreaterThan((performance.now() - started) / 300);
    expect(ticks).toBeGreaterThan(2);
  });

  it('leaves no tensor behind', async () => {
    const model = new ToyTagger();
    await told({ epochs: 1 }, model);
    model.parameters.dispose();
    const before = tf.memory().numTensors;
    await told({ epochs: 3 }, model);
    model.parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the development data', () => {
  const scores = [3, 9, 5, 12, 12, 11, 4, 20];

  it('choose the epoch whose weights are kept', async () => {
    const weights: string[] = [];
    const model = scripted(scores);
    const { result } = await told({ epochs: 6 }, model, {
      events: (event) => {
        if (event.type === 'epoch') weights.push(valuesOf(model));
      },
    });
    // The first of those with the highest score.
    expect(result.kept).toMatchObject({ phase: 'joint', epoch: 4 });
    expect(valuesOf(model)).toBe(weights[3]);
    expect(result.epochs.map(({ best }) => best)).toEqual([true, true, false, true, false, false]);
  });

  it('stop the training when patience is over', async () => {
    const { result, of } = await told({ epochs: 50, patience: 3 }, scripted(scores));
    expect(result).toMatchObject({ reason: 'patience', kept: { epoch: 4 } });
    expect(result.epochs).toHaveLength(7);
    expect(of('stop')).toMatchObject([{ reason: 'patience', phase: 'joint' }]);
    const shorter = await told({ epochs: 50, patience: 1 }, scripted(scores));
    expect(shorter.result.epochs).toHaveLength(3);
  });

  it('may be asked seldom, and are asked after the last epoch', async () => {
    const { result } = await told({ epochs: 5, dev: { every: 2 } }, scripted(scores));
    expect(result.epochs.map(({ dev }) => dev !== undefined)).toEqual([false, true, false, true, true]);
    // Scores 3, 9 and 5.
    expect(result.kept.epoch).toBe(4);
  });

  it('keep the joint weights if fine-tuning does not better them', async () => {
    const weights: string[] = [];
    const model = scripted([3, 10, 9, 8]);
    const { result } = await told({ epochs: 2, fineTune: { epochs: 9, patience: 2 } }, model, {
      events: (event) => {
        if (event.type === 'epoch') weights.push(valuesOf(model));
      },
    });
    expect(result).toMatchObject({ reason: 'patience', kept: { phase: 'joint', epoch: 2 } });
    expect(result.epochs).toHaveLength(4);
    expect(valuesOf(model)).toBe(weights[1]);
  });

  it('are given as many chances in fine-tuning as before, whatever the joint training used up', async () => {
    const options = { epochs: 50, patience: 1, fineTune: { epochs: 9, patience: 2 } };
    const { result, of } = await told(options, scripted([9, 5, 4, 3, 2, 1]));
    expect(of('stop')).toMatchObject([
      { reason: 'patience', phase: 'joint', epoch: 3 },
      { reason: 'patience', phase: 'fine-tune', epoch: 3 },
    ]);
    expect(result.epochs).toHaveLength(4);
  });

  it('leave no tensor of other weights than those that are kept', async () => {
    const model = scripted([9, 5]);
    const { parameters } = model;
    const decode = model.decode.bind(model);
    model.decode = (batch) => {
      parameters.tensor('bias');
      return decode(batch);
    };
    // An optimiser that puts nothing off has no need to touch what it settles.
    const optimizer = () => ({ ...adadelta(), settle: () => undefined });
    await told({ epochs: 2, optimizer }, model);
    expect([...parameters.tensor('bias').dataSync()]).toEqual([...parameters.get('bias').values]);
    parameters.dispose();
  });

  it('are scored by entities, or as the caller likes', async () => {
    const { result } = await told({ epochs: 1 });
    const model = new ToyTagger();
    const data = toyData();
    let score = NaN;
    const own = await train({
      model,
      data,
      options: {
        epochs: 1,
        dev: {
          score: (gold, predicted) => {
            // Entities counted by hand: a tag B- and all tags I- of its label after it.
            const entities = (rows: readonly (readonly string[])[]) =>
              rows.flatMap((tags, s) =>
                tags.flatMap((tag, t) => {
                  // As conlleval reads them: I- begins an entity where none of its label is open.
                  const opens =
                    tag[0] === 'B' || (tag[0] === 'I' && (tags[t - 1] ?? 'O').slice(2) !== tag.slice(2));
                  if (!opens) return [];
                  let end = t + 1;
                  while (tags[end] === `I-${tag.slice(2)}`) end++;
                  return [`${s} ${t} ${end} ${tag.slice(2)}`];
                }),
              );
            const right = new Set(entities(gold));
            const found = entities(predicted);
            const correct = found.filter((entity) => right.has(entity)).length;
            score = (2 * correct) / (right.size + found.length);
            return -score;
          },
        },
      },
    });
    expect(score).toBeGreaterThan(0.1);
    expect(result.epochs[0].dev).toBeCloseTo(score, 12);
    expect(own.epochs[0].dev).toBe(-score);
  });

  it('have their right tags from where the caller says', async () => {
    const data = toyData();
    const dev = data.dev.map(({ words, tags }) => ({ words, tags: [], right: tags }));
    const { result } = await told({ epochs: 1 }, new ToyTagger(), {
      data: { ...data, dev, goldTags: (example) => (example as (typeof dev)[0]).right },
    });
    expect(result.epochs[0].dev).toBe((await told({ epochs: 1 })).result.epochs[0].dev);
  });

  it('are not needed', async () => {
    const data = { ...toyData(), dev: undefined };
    const { result, model } = await told({ epochs: 3 }, new ToyTagger(), { data });
    expect(result.kept).toEqual({ phase: 'joint', epoch: 3 });
    expect(result.epochs[2]).not.toHaveProperty('dev');
    const { model: again } = await told({ epochs: 3, patience: undefined, dev: { every: 3 } });
    expect(valuesOf(model)).toBe(valuesOf(again));
  });
});

describe('the average of the weights', () => {
  it('is that of all steps, at the cost of the rows that a step changes', async () => {
    const model = new ToyTagger();
    const history: Float32Array[][] = [];
    const values = () => [...model.parameters].map(({ values }) => values.slice());
    history.push(values());
    await told(
      {
        epochs: 4,
        batches: { size: 2 },
        average: { decay: 0.8 },
        optimizer: { name: 'sgd', learningRate: 0.1 },
      },
      model,
      {
        data: { ...toyData(), dev: undefined },
        events: (event) => {
          if (event.type === 'step') history.push(values());
        },
      },
    );
    const expected = history[0].map((one) => Float64Array.from(one));
    history.slice(1).forEach((now, i) => {
      const n = i + 1;
      const d = Math.min(0.8, (1 + n) / (10 + n));
      expected.forEach((average, p) => {
        average.forEach((value, k) => (average[k] = d * value + (1 - d) * now[p][k]));
      });
    });
    [...model.parameters].forEach(({ values: kept }, p) => {
      kept.forEach((value, k) => expect(Math.abs(value - expected[p][k])).toBeLessThan(1e-5));
    });
  });

  it('begins anew with fine-tuning, at the weights that were kept', async () => {
    const model = scripted([9, 5, 4]);
    const decode = model.decode.bind(model);
    const seen: string[] = [];
    model.decode = (batch) => {
      seen.push(valuesOf(model));
      return decode(batch);
    };
    await told(
      {
        epochs: 2,
        average: { decay: 0.9 },
        dev: { batchSize: 20 },
        fineTune: { epochs: 1, optimizer: { name: 'sgd', learningRate: 0 } },
      },
      model,
    );
    expect(seen).toHaveLength(3);
    expect(seen[1]).not.toBe(seen[0]);
    expect(seen[2]).toBe(seen[0]);
  });

  it('is what the development data see, while the training goes on without it', async () => {
    const seen: string[] = [];
    const model = new ToyTagger();
    const decode = model.decode.bind(model);
    model.decode = (batch) => {
      seen.push(valuesOf(model));
      return decode(batch);
    };
    const steps: string[] = [];
    const events = (event: TrainEvent) => {
      if (event.type === 'step') steps.push(valuesOf(model));
    };
    await told({ epochs: 2, average: { decay: 0.99 } }, model, { events });
    const plain: string[] = [];
    const other = new ToyTagger();
    await told({ epochs: 2 }, other, {
      events: (event) => {
        if (event.type === 'step') plain.push(valuesOf(other));
      },
    });
    expect(steps).toEqual(plain);
    expect(steps).not.toContain(seen[0]);
    expect([seen[0], seen[1]]).toContain(valuesOf(model));
  });

  it('goes on from its state with the same bits', () => {
    const parameters = new ToyTagger().parameters;
    const gradients = (row: number): Gradients => ({
      loss: 0,
      dense: new Map(),
      sparse: new Map([['table', { rows: Int32Array.of(row), values: new Float32Array(4) }]]),
    });
    const optimizer = sgd({ learningRate: 1 });
    const go = (average: Average, rows: readonly number[]) => {
      for (const row of rows) {
        const step = gradients(row);
        step.sparse.get('table')!.values.fill(row + 1);
        average.beforeStep(step.sparse);
        optimizer.step(parameters, step);
        average.afterStep(step.sparse);
      }
    };
    const first = new Average(parameters, 0.9);
    go(first, [0, 3, 0, 5]);
    const { steps, logKept, values, seenAt } = first.state();
    const copied = <T extends Float32Array | Float64Array>(arrays: ReadonlyMap<string, T>) =>
      new Map([...arrays].map(([name, array]) => [name, array.slice() as T]));
    const second = new Average(parameters, 0.9);
    second.load({ steps, logKept, values: copied(values), seenAt: copied(seenAt) });
    expect([...second.settled()]).toEqual([...first.settled()]);
  });
});

describe('the learning rate', () => {
  it('falls as the decay says', async () => {
    const rates = async (options: TrainOptions) => {
      const { of } = await told({ epochs: 3, batches: { size: 64 }, ...options });
      return of('step').map(({ learningRate }) => Number(learningRate.toFixed(6)));
    };
    expect(await rates({})).toEqual(new Array(9).fill(1));
    expect(
      await rates({
        optimizer: { name: 'sgd', learningRate: 0.04 },
        learningRateDecay: { kind: 'exponential', factor: 0.5 },
      }),
    ).toEqual([0.04, 0.04, 0.04, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01]);
    expect(await rates({ learningRateDecay: { kind: 'linear', warmUpSteps: 2 } })).toEqual([
      ...[0.5, 1, 1],
      ...[0.666667, 0.666667, 0.666667],
      ...[0.333333, 0.333333, 0.333333],
    ]);
  });

  it('is what the optimiser works with', async () => {
    const { model } = await told({
      epochs: 3,
      optimizer: { name: 'sgd', learningRate: 0.04 },
      learningRateDecay: { kind: 'inverse', rate: 1 },
    });
    const epochOf = (step: number) => Math.ceil(step / 5);
    const own = await told({
      epochs: 3,
      optimizer: () => sgd({ learningRate: (step) => 0.04 * (1 / (1 + (epochOf(step) - 1))) }),
    });
    expect(own.of('step').filter(({ epoch }) => epoch === 1)).toHaveLength(5);
    expect(valuesOf(own.model)).toBe(valuesOf(model));
  });

  it.each([
    [{ kind: 'constant', warmUpSteps: 4 }, [0.25, 0.5, 0.75, 1, 1], [1, 1, 1, 1, 9]],
    [{ kind: 'inverse', rate: 0.5 }, [1, 1 / 1.5, 1 / 2], [1, 2, 3]],
    [{ kind: 'linear', to: 0.2 }, [1, 0.92, 0.28], [1, 2, 10]],
  ])('has the factors of %j', (given, factors, epochs) => {
    const decay = readDecay('decay', given);
    factors.forEach((factor, i) => expect(decayFactor(decay, i + 1, epochs[i], 10)).toBeCloseTo(factor, 12));
  });
});

describe('a batch that fails', () => {
  it.each([
    ['a loss that is not a number', NaN, /: the loss is NaN/],
    ['an infinite loss', Infinity, /: the loss is Infinity/],
  ])('is named: %s', async (_, value, message) => {
    const model = new ToyTagger();
    const batchLoss = model.batchLoss.bind(model);
    let count = 0;
    const batches: (readonly ToyExample[])[] = [];
    model.batchLoss = (batch, context) => {
      batches.push(batch);
      const loss = batchLoss(batch, context);
      return ++count === 9 ? tf.mul(loss, value) : loss;
    };
    const data = toyData();
    let before = '';
    const error = await train({
      model,
      data,
      events: (event) => {
        if (event.type === 'step') before = valuesOf(model);
      },
    }).catch((reason: unknown) => reason as BatchError);
    expect(error).toBeInstanceOf(BatchError);
    if (!(error instanceof BatchError)) return;
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^joint epoch 2, step 4, (gl|es|ca) sentences? \d+(, \d+)*: /);
    expect(error).toMatchObject({ phase: 'joint', epoch: 2, step: 4 });
    // The named sentences are those of the batch.
    const corpus = [data.target, ...data.sources].find(({ name }) => name === error.language)!;
    expect(error.sentences.map((sentence) => corpus.examples[sentence])).toEqual(batches.at(-1));
    expect(valuesOf(model)).toBe(before);
  });

  it('is named for development data that the model cannot decode', async () => {
    const model = new ToyTagger();
    const cause = new Error('no such language');
    model.decode = () => {
      throw cause;
    };
    const data = toyData();
    const dev = data.dev.slice(0, 2);
    const lengths = dev.map((example) => model.length(example));
    const order = lengths[0] <= lengths[1] ? '0, 1' : '1, 0';
    const error = await train({ model, data: { ...data, dev } }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TrainerError);
    expect(error).toMatchObject({
      message: `model.decode of data.dev, examples ${order}: no such language`,
      cause,
    });
  });

  it('is named for a gradient that is not finite', async () => {
    const model = new ToyTagger();
    const { parameters } = model;
    model.batchLoss = () => tf.sum(tf.sqrt(tf.mul(parameters.tensor('bias'), 0)));
    await expect(train({ model, data: toyData() })).rejects.toThrow(
      /^joint epoch 1, step 1, \w\w sentences? [\d, ]+: parameter 'bias' \[4\]: its gradient has/,
    );
  });
});

describe('what does not fit', () => {
  const data = toyData();
  const none = null as unknown as ToyExample;
  const model = new ToyTagger();
  const good = { model, data };
  const refused = async (given: unknown, message: RegExp | string) => {
    const error = await train(given as TrainArguments<ToyExample>).catch(
      (reason: unknown) => reason as Error,
    );
    expect(error).toBeInstanceOf(TrainerError);
    if (error instanceof Error) expect(error.message).toMatch(message);
  };

  it.each([
    [{ seed: 1.5 }, 'options.seed: expected a safe integer, got 1.5'],
    [{ epochs: 0 }, 'options.epochs: expected a whole number of at least 1, got 0'],
    [{ patience: '3' }, 'options.patience: expected a whole number of at least 1, got "3"'],
    [{ epoch: 3 }, 'options: expected the options seed, epochs, '],
    [
      { objective: { kind: 'joint' } },
      'options.objective.kind: expected one of "exact", "sampled", got "joint"',
    ],
    [
      { objective: { kind: 'exact', targetShare: 0.5 } },
      'options.objective: expected the options kind, targetRepeat, repeatWeight, got "targetShare"',
    ],
    [
      { objective: { targetRepeat: 0 } },
      'options.objective.targetRepeat: expected a whole number of at least 1',
    ],
    [
      { objective: { kind: 'sampled', targetShare: 1 } },
      'options.objective.targetShare: expected a number between 0 and 1, both excluded, got 1',
    ],
    [{ objective: { kind: 'sampled' } }, 'options.objective.targetShare: expected a number between 0 and 1'],
    [{ batches: { size: -1 } }, 'options.batches.size: expected a whole number of at least 1, got -1'],
    [{ batches: { languages: 'all' } }, 'options.batches.languages: expected one of "separate", "mixed"'],
    [{ batches: 16 }, 'options.batches: expected an object, got 16'],
    [{ optimizer: { name: 'adagrad' } }, 'options.optimizer.name: expected one of "adadelta", "adam", "sgd"'],
    [
      { optimizer: { name: 'adam', rho: 1 } },
      'options.optimizer: expected the options name, learningRate, beta1',
    ],
    [{ optimizer: { name: 'adadelta', rho: 2 } }, 'options.optimizer.rho: expected a number of at least 0'],
    [
      { optimizer: { name: 'sgd' } },
      'options.optimizer.learningRate: expected a number of at least 0, or a function of the step, got undefined',
    ],
    [{ optimizer: () => 3 }, 'options.optimizer: expected a function that gives an Optimizer, got 3'],
    [{ optimizer: 'adam' }, 'options.optimizer: expected the options of an optimiser or a function'],
    [
      { learningRateDecay: { kind: 'exponential' } },
      'options.learningRateDecay.factor: expected a number above 0',
    ],
    [
      { learningRateDecay: { kind: 'linear', rate: 1 } },
      'expected the options kind, to, warmUpSteps, got "rate"',
    ],
    [{ clipNorm: 0 }, 'options.clipNorm: expected a number above 0, got 0'],
    [{ average: { decay: 1 } }, 'options.average.decay: expected a number between 0 and 1'],
    [{ fineTune: {} }, 'options.fineTune.epochs: expected a whole number of at least 1, got undefined'],
    [{ dev: { scheme: 'BI' } }, 'options.dev: expected scheme to be one of'],
    [{ dev: { score: 'f1' } }, 'options.dev.score: expected a function, got "f1"'],
    [{ checkpoints: {} }, 'options.checkpoints.store: expected a CheckpointStore, got undefined'],
    [
      { checkpoints: { store: memoryStore(), everySeconds: 0 } },
      'options.checkpoints.everySeconds: expected a number above 0, got 0',
    ],
    [{ parts: 0 }, 'options.parts: expected a whole number of at least 1, got 0'],
    [{ team: 2 }, 'options.team: expected what threadTeam() gives, got 2'],
    [{ signal: {} }, 'options.signal: expected an AbortSignal, got an object'],
  ])('is refused: %j', (options, message) => refused({ ...good, options }, message));

  it.each([
    ['no target', { target: undefined }, 'data.target: expected an object, got undefined'],
    [
      'no name',
      { target: { name: '', examples: [] } },
      'data.target.name: expected the name of a language, got ""',
    ],
    [
      'nothing to train on',
      { target: { name: 'gl', examples: [] } },
      'data.target.examples: expected at least one example, got none',
    ],
    [
      'a target with mu',
      { target: { ...data.target, mu: 1 } },
      'data.target: expected the options name, examples, got "mu"',
    ],
    ['one source', { sources: data.sources[0] }, 'data.sources: expected an array, got an object'],
    [
      'a negative mu',
      { sources: [{ ...data.sources[0], mu: -1 }] },
      'data.sources[0].mu: expected a number of at least 0, got -1',
    ],
    [
      'a mu with which gradients overflow',
      { sources: [data.sources[0], { ...data.sources[1], mu: 1e300 }] },
      'data.sources[1].mu: expected a number of at most 1000000, got 1e+300',
    ],
    [
      'a name twice',
      { sources: [data.sources[0], { ...data.sources[1], name: 'es' }] },
      'data.sources[1].name: expected a name that no other corpus has, got "es"',
    ],
    [
      'an empty sentence',
      { target: { name: 'gl', examples: [...data.target.examples, { words: [], tags: [] }] } },
      'data.target.examples[12]: expected at least one token by model.length, got 0',
    ],
    [
      'what the model cannot measure',
      { target: { name: 'gl', examples: [...data.target.examples, null] } },
      'data.target.examples[12]: Cannot destructure',
    ],
    ['tags that cannot be had', { goldTags: () => none.tags }, 'data.dev[0]: Cannot read properties of'],
    [
      'no development data',
      { dev: [] },
      'data.dev: expected at least one example, got none; leave it out instead',
    ],
    [
      'no right tags',
      { dev: [{ words: [1] }] },
      'data.dev[0]: expected an array of tags as property tags (or by data.goldTags)',
    ],
    [
      'too many tags',
      { dev: [{ words: [1], tags: ['O', 'O'] }] },
      'data.dev[0]: expected 1 tags, one a token, got 2 of them',
    ],
  ])('is refused in the data: %s', async (_, more, message) => {
    const given = { model, data: { ...data, ...more } as never };
    const error = await train(given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TrainerError);
    expect((error as Error).message).toContain(message);
  });

  it('is refused in the model and beside it', async () => {
    await refused({ model: undefined, data }, /^model: expected a TrainableModel, got undefined$/);
    await refused(
      { model: { parameters: model.parameters, length: () => 1 }, data },
      /^model.batchLoss: expected a function/,
    );
    await refused({ ...good, events: 'x' }, /^events: expected a function, got "x"$/);
    await refused(
      { ...good, option: {} },
      /^train: expected the options model, data, options, events, got "option"$/,
    );
    await refused(
      { ...good, data: { ...data, dev: undefined }, options: { patience: 3 } },
      /^options.patience: expected data.dev beside it/,
    );
    const bad = (decode: unknown) =>
      refused(
        { model: Object.assign(new ToyTagger(), { decode }), data, options: { epochs: 1 } },
        /^model.decode: expected/,
      );
    await bad(() => []);
    await bad(() => 'none');
    await bad((batch: unknown[]) => batch.map(() => ['O', 'O', 'O', 'O', 'O', 'O', 'O', 'O', 'O', 'O']));
    await refused(
      { ...good, options: { epochs: 1, dev: { score: () => NaN } } },
      /^options.dev.score: expected a finite number, got NaN$/,
    );
  });

  it('in an event handler ends the training with its error', async () => {
    const error = new Error('mine');
    const events = (event: StepEvent | EpochEvent | { type: string }) => {
      if (event.type === 'epoch') throw error;
    };
    await expect(train({ ...good, events })).rejects.toBe(error);
  });
});
