import { paperConfig } from '@cognate/tagger/neural';
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
      network: paperConfig(),
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
    [null, 'the recipe: expected fields with values, got null'],
    ['paper', 'the recipe: expected fields with values, got "paper"'],
    [{}, 'model: expected one of linear, neural, ensemble, got nothing'],
    [
      { model: 'nural' },
      'model: expected one of linear, neural, ensemble, got "nural". Did you mean neural?',
    ],
    [{ model: 'neural', training: { epochs: 0 } }, 'training.epochs: expected a number of at least 1, got 0'],
    [{ model: 'neural', training: { epochs: 1.5 } }, 'training.epochs: expected a whole number, got 1.5'],
    [{ model: 'neural', training: { mu: -1 } }, 'training.mu: expected a number of at least 0, got -1'],
    [
      { model: 'neural', training: { mu: 'much' } },
      'training.mu: expected a number or fields with values, got "much"',
    ],
    [
      { model: 'neural', training: { mu: { es: -1 } } },
      'training.mu.es: expected a number of at least 0, got -1',
    ],
    [
      { model: 'neural', training: { batches: 8 } },
      /^training\.batches: there is no such field; expected epochs, patience, .*fineTune\. Did you mean batch\?$/,
    ],
    [
      { model: 'neural', epochs: 8 },
      'epochs: there is no such field; expected model, network, training. Did you mean training.epochs?',
    ],
    [
      { model: 'neural', training: { optimizer: { name: 'adam', rho: 0.9 } } },
      'training.optimizer.rho: there is no such field; expected name, learningRate, beta1, beta2, epsilon.',
    ],
    [
      { model: 'neural', training: { optimizer: { name: 'sgd' } } },
      'training.optimizer.learningRate: expected a number, got nothing',
    ],
    [
      { model: 'neural', training: { averageDecay: 1 } },
      'training.averageDecay: expected a number below 1, got 1',
    ],
    [
      { model: 'neural', network: { characters: { kind: 'bilstn' } } },
      'network.characters.kind: expected one of lstm, bilstm, cnn, none, got "bilstn". Did you mean bilstm?',
    ],
    [
      { model: 'neural', network: { characters: { kind: 'none' }, words: { size: 0 } } },
      'network: expected characters, words or shapes as input, got none of them',
    ],
    [
      { model: 'neural', network: { features: { templates: ['wrod'] } } },
      /^network\.features\.templates: .*"wrod"/,
    ],
    [{ model: 'linear', params: { c2: 'weak' } }, 'params.c2: expected a number, got "weak"'],
    [
      { model: 'linear', iterations: 4 },
      /Did you mean|expected model, templates, scheme, augment, targetRepeat, params/,
    ],
    [{ model: 'linear', params: { iterations: 4 } }, 'Did you mean max_iterations?'],
    [{ model: 'linear', templates: [] }, 'templates: expected at least 1 entry, got []'],
    [{ model: 'linear', templates: ['wrod[0]'] }, /^templates: .*"wrod/],
  ])('that is wrong says where: %j', (value, message) => {
    if (typeof message === 'string') expect(problem(value)).toContain(message);
    else expect(problem(value)).toMatch(message);
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
