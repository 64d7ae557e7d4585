import { computeGradients, RandomStream, type Gradients } from '@cognate/nn';
import { describe, expect, test } from 'vitest';
import { mergeTokens } from '../../src/neural/batch-words.js';
import { NeuralTagger } from '../../src/neural/index.js';
import { galician, spanish } from '../toy.js';
import { noDropout, tiny } from './helpers.js';

describe('mergeTokens', () => {
  test('tokens of equal form and row are one word, in the order of their first', () => {
    const forms = ['de', 'Lugo', 'de', 'de', 'Lugo', 'de'];
    const merged = mergeTokens({ forms, rows: Int32Array.of(7, 9, 7, 3, 9, 3) });
    expect(merged.forms).toEqual(['de', 'Lugo', 'de']);
    expect([...merged.rows!]).toEqual([7, 9, 3]);
    expect([...merged.index!]).toEqual([0, 1, 0, 2, 1, 2]);
  });

  test('without a table of words the form alone counts', () => {
    const merged = mergeTokens({ forms: ['a', 'b', 'a'], rows: undefined });
    expect(merged).toEqual({ forms: ['a', 'b'], rows: undefined, index: Int32Array.of(0, 1, 0) });
  });

  test('tokens that are mostly different stay as they are', () => {
    const tokens = { forms: ['a', 'b', 'c'], rows: Int32Array.of(1, 2, 3) };
    expect(mergeTokens(tokens)).toBe(tokens);
  });
});

test('merged or not, loss and gradients are the same', async () => {
  // Twice the same sentence is merged; each by itself is not.
  const sentence = galician[1];
  const tagger = await NeuralTagger.create([...galician, ...spanish], {
    network: { ...tiny, dropout: noDropout },
  });
  const random = new RandomStream(1);
  const gradientsOf = (count: number): Gradients =>
    computeGradients(tagger.parameters, () =>
      tagger.batchLoss(
        Array.from({ length: count }, () => sentence),
        { random },
      ),
    );
  const { forms } = mergeTokens({ forms: sentence.tokens, rows: undefined });
  expect(forms).toBe(sentence.tokens);
  const [alone, twice] = [gradientsOf(1), gradientsOf(2)];
  expect(twice.loss).toBeCloseTo(2 * alone.loss, 4);
  for (const [name, values] of [
    ...alone.dense,
    ...[...alone.sparse].map(([n, r]) => [n, r.values] as const),
  ]) {
    const other = twice.dense.get(name) ?? twice.sparse.get(name)?.values ?? [];
    expect(other.length).toBe(values.length);
    values.forEach((value, k) => expect(other[k]).toBeCloseTo(2 * value, 4));
  }
});
