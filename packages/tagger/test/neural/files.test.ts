import { readSafetensors, selectBackend, writeSafetensors, type SafeTensor } from '@cognate/nn';
import fc from 'fast-check';
import { getBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fetchModelFiles,
  ModelFormatError,
  taggerFromFiles,
  TaggerError,
  type ModelFiles,
} from '../../src/index.js';
import { NeuralTagger } from '../../src/neural/index.js';
import { galician, spanish } from '../toy.js';
import { learn, tiny } from './helpers.js';

const data = [...galician, ...spanish];
const text = 'Rosalía vive en Lugo. Onte choveu.';
const everything = {
  ...tiny,
  scheme: 'BIOES' as const,
  shapes: { size: 2 },
  features: { templates: ['lower', 'case'] },
  share: { sentenceEncoder: 'perLanguage' as const, transitions: 'perLanguage' as const },
};
let tagger: NeuralTagger;
let files: ModelFiles;
beforeAll(async () => {
  tagger = await NeuralTagger.create(data, { network: everything, relatives: { pt: 'gl' } });
  learn(tagger, data, 40);
  tagger.note({ epochs: 40, mu: 0.5, 'best on dev': '61.2' });
  files = tagger.toFiles();
});

const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const withConfig = (change: Record<string, unknown>): ModelFiles => ({
  ...files,
  'config.json': bytesOf({ ...parse(files['config.json']), ...change }),
});
const withTensors = (change: (tensors: Map<string, SafeTensor>) => void): ModelFiles => {
  const { tensors } = readSafetensors(files['model.safetensors']);
  change(tensors);
  return { ...files, 'model.safetensors': writeSafetensors(tensors) };
};
const names = (change: Record<string, unknown>) =>
  withTensors((tensors) => {
    const now = JSON.parse(new TextDecoder().decode(tensors.get('inventory.names')!.data)) as object;
    const bytes = bytesOf({ ...now, ...change });
    tensors.set('inventory.names', { dtype: 'U8', shape: [bytes.length], data: bytes });
  });

test('a round trip changes nothing, to the bit', () => {
  const again = NeuralTagger.fromFiles(files);
  expect(again.tag(text)).toEqual(tagger.tag(text));
  expect(again.tag(text, { language: 'es' })).toEqual(tagger.tag(text, { language: 'es' }));
  expect(again.tag(text, { language: 'pt' })).toEqual(tagger.tag(text));
  expect(again.toFiles()).toEqual(files);
  expect(again.definition).toEqual(tagger.definition);
});

test('a loaded tagger can be trained further', () => {
  const again = NeuralTagger.fromFiles(files);
  const losses = learn(again, data, 10);
  expect(Math.min(...losses)).toBeLessThan(losses[0]);
  // What it was loaded from is as it was.
  expect(NeuralTagger.fromFiles(files).tag(text)).toEqual(tagger.tag(text));
});

test('the model card says what it was trained on, and how', () => {
  const card = new TextDecoder().decode(files['README.md']);
  for (const line of [
    '# Named entities: Galician (gl)',
    '| Galician (gl) | 6 | 55 | 11 |',
    '| Spanish (es) | 4 | 35 | 7 |',
  ])
    expect(card).toContain(line);
  for (const line of [
    '| mu | 0.5 |',
    '| best on dev | 61.2 |',
    'characters (lstm, 6), words (5), case and shape (2)',
    '2 × 7 units',
  ])
    expect(card).toContain(line);
  expect(card).toContain('Each language has its own: wordEmbeddings, sentenceEncoder, transitions.');
  const { facts } = parse(files['config.json']).training as { facts: unknown };
  expect(facts).toEqual({ epochs: 40, mu: 0.5, 'best on dev': '61.2' });
});

test('half precision is read, too', () => {
  const halves = withTensors((tensors) => {
    for (const [name, tensor] of tensors) {
      if (tensor.dtype !== 'F32') continue;
      // The upper half of a float32 is a bfloat16.
      const bits = new Uint32Array(tensor.data.slice().buffer);
      tensors.set(name, {
        dtype: 'BF16',
        shape: tensor.shape,
        data: Uint16Array.from(bits, (word) => word >>> 16),
      });
    }
  });
  const { emissions } = NeuralTagger.fromFiles(halves).lattice(galician[0].tokens);
  const { emissions: exact } = tagger.lattice(galician[0].tokens);
  emissions.forEach((value, index) => expect(Math.abs(value - exact[index])).toBeLessThan(0.5));
});

describe('backends', () => {
  const sentences = [...galician, ...spanish, ...galician];
  let expected: ReturnType<typeof predictions>;
  const predictions = (given: NeuralTagger) => ({
    tags: given.decode(sentences),
    entities: given.tag(text),
    emissions: given.lattice(galician[0].tokens).emissions,
  });
  beforeAll(() => {
    expected = predictions(tagger);
  });
  afterAll(async () => {
    await selectBackend({ prefer: 'cpu', relaxedSimd: false });
  });

  test.each(['wasm', 'tensorflow'] as const)('%s predicts what cpu does', async (backend) => {
    const { rejected } = await selectBackend({ prefer: backend, relaxedSimd: false });
    const reason = rejected.find((other) => other.backend === backend)?.reason;
    if (reason !== undefined) {
      process.stderr.write(`skipped: no backend ${backend} (${reason})\n`);
      return;
    }
    expect(getBackend()).toBe(backend);
    const found = predictions(NeuralTagger.fromFiles(files));
    expect(found.tags).toEqual(expected.tags);
    expect(found.entities.map(({ start, label }) => [start, label])).toEqual(
      expected.entities.map(({ start, label }) => [start, label]),
    );
    found.emissions.forEach((value, index) => expect(value).toBeCloseTo(expected.emissions[index], 4));
    found.entities.forEach(({ score }, k) => expect(score).toBeCloseTo(expected.entities[k].score, 4));
  });
});

describe('damaged and hostile files', () => {
  test.each<[string, () => ModelFiles]>([
    ['config.json: expected type "neural", got "linear"', () => withConfig({ type: 'linear' })],
    ['config.json: expected version 1, got 2', () => withConfig({ version: 2 })],
    ['config.json: network: sentence.size: ', () => withConfig({ network: { sentence: { size: 1e9 } } })],
    ['config.json: network: the whole: Unrecognized key', () => withConfig({ network: { depth: 1 } })],
    ['config.json: expected languages of gl, es, got "fr"', () => withConfig({ language: 'fr' })],
    ['config.json: expected languages of gl, es, got "fr"', () => withConfig({ relatives: { pt: 'fr' } })],
    ['config.json: languages: expected each once', () => withConfig({ languages: ['gl', 'es', 'gl'] })],
    ['expected 3 lists of words, got 2', () => withConfig({ languages: ['gl', 'es', 'fr'] })],
    ['model.safetensors: parameter ', () => withConfig({ labels: ['PER'] })],
    [
      'model.safetensors: tensor "transitions": expected a number for each two tags of 3 labels, got no such',
      () => withConfig({ network: {} }),
    ],
    [
      'model.safetensors: tensor "transitions.gl": expected a number for each two tags of 9000 labels, got 169',
      () => withConfig({ labels: Array.from({ length: 9000 }, (_, label) => `L${label}`) }),
    ],
    ...[NaN, Infinity].map((value): [string, () => ModelFiles] => [
      `model.safetensors: tensor "output": expected finite numbers, got ${value} at 2`,
      () =>
        withTensors((t) => {
          const { shape, data } = t.get('output')!;
          t.set('output', {
            dtype: 'F32',
            shape,
            data: Float32Array.from(data as Float32Array).fill(value, 2, 3),
          });
        }),
    ]),
    ['config.json: model: expected the name of a file beside this one', () => withConfig({ model: '../x' })],
    [
      'expected a file model.safetensors in the model, got config.json',
      () => ({ 'config.json': files['config.json'] }),
    ],
    [
      'model.safetensors: safetensors, bytes 0 to 7',
      () => ({ ...files, 'model.safetensors': new Uint8Array(3) }),
    ],
    [
      'expected a tensor "inventory.names" of bytes, got none',
      () => withTensors((t) => t.delete('inventory.names')),
    ],
    [
      'expected a tensor "inventory.singletons" of bytes, got one of F32',
      () => withTensors((t) => t.set('inventory.singletons', t.get('output')!)),
    ],
    [
      'expected JSON in UTF-8',
      () =>
        withTensors((t) => t.set('inventory.names', { dtype: 'U8', shape: [1], data: Uint8Array.of(255) })),
    ],
    ['tensor "inventory.names": words.0.0: ', () => names({ words: [[1], []] })],
    ['expected a byte for each of 1 words', () => names({ words: [['a'], []] })],
    ['alphabet: expected each character once', () => names({ alphabet: 'aa' })],
    ["parameter 'output' [6, 13]", () => withTensors((t) => t.delete('output'))],
    [
      "tensor 'more': there is no parameter of that name",
      () => withTensors((t) => t.set('more', t.get('output')!)),
    ],
  ])('%s', (message, make) => {
    const given = make();
    expect(() => NeuralTagger.fromFiles(given)).toThrow(ModelFormatError);
    expect(() => NeuralTagger.fromFiles(given)).toThrow(message);
  });

  test('any field replaced by anything: an error of ours, or a tagger that tags', () => {
    const config = parse(files['config.json']);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(config)), fc.jsonValue(), (field, value) => {
        try {
          NeuralTagger.fromFiles(withConfig({ [field]: value })).tag(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TaggerError);
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});

test('is loaded by the function for either kind, from a server, too', async () => {
  const server = (address: string) => {
    const name = address.replace('https://models.example/gl/', '');
    return Promise.resolve(
      Object.hasOwn(files, name)
        ? new Response(files[name].slice().buffer)
        : new Response('', { status: 404 }),
    );
  };
  const loaded = await taggerFromFiles(await fetchModelFiles('https://models.example/gl', { fetch: server }));
  expect(loaded.type).toBe('neural');
  expect(loaded.tag(text)).toEqual(tagger.tag(text));
});
