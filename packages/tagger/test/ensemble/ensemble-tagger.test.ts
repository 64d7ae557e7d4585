import { logPartition, scoreTags, type PreparedLattice } from '@cognate/crf';
import { allowedTransitions } from '@cognate/tag-scheme';
import { describe, expect, it } from 'vitest';
import { EnsembleTagger, readEnsembleFiles } from '../../src/ensemble/index.js';
import {
  LinearTagger,
  ModelFormatError,
  taggerFromFiles,
  TaggerError,
  type TemplateSentence,
} from '../../src/index.js';
import { NeuralTagger } from '../../src/neural/index.js';
import { learn, noDropout, tiny } from '../neural/helpers.js';
import { galician } from '../toy.js';

const sentence = ['Ana', 'naceu', 'en', 'Vigo'];

async function linearTagger(c2: number, scheme: 'IOB2' | 'BIOES' = 'IOB2'): Promise<LinearTagger> {
  return LinearTagger.train(galician, { language: 'gl', scheme, params: { c1: 0, c2, max_iterations: 20 } });
}

async function neuralTagger(seed: number): Promise<NeuralTagger> {
  const tagger = await NeuralTagger.create(galician, {
    language: 'gl',
    seed,
    network: { ...tiny, dropout: noDropout },
  });
  learn(tagger, galician, 10);
  return tagger;
}

/** Every tagging with its log-probability, under the tagger's names of tags. */
function enumerate(tags: readonly string[], lattice: PreparedLattice): Map<string, number> {
  const total = logPartition(lattice);
  const found = new Map<string, number>();
  const go = (path: number[]): void => {
    if (path.length === lattice.length) {
      found.set(path.map((tag) => tags[tag]).join(' '), scoreTags(lattice, path) - total);
      return;
    }
    for (let tag = 0; tag < tags.length; tag++) go([...path, tag]);
  };
  go([]);
  return found;
}

describe('EnsembleTagger', () => {
  it('gives each tagging the weighted geometric mean of its probabilities, normalised', async () => {
    const members = [
      { tagger: await linearTagger(0.1), weight: 3 },
      { tagger: await neuralTagger(1), weight: 1 },
    ];
    const ensemble = new EnsembleTagger(members);
    const theirs = members.map(({ tagger }) => {
      const [lattice] = tagger.lattices([{ tokens: sentence }]);
      return enumerate(tagger.tags, lattice);
    });
    const means = new Map<string, number>();
    for (const [path, first] of theirs[0]) {
      const second = theirs[1].get(path) ?? -Infinity;
      means.set(path, Math.exp(0.75 * first + 0.25 * second));
    }
    const sum = Array.from(means.values()).reduce((a, b) => a + b);
    const ours = enumerate(ensemble.tags, ensemble.lattice(sentence));
    expect(ours.size).toBe(ensemble.tags.length ** sentence.length);
    for (const [path, logProbability] of ours)
      expect(Math.exp(logProbability)).toBeCloseTo((means.get(path) ?? NaN) / sum, 9);
    const best = Array.from(means).reduce((a, b) => (b[1] > a[1] ? b : a));
    expect(ensemble.predictTags(sentence).join(' ')).toBe(best[0]);
    expect(ensemble.kBest(sentence, 1)[0].probability).toBeCloseTo(best[1] / sum, 9);
  });

  it('says what its only member says', async () => {
    const tagger = await linearTagger(0.1);
    const text = 'A Xunta de Galicia falou onte. Rosalía de Castro naceu en Lugo.';
    const ensemble = new EnsembleTagger([{ tagger, weight: 7 }]);
    const entities = ensemble.tag(text);
    expect(entities.length).toBeGreaterThan(0);
    expect(entities).toEqual(
      tagger.tag(text).map((entity) => ({ ...entity, score: expect.closeTo(entity.score, 9) as number })),
    );
  });

  it('predicts no sequence that breaks the scheme, and only tags that all members have', async () => {
    const [first, ...others] = galician;
    // No entity of more than one token: this one has no I-.
    const narrow = await LinearTagger.train(
      [first, ...others].map(({ tokens, tags = [], language }) => ({
        tokens,
        tags: tags.map((tag) => (tag.startsWith('I-') ? 'O' : tag)),
        language,
      })),
      { language: 'gl', params: { max_iterations: 5 } },
    );
    const ensemble = new EnsembleTagger([{ tagger: await linearTagger(0.1) }, { tagger: narrow }]);
    expect([...ensemble.tags].sort()).toEqual(['B-LOC', 'B-ORG', 'B-PER', 'O']);
    const { transitions } = allowedTransitions(ensemble.tags, 'IOB2');
    for (const { tags } of ensemble.kBest(sentence, 50))
      tags.slice(1).forEach((tag, at) => {
        const pair = ensemble.tags.indexOf(tags[at]) * ensemble.tags.length + ensemble.tags.indexOf(tag);
        expect(transitions[pair]).toBe(1);
      });
  });

  describe('that lacks O and a tag for an entity of one token', () => {
    const pairs = ['Ana Souto', 'Xan Lois'].map((name) => ({
      tokens: name.split(' '),
      tags: ['B-PER', 'I-PER'],
      language: 'gl',
    }));
    const options = { language: 'gl', scheme: 'BIOES', params: { max_iterations: 20 } } as const;
    const narrow = (c2: number) => LinearTagger.train(pairs, { ...options, params: { c1: 0, c2 } });
    const members = async () => [{ tagger: await narrow(0.1), weight: 3 }, { tagger: await narrow(1) }];

    it('tags a single word, as its members do', async () => {
      const [first, second] = await members();
      const ensemble = new EnsembleTagger([first, second]);
      expect([...ensemble.tags].sort()).toEqual(['B-PER', 'E-PER']);
      const only = new EnsembleTagger([first]);
      for (const tokens of [['Ana'], ['Ana', 'Souto', 'Xan']]) {
        const tags = first.tagger.predictTags(tokens);
        expect(ensemble.predictTags(tokens)).toEqual(tags);
        expect(ensemble.decode([{ tokens }, { tokens: sentence.slice(0, 2) }])).toEqual([
          tags,
          ['B-PER', 'I-PER'],
        ]);
        // No tagging is valid in the scheme.
        expect(ensemble.kBest(tokens, 3)).toEqual([]);
        expect(only.tag(tokens)).toEqual(
          first.tagger
            .tag(tokens)
            .map((entity) => ({ ...entity, score: expect.closeTo(entity.score, 9) as number })),
        );
      }
      expect(ensemble.tagBatch(['Ana', 'Ana Souto']).map((found) => found.map(({ text }) => text))).toEqual([
        ['Ana'],
        ['Ana Souto'],
      ]);
    });

    it('pools the scores of its members without the rules of the scheme then', async () => {
      const both = await members();
      const ensemble = new EnsembleTagger(both);
      const tokens = ['Ana', 'Souto', 'Xan'];
      const [pooled] = ensemble.lattices([{ tokens }], { rules: 'lifted' });
      const ours = enumerate(ensemble.tags, pooled);
      expect(ours.size).toBe(8);
      const [strong, weak] = both.map(({ tagger }) =>
        enumerate(tagger.tags, tagger.lattices([{ tokens }], { rules: 'lifted' })[0]),
      );
      const means = new Map(
        Array.from(strong, ([path, first]) => [
          path,
          Math.exp(0.75 * first + 0.25 * (weak.get(path) ?? NaN)),
        ]),
      );
      const sum = Array.from(means.values()).reduce((a, b) => a + b);
      for (const [path, logProbability] of ours)
        expect(Math.exp(logProbability)).toBeCloseTo((means.get(path) ?? NaN) / sum, 9);
    });

    it('goes with a network, which has all tags', async () => {
      const network = await NeuralTagger.create(pairs, {
        language: 'gl',
        network: { ...tiny, scheme: 'BIOES' },
      });
      const ensemble = new EnsembleTagger([{ tagger: await narrow(1) }, { tagger: network }]);
      expect([...ensemble.tags].sort()).toEqual(['B-PER', 'E-PER']);
      expect(ensemble.predictTags(['Ana'])).toHaveLength(1);
    });

    it('refuses members without any tag in common', async () => {
      const single = await LinearTagger.train(
        [{ tokens: ['Ana'], tags: ['B-PER'], language: 'gl' }],
        options,
      );
      expect(() => new EnsembleTagger([{ tagger: single }, { tagger: single }])).not.toThrow();
      const pair = await narrow(1);
      expect(() => new EnsembleTagger([{ tagger: single }, { tagger: pair }])).toThrow(
        new TaggerError(
          'members: expected a tag that all of them have, got S-PER in member-1; B-PER, E-PER in member-2',
        ),
      );
    });
  });

  it('comes back from its files, whatever its members are', async () => {
    const ensemble = new EnsembleTagger([
      { name: 'linear', tagger: await linearTagger(0.1), weight: 2 },
      { name: 'network', tagger: await neuralTagger(2) },
      { name: 'another', tagger: await neuralTagger(3) },
    ]);
    const files = ensemble.toFiles();
    expect(Object.keys(files)).toEqual(['config.json', 'model.safetensors', 'README.md']);
    const again = await taggerFromFiles(files);
    expect(again.type).toBe('ensemble');
    const text = 'Ana Souto falou en Ferrol.';
    expect(again.tag(text)).toEqual(ensemble.tag(text));
    expect(again.toFiles()).toEqual(files);
    expect(new TextDecoder().decode(files['README.md'])).toContain('| network | neural | 1 |');
  });

  it('comes back with the own templates of its linear members', async () => {
    const isTown = {
      name: 'town',
      extract: ({ tokens }: TemplateSentence, position: number) =>
        tokens[position] === 'Vigo' ? 'yes' : undefined,
    };
    const tagger = await LinearTagger.train(galician, {
      language: 'gl',
      templates: ['lower[0]', isTown],
      params: { max_iterations: 20 },
    });
    const ensemble = new EnsembleTagger([{ tagger }, { tagger: await linearTagger(0.1) }]);
    const files = ensemble.toFiles();
    const again = await taggerFromFiles(files, { templates: [isTown] });
    expect(again.tag('Ana vive en Vigo.')).toEqual(ensemble.tag('Ana vive en Vigo.'));
    const error: unknown = await taggerFromFiles(files).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TaggerError);
    expect(error).not.toBeInstanceOf(ModelFormatError);
    expect((error as Error).message).toMatch(
      /^member member-1: .*"town": pass it as one of options.templates$/,
    );
  });

  it('says what is wrong with members that do not go together', async () => {
    const tagger = await linearTagger(0.1);
    expect(() => new EnsembleTagger([])).toThrow(/members: expected an array of 1 to 100, got 0/);
    expect(() => new EnsembleTagger([{ tagger, weight: 0 }])).toThrow(/members\[0\]: weight/);
    expect(() => new EnsembleTagger([{ tagger, name: 'A b' }])).toThrow(
      /members\[0\]: name: expected lower-case/,
    );
    expect(
      () =>
        new EnsembleTagger([
          { tagger, name: 'x' },
          { tagger, name: 'x' },
        ]),
    ).toThrow(/"x" twice/);
    const other = await linearTagger(0.1, 'BIOES');
    expect(() => new EnsembleTagger([{ tagger }, { tagger: other }])).toThrow(
      new TaggerError('members: expected all to have the scheme of member-1, IOB2, got BIOES in member-2'),
    );
  });

  it('says which member of a damaged model is wrong', async () => {
    const files = new EnsembleTagger([{ tagger: await linearTagger(0.1), name: 'only' }]).toFiles();
    const config = new TextDecoder().decode(files['config.json']);
    const renamed = {
      ...files,
      'config.json': new TextEncoder().encode(config.replace('"only"', '"other"')),
    };
    expect(() => readEnsembleFiles(renamed)).toThrow(
      /^member other: expected a file config.json in the model/,
    );
    const cut = { ...files, 'model.safetensors': files['model.safetensors'].subarray(0, 1000) };
    expect(() => readEnsembleFiles(cut)).toThrow(ModelFormatError);
  });
});
