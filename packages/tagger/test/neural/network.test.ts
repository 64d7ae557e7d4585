import { computeGradients, ParameterSet, RandomStream, type Gradients } from '@cognate/nn';
import { gradientError, seededRandom } from '@cognate/testing';
import { memory, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { NeuralTagger, paperConfig, type NeuralConfigInput } from '../../src/neural/index.js';
import { taggerFromFiles, TaggerError, type TrainingSentence } from '../../src/index.js';
import { galician, spanish } from '../toy.js';
import { learn, noDropout, tiny } from './helpers.js';
import { referenceEmissions, referenceLoss } from './reference.js';

const data = [...galician, ...spanish];
const few = [...galician.slice(2, 5), ...spanish.slice(2)];
const still: NeuralConfigInput = { ...tiny, dropout: noDropout };
const random = new RandomStream(1);
type Complete = TrainingSentence & { tags: readonly string[]; language: string };
const batch = [galician[4], spanish[3], galician[3]] as Complete[];

const lossOf = (tagger: NeuralTagger, sentences: readonly TrainingSentence[], stream = random): number => {
  let loss = NaN;
  tidy(() => {
    [loss] = tagger.batchLoss(sentences, { random: stream }).dataSync();
  });
  return loss;
};
const gradientsOf = (
  tagger: NeuralTagger,
  sentences: readonly TrainingSentence[],
  stream = random,
): Gradients => computeGradients(tagger.parameters, () => tagger.batchLoss(sentences, { random: stream }));

/** The gradient of each parameter as a whole; undefined where it has none. */
function whole(tagger: NeuralTagger, { dense, sparse }: Gradients, name: string): Float32Array | undefined {
  const rows = sparse.get(name);
  if (!rows) return dense.get(name);
  const { values, shape } = tagger.parameters.get(name);
  const gradient = new Float32Array(values.length);
  rows.rows.forEach((row, k) =>
    gradient.set(rows.values.subarray(k * shape[1], (k + 1) * shape[1]), row * shape[1]),
  );
  return gradient;
}

const everyOwn = {
  characterEncoder: 'perLanguage',
  wordEmbeddings: 'perLanguage',
  sentenceEncoder: 'perLanguage',
  output: 'perLanguage',
  transitions: 'perLanguage',
} as const;

describe.each<[string, NeuralConfigInput]>([
  ["the paper's network", still],
  ['one table of words for all', { ...still, share: { wordEmbeddings: 'shared' } }],
  ['every part for each language', { ...still, share: everyOwn }],
])('%s', (_, network) => {
  test('scores and losses as by the formulas, with gradients as by finite differences', async () => {
    const tagger = await NeuralTagger.create(data, { network });
    // Transitions start as zeros, which would hide what they do.
    const draw = seededRandom(4);
    for (const { name, values } of tagger.parameters)
      if (/^(transitions|start)/u.test(name))
        for (let k = 0; k < values.length; k++) values[k] = draw() - 0.5;
    tagger.parameters.touch();

    for (const { tokens, language } of batch) {
      const { emissions } = tagger.lattice(tokens, { language });
      const expected = referenceEmissions(tagger, tokens, language).flat();
      expect(emissions).toHaveLength(expected.length);
      emissions.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 5));
    }

    const reference = (): number => {
      tagger.parameters.touch();
      return batch.reduce((sum, sentence) => sum + referenceLoss(tagger, sentence), 0);
    };
    expect(lossOf(tagger, batch)).toBeCloseTo(reference(), 4);
    const gradients = gradientsOf(tagger, batch);
    expect(gradients.loss).toBeCloseTo(reference(), 4);
    for (const { name, values } of tagger.parameters) {
      const gradient = whole(tagger, gradients, name);
      const indices = Array.from({ length: 2 }, () => Math.floor(draw() * values.length));
      // One at least that is not zero, so that something is checked.
      const most = gradient?.reduce(
        (best, value, k) => (Math.abs(value) > Math.abs(gradient[best]) ? k : best),
        0,
      );
      if (most !== undefined) indices.push(most);
      const error = gradientError(reference, values, gradient ?? new Float32Array(values.length), {
        step: 1 / 256,
        indices,
      });
      expect(error, name).toBeLessThan(2e-3);
      expect(gradient, name).toBeDefined();
    }
  });
});

test('sentences of a batch do not see each other', async () => {
  const tagger = await NeuralTagger.create(data, { network: { ...still, share: { output: 'perLanguage' } } });
  const alone = batch.map((sentence) => lossOf(tagger, [sentence]));
  expect(lossOf(tagger, batch)).toBeCloseTo(
    alone.reduce((sum, loss) => sum + loss, 0),
    3,
  );
});

test("what a language has of its own, another's sentences do not change", async () => {
  const tagger = await NeuralTagger.create(data, { network: { ...still, share: everyOwn } });
  const { dense, sparse } = gradientsOf(tagger, spanish);
  const changed = [...dense.keys(), ...sparse.keys()];
  expect(changed.some((name) => name.includes('.es'))).toBe(true);
  expect(changed.filter((name) => name.includes('.gl'))).toEqual([]);
});

test("the paper's network has the paper's sizes", async () => {
  const { characters, words, sentence, language, hidden, share } = paperConfig();
  expect({ characters, words, sentence, language, hidden }).toMatchObject({
    characters: { kind: 'lstm', embedding: 50, size: 100 },
    words: { size: 100 },
    sentence: { size: 200, layers: 2 },
    language: { size: 100 },
    hidden: { size: 100 },
  });
  expect(share).toEqual({
    characterEncoder: 'shared',
    wordEmbeddings: 'perLanguage',
    sentenceEncoder: 'shared',
    output: 'shared',
    transitions: 'shared',
  });
  const tagger = await NeuralTagger.create(data);
  const shapes = Object.fromEntries(Array.from(tagger.parameters, ({ name, shape }) => [name, shape]));
  expect(shapes).toMatchObject({
    'characters.lstm.0.forward.input': [50, 400],
    'sentence.0.forward.input': [200, 800],
    'sentence.1.backward.input': [400, 800],
    language: [2, 100],
    'hidden.weights': [500, 100],
    output: [100, 7],
    transitions: [7, 7],
  });
});

describe('inputs', () => {
  const create = (network: NeuralConfigInput) =>
    NeuralTagger.create(data, { network: { ...still, ...network } });
  const has = (tagger: NeuralTagger) => Array.from(tagger.parameters, ({ name }) => name.split('.')[0]);

  test.each<[string, NeuralConfigInput, string[], string[]]>([
    ['no characters', { characters: { kind: 'none' } }, ['words'], ['characters']],
    [
      'characters by a CNN, no words',
      { characters: { kind: 'cnn', size: 6 }, words: { size: 0 } },
      ['characters'],
      ['words'],
    ],
    ['both directions of characters', { characters: { kind: 'bilstm', size: 6 } }, ['characters'], []],
    ['shapes', { shapes: { size: 3 } }, ['shapes'], []],
    ['no language', { language: { size: 0 } }, [], ['language']],
    ['features', { features: { templates: ['default'] } }, ['features'], []],
    ['hashed features', { features: { templates: ['default'], buckets: 50 } }, ['features'], []],
  ])('%s: it learns', async (_, network, there, notThere) => {
    const tagger = await create(network);
    for (const name of there) expect(has(tagger)).toContain(name);
    for (const name of notThere) expect(has(tagger)).not.toContain(name);
    const losses = learn(tagger, few, 50);
    expect(Math.min(...losses)).toBeLessThan(losses[0] / 4);
  });

  test('attributes add their weights to the scores', async () => {
    const tagger = await create({ features: { templates: ['lower', 'case'], augment: false } });
    const { attributes } = tagger.definition.inventory;
    expect(attributes).toContain('lower[0]=vigo');
    const [before] = [tagger.lattice(['Vigo', 'chove']).emissions.slice()];
    const { values } = tagger.parameters.get('features');
    values[attributes.indexOf('lower[0]=vigo') * tagger.tags.length + 2] = 3;
    values[attributes.indexOf('case[0]=title') * tagger.tags.length + 2] = 0.5;
    const { emissions } = tagger.lattice(['Vigo', 'chove']);
    const changes = emissions.map((value, index) => value - before[index]);
    changes.forEach((change, index) => expect(change).toBeCloseTo(index === 2 ? 3.5 : 0, 5));
  });

  test('rare attributes have no weights, nor do rare words a vector', async () => {
    const tagger = await create({
      features: { templates: ['lower'], augment: false, minCount: 2 },
      words: { size: 5, minCount: 2 },
    });
    const { attributes, words } = tagger.definition.inventory;
    expect(attributes).toContain('lower[0]=de');
    expect(attributes).not.toContain('lower[0]=lugo');
    expect(words[0]).toContain('de');
    expect(words[0]).not.toContain('Lugo');
  });

  test('hashed attributes need no list', async () => {
    const tagger = await create({ features: { templates: ['default'], buckets: 64 } });
    expect(tagger.definition.inventory.attributes).toEqual([]);
    expect(tagger.parameters.get('features').shape).toEqual([64, 7]);
  });
});

describe('dropout', () => {
  const rates = { ...noDropout };
  const withDropout = (dropout: Partial<typeof noDropout>) =>
    NeuralTagger.create(data, { network: { ...tiny, dropout: { ...rates, ...dropout } } });

  test.each(['singleton', 'word', 'character', 'input', 'between', 'recurrent', 'output'] as const)(
    '%s: the same by the same stream, another by another, none in use',
    async (which) => {
      const tagger = await withDropout({ [which]: 0.5 });
      const loss = (seed: number) => lossOf(tagger, batch, new RandomStream(seed));
      expect(loss(1)).toBe(loss(1));
      expect(loss(1)).not.toBe(loss(2));
      const without = await withDropout({});
      expect(loss(1)).not.toBe(lossOf(without, batch));
      // The same seed of the numbers: without dropout the two networks are one.
      expect(tagger.lattice(galician[0].tokens).emissions).toEqual(
        without.lattice(galician[0].tokens).emissions,
      );
    },
  );

  test('the vector of unknown words is learned from words that occur once, in their language', async () => {
    const tagger = await withDropout({ singleton: 0.9 });
    const rows = (sentences: readonly TrainingSentence[]) => [
      ...gradientsOf(tagger, sentences).sparse.get('words')!.rows,
    ];
    expect(rows(galician).filter((row) => row < 2)).toEqual([0]);
    expect(rows(spanish).filter((row) => row < 2)).toEqual([1]);
    const none = await withDropout({});
    expect([...gradientsOf(none, data).sparse.get('words')!.rows].filter((row) => row < 2)).toEqual([]);
  });

  test('words that occur more often are left alone', async () => {
    const often = [...galician, ...galician];
    const tagger = await NeuralTagger.create(often, {
      network: { ...tiny, dropout: { ...noDropout, singleton: 0.9 } },
    });
    expect([...gradientsOf(tagger, often).sparse.get('words')!.rows]).not.toContain(0);
  });
});

describe('words that a language does not know and another does', () => {
  const borrowing = (network: NeuralConfigInput = {}) =>
    NeuralTagger.create(data, { network: { ...still, share: { wordEmbeddings: 'borrowed' }, ...network } });
  // `Madrid` and `ayer` are in Spanish sentences only, `choveu` in Galician ones, `Xunqueira` in none.
  const mixed = { tokens: ['Madrid', 'choveu', 'ayer', 'Xunqueira'], language: 'gl' };
  const tags = ['O', 'O', 'O', 'O'];

  test("have the other's vector if they may borrow it", async () => {
    const [tagger, strict] = [await borrowing(), await NeuralTagger.create(data, { network: still })];
    for (const language of ['gl', 'es']) {
      const { emissions } = tagger.lattice(mixed.tokens, { language });
      const expected = referenceEmissions(tagger, mixed.tokens, language).flat();
      emissions.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 5));
      expect(emissions).not.toEqual(strict.lattice(mixed.tokens, { language }).emissions);
    }
    // Words that the language knows itself are as they were.
    const { tokens } = galician[0];
    expect(tagger.lattice(tokens).emissions).toEqual(strict.lattice(tokens).emissions);
  });

  test('the first other language lends, in the order of their numbers', async () => {
    const three = [...galician, ...spanish, { tokens: ['Madrid'], tags: ['B-LOC'], language: 'pt' }];
    const network = { ...still, share: { wordEmbeddings: 'borrowed' as const }, language: { size: 0 } };
    const tagger = await NeuralTagger.create(three, { network });
    const scores = (language: string) => tagger.lattice(['Madrid'], { language }).emissions.slice();
    expect(tagger.config.languages).toEqual(['gl', 'es', 'pt']);
    expect(scores('gl')).toEqual(scores('es'));
    expect(scores('gl')).not.toEqual(scores('pt'));
  });

  test('words that training hides are read so, too; only those that no other knows are unknown', async () => {
    const tagger = await borrowing({ dropout: { ...noDropout, word: 0.999 } });
    const { words } = tagger.definition.inventory;
    const rowsOf = (tokens: readonly string[], language: string) => {
      const sentence = { tokens, tags: tags.slice(0, tokens.length), language };
      return [...gradientsOf(tagger, [sentence]).sparse.get('words')!.rows];
    };
    // `Santiago` is in both.
    expect(rowsOf(['Santiago'], 'gl')).toEqual([2 + words[0].length + words[1].indexOf('Santiago')]);
    expect(rowsOf(['Santiago'], 'es')).toEqual([2 + words[0].indexOf('Santiago')]);
    expect(rowsOf(['choveu'], 'gl')).toEqual([0]);
    expect(rowsOf(['Xunqueira'], 'es')).toEqual([1]);
    expect(rowsOf(['Madrid'], 'gl')).toEqual([2 + words[0].length + words[1].indexOf('Madrid')]);
  });

  test('in lower case before another language is asked', async () => {
    const tagger = await borrowing({
      words: { size: 5, lowercase: true },
      characters: { kind: 'none' },
    });
    const scores = (word: string, language: string) => tagger.lattice([word], { language }).emissions.slice();
    expect(scores('EL', 'es')).toEqual(scores('el', 'es'));
    expect(scores('AYER', 'gl')).toEqual(scores('ayer', 'gl'));
    expect(scores('AYER', 'gl')).not.toEqual(scores('Xunqueira', 'gl'));
  });

  test('the saved tagger borrows, too', async () => {
    const tagger = await borrowing();
    const read = (await taggerFromFiles(tagger.toFiles())) as NeuralTagger;
    expect(read.lattice(mixed.tokens).emissions).toEqual(tagger.lattice(mixed.tokens).emissions);
  });
});

describe('pretrained vectors', () => {
  const vector = (...values: number[]) => Float32Array.from(values);
  const vectors = {
    gl: {
      size: 5,
      vectors: new Map([
        ['Vigo', vector(1, 2, 3, 4, 5)],
        ['Coruña', vector(5, 4, 3, 2, 1)],
        ['choiva', vector(1, 1, 1, 1, 1)],
      ]),
    },
  };

  test('are the first values, and words that only they have are known', async () => {
    const tagger = await NeuralTagger.create(data, { network: still, vectors });
    const { words } = tagger.definition.inventory;
    expect(words[0].slice(-2)).toEqual(['Coruña', 'choiva']);
    const { values } = tagger.parameters.get('words');
    const row = (word: string) => [
      ...values.subarray((2 + words[0].indexOf(word)) * 5, (3 + words[0].indexOf(word)) * 5),
    ];
    expect(row('Vigo')).toEqual([1, 2, 3, 4, 5]);
    expect(row('Coruña')).toEqual([5, 4, 3, 2, 1]);
    expect(row('Lugo')).not.toEqual(row('Vigo'));
    for (const { tokens, language } of batch)
      tagger
        .lattice(tokens, { language })
        .emissions.forEach((value, index) =>
          expect(value).toBeCloseTo(referenceEmissions(tagger, tokens, language).flat()[index], 5),
        );
  });

  test('stay as they are if training is not to change them', async () => {
    const network = { ...still, words: { size: 5, trainable: false } };
    const tagger = await NeuralTagger.create(data, { network, vectors });
    const before = tagger.parameters.get('words').values.slice();
    const trainable = await NeuralTagger.create(data, { network: still, vectors });
    expect(lossOf(tagger, batch)).toBeCloseTo(lossOf(trainable, batch), 5);
    const losses = learn(tagger, data, 5);
    expect(losses[4]).toBeLessThan(losses[0]);
    expect(tagger.parameters.get('words').values).toEqual(before);
  });

  test('words are looked for in lower case, too, if asked', async () => {
    const network = { ...still, characters: { kind: 'none' as const }, words: { size: 5, lowercase: true } };
    const tagger = await NeuralTagger.create(data, { network, vectors });
    const scores = (word: string) => tagger.lattice([word]).emissions;
    expect(scores('CHOIVA')).toEqual(scores('choiva'));
    expect(scores('COIVA')).not.toEqual(scores('choiva'));
    expect(scores('Vigo')).not.toEqual(scores('VIGO'));
  });

  test.each([
    [{ fr: vectors.gl }, 'vectors: expected languages of the sentences (gl, es), got "fr"'],
    [
      { gl: { ...vectors.gl, size: 4 } },
      'vectors of gl: expected vectors of network.words.size = 5 numbers, got 4',
    ],
  ])('%#: that do not fit', async (given, message) => {
    await expect(NeuralTagger.create(data, { network: still, vectors: given })).rejects.toThrow(message);
  });
});

test('the seed decides the numbers', async () => {
  const values = async (seed: number) => {
    const { parameters } = await NeuralTagger.create(data, { network: tiny, seed });
    return Array.from(parameters, (parameter) => [parameter.name, [...parameter.values]]);
  };
  expect(await values(1)).toEqual(await values(1));
  expect(await values(1)).not.toEqual(await values(2));
});

test('another thread has the same network on the same numbers', async () => {
  const tagger = await NeuralTagger.create(data, {
    network: tiny,
    parameters: new ParameterSet({ shared: true }),
  });
  const attach = tagger.parameters.values();
  const other = new NeuralTagger(structuredClone(tagger.definition), {
    parameters: new ParameterSet({ attach }),
  });
  const stream = () => new RandomStream(3);
  expect(lossOf(other, batch, stream())).toBe(lossOf(tagger, batch, stream()));
  learn(tagger, data, 3);
  other.parameters.touch();
  expect(lossOf(other, batch, stream())).toBe(lossOf(tagger, batch, stream()));
});

test('a thousand steps leave nothing in the backend', async () => {
  const small: NeuralConfigInput = {
    ...tiny,
    shapes: { size: 2 },
    features: { templates: ['lower', 'case'] },
    sentence: { size: 3, layers: 1 },
  };
  const tagger = await NeuralTagger.create(galician, { network: small });
  const step = (count: number): void => {
    learn(tagger, galician.slice(3), count);
    tagger.decode(galician.slice(3));
  };
  step(3);
  const before = memory();
  step(1000);
  const after = memory();
  expect(after.numTensors).toBe(before.numTensors);
  expect(after.numBytes).toBe(before.numBytes);
  tagger.dispose();
  expect(memory().numTensors).toBeLessThan(before.numTensors);
  expect(tagger.decode(galician)).toHaveLength(galician.length);
});

describe('batches that are none', () => {
  test.each<[string, unknown[]]>([
    ['expected a batch with at least one token, got none', []],
    ['expected a batch with at least one token, got none', [{ tokens: [], tags: [] }]],
    ['sentence 0 of the batch: expected 1 tags, got undefined', [{ tokens: ['a'] }]],
    ['sentence 1 of the batch: expected 2 tags, got 1', [galician[0], { tokens: ['a', 'b'], tags: ['O'] }]],
    ['sentence 0 of the batch: tokens: expected an array of tokens, got "a"', [{ tokens: 'a', tags: ['O'] }]],
    ['sentence 0 of the batch: expected tags of O, B-LOC', [{ tokens: ['a'], tags: ['B-MISC'] }]],
    [
      'sentence 0 of the batch: language: expected one that the tagger knows (gl, es)',
      [{ tokens: ['a'], tags: ['O'], language: 'zh' }],
    ],
  ])('%s', async (message, sentences) => {
    const tagger = await NeuralTagger.create(data, { network: tiny });
    const run = () => tagger.batchLoss(sentences as TrainingSentence[], { random });
    expect(run).toThrow(TaggerError);
    expect(run).toThrow(message);
  });

  test('sentences without a token add nothing to others', async () => {
    const tagger = await NeuralTagger.create(data, { network: still });
    expect(lossOf(tagger, [{ tokens: [], tags: [] }, ...batch])).toBe(lossOf(tagger, batch));
    expect(tagger.decode([{ tokens: [] }, batch[0]])[0]).toEqual([]);
  });
});
