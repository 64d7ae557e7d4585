import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  alignTokens,
  CorpusError,
  deduplicate,
  entityOverlap,
  findDuplicates,
  findLeakage,
  listInvalidTags,
  mapLabels,
  statistics,
  streamInvalidTags,
  streamStatistics,
  streamSubsample,
  subsample,
  type Sentence,
} from '../src/index.js';

const words = [
  'Lugo',
  'lugo',
  'LUGO',
  'Ana',
  'á',
  'a\u0301',
  'Straße',
  'STRASSE',
  '12',
  '7',
  'e',
  '𐌰',
  'Σας',
  'σας',
];

/** Few words in short sentences, so that many are the same. */
function randomCorpus(seed: number, size: number): Sentence[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, i) => {
    const tokens = Array.from({ length: 1 + randomInteger(random, 3) }, () => randomChoice(random, words));
    let open = '';
    const tags = tokens.map(() => {
      const tag =
        open !== '' && random() < 0.4 ? `I-${open}` : randomChoice(random, ['O', 'O', 'B-PER', 'B-LOC']);
      open = tag.slice(2);
      return tag;
    });
    return { tokens, tags, id: String(i) };
  });
}

/** The same text, said anew: what folds away, spelt out. */
const keyOf = ({ tokens }: Sentence): string =>
  tokens.join('').normalize('NFC').replaceAll('ß', 'ss').toLowerCase().replaceAll('ς', 'σ');

/** Entities, by hand: [label, words]. */
function entitiesOf({ tokens, tags = [] }: Sentence): [label: string, name: string][] {
  const found: [string, string[]][] = [];
  tags.forEach((tag, i) => {
    if (tag.startsWith('B-')) found.push([tag.slice(2), [tokens[i]]]);
    else if (tag.startsWith('I-')) found.at(-1)![1].push(tokens[i]);
  });
  return found.map(([label, name]) => [label, name.map((word) => keyOf({ tokens: [word] })).join(' ')]);
}

describe.each([1, 2, 3])('checks of a random corpus, seed %d', (seed) => {
  const corpus = randomCorpus(seed, 400);
  const other = randomCorpus(seed + 100, 300);

  it('counts what is in it', async () => {
    const counted = statistics(corpus);
    const entities = corpus.flatMap(entitiesOf);
    const lengths = corpus.map(({ tokens }) => tokens.length).sort((a, b) => a - b);
    expect(counted).toMatchObject({
      sentences: 400,
      tokens: corpus.flatMap(({ tokens }) => tokens).length,
      entities: entities.length,
      sentencesWithoutEntity: corpus.filter((sentence) => entitiesOf(sentence).length === 0).length,
      invalidTags: 0,
    });
    for (const label of ['PER', 'LOC'])
      expect(counted.labels[label]).toBe(entities.filter(([kind]) => kind === label).length);
    for (const tag of ['O', 'B-PER', 'I-LOC'])
      expect(counted.tags[tag]).toBe(corpus.flatMap(({ tags }) => tags!).filter((t) => t === tag).length);
    expect(counted.sentenceLengths).toMatchObject({
      min: lengths[0],
      max: lengths.at(-1),
      median: (lengths[199] + lengths[200]) / 2,
    });
    expect(await streamStatistics(corpus)).toEqual(counted);
  });

  it('finds the sentences that stood before', async () => {
    const firsts = new Map<string, number>();
    const repeats: [number, number][] = [];
    corpus.forEach((sentence, i) => {
      const first = firsts.get(keyOf(sentence));
      if (first === undefined) firsts.set(keyOf(sentence), i);
      else repeats.push([i, first]);
    });
    expect(repeats.length).toBeGreaterThan(50);
    const report = await findDuplicates(corpus, { examples: 1000 });
    expect(report).toMatchObject({ sentences: 400, distinct: firsts.size, duplicates: repeats.length });
    expect(report.examples.map(({ sentence, first }) => [sentence, first])).toEqual(repeats);
    const otherTags = repeats.filter(([i, first]) => String(corpus[i].tags) !== String(corpus[first].tags));
    expect(report.otherTags).toBe(otherTags.length);
    const kept: Sentence[] = [];
    for await (const sentence of deduplicate(corpus)) kept.push(sentence);
    expect(kept).toEqual([...firsts.values()].map((i) => corpus[i]));
  });

  it('finds what leaked between its parts', async () => {
    const parts = { train: corpus.slice(0, 200), dev: corpus.slice(200, 300), test: corpus.slice(300) };
    const leaks = await findLeakage(parts, { examples: 1000 });
    expect(leaks.map(({ from, into }) => `${from} ${into}`)).toEqual(['train dev', 'train test', 'dev test']);
    for (const { from, into, sentences, share, examples } of leaks) {
      const [source, target] = [parts[from as keyof typeof parts], parts[into as keyof typeof parts]];
      const leaked = target.flatMap((sentence, i) => {
        const first = source.findIndex((before) => keyOf(before) === keyOf(sentence));
        return first < 0 ? [] : [[i, first]];
      });
      expect(examples.map((example) => [example.into, example.from])).toEqual(leaked);
      expect([sentences, share]).toEqual([leaked.length, leaked.length / target.length]);
    }
  });

  it('finds the entities that another has', async () => {
    const known = new Set(other.flatMap(entitiesOf).map(String));
    const names = new Set(other.flatMap(entitiesOf).map(([, name]) => name));
    const mentions = corpus.flatMap(entitiesOf);
    const seen = mentions.filter((mention) => known.has(String(mention)));
    const overlap = await entityOverlap(other, corpus);
    expect(overlap).toMatchObject({
      mentions: mentions.length,
      seen: seen.length,
      share: seen.length / mentions.length,
      seenWithOtherLabel: mentions.filter((m) => !known.has(String(m)) && names.has(m[1])).length,
    });
    expect(overlap.labels.PER).toEqual({
      mentions: mentions.filter(([label]) => label === 'PER').length,
      seen: seen.filter(([label]) => label === 'PER').length,
    });
  });
});

describe('masks', () => {
  const one: Sentence = {
    tokens: ['Ana', 'Souto', 'ten', '12', 'anos'],
    tags: ['B-PER', 'I-PER', 'O', 'O', 'O'],
  };
  const two: Sentence = { tokens: ['Rosalía', 'ten', '7', 'anos'], tags: ['B-PER', 'O', 'O', 'O'] };
  const place: Sentence = { ...two, tags: ['B-LOC', 'O', 'O', 'O'] };
  const same = async (a: Sentence, b: Sentence, mask: ('names' | 'numbers')[]) =>
    (await findDuplicates([a, b], { mask })).duplicates === 1;

  it('make sentences the same that differ in names, in numbers, in both', async () => {
    expect(await same(one, two, [])).toBe(false);
    expect(await same(one, two, ['names'])).toBe(false);
    expect(await same(one, two, ['numbers'])).toBe(false);
    expect(await same(one, two, ['names', 'numbers'])).toBe(true);
    expect(await same(one, place, ['names', 'numbers'])).toBe(false);
    await expect(findDuplicates([one], { mask: ['words' as 'names'] })).rejects.toThrow(/option mask/);
  });

  it('need two splits to compare', async () => {
    await expect(findLeakage({ train: [one] })).rejects.toThrow(/two splits or more/);
  });
});

describe('subsample', () => {
  const corpus = Array.from({ length: 12_000 }, (_, i): Sentence => ({ tokens: [`w${i}`] }));

  it('has the 100 in the 1,000 in the 10,000, each once', () => {
    const [small, middle, large] = [100, 1000, 10_000].map((size) => subsample(corpus, size, 13));
    expect(middle.slice(0, 100)).toEqual(small);
    expect(large.slice(0, 1000)).toEqual(middle);
    expect(new Set(large).size).toBe(10_000);
    expect(new Set(subsample(corpus, 20_000, 13))).toEqual(new Set(corpus));
  });

  it('is the same from a stream, and goes by its seed', async () => {
    expect(await streamSubsample(corpus, 100, 13)).toEqual(subsample(corpus, 100, 13));
    expect(subsample(corpus, 100, 14)).not.toEqual(subsample(corpus, 100, 13));
    const places = subsample(corpus, 100, 13, { order: 'corpus' }).map((sentence) =>
      corpus.indexOf(sentence),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(subsample(corpus, 0, 13)).toEqual([]);
    expect(() => subsample(corpus, -1, 13)).toThrow(CorpusError);
    expect(() => subsample(corpus, 1, 0.5)).toThrow(/whole number as seed/);
  });

  it('takes each sentence as often as any other', () => {
    const ten = corpus.slice(0, 10);
    const counts = new Map<Sentence, number>(ten.map((sentence) => [sentence, 0]));
    for (let seed = 0; seed < 2000; seed++)
      for (const sentence of subsample(ten, 3, seed)) counts.set(sentence, counts.get(sentence)! + 1);
    // 600 expected; chi-square with 9 degrees of freedom, drawn without repetition, is above 27.9 once in a thousand.
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 600) ** 2 / 600, 0);
    expect(chi).toBeLessThan(27.9);
  });
});

describe('tags and tokens', () => {
  it('that break a scheme are listed with their place', async () => {
    const corpus: Sentence[] = [
      { tokens: ['a'], tags: ['O'] },
      { tokens: ['b', 'c'], tags: ['B-PER', 'I-LOC'], id: 'x' },
      { tokens: ['d'] },
      { tokens: ['e'], tags: ['I-LOC'] },
    ];
    const found = listInvalidTags(corpus);
    expect(found).toMatchObject([
      { sentence: 1, id: 'x', index: 1, token: 'c', tag: 'I-LOC' },
      { sentence: 3, index: 0, token: 'e', tag: 'I-LOC' },
    ]);
    const streamed = [];
    for await (const tag of streamInvalidTags(corpus)) streamed.push(tag);
    expect(streamed).toEqual(found);
    expect(listInvalidTags(corpus, 'IOB1')).toMatchObject([{ sentence: 1, index: 0, tag: 'B-PER' }]);
  });

  it('get other labels, or none', () => {
    const sentence: Sentence = { tokens: ['a', 'b', 'c', 'd'], tags: ['B-GPE', 'I-GPE', 'B-EVENT', 'B-PER'] };
    expect(mapLabels(sentence, { GPE: 'LOC', EVENT: null }).tags).toEqual(['B-LOC', 'I-LOC', 'O', 'B-PER']);
    expect(mapLabels(sentence, { PER: 'P', '*': null }).tags).toEqual(['O', 'O', 'O', 'B-P']);
    expect(mapLabels(sentence, { '*': 'X' }).tags).toEqual(['B-X', 'I-X', 'B-X', 'B-X']);
    expect(sentence.tags).toEqual(['B-GPE', 'I-GPE', 'B-EVENT', 'B-PER']);
    expect(mapLabels({ tokens: ['a'] }, { '*': null })).toEqual({ tokens: ['a'] });
  });

  it('are found in their text, or not at all', () => {
    expect(alignTokens(['a', 'a', '.'], ' a  a.')).toEqual([
      { start: 1, end: 2 },
      { start: 4, end: 5 },
      { start: 5, end: 6 },
    ]);
    for (const text of ['a b a.', 'a a', 'a a. b', 'A a.'])
      expect(alignTokens(['a', 'a', '.'], text)).toBeUndefined();
  });
});
