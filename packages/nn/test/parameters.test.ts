import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  embeddingLookup,
  normal,
  ParameterSet,
  RandomStream,
  readSafetensors,
  zeros,
  type Initialiser,
} from '../src/index.js';
import { onEachBackend, startBackend } from './ops/backends.js';

const counting: Initialiser = (values) => values.forEach((_, i) => (values[i] = i));

describe('ParameterSet', () => {
  beforeAll(() => startBackend('cpu'));

  it('keeps its parameters in the order in which they were added', () => {
    const parameters = new ParameterSet();
    const b = parameters.add('b', [2, 3], counting);
    parameters.add('a', [4, 1], counting, { sparse: true });
    expect([...parameters].map(({ name }) => name)).toEqual(['b', 'a']);
    expect(parameters.size).toBe(2);
    expect(parameters.get('b')).toBe(b);
    expect(b).toEqual({ name: 'b', shape: [2, 3], values: Float32Array.of(0, 1, 2, 3, 4, 5), sparse: false });
    expect([parameters.has('a'), parameters.has('c')]).toEqual([true, false]);
    expect([...parameters.values().keys()]).toEqual(['b', 'a']);
    expect(parameters.values().get('b')).toBe(b.values);
  });

  it('says what is wrong with a parameter, by its name', () => {
    const parameters = new ParameterSet();
    expect(() => parameters.get('a')).toThrow(/^parameter 'a': there is no such parameter among none at all/);
    parameters.add('a', [2], zeros());
    expect(() => parameters.get('b')).toThrow(/^parameter 'b': there is no such parameter among a$/);
    expect(() => parameters.add('a', [1], zeros())).toThrow(
      /^parameter 'a' \[1\]: there is one of that name/,
    );
    expect(() => parameters.add('b', [2, -1], zeros())).toThrow(
      /^parameter 'b' \[2, -1\]: expected whole numbers/,
    );
    expect(() => parameters.add('b', [2.5], zeros())).toThrow(/expected whole numbers/);
    expect(() => parameters.add('b', [2], zeros(), { sparse: true })).toThrow(/expected two dimensions/);
    expect(() => parameters.add('b', [2], zeros(), { values: new Float32Array(3) })).toThrow(
      /^parameter 'b' \[2\]: expected 2 values, got 3/,
    );
    parameters.add('t', [2, 2], zeros(), { sparse: true });
    expect(() => parameters.tensor('t')).toThrow(/^parameter 't' \[2, 2\] is a sparse table: look up rows/);
    expect(parameters.size).toBe(2);
  });

  it('shares values with other threads, which attach them', () => {
    const owner = new ParameterSet({ shared: true });
    const { values } = owner.add('w', [3], counting);
    expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    // What a port does: shared memory stays shared.
    const posted = structuredClone(owner.values());
    const worker = new ParameterSet({ attach: posted });
    const theirs = worker.add('w', [3], () => {
      throw new Error('initialised once more');
    });
    expect(theirs.values).toEqual(values);
    values[1] = 42;
    expect(theirs.values[1]).toBe(42);
    expect(() => worker.add('v', [1], zeros())).toThrow(
      /^parameter 'v' \[1\]: expected its values among those/,
    );
    const other = new ParameterSet({ attach: posted });
    expect(() => other.add('w', [4], zeros())).toThrow(/^parameter 'w' \[4\]: expected 4 values, got 3/);
  });

  it('takes values of the caller as they are', () => {
    const values = Float32Array.of(5, 6);
    expect(new ParameterSet().add('w', [2], zeros(), { values }).values).toBe(values);
    expect([...values]).toEqual([5, 6]);
  });

  it('writes and reads its values, bit for bit', () => {
    const make = (initialise: Initialiser) => {
      const parameters = new ParameterSet();
      parameters.add('a.b', [2, 3], initialise);
      parameters.add('table', [5, 2], initialise, { sparse: true });
      return parameters;
    };
    const saved = make(normal(new RandomStream(2), 1));
    const bytes = saved.toSafetensors({ format: 'x' });
    const { tensors, metadata } = readSafetensors(bytes);
    expect([...metadata]).toEqual([['format', 'x']]);
    const loaded = make(zeros());
    const before = loaded.get('table').values;
    loaded.load(tensors);
    expect(loaded.values()).toEqual(saved.values());
    expect(loaded.get('table').values).toBe(before);
    expect(loaded.toSafetensors({ format: 'x' })).toEqual(bytes);
  });

  it('changes nothing when it cannot load everything', () => {
    const parameters = new ParameterSet();
    parameters.add('a', [2], counting);
    parameters.add('b', [2], counting);
    const f32 = (shape: number[], ...data: number[]) => ({
      dtype: 'F32' as const,
      shape,
      data: Float32Array.from(data),
    });
    const a = f32([2], 8, 9);
    const load = (entries: Parameters<typeof parameters.load>[0]) => () => {
      parameters.load(entries);
    };
    expect(load(new Map([['a', a]]))).toThrow(/^parameter 'b' \[2\]: no tensor of that name to load/);
    expect(
      load(
        new Map([
          ['a', a],
          ['b', a],
          ['c', a],
        ]),
      ),
    ).toThrow(/^tensor 'c': there is no parameter/);
    expect(
      load(
        new Map([
          ['a', a],
          ['b', f32([1, 2], 1, 2)],
        ]),
      ),
    ).toThrow(/^parameter 'b' \[2\]: expected a tensor of that shape, got \[1, 2\]/);
    const whole = { dtype: 'I32' as const, shape: [2], data: Int32Array.of(1, 2) };
    expect(
      load(
        new Map<string, typeof a | typeof whole>([
          ['a', a],
          ['b', whole],
        ]),
      ),
    ).toThrow(/^parameter 'b' \[2\]: expected floating point numbers, got I32/);
    expect([...parameters.get('a').values]).toEqual([0, 1]);

    parameters.load(
      new Map([
        ['a', a],
        ['c', a],
      ]),
      { allowMissing: true, allowUnknown: true },
    );
    expect([...parameters.get('a').values]).toEqual([8, 9]);
    expect([...parameters.get('b').values]).toEqual([0, 1]);
    const half = { dtype: 'F16' as const, shape: [2], data: Uint16Array.of(0x3c00, 0xc000) };
    parameters.load(new Map([['b', half]]), { allowMissing: true });
    expect([...parameters.get('b').values]).toEqual([1, -2]);
  });
});

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));

  it('tensors keep the values that they had until touch() is called', () => {
    const parameters = new ParameterSet({ shared: true });
    const { values } = parameters.add('w', [2, 2], counting);
    const before = tf.memory().numTensors;
    const tensor = tf.tidy(() => parameters.tensor('w'));
    expect(parameters.tensor('w')).toBe(tensor);
    values[0] = 9;
    expect([...tensor.dataSync()]).toEqual([0, 1, 2, 3]);
    // A tensor of the same data outlives them.
    const flat = tf.reshape(tensor, [4]);
    parameters.touch();
    expect(tensor.isDisposed).toBe(true);
    expect([...parameters.tensor('w').dataSync()]).toEqual([9, 1, 2, 3]);
    expect([...flat.dataSync()]).toEqual([0, 1, 2, 3]);
    flat.dispose();
    parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('rows are looked up as they are now, from sparse tables and dense ones', () => {
    for (const sparse of [true, false]) {
      const parameters = new ParameterSet();
      const { values } = parameters.add('t', [3, 2], counting, { sparse });
      values[4] = 7;
      const rows = embeddingLookup(parameters, 't', Int32Array.of(2, 0, 2));
      expect(rows.shape).toEqual([3, 2]);
      values[4] = 0;
      expect([...rows.dataSync()]).toEqual([7, 5, 0, 1, 7, 5]);
      rows.dispose();
      const none = embeddingLookup(parameters, 't', new Int32Array(0));
      expect([none.shape, none.dataSync().length]).toEqual([[0, 2], 0]);
      none.dispose();
    }
  });
});
