import { ParameterSet } from '@cognate/nn';
import { marginals } from '@cognate/crf';
import { invalidTags, spansFromTags } from '@cognate/tag-scheme';
import { enumeratePaths, oracleKBest, pathsLogSum } from '@cognate/testing';
import fc from 'fast-check';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { NeuralTagger } from '../../src/neural/index.js';
import { LinearTagger, TaggerError, type Entity, type Tagger } from '../../src/index.js';
import { galician, spanish } from '../toy.js';
import { learn, noDropout, tiny } from './helpers.js';

const data = [...galician, ...spanish];
const network = { ...tiny, words: { size: 10 }, hidden: { size: 12 }, dropout: noDropout };
const text = 'Onte choveu moito. Rosalía de Castro naceu en Santiago de Compostela.';
let tagger: NeuralTagger;
let inBioes: NeuralTagger;
beforeAll(async () => {
  tagger = await NeuralTagger.create(data, { network });
  learn(tagger, data, 120);
  inBioes = await NeuralTagger.create(data, { network: { ...network, scheme: 'BIOES' } });
  learn(inBioes, data, 160);
});

/** A lattice as the oracle reads it. */
function oracleOf(given: NeuralTagger, tokens: readonly string[]) {
  const { length, emissions, transitions } = given.lattice(tokens);
  const { scores, startScores, endScores, numTags } = transitions;
  return {
    length,
    numTags,
    emissions: Float64Array.from(emissions),
    transitions: scores,
    startTransitions: startScores,
    endTransitions: endScores,
  };
}

test('has labels, languages and tags', () => {
  expect(tagger.labels).toEqual(['LOC', 'ORG', 'PER']);
  expect([tagger.language, tagger.languages]).toEqual(['gl', ['gl', 'es']]);
  expect(tagger.tags).toEqual(['O', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B-PER', 'I-PER']);
  expect(inBioes.tags).toHaveLength(13);
});

describe.each([
  ['IOB2', () => tagger],
  ['BIOES', () => inBioes],
])('trained in %s', (_, of) => {
  test('tags as it was taught, in the scheme of the training data', () => {
    for (const { tokens, tags, language } of data)
      expect(of().predictTags(tokens, { language })).toEqual(tags);
    expect(of().decode(data)).toEqual(data.map(({ tags }) => tags));
  });

  test("entities are as the linear tagger's, with offsets into the text", async () => {
    const linear = await LinearTagger.train(data, { params: { max_iterations: 30 } });
    const found = of().tag(text);
    expect(found.length).toBeGreaterThan(0);
    expect(Object.keys(found[0]).sort()).toEqual(Object.keys(linear.tag(text)[0]).sort());
    for (const { text: name, start, end } of found) expect(text.slice(start, end)).toBe(name);
    expect(found.map(({ label, text: name }) => `${label} ${name}`)).toEqual([
      'PER Rosalía de Castro',
      'LOC Santiago de Compostela',
    ]);
    expect(found[0]).toMatchObject({ start: 19, end: 36, tokenStart: 4, tokenEnd: 7 });
  });

  test('scores of entities are the probabilities of all taggings that say them', () => {
    const tokens = ['Rosalía', 'de', 'Vigo', '.'];
    const paths = enumeratePaths(oracleOf(of(), tokens));
    const total = pathsLogSum(paths);
    const scheme = of().config.network.scheme;
    for (const { label, tokenStart, tokenEnd, score } of of().tag(tokens)) {
      const saying = paths.filter(({ tags }) => {
        const named = tags.map((tag) => of().tags[tag]);
        return spansFromTags(named, scheme).some(
          (span) => span.label === label && span.start === tokenStart && span.end === tokenEnd,
        );
      });
      expect(score).toBeCloseTo(Math.exp(pathsLogSum(saying) - total), 6);
    }
    expect(of().tag(tokens).length).toBeGreaterThan(0);
  });

  test('the k best are the k best of all', () => {
    const tokens = ['O', 'Celta', 'de'];
    const lattice = oracleOf(of(), tokens);
    const total = pathsLogSum(enumeratePaths(lattice));
    const best = of().kBest(tokens, 5);
    const expected = oracleKBest(lattice, 5);
    expect(best).toHaveLength(5);
    best.forEach(({ probability, tags }, rank) => {
      expect(probability).toBeCloseTo(Math.exp(expected[rank].score - total), 6);
      expect(invalidTags(tags, 'IOB2')).toEqual([]);
    });
    expect(best[0].tags).toEqual(of().predictTags(tokens));
  });

  test('an untrained network, too, never breaks the scheme', async () => {
    const { scheme } = of().config.network;
    const wild = await NeuralTagger.create(data, { network: { ...network, scheme } });
    for (const { values } of wild.parameters) for (let k = 0; k < values.length; k++) values[k] *= 20;
    wild.parameters.touch();
    const words = fc.array(fc.constantFrom('Vigo', 'de', 'Rosalía', 'x', '9', ''), { maxLength: 12 });
    fc.assert(
      fc.property(words, (tokens) => {
        expect(invalidTags(wild.predictTags(tokens), 'IOB2')).toEqual([]);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe('inputs', () => {
  test('tokens, tokens with offsets, nothing', () => {
    const tokens = ['Rosalía', 'de', 'Castro', 'naceu', 'en', 'Lugo'];
    const joined = tagger.tag(tokens);
    expect(joined.length).toBeGreaterThan(0);
    const offsets = tokens.map((token, index) => ({
      start: 100 + 10 * index,
      end: 100 + 10 * index + token.length,
    }));
    const given = tagger.tag({ tokens, text: ' '.repeat(200), offsets, language: 'gl' });
    expect(given.map(({ start }) => start)).toEqual(joined.map(({ tokenStart }) => 100 + 10 * tokenStart));
    expect(tagger.tag('')).toEqual([]);
    expect(tagger.tag([])).toEqual([]);
    expect(tagger.predictTags([])).toEqual([]);
    expect(tagger.tagBatch([])).toEqual([]);
    expect(tagger.kBest([], 3)).toEqual([{ tags: [], probability: 1 }]);
  });

  test('many at once give what each gives alone', () => {
    const inputs = [text, galician[1].tokens, '', { tokens: spanish[0].tokens, language: 'es' }, 'Vigo'];
    const together = tagger.tagBatch(inputs);
    const spans = (entities: readonly Entity[]) =>
      entities.map(({ label, start, end }) => ({ label, start, end }));
    inputs.forEach((input, index) => {
      const alone = tagger.tag(input);
      expect(spans(together[index])).toEqual(spans(alone));
      alone.forEach(({ score }, k) => expect(together[index][k].score).toBeCloseTo(score, 4));
    });
  });

  test('long texts go through in pieces, and leave nothing behind', () => {
    const long = `${text} `.repeat(400);
    tagger.tag(text);
    const { numTensors, numBytes } = memory();
    const found = tagger.tag(long);
    expect(found).toHaveLength(800);
    expect(found[799].start - found[1].start).toBe(399 * (text.length + 1));
    expect(memory()).toMatchObject({ numTensors, numBytes });
  });

  test('words, characters and scripts that it has never seen', () => {
    const strange = ['Київ', '🦆', 'पुणे', '\ud800', 'x'.repeat(100_000), 'a\u0301'];
    expect(tagger.predictTags(strange)).toHaveLength(strange.length);
    expect(marginals(tagger.lattice(strange)).every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test.each<[string, () => unknown]>([
    [
      'expected a text, an array of tokens or an object with tokens to tag, got 7',
      () => tagger.tag(7 as never),
    ],
    ['tokens: expected token 0 to be a string, got null', () => tagger.tag([null as never])],
    ['tokens: expected an array of tokens, got "En Vigo."', () => tagger.predictTags('En Vigo.' as never)],
    ['tokens: expected an array of tokens, got ""', () => tagger.kBest('' as never, 1)],
    ['tokens: expected an array of tokens, got "a"', () => tagger.lattice('a' as never)],
    [
      'inputs[1]: expected a text, an array of tokens or an object with tokens to tag, got null',
      () => tagger.tagBatch(['a', null as never]),
    ],
    ['inputs: expected an array, got "a"', () => tagger.tagBatch('a' as never)],
    [
      'sentences[1]: tokens: expected an array of tokens, got undefined',
      () => tagger.decode([{ tokens: ['a'] }, null as never]),
    ],
    ['k: expected a whole number of at least 1, got 0', () => tagger.kBest(['a'], 0)],
    ['language: expected the code of a language', () => tagger.tag('a', { language: '!' })],
  ])('%s', (message, run) => {
    expect(run).toThrow(message);
  });
});

test('notes what its files can hold, and nothing else', async () => {
  const noted = await NeuralTagger.create(data, { network });
  noted.note({ epochs: 3, averaged: true, optimizer: 'adam', devF1: undefined as never });
  const facts = { epochs: 3, averaged: true, optimizer: 'adam' };
  expect(NeuralTagger.fromFiles(noted.toFiles()).config.training.facts).toEqual(facts);
  for (const [value, got] of [
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [['gl'], 'an array'],
    ['x'.repeat(10_001), `"${'x'.repeat(60)}…"`],
  ] as const)
    expect(() => noted.note({ mu: value as never })).toThrow(
      new TaggerError(
        'facts: expected names of at most 100 characters, and as values finite numbers, true, false or strings of at most 10000 characters, ' +
          `got ${got} as "mu"`,
      ),
    );
  expect(() => noted.note({ ['x'.repeat(101)]: 1 })).toThrow(/got 1 as "x/);
  expect(() => noted.note('adam' as never)).toThrow('facts: expected an object, got "adam"');
  expect(noted.config.training.facts).toEqual(facts);
});

describe('languages', () => {
  test('each has its own words', () => {
    const scores = (language: string) => [...tagger.lattice(['Lugo'], { language }).emissions];
    expect(scores('gl')).not.toEqual(scores('es'));
    expect(scores('gl-ES')).toEqual(scores('gl'));
    expect([...tagger.lattice(['Lugo']).emissions]).toEqual(scores('gl'));
  });

  test('one that is not known falls back to a relative: the declared one, else one of the registry', async () => {
    const declared = await NeuralTagger.create(data, {
      network,
      relatives: { pt: 'gl', ast: 'es', it: 'gl' },
    });
    const scores = (language: string) => [...declared.lattice(['Lugo'], { language }).emissions];
    expect(scores('pt')).toEqual(scores('gl'));
    expect(scores('ast')).toEqual(scores('es'));
    expect(scores('it')).toEqual(scores('gl'));
    // Of the registry: French has Catalan, Italian and then Spanish.
    expect(scores('fr')).toEqual(scores('es'));
    expect(() => scores('zh')).toThrow(TaggerError);
    expect(() => scores('zh')).toThrow(
      'language: expected one that the tagger knows (gl, es) or that has a relative among them, got "zh"',
    );
  });

  test('sentences without a language are of one of their own', async () => {
    const bare = galician.map(({ tokens, tags }) => ({ tokens, tags }));
    const one = await NeuralTagger.create(bare, { network });
    expect([one.language, one.languages]).toEqual([undefined, []]);
    expect(one.predictTags(['Vigo'])).toHaveLength(1);
    expect(() => one.predictTags(['Vigo'], { language: 'gl' })).toThrow('(und)');
    const told = await NeuralTagger.create(bare, { network, language: 'gl' });
    expect([told.language, told.languages]).toEqual(['gl', ['gl']]);
  });

  test('sentences without a language are of the one that the tagger is for, if that is known in time', async () => {
    const bare = { tokens: galician[0].tokens, tags: galician[0].tags };
    const mixed = await NeuralTagger.create([spanish[0], bare], { network, language: 'gl' });
    expect(mixed.languages).toEqual(['gl', 'es']);
    expect(mixed.definition.inventory.words[0]).toContain('escritora');
    await expect(NeuralTagger.create([bare, galician[1]], { network })).rejects.toThrow(
      'sentence 1 (counted from 0) has a language, gl, and those before it have none: say which it is (options.language)',
    );
  });

  test('a language without a sentence of its own can be the one that the tagger is for', async () => {
    const foreign = await NeuralTagger.create(spanish, { network, language: 'gl' });
    expect([foreign.language, foreign.languages]).toEqual(['gl', ['gl', 'es']]);
    expect(foreign.predictTags(['Vigo'])).toHaveLength(1);
  });
});

describe('create', () => {
  test('reads a stream of sentences once', async () => {
    let read = 0;
    async function* stream() {
      for (const sentence of data) {
        await Promise.resolve();
        read++;
        yield sentence;
      }
    }
    const streamed = await NeuralTagger.create(stream(), { network });
    expect(read).toBe(data.length);
    expect(streamed.definition).toEqual((await NeuralTagger.create(data, { network })).definition);
  });

  test('other schemes of the training data', async () => {
    const bilou = [
      { tokens: ['Vigo', 'é', 'Nova', 'York'], tags: ['U-LOC', 'O', 'B-LOC', 'L-LOC'], language: 'gl' },
    ];
    const other = await NeuralTagger.create(bilou, { network, tagScheme: 'BILOU' });
    learn(other, bilou, 60);
    expect(other.predictTags(bilou[0].tokens)).toEqual(bilou[0].tags);
  });

  test.each<[string, unknown, unknown]>([
    ['sentences: expected an iterable of sentences, got 3', 3, {}],
    ['sentences: expected at least one with a token, got none', [], {}],
    [
      'sentences: sentence 0 (counted from 0): expected one tag for each of 1 tokens, got 0',
      [{ tokens: ['a'], tags: [] }],
      {},
    ],
    ['options: expected an object, got null', data, null],
    ['options: expected language, tagScheme, network', data, { nets: 1 }],
    ['network: sentence.size: ', data, { network: { sentence: { size: 0 } } }],
    ['network: the whole: Unrecognized key', data, { network: { depth: 3 } }],
    ['network: dropout.input: ', data, { network: { dropout: { input: 1 } } }],
    [
      'expected characters, words or shapes as input, got none',
      data,
      { network: { characters: { kind: 'none' }, words: { size: 0 } } },
    ],
    [
      'relatives: pt: expected a language of the sentences (gl, es), got "fr"',
      data,
      { relatives: { pt: 'fr' } },
    ],
    ['template "nonsense"', data, { network: { features: { templates: ['nonsense'] } } }],
  ])('%s', async (message, sentences, options) => {
    await expect(NeuralTagger.create(sentences as never, options as never)).rejects.toThrow(message);
  });
});

test('is a tagger, and a model that can be trained', () => {
  const asTagger: Tagger = tagger;
  expect(asTagger.type).toBe('neural');
  expect(tagger.parameters).toBeInstanceOf(ParameterSet);
  expect(tagger.length(galician[0])).toBe(galician[0].tokens.length);
});
