import { randomInteger, seededRandom } from '@cognate/testing';
import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import {
  adadelta,
  adam,
  embeddingLookup,
  noGradients,
  ParameterSet,
  readSafetensors,
  sgd,
  zeros,
  type Gradients,
  type Optimizer,
} from '../src/index.js';
import '@tensorflow/tfjs-backend-cpu';
import { currentKernels, hasKernels, kernelKinds, useKernels } from '../src/kernels/kernels.js';
import { selectKernels } from '../src/kernels/select-kernels.js';

/** One value's way under an optimiser, in double precision, written from the publications. */
type Reference = (x: number, gradients: readonly number[]) => number[];

const zeiler =
  (rho: number, epsilon: number, rate: number): Reference =>
  (x, gradients) => {
    let meanG = 0;
    let meanD = 0;
    return gradients.map((g) => {
      meanG = rho * meanG + (1 - rho) * g * g;
      const d = (-Math.sqrt(meanD + epsilon) / Math.sqrt(meanG + epsilon)) * g;
      meanD = rho * meanD + (1 - rho) * d * d;
      return (x += rate * d);
    });
  };

const kingma =
  (rate: number, beta1: number, beta2: number, epsilon: number): Reference =>
  (x, gradients) => {
    let m = 0;
    let v = 0;
    return gradients.map((g, i) => {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const mean = m / (1 - beta1 ** (i + 1));
      const square = v / (1 - beta2 ** (i + 1));
      return (x -= (rate * mean) / (Math.sqrt(square) + epsilon));
    });
  };

const polyak =
  (rate: number, momentum: number, decay: number): Reference =>
  (x, gradients) => {
    let v = 0;
    return gradients.map((g, i) => {
      v = momentum * v + g;
      return (x -= (rate / (1 + decay * i)) * v);
    });
  };

const optimisers: [name: string, make: () => Optimizer, reference: Reference][] = [
  ['adadelta', () => adadelta(), zeiler(0.95, 1e-6, 1)],
  [
    'adadelta (0.9, 1e-4, rate 0.5)',
    () => adadelta({ rho: 0.9, epsilon: 1e-4, learningRate: 0.5 }),
    zeiler(0.9, 1e-4, 0.5),
  ],
  ['adam', () => adam(), kingma(1e-3, 0.9, 0.999, 1e-8)],
  [
    'adam (0.1, 0.5, 0.9, 1e-3)',
    () => adam({ learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }),
    kingma(0.1, 0.5, 0.9, 1e-3),
  ],
  ['sgd', () => sgd({ learningRate: 0.1 }), polyak(0.1, 0, 0)],
  ['sgd with decay', () => sgd({ learningRate: 0.1, decay: 0.05 }), polyak(0.1, 0, 0.05)],
  ['sgd with momentum', () => sgd({ learningRate: 0.1, momentum: 0.9, decay: 0.01 }), polyak(0.1, 0.9, 0.01)],
];
/** With rates that change in ways that are not foreseen. */
const scheduled: (readonly [name: string, make: () => Optimizer])[] = [
  ['adam with a schedule', () => adam({ learningRate: (step) => (step % 50) / 1000 })],
  ['sgd with momentum and a schedule', () => sgd({ learningRate: (step) => (step % 7) / 10, momentum: 0.5 })],
  ['adam of the smallest epsilon', () => adam({ epsilon: 1e-30, beta2: 0.9 })],
];

const everyOne = [...optimisers.map(([name, make]) => [name, make] as const), ...scheduled];

const dense = (name: string, gradient: Float32Array): Gradients => ({
  ...noGradients(),
  dense: new Map([[name, gradient]]),
});

describe.each(optimisers)('%s', (_, make, reference) => {
  it('goes the way of the publication', () => {
    const random = seededRandom(2);
    const starts = [0.5, -2, 0];
    const gradients = Array.from({ length: 40 }, () => starts.map(() => 2 * random() - 1));
    const expected = starts.map((x, i) =>
      reference(
        x,
        gradients.map((row) => row[i]),
      ),
    );
    const parameters = new ParameterSet();
    const { values } = parameters.add('w', [3], (all) => {
      all.set(starts);
    });
    const optimizer = make();
    gradients.forEach((row, step) => {
      optimizer.step(parameters, dense('w', Float32Array.from(row)));
      expect(optimizer.steps).toBe(step + 1);
      values.forEach((value, i) => {
        const moved = Math.abs(expected[i][step] - starts[i]);
        expect(Math.abs(value - expected[i][step])).toBeLessThan(1e-6 + 1e-5 * moved);
      });
    });
  });
});

/** Bits, so that -0 isn't 0 and NaN is itself. */
const bits = (values: Float32Array | Int32Array) => new Uint32Array(values.slice().buffer);

const bytes = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

const ROWS = 8;
const COLUMNS = 5;

/** Gradients of a table at each step: rows that are often there, some seldom, and one never. */
function tableGradients(steps: number, seed: number, magnitude: (random: () => number) => number) {
  const random = seededRandom(seed);
  return Array.from({ length: steps }, (_, step) => {
    const rows = [0, 1, 2, 3, 4, 5, 6].filter((row) =>
      row < 2 ? random() < 0.5 : row < 5 ? random() < 0.02 : step === row * 3,
    );
    const values = Float32Array.from(
      { length: rows.length * COLUMNS },
      () => (2 * random() - 1) * magnitude(random),
    );
    return { rows: Int32Array.from(rows), values };
  });
}

const start = (values: Float32Array) => {
  const random = seededRandom(8);
  values.forEach((_, i) => (values[i] = random() - 0.5));
  // A zero with a sign is a number too.
  values[COLUMNS * 7] = -0;
};

describe.each(everyOne)('%s, by rows', (_, make) => {
  const run = (table: ReturnType<typeof tableGradients>, reads: (step: number) => boolean = () => false) => {
    const lazily = new ParameterSet();
    lazily.add('t', [ROWS, COLUMNS], start, { sparse: true });
    const eagerly = new ParameterSet();
    eagerly.add('t', [ROWS, COLUMNS], start);
    const [lazy, eager] = [make(), make()];
    table.forEach(({ rows, values }, step) => {
      lazy.step(lazily, {
        ...noGradients(),
        sparse: new Map(rows.length > 0 ? [['t', { rows, values }]] : []),
      });
      const whole = new Float32Array(ROWS * COLUMNS);
      rows.forEach((row, k) => whole.set(values.subarray(k * COLUMNS, (k + 1) * COLUMNS), row * COLUMNS));
      eager.step(eagerly, dense('t', whole));
      if (reads(step)) lazy.settle(lazily);
    });
    return { lazily, eagerly, lazy, eager };
  };
  const expectSame = ({ lazily, eagerly, lazy, eager }: ReturnType<typeof run>) => {
    lazy.settle(lazily);
    expect(bits(lazily.get('t').values)).toEqual(bits(eagerly.get('t').values));
    const [theirs, ours] = [eager.state(), lazy.state()];
    for (const [key, values] of theirs) {
      if (key.startsWith('made:')) continue;
      // A state that has never had anything in it need not be there.
      expect(bits(ours.get(key)!), key).toEqual(bits(values));
    }
  };

  it.each([
    ['ordinary', () => 1],
    ['small', () => 1e-12],
    ['of all magnitudes', (random: () => number) => 10 ** (40 * random() - 30)],
  ])('ends with the bits of the dense update, for %s gradients', (_, magnitude) => {
    expectSame(run(tableGradients(400, 5, magnitude)));
  });

  it('ends with them after long gaps, in which everything decays to nothing', () => {
    const table = tableGradients(4000, 6, () => 1).map((gradients, step) =>
      step > 60 && step < 3990 ? { rows: new Int32Array(0), values: new Float32Array(0) } : gradients,
    );
    expectSame(run(table));
  });

  it('ends with them however often it is settled in between', () => {
    expectSame(
      run(
        tableGradients(200, 7, () => 1),
        (step) => step % 3 === 0,
      ),
    );
  });
});

describe.each(everyOne)('%s, stopped', (_, make) => {
  it('goes on from its state with the same bits, in the midst of what it has put off', () => {
    const table = tableGradients(120, 9, () => 1);
    const setUp = () => {
      const parameters = new ParameterSet();
      parameters.add('t', [ROWS, COLUMNS], start, { sparse: true });
      parameters.add('w', [3], start);
      return parameters;
    };
    const random = seededRandom(4);
    const all: Gradients[] = table.map(({ rows, values }) => ({
      loss: 0,
      // Not at every step.
      dense: random() < 0.3 ? new Map() : new Map([['w', Float32Array.of(random(), -random(), 0)]]),
      sparse: new Map([['t', { rows, values }]]),
    }));
    const through = setUp();
    const optimizer = make();
    for (const gradients of all) optimizer.step(through, gradients);
    optimizer.settle(through);

    const before = setUp();
    const first = make();
    for (const gradients of all.slice(0, 70)) first.step(before, gradients);
    const state = structuredClone(first.state());
    const after = setUp();
    for (const { name, values } of before) after.get(name).values.set(values);
    // What the first one does from here on is none of the second's business.
    first.step(before, all[0]);
    const second = make();
    second.load(state);
    expect(second.state()).toEqual(state);
    for (const gradients of all.slice(70)) second.step(after, gradients);
    second.settle(after);
    for (const { name, values } of through) expect(bits(after.get(name).values), name).toEqual(bits(values));
    expect(second.state()).toEqual(optimizer.state());
  });
});

describe.each(everyOne)('%s, with each kind of kernels', (_, make) => {
  // Relaxed SIMD, if the host can be made to have it.
  selectKernels();
  const kinds = kernelKinds.filter(hasKernels);
  afterAll(() => {
    selectKernels();
  });

  it('comes to the same bits, and gives back the memory that it used', () => {
    expect(kinds.length).toBeGreaterThan(1);
    // Rows of which many are staged at once, of a width that is no multiple of a vector's; and more values than are staged at once.
    const [rows, columns, size] = [1100, 13, 17_003];
    const ends = kinds.map((kind) => {
      useKernels(kind);
      const { heap } = currentKernels();
      const before = heap.blocks;
      const random = seededRandom(6);
      const parameters = new ParameterSet();
      parameters.add('w', [size], start);
      parameters.add('t', [rows, columns], start, { sparse: true });
      const optimizer = make();
      for (let step = 0; step < 4; step++) {
        const numbers = Int32Array.from({ length: rows }, (_, row) => row).filter(() => random() < 0.7);
        const fill = (length: number) => Float32Array.from({ length }, () => 4 * random() - 2);
        optimizer.step(parameters, {
          loss: 0,
          dense: step === 2 ? new Map() : new Map([['w', fill(size)]]),
          sparse: new Map([['t', { rows: numbers, values: fill(numbers.length * columns) }]]),
        });
      }
      for (let step = 0; step < 60; step++) optimizer.step(parameters, noGradients());
      optimizer.settle(parameters);
      expect(heap.blocks).toBe(before);
      return new Map([...parameters.values(), ...optimizer.state()]);
    });
    for (const end of ends) {
      for (const [name, values] of end) {
        expect(Buffer.compare(bytes(values), bytes(ends[0].get(name)!)), name).toBe(0);
      }
    }
  });
});

describe('an optimiser', () => {
  const setUp = () => {
    const parameters = new ParameterSet();
    parameters.add('w', [2], zeros());
    parameters.add('t', [3, 2], zeros(), { sparse: true });
    return parameters;
  };
  const rows = (numbers: number[], values: number) => ({
    ...noGradients(),
    sparse: new Map([['t', { rows: Int32Array.from(numbers), values: new Float32Array(values) }]]),
  });

  it.each([
    ['an unknown parameter', dense('x', new Float32Array(1)), /^parameter 'x': there is no such parameter/],
    [
      'a gradient of another size',
      dense('w', new Float32Array(3)),
      /^parameter 'w' \[2\]: expected a gradient of 2 values, got 3/,
    ],
    [
      'a whole gradient of a table',
      dense('t', new Float32Array(6)),
      /^parameter 't' \[3, 2\]: expected a gradient by rows/,
    ],
    ['rows that are too short', rows([0, 1], 3), /expected a gradient of 2 rows, got 3 values/],
    ['rows that do not ascend', rows([1, 1], 4), /expected ascending row numbers below 3, got 1 at index 1/],
    ['a row that is none', rows([0, 3], 4), /expected ascending row numbers below 3, got 3 at index 1/],
    ['a negative row', rows([-1], 2), /got -1 at index 0/],
    [
      'rows of what is no table',
      { ...noGradients(), sparse: new Map([['w', { rows: Int32Array.of(0), values: new Float32Array(2) }]]) },
      /^parameter 'w' \[2\]: expected a gradient of the whole/,
    ],
  ])('refuses %s, and changes nothing', (_, gradients, message) => {
    const parameters = setUp();
    const optimizer = adam();
    const good = dense('w', Float32Array.of(1, 1)).dense;
    expect(() =>
      optimizer.step(parameters, { ...gradients, dense: new Map([...good, ...gradients.dense]) }),
    ).toThrow(message);
    expect(optimizer.steps).toBe(0);
    expect([...parameters.get('w').values]).toEqual([0, 0]);
    expect(optimizer.state().size).toBe(1);
  });

  it('refuses a state that is none, or is of other parameters', () => {
    const optimizer = sgd({ learningRate: 1, momentum: 0.5 });
    const load = (entries: [string, Float32Array | Int32Array][]) => () => {
      optimizer.load(new Map(entries));
    };
    const steps: [string, Int32Array] = ['steps', Int32Array.of(3)];
    expect(load([])).toThrow(/^state of sgd: expected the number of steps as 'steps'/);
    expect(load([['steps', Float32Array.of(1)]])).toThrow(/expected the number of steps/);
    expect(load([steps, ['made:w', Int32Array.of(1)]])).toThrow(/expected numbers as 'velocity:w'/);
    expect(load([steps, ['made:w', Float32Array.of(1)]])).toThrow(/expected whole numbers as 'made:w'/);
    expect(load([steps, ['made:w', Int32Array.of(4)]])).toThrow(
      /expected numbers of steps from 0 to 3 in 'made:w'/,
    );
    expect(load([steps, ['mean:w', Float32Array.of(4)]])).toThrow(/there is no use for 'mean:w' in it/);
    load([steps, ['made:w', Int32Array.of(1)], ['velocity:w', Float32Array.of(1)]])();
    expect(() => optimizer.step(setUp(), noGradients())).toThrow(
      /^parameter 'w' \[2\]: the optimiser's state is of another shape, 1 rows and 1 values/,
    );
  });

  it.each([
    ['adadelta', () => adadelta({ rho: 1 }), /^rho: expected a number of at least 0 and below 1, got 1/],
    ['adadelta', () => adadelta({ epsilon: 0 }), /^epsilon: expected/],
    ['adam', () => adam({ beta1: -0.1 }), /^beta1: expected/],
    ['adam', () => adam({ beta2: NaN }), /^beta2: expected/],
    [
      'adam',
      () => adam({ learningRate: -1 }),
      /^learningRate: expected a finite number of at least 0, got -1/,
    ],
    ['sgd', () => sgd({ learningRate: Infinity }), /^learningRate: expected/],
    [
      'sgd',
      () => sgd({ lr: 0.1 } as never),
      /^learningRate: expected a finite number of at least 0, got undefined/,
    ],
    ['adam', () => adam({ learningRate: '0.1' as never }), /^learningRate: expected .*, got 0\.1/],
    ['sgd', () => sgd({ learningRate: 1, momentum: 1 }), /^momentum: expected/],
    ['sgd', () => sgd({ learningRate: 1, decay: -1 }), /^decay: expected/],
  ])('%s refuses hyperparameters out of range', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it('names the step at which a schedule goes wrong', () => {
    const optimizer = sgd({ learningRate: (step) => (step === 2 ? NaN : 1) });
    const parameters = setUp();
    optimizer.step(parameters, dense('w', Float32Array.of(1, 1)));
    expect(() => optimizer.step(parameters, dense('w', Float32Array.of(1, 1)))).toThrow(
      /^learningRate: expected a finite number of at least 0 at step 2, got NaN/,
    );
  });

  it('does what it has put off before values are read or another optimiser takes over', () => {
    const momentum = () => sgd({ learningRate: 1, momentum: 0.5 });
    const gradients: Gradients = {
      loss: 0,
      dense: new Map([['w', Float32Array.of(1, 0)]]),
      sparse: new Map([['t', { rows: Int32Array.of(1), values: Float32Array.of(1, 0) }]]),
    };
    // x = -1, -1.5, -1.75 with the velocities 1, 1/2, 1/4.
    const idleTwice = () => {
      const parameters = setUp();
      const optimizer = momentum();
      optimizer.step(parameters, gradients);
      optimizer.step(parameters, noGradients());
      optimizer.step(parameters, noGradients());
      return parameters;
    };
    const saved = idleTwice();
    saved.toSafetensors();
    expect([saved.get('w').values[0], saved.get('t').values[2]]).toEqual([-1.75, -1.75]);
    const handedOn = idleTwice();
    adadelta().step(handedOn, noGradients());
    expect([handedOn.get('w').values[0], handedOn.get('t').values[2]]).toEqual([-1.75, -1.75]);
    const read = idleTwice();
    expect(read.get('w').values[0]).toBe(-1);
    expect(read.tensor('w').dataSync()[0]).toBe(-1.75);
    const rows = embeddingLookup(read, 't', Int32Array.of(1, 1, 0));
    expect([...rows.dataSync()]).toEqual([-1.75, 0, -1.75, 0, 0, 0]);
    rows.dispose();
    read.dispose();
    // More of them than are worked on at once.
    const often = embeddingLookup(idleTwice(), 't', new Int32Array(10_000).fill(1));
    expect(often.dataSync()[0]).toBe(-1.75);
    often.dispose();
  });

  describe('of two sets', () => {
    const other =
      /^parameter 'w' \[2\]: expected the values that this optimiser of sgd has for that name, got those of another set/;
    const push = () => dense('w', Float32Array.of(1, 1));
    const momentum = () => sgd({ learningRate: 1, momentum: 0.5 });

    it('refuses those that have a name in common, and changes nothing', () => {
      const optimizer = momentum();
      const [first, second] = [setUp(), setUp()];
      optimizer.step(first, push());
      const state = optimizer.state();
      expect(() => optimizer.step(second, push())).toThrow(other);
      expect(() => optimizer.step(second, noGradients())).toThrow(other);
      expect(() => {
        optimizer.settle(second);
      }).toThrow(other);
      expect([...second.get('w').values]).toEqual([0, 0]);
      expect(optimizer.state()).toEqual(state);
      optimizer.step(first, push());
      expect([...first.get('w').values]).toEqual([-2.5, -2.5]);
    });

    it('refuses them where the parameter has not had a gradient yet', () => {
      const optimizer = momentum();
      optimizer.step(setUp(), noGradients());
      expect(() => optimizer.step(setUp(), push())).toThrow(other);
    });

    it('takes those that have none in common, and another set on the same values', () => {
      const optimizer = momentum();
      const [first, further] = [setUp(), new ParameterSet()];
      further.add('v', [2], zeros());
      optimizer.step(first, push());
      optimizer.step(further, dense('v', Float32Array.of(1, 0)));
      const again = new ParameterSet({ attach: first.values() });
      again.add('w', [2], zeros());
      optimizer.step(again, push());
      // -1, -1.5 and, with the velocity 1/4 + 1, -2.75.
      expect([...again.get('w').values]).toEqual([-2.75, -2.75]);
      optimizer.settle(further);
      expect([...further.get('v').values]).toEqual([-1.5, 0]);
    });

    it('goes on from a state with either, and leaves the one that it was used on before alone', () => {
      const optimizer = momentum();
      const [first, second] = [setUp(), setUp()];
      optimizer.step(first, push());
      optimizer.load(optimizer.state());
      optimizer.step(second, push());
      optimizer.step(second, noGradients());
      // Reading has an optimiser do what it has put off: nothing of it is the first set's.
      expect([...first.tensor('w').dataSync()]).toEqual([-1, -1]);
      expect([...second.tensor('w').dataSync()]).toEqual([-2.25, -2.25]);
      first.dispose();
      second.dispose();
      expect(() => optimizer.step(first, push())).toThrow(other);
    });
  });

  it('is not kept by the parameters once it has done everything', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const parameters = setUp();
    const used = (settled: boolean) => {
      // Lasts as long as the optimiser.
      const learningRate = () => 0.1;
      const optimizer = adam({ learningRate });
      optimizer.step(parameters, dense('w', Float32Array.of(1, 1)));
      if (settled) optimizer.settle(parameters);
      return new WeakRef(learningRate);
    };
    const isKept = async (reference: WeakRef<object>) => {
      // A reference that was made in this task lasts as long as the task.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      return reference.deref() !== undefined;
    };
    expect(await isKept(used(false))).toBe(true);
    expect(await isKept(used(true))).toBe(false);
    expect(parameters.size).toBe(2);
  });

  it('goes on with the same bits from what was stored after it had done everything', () => {
    const rows = (...numbers: number[]): Gradients => ({
      ...noGradients(),
      sparse: new Map([
        [
          't',
          {
            rows: Int32Array.from(numbers),
            values: Float32Array.from({ length: 2 * numbers.length }, () => 1),
          },
        ],
      ]),
    });
    const whole = setUp();
    const never = adam({ learningRate: 0.1 });
    const parameters = setUp();
    const optimizer = adam({ learningRate: 0.1 });
    for (const numbers of [[0, 1], [1], [1]]) {
      never.step(whole, rows(...numbers));
      optimizer.step(parameters, rows(...numbers));
    }
    optimizer.settle(parameters);
    const state = optimizer.state();
    const resumed = setUp();
    resumed.load(readSafetensors(parameters.toSafetensors()).tensors);
    const again = adam({ learningRate: 0.1 });
    again.load(state);
    never.step(whole, rows(0));
    again.step(resumed, rows(0));
    never.settle(whole);
    again.settle(resumed);
    expect(bits(resumed.get('t').values)).toEqual(bits(whole.get('t').values));
  });

  it('is the same by rows and dense, for any gradients and any order of rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.nat(optimisers.length - 1), (seed, which) => {
        const random = seededRandom(seed);
        const [, make] = optimisers[which];
        const lazily = new ParameterSet();
        lazily.add('t', [3, 2], start, { sparse: true });
        const eagerly = new ParameterSet();
        eagerly.add('t', [3, 2], start);
        const [lazy, eager] = [make(), make()];
        for (let step = 0; step < 12; step++) {
          const whole = new Float32Array(6);
          const row = randomInteger(random, 4);
          const numbers = row < 3 ? [row] : [];
          const values = Float32Array.from({ length: 2 * numbers.length }, () =>
            Math.fround((random() - 0.5) * 10 ** (9 * random())),
          );
          if (row < 3) whole.set(values, 2 * row);
          lazy.step(lazily, {
            ...noGradients(),
            sparse: new Map([['t', { rows: Int32Array.from(numbers), values }]]),
          });
          eager.step(eagerly, dense('t', whole));
        }
        lazy.settle(lazily);
        expect(bits(lazily.get('t').values)).toEqual(bits(eagerly.get('t').values));
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
