import { enumeratePaths } from '@cognate/testing';
import { allowedTransitions, convertTags, schemes, spansFromTags } from '@cognate/tag-scheme';
import { beforeAll, describe, expect, test } from 'vitest';
import { LinearTagger, TaggerError, toTransformers, type Tagger } from '../src/index.js';
import { annotated, galician, spanish } from './toy.js';

const quick = { params: { max_iterations: 40 } };

let tagger: LinearTagger;
beforeAll(async () => {
  tagger = await LinearTagger.train(galician, quick);
});

const text = 'Onte choveu.  Rosalía de Castro\nvive en Lugo (Galicia).';

describe('tag', () => {
  test('a text: entities with offsets into it, over all its sentences', () => {
    const entities = tagger.tag(text);
    expect(entities.map((entity) => [entity.label, entity.text])).toEqual([
      ['PER', 'Rosalía de Castro'],
      ['LOC', 'Lugo'],
      ['LOC', 'Galicia'],
    ]);
    for (const { text: own, start, end, score } of entities) {
      expect(text.slice(start, end)).toBe(own);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect(entities.map(({ tokenStart, tokenEnd }) => [tokenStart, tokenEnd])).toEqual([
      [3, 6],
      [8, 9],
      [10, 11],
    ]);
  });

  test('a text of several spaces between the words of an entity', () => {
    const spaced = 'Naceu en Santiago  de\tCompostela .';
    const [{ text: own, start, end }] = tagger.tag(spaced);
    expect([own, start, end]).toEqual(['Santiago  de\tCompostela', 9, 32]);
  });

  test('tokens: offsets into the tokens joined by spaces', () => {
    const tokens = ['Vive', 'en', 'Lugo', '.'];
    const [entity] = tagger.tag(tokens);
    expect(entity).toMatchObject({
      label: 'LOC',
      text: 'Lugo',
      start: 8,
      end: 12,
      tokenStart: 2,
      tokenEnd: 3,
    });
    expect(tagger.tag({ tokens })).toEqual([entity]);
  });

  test('tokens with a text of their own', () => {
    const source = 'Vive en Lugo.';
    const offsets = [
      { start: 0, end: 4 },
      { start: 5, end: 7 },
      { start: 8, end: 12 },
      { start: 12, end: 13 },
    ];
    const [entity] = tagger.tag({ tokens: ['Vive', 'en', 'Lugo', '.'], text: source, offsets });
    expect(entity).toMatchObject({ text: 'Lugo', start: 8, end: 12 });
  });

  test('nothing in nothing', () => {
    expect(tagger.tag('')).toEqual([]);
    expect(tagger.tag([])).toEqual([]);
    expect(tagger.predictTags([])).toEqual([]);
    expect(tagger.tagBatch([])).toEqual([]);
  });

  test('a batch is each of its inputs', () => {
    const inputs = [text, ['Lugo'], ''];
    expect(tagger.tagBatch(inputs)).toEqual(inputs.map((input) => tagger.tag(input)));
  });

  test('scores are the probabilities of the entities among all valid taggings', () => {
    const tokens = ['Ana', 'de', 'Lugo', 'Celta'];
    const attributes = tagger.attributes(tokens);
    const lattice = tagger.crf.lattice(attributes);
    const { tags } = tagger.crf;
    const paths = enumeratePaths({ ...lattice, numTags: tags.length }, allowedTransitions(tags, 'IOB2'));
    const total = paths.reduce((sum, { score }) => sum + Math.exp(score), 0);
    const entities = tagger.tag(tokens);
    expect(entities.length).toBeGreaterThan(0);
    for (const { label, tokenStart, tokenEnd, score } of entities) {
      let weight = 0;
      for (const path of paths) {
        const spans = spansFromTags(
          path.tags.map((tag) => tags[tag]),
          'IOB2',
        );
        if (spans.some((span) => span.start === tokenStart && span.end === tokenEnd && span.label === label))
          weight += Math.exp(path.score);
      }
      expect(score).toBeCloseTo(weight / total, 10);
    }
  });

  test('the k best taggings are valid, in order, and begin with the one predicted', () => {
    const tokens = ['Ana', 'de', 'Lugo'];
    const ranked = tagger.kBest(tokens, 5);
    expect(ranked).toHaveLength(5);
    expect(ranked[0].tags).toEqual(tagger.predictTags(tokens));
    ranked.reduce((previous, next) => {
      expect(next.probability).toBeLessThanOrEqual(previous.probability);
      return next;
    });
    for (const { tags } of ranked) expect(convertTags(tags, 'IOB2', 'IOB2', 'throw')).toEqual(tags);
  });

  test('of the best taggings in IO each is listed once', async () => {
    const sentences = galician.map((sentence) => ({
      ...sentence,
      tags: convertTags(sentence.tags ?? [], 'IOB2', 'IO'),
    }));
    const io = await LinearTagger.train(sentences, { ...quick, tagScheme: 'IO' });
    const tokens = ['Ana', 'de', 'Lugo'];
    const ranked = io.kBest(tokens, 12).map(({ tags }) => tags.join(' '));
    expect(new Set(ranked).size).toBe(12);
    expect(ranked[0]).toBe(io.predictTags(tokens).join(' '));
    // LOC, ORG, PER or O for each of three tokens.
    const all = io.kBest(tokens, 1000);
    expect(all).toHaveLength(4 ** 3);
    expect(new Set(all.map(({ tags }) => tags.join(' '))).size).toBe(4 ** 3);
  });

  test('the shape of Hugging Face pipelines', () => {
    const [first] = toTransformers(tagger.tag('Vive en Lugo.'));
    expect(first).toEqual({ entity_group: 'LOC', score: first.score, word: 'Lugo', start: 8, end: 12 });
  });

  test.each([
    [12, 'expected a text, an array of tokens or an object with tokens to tag, got 12'],
    [null, 'got null'],
    [['a', 1], 'tokens: expected token 1 to be a string, got 1'],
    [{ tokens: 'a' }, 'tokens: expected an array of tokens, got "a"'],
    [{ tokens: ['a'], offsets: [] }, 'expected a text with the offsets, got undefined'],
    [{ tokens: ['a'], text: 'a', offsets: [] }, 'expected offsets for each of 1 tokens, got 0'],
    [
      { tokens: ['a'], text: 'a', offsets: [{ start: 0, end: 2 }] },
      'offsets of token 0: expected a span of the text behind 0 and up to 1, got 0..2',
    ],
    [{ tokens: ['a'], text: 'a', offsets: [null] }, 'got undefined..undefined'],
    [{ tokens: ['a'], language: '' }, 'language: expected the code of a language'],
  ])('%j cannot be tagged', (input, message) => {
    expect(() => tagger.tag(input as never)).toThrow(message);
    expect(() => tagger.tag(input as never)).toThrow(TaggerError);
  });
});

test.each([
  ['predictTags', () => tagger.predictTags('Vive en Lugo.' as never)],
  ['kBest', () => tagger.kBest('Vive en Lugo.' as never, 2)],
  ['attributes', () => tagger.attributes('Vive en Lugo.' as never)],
  ['lattices', () => tagger.lattices([{ tokens: ['Lugo'] }, { tokens: 'Vive en Lugo.' as never }])],
])('%s takes the tokens of a sentence, no text', (name, run) => {
  const place = name === 'lattices' ? 'sentences[1]: ' : '';
  expect(run).toThrow(new TaggerError(`${place}tokens: expected an array of tokens, got "Vive en Lugo."`));
});

test('of several inputs the one that cannot be tagged is named', () => {
  expect(() => tagger.tagBatch(['Vive en Lugo.', ['Lugo', 3 as never]])).toThrow(
    new TaggerError('inputs[1]: tokens: expected token 1 to be a string, got 3'),
  );
  expect(() => tagger.tagBatch(['Lugo', 'Vigo'], { language: '!' })).toThrow(/^language: expected the code/);
  expect(() => tagger.tagBatch('Lugo' as never)).toThrow(
    new TaggerError('inputs: expected an array, got "Lugo"'),
  );
});

describe('training', () => {
  test('it satisfies the interface of all taggers', () => {
    const any: Tagger = tagger;
    expect([any.type, any.labels, any.language, any.languages]).toEqual([
      'linear',
      ['LOC', 'ORG', 'PER'],
      'gl',
      ['gl'],
    ]);
  });

  test('learns what it was shown', () => {
    for (const { tokens, tags } of galician) expect(tagger.predictTags(tokens)).toEqual(tags);
  });

  test('the same sentences and options give the same bytes', async () => {
    const again = await LinearTagger.train(galician, quick);
    expect(again.toFiles()).toEqual(tagger.toFiles());
  });

  test.each(schemes)('in %s as well, and predicts in the scheme of the data', async (scheme) => {
    const other = await LinearTagger.train(galician, { ...quick, scheme });
    expect(other.config.scheme).toBe(scheme);
    for (const { tokens, tags } of galician) expect(other.predictTags(tokens)).toEqual(tags);
    const data = galician.map(({ tokens, tags }) => ({
      tokens,
      tags: convertTags(tags ?? [], 'IOB2', scheme),
    }));
    const same = await LinearTagger.train(data, { ...quick, tagScheme: scheme, scheme, language: 'gl' });
    expect(same.toFiles()['model.crf']).toEqual(other.toFiles()['model.crf']);
    for (const { tokens, tags } of data) expect(same.predictTags(tokens)).toEqual(tags);
  });

  test('with relatives, attributes are doubled by language; the first language is the target', async () => {
    const joint = await LinearTagger.train([...galician, ...spanish], quick);
    expect([joint.language, joint.languages, joint.config.augment]).toEqual(['gl', ['es', 'gl'], true]);
    expect(tagger.config.augment).toBe(false);
    const [attributes] = joint.attributes(['Vigo']);
    expect(attributes).toContain('gl>lower[0]=vigo');
    expect(joint.attributes(['Vigo'], { language: 'es-ES' })[0]).toContain('es>lower[0]=vigo');
    expect(joint.attributes(['Vigo'], { language: 'fr' })[0]).toContain('fr>lower[0]=vigo');
    const plain = await LinearTagger.train([...galician, ...spanish], { ...quick, augment: false });
    expect(plain.attributes(['Vigo'])[0]).toEqual(
      attributes.filter((attribute) => !attribute.startsWith('gl>')),
    );
    expect(joint.config.training.sentences).toEqual([
      { language: 'gl', sentences: 6, tokens: 55, entities: 11 },
      { language: 'es', sentences: 4, tokens: 35, entities: 7 },
    ]);
  });

  test('repeating the target is the same as giving its sentences so many times', async () => {
    const repeated = await LinearTagger.train([...galician, ...spanish], { ...quick, targetRepeat: 2 });
    const doubled = galician.flatMap((sentence) => [sentence, sentence]);
    const given = await LinearTagger.train([...doubled, ...spanish], quick);
    expect(repeated.toFiles()['model.crf']).toEqual(given.toFiles()['model.crf']);
  });

  test('languages are known by any of their names; sentences without one are of the target', async () => {
    const mixed = [
      ...galician.map(({ tokens, tags }) => ({ tokens, tags })),
      ...spanish.map((s) => ({ ...s, language: 'spa' })),
    ];
    const joint = await LinearTagger.train(mixed, { ...quick, language: 'gl-ES' });
    expect([joint.language, joint.languages]).toEqual(['gl', ['es', 'gl']]);
    const nameless = await LinearTagger.train(mixed.slice(0, 6), quick);
    expect([nameless.language, nameless.languages]).toEqual([undefined, []]);
    expect(nameless.tag('Vive en Lugo.')).toHaveLength(1);
  });

  test('streams, empty sentences, events, holdout', async () => {
    async function* stream() {
      yield { tokens: [], tags: [] };
      for (const sentence of galician) yield await Promise.resolve(sentence);
    }
    const events: string[] = [];
    const streamed = await LinearTagger.train(stream(), {
      ...quick,
      holdout: spanish,
      onEvent: (event) => {
        events.push(event.type);
        if (event.type === 'iteration') expect(event.holdout?.sequences).toBe(4);
      },
    });
    expect(streamed.toFiles()['model.crf']).toEqual(tagger.toFiles()['model.crf']);
    expect([events[0], events[1], events.at(-1)]).toEqual(['data', 'features', 'end']);
  });

  test('can be stopped', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const training = LinearTagger.train(galician, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'iteration') controller.abort(reason);
      },
    });
    await expect(training).rejects.toBe(reason);
    await expect(LinearTagger.train(galician, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test.each([
    [[], {}, 'expected at least one with a token, got none'],
    [12, {}, 'sentences: expected an iterable of sentences, got 12'],
    [[null], {}, 'sentences: sentence 0 (counted from 0): expected an object with tokens and tags, got null'],
    [[{ tokens: ['a'] }], {}, 'sentence 0 (counted from 0): expected an array of tags, got undefined'],
    [[{ tokens: ['a'], tags: [] }], {}, 'expected one tag for each of 1 tokens, got 0'],
    [
      [galician[0], { tokens: ['a'], tags: ['I-PER'] }],
      {},
      'sentence 1 (counted from 0): tag 0 ("I-PER") breaks IOB2',
    ],
    [
      [{ tokens: ['a'], tags: ['O'], language: 'x y' }],
      {},
      'language: expected the code of a language (letters, digits, "-", "_"), got "x y"',
    ],
    [galician, { targetRepeat: 0 }, 'targetRepeat: expected a whole number from 1 to 10000, got 0'],
    [galician, { augment: 'yes' }, 'augment: expected true or false, got "yes"'],
    [galician, { scheme: 'IOB' }, 'scheme "IOB" could be IOB1 or IOB2'],
    [galician, { templates: ['nonsense'] }, 'expected a property'],
    [galician, { holdout: 1 }, 'holdout: expected an iterable'],
    [galician, { wrong: 1 }, 'options: expected language, tagScheme,'],
    [galician, null, 'options: expected an object, got null'],
    [galician, { params: { c3: 1 } }, 'c3'],
  ])('%#: what does not fit is refused', async (sentences, options, message) => {
    await expect(LinearTagger.train(sentences as never, options as never)).rejects.toThrow(message);
  });
});

test('a model without O and without entities of one token still tags a single word', async () => {
  const odd = await LinearTagger.train(annotated('gl', '[PER Ana Souto]', '[PER Rosalía Castro]'), {
    ...quick,
    scheme: 'BIOES',
  });
  expect([...odd.crf.tags].sort()).toEqual(['B-PER', 'E-PER']);
  expect(odd.predictTags(['Ana'])).toEqual(['B-PER']);
  expect(odd.tag('Ana').map(({ label }) => label)).toEqual(['PER']);
});
