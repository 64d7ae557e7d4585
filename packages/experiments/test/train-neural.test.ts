import { sampleCorpus } from '@cognate/corpora/samples';
import type { Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { selectBackend } from '@cognate/nn';
import type { TrainEvent } from '@cognate/trainer';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRecipe, type NeuralRecipe } from '../src/index.js';
import { trainNeural, type NeuralTraining } from '../src/neural.js';

const recipe = (training: object = {}): NeuralRecipe =>
  readRecipe({
    model: 'neural',
    network: {
      characters: { embedding: 8, size: 12 },
      words: { size: 8 },
      shapes: { size: 6 },
      sentence: { size: 16, layers: 1 },
      language: { size: 4 },
      hidden: { size: 16 },
    },
    training: { epochs: 2, optimizer: { name: 'adam', learningRate: 0.01 }, ...training },
  }) as NeuralRecipe;

let target: { language: string; sentences: Sentence[] };
let source: { language: string; sentences: Sentence[] };
let dev: Sentence[];
beforeAll(async () => {
  await selectBackend({ prefer: 'wasm' });
  target = { language: 'gl', sentences: (await sampleCorpus('gl', 'train')).slice(0, 30) };
  source = { language: 'es', sentences: (await sampleCorpus('es', 'train')).slice(0, 60) };
  dev = (await sampleCorpus('gl', 'dev')).slice(0, 40);
});

const run = (setting: Partial<NeuralTraining>) => trainNeural({ target, recipe: recipe(), ...setting });

describe('training a neural tagger by a recipe', () => {
  test('sees the target as often as it says, each source once, weighted by μ', async () => {
    const epochs: TrainEvent[] = [];
    await run({
      sources: [source],
      recipe: recipe({ epochs: 1, targetRepeat: 3, mu: { es: 0.25 } }),
      events: (event) => epochs.push(event),
    });
    const begun = epochs.find(({ type }) => type === 'run');
    expect(begun).toMatchObject({
      corpora: [
        { name: 'gl', sentences: 30, mu: 1 },
        { name: 'es', sentences: 60, mu: 0.25 },
      ],
    });
    expect(epochs.filter(({ type }) => type === 'epoch')).toMatchObject([
      { languages: { gl: { sentences: 90 }, es: { sentences: 60 } } },
    ]);
  });

  test('gives the same tagger for the same seed, another for another', async () => {
    const weights = async (seed: number): Promise<number[]> => {
      const { tagger } = await run({ sources: [source], seed, recipe: recipe({ epochs: 1 }) });
      return [...tagger.lattice(['En', 'Vigo', '.']).emissions];
    };
    const first = await weights(5);
    expect(await weights(5)).toEqual(first);
    expect(await weights(6)).not.toEqual(first);
  });

  test('keeps the epoch that is best on the development corpus, and stops when no better one comes', async () => {
    const { tagger, kept, epochs } = await run({
      dev,
      recipe: recipe({
        epochs: 40,
        patience: 2,
        targetRepeat: 2,
        optimizer: { name: 'adam', learningRate: 0.03 },
      }),
    });
    const best = Math.max(...epochs.map(({ dev: score = -1 }) => score));
    expect(kept.dev).toBe(best);
    expect(epochs.findIndex(({ dev: score }) => score === best) + 1).toBe(kept.epoch);
    expect(epochs).toHaveLength(Math.min(40, kept.epoch + 2));
    const tags = dev.map(({ tokens }) => tagger.predictTags(tokens));
    const gold = dev.map(({ tags: given = [] }) => given);
    expect(evaluate(gold, tags, { scheme: 'IOB2' }).micro.f1).toBeCloseTo(best, 12);
  });

  test('writes into the model what it was made of', async () => {
    const { tagger } = await run({ sources: [source], seed: 7, recipe: recipe({ mu: 0.5 }) });
    expect(tagger.config.training.facts).toMatchObject({
      optimizer: 'adam',
      learningRate: 0.01,
      batch: 16,
      mu: 'es 0.5',
      epochs: 2,
      seed: 7,
    });
  });

  test('fine-tunes on the target alone if it is told to', async () => {
    const { epochs } = await run({
      sources: [source],
      recipe: recipe({ epochs: 1, fineTune: { epochs: 2 } }),
    });
    expect(epochs.map(({ phase, languages }) => `${phase} ${Object.keys(languages).join(' ')}`)).toEqual([
      'joint gl es',
      'fine-tune gl',
      'fine-tune gl',
    ]);
  });

  test('stops by a signal', async () => {
    const controller = new AbortController();
    const events = ({ type }: TrainEvent): void => {
      if (type === 'step') controller.abort(new Error('enough'));
    };
    await expect(run({ signal: controller.signal, events })).rejects.toThrow('enough');
  });
});
