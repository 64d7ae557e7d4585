import { describe, expect, test } from 'vitest';
import { RecipeError, readRecipe, recipeJsonSchema } from '../src/index.js';

const problem = (value: unknown): string => {
  try {
    readRecipe(value);
  } catch (error) {
    expect(error).toBeInstanceOf(RecipeError);
    return (error as RecipeError).message;
  }
  throw new Error('expected a RecipeError');
};

describe('a recipe', () => {
  test('for a neural tagger is completed with what the paper says', () => {
    expect(readRecipe({ model: 'neural' })).toEqual({
      model: 'neural',
      network: {},
      training: {
        epochs: 100,
        mu: 1,
        targetRepeat: 1,
        batch: 16,
        pool: 50,
        languages: 'separate',
        optimizer: { name: 'adadelta', learningRate: 1, rho: 0.95, epsilon: 1e-6 },
      },
    });
  });

  test('for a linear tagger has the regularisation of its defaults', () => {
    expect(readRecipe({ model: 'linear', params: { c1: 0 } })).toEqual({
      model: 'linear',
      augment: true,
      targetRepeat: 1,
      params: { c1: 0, c2: 0.02, max_iterations: 150 },
    });
  });

  test('may give each source its own μ', () => {
    const recipe = readRecipe({ model: 'neural', training: { mu: { es: 0.5, ca: 2 } } });
    expect(recipe).toMatchObject({ training: { mu: { es: 0.5, ca: 2 } } });
  });

  test.each([
    [null, 'the recipe: Invalid input'],
    ['paper', 'the recipe: Invalid input'],
    [{}, "model: Invalid discriminator value. Expected 'linear' | 'neural'"],
    [{ model: 'hidden markov' }, "model: Invalid discriminator value. Expected 'linear' | 'neural'"],
    [{ model: 'neural', training: { epochs: 0 } }, 'training.epochs: Too small: expected number to be >=1'],
    [{ model: 'neural', training: { epochs: 1.5 } }, 'training.epochs: Invalid input: expected int'],
    [{ model: 'neural', training: { mu: -1 } }, 'training.mu: '],
    [{ model: 'neural', training: { batchSize: 8 } }, 'training: Unrecognized key: "batchSize"'],
    [{ model: 'neural', training: { optimizer: { name: 'sgd' } } }, 'training.optimizer.learningRate: '],
    [{ model: 'linear', params: { c2: 'weak' } }, 'params.c2: Invalid input: expected number'],
    [{ model: 'linear', network: {} }, 'Unrecognized key: "network"'],
  ])('that is wrong says where: %j', (value, message) => {
    expect(problem(value)).toContain(message);
  });

  test('names every field that is wrong', () => {
    const message = problem({ model: 'neural', training: { epochs: 0, batch: 'all' } });
    expect(message).toContain('training.epochs: ');
    expect(message).toContain('training.batch: ');
  });

  test('has a schema for editors', () => {
    const schema = JSON.stringify(recipeJsonSchema());
    for (const field of ['targetRepeat', 'optimizer', 'adadelta', 'fineTune', 'max_iterations']) {
      expect(schema).toContain(`"${field}"`);
    }
  });
});
