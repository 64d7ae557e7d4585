import { describe, expect, it } from 'vitest';
import { CrfInputError, LinearCrf, type WeightEdit } from '../../src/index.js';
import { expectSameWeights, randomSequences } from './helpers.js';

const train = (seed: number, tags: number) =>
  LinearCrf.train(randomSequences({ seed, count: 40, tags, attributes: 12, maxLength: 4 }), {
    params: { max_iterations: 8 },
  });
const a = await train(61, 3);
const b = await train(62, 4);

/** All weights by name. */
const weightsOf = (crf: LinearCrf): Map<string, number> =>
  new Map(
    crf
      .topWeights({ limit: 1e6 })
      .map((w) => [w.kind === 'state' ? `${w.attribute} ${w.tag}` : `${w.from} > ${w.to}`, w.weight]),
  );

describe('prune', () => {
  it('keeps the weights of at least the threshold, and attributes that have any', () => {
    const all = weightsOf(a);
    const pruned = a.prune(0.3);
    const kept = [...all].filter(([, weight]) => Math.abs(weight) >= 0.3);
    expect(weightsOf(pruned)).toEqual(new Map(kept));
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(all.size);
    const attributes = new Set(
      kept.filter(([name]) => !name.includes('>')).map(([name]) => name.split(' ')[0]),
    );
    expect(new Set(pruned.attributeNames())).toEqual(attributes);
    expect(pruned.tags).toEqual(a.tags);
  });

  it('gives a model that is saved and read like any other', () => {
    const pruned = a.prune(0.3);
    const again = LinearCrf.fromBytes(pruned.toBytes());
    expectSameWeights(again, pruned, 0);
    expect(again.predict([['a1'], ['a2', 'unknown']])).toEqual(pruned.predict([['a1'], ['a2']]));
  });

  it('by 0 keeps all, by a large threshold none', () => {
    expectSameWeights(a.prune(0), a, 0);
    expect(a.prune(1e9).statistics()).toMatchObject({ attributes: 0, stateWeights: 0, transitionWeights: 0 });
  });

  it.each([-1, NaN, Infinity, '1', undefined])('refuses %s', (threshold) => {
    expect(() => a.prune(threshold as number)).toThrow(
      'threshold: expected a finite number, at least 0, got',
    );
  });
});

describe('patch', () => {
  it('replaces, adds and takes out weights, and leaves the model as it was', () => {
    const before = weightsOf(a);
    const [first] = a.topWeights({ limit: 1, kind: 'state' });
    if (first.kind !== 'state') throw new Error('expected a state weight');
    const patched = a.patch([
      { ...first, weight: 0 },
      { attribute: 'new', tag: 'T1', weight: 2.5 },
      { attribute: 'new', tag: 'T0', weight: -1 },
      { from: 'T0', to: 'T1', weight: 7 },
      { kind: 'transition', from: 'T1', to: 'T2', weight: 0 },
    ]);
    const expected = new Map(before);
    expected.delete(`${first.attribute} ${first.tag}`);
    expected.delete('T1 > T2');
    expected.set('new T1', 2.5).set('new T0', -1).set('T0 > T1', 7);
    expect(weightsOf(patched)).toEqual(expected);
    expect(patched.predict([['new']])).toEqual(['T1']);
    expect(weightsOf(a)).toEqual(before);
    expectSameWeights(LinearCrf.fromBytes(patched.toBytes()), patched, 0);
    expectSameWeights(a.patch([]), a, 0);
  });

  it.each([
    [{ attribute: 'a', tag: 'T9', weight: 1 }, 'edits[1].tag: expected a tag of the model (T'],
    [{ from: 'T0', to: 'x', weight: 1 }, 'edits[1].to: expected a tag of the model'],
    [{ from: 'T0', weight: 1 }, 'got undefined'],
    [{ attribute: 'a', tag: 'T0', weight: NaN }, 'edits[1].weight: expected a finite number, got NaN'],
    [{ attribute: 7, tag: 'T0', weight: 1 }, 'edits[1].attribute: expected a string, got 7'],
    [{ weight: 1 }, 'edits[1]: expected { attribute, tag, weight } or { from, to, weight }, got an object'],
    [undefined, 'edits[1].weight: expected a finite number'],
  ])('refuses %j', (edit, message) => {
    const edits = [{ attribute: 'a', tag: 'T0', weight: 1 }, edit] as WeightEdit[];
    expect(() => a.patch(edits)).toThrow(CrfInputError);
    expect(() => a.patch(edits)).toThrow(message);
  });
});

describe('merge', () => {
  it('adds up the weights by their shares', () => {
    const [ofA, ofB] = [weightsOf(a), weightsOf(b)];
    const names = new Set([...ofA.keys(), ...ofB.keys()]);
    for (const shares of [undefined, [0.25, 2]]) {
      const merged = weightsOf(LinearCrf.merge([a, b], { ...(shares && { shares }) }));
      const [x, y] = shares ?? [0.5, 0.5];
      expect(new Set(merged.keys())).toEqual(names);
      for (const name of names) {
        expect(merged.get(name)).toBeCloseTo(x * (ofA.get(name) ?? 0) + y * (ofB.get(name) ?? 0), 12);
      }
    }
    const merged = LinearCrf.merge([a, b]);
    expect(merged.tags).toEqual([...a.tags, ...b.tags.filter((tag) => !a.tags.includes(tag))]);
    expect(new Set(merged.attributeNames())).toEqual(new Set([...a.attributeNames(), ...b.attributeNames()]));
    expectSameWeights(LinearCrf.merge([a]), a, 0);
    expectSameWeights(LinearCrf.merge([a, a, a], { shares: [1, 1, -1] }), a, 1e-15);
  });

  it('tells what the models have in common', () => {
    const [ofA, ofB] = [weightsOf(a), weightsOf(b)];
    const count = (isTransition: boolean) => {
      const names = [...new Set([...ofA.keys(), ...ofB.keys()])].filter(
        (name) => name.includes('>') === isTransition,
      );
      const shared = names.filter((name) => ofA.has(name) && ofB.has(name));
      const conflicts = shared.filter((name) => ofA.get(name)! * ofB.get(name)! < 0);
      return { all: names.length, shared: shared.length, conflicts: conflicts.length };
    };
    const attributes = new Set([...a.attributeNames(), ...b.attributeNames()]);
    expect(LinearCrf.mergeStatistics([a, b])).toEqual({
      models: 2,
      tags: { all: 4, shared: 3 },
      attributes: {
        all: attributes.size,
        shared: [...a.attributeNames()].filter((name) => [...b.attributeNames()].includes(name)).length,
      },
      stateWeights: count(false),
      transitionWeights: count(true),
    });
    expect(count(false).conflicts).toBeGreaterThan(0);
  });

  it('refuses shares with which weights overflow, by state and by transition, and says which', () => {
    const patched = (edit: WeightEdit) => a.patch([edit]);
    for (const large of [
      patched({ attribute: 'new', tag: a.tags[0], weight: 16 }),
      patched({ from: a.tags[0], to: a.tags[1], weight: -16 }),
    ]) {
      const refused = (models: LinearCrf[], shares: number[], m: number) => {
        expect(() => LinearCrf.merge(models, { shares })).toThrow(
          new CrfInputError(`shares[${m}]: expected one with which weights stay finite, got ${shares[m]}`),
        );
      };
      refused([large, b], [1e308, 1], 0);
      refused([b, large], [1, -1e308], 1);
      // Each is finite, the sum is not.
      refused([large, large], [1e307, 1e307], 1);
      const near = LinearCrf.merge([large, b], { shares: [1e307, 1] });
      expect([...weightsOf(near).values()].every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses what cannot be merged', () => {
    expect(() => LinearCrf.merge([])).toThrow('models: expected at least one, got none');
    expect(() => LinearCrf.merge([a, {} as unknown as LinearCrf])).toThrow(
      'models[1]: expected a LinearCrf, got an object',
    );
    for (const shares of [[1], [1, NaN], 'x'] as number[][]) {
      expect(() => LinearCrf.merge([a, b], { shares })).toThrow(
        'shares: expected a finite number for each of 2 models',
      );
    }
  });
});
