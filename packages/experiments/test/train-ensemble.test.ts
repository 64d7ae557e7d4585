import { sampleCorpus } from '@cognate/corpora/samples';
import type { Sentence } from '@cognate/corpora';
import { selectBackend } from '@cognate/nn';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ensembleMembers,
  pseudoTagged,
  readRecipe,
  type EnsembleRecipe,
  type LinearRecipe,
  type MemberPlan,
} from '../src/index.js';
import { trainEnsemble, trainMember, type MemberTraining } from '../src/neural.js';

const linear = { model: 'linear', params: { max_iterations: 8 } };
const network = {
  model: 'neural',
  network: {
    characters: { embedding: 6, size: 8 },
    words: { size: 8 },
    sentence: { size: 10, layers: 1 },
    language: { size: 4 },
    hidden: { size: 10 },
  },
  training: { epochs: 1, targetRepeat: 2, optimizer: { name: 'adam', learningRate: 0.01 } },
};
const recipe = (more: object = {}): EnsembleRecipe =>
  readRecipe({
    model: 'ensemble',
    members: [
      { name: 'linear', weight: 2, recipe: linear },
      { name: 'network', copies: 2, recipe: network },
    ],
    ...more,
  }) as EnsembleRecipe;

let target: { language: string; sentences: Sentence[] };
let source: { language: string; sentences: Sentence[] };
let unlabelled: Sentence[];
beforeAll(async () => {
  await selectBackend({ prefer: 'wasm' });
  const train = await sampleCorpus('gl', 'train');
  target = { language: 'gl', sentences: train.slice(0, 20) };
  unlabelled = train.slice(20, 35).map(({ tokens }) => ({ tokens }));
  source = { language: 'es', sentences: (await sampleCorpus('es', 'train')).slice(0, 30) };
});

describe('training an ensemble by a recipe', () => {
  test('trains each copy of each member with a seed of its own, and pools them by their weights', async () => {
    const trained: [MemberPlan, MemberTraining][] = [];
    const tagger = await trainEnsemble({
      target,
      sources: [source],
      recipe: recipe(),
      seed: 3,
      train: (plan, setting) => {
        trained.push([plan, setting]);
        return trainMember(plan, setting);
      },
    });
    expect(trained.map(([{ name, seed }]) => [name, seed])).toEqual([
      ['linear', 2001],
      ['network-1', 2002],
      ['network-2', 2003],
    ]);
    expect(tagger.members.map(({ name, weight }) => [name, weight])).toEqual([
      ['linear', 2],
      ['network-1', 1],
      ['network-2', 1],
    ]);
    expect(tagger.language).toBe('gl');
    // Each member is the tagger that its plan makes by itself.
    const [plan, setting] = trained[1];
    const [alone, member] = [await trainMember(plan, setting), tagger.members[1].tagger];
    const [first] = target.sentences;
    expect(alone.lattices([first])[0].emissions).toEqual(member.lattices([first])[0].emissions);
  });

  test('trains anew on what the ensemble says of sentences without tags', async () => {
    const seen: [string, number, number][] = [];
    const second: string[][] = [];
    const tagger = await trainEnsemble({
      target,
      unlabelled,
      recipe: recipe({ selfTraining: { rounds: 1 } }),
      train: (plan, setting) => {
        const { sentences } = setting.target;
        seen.push([plan.name, plan.round, sentences.length]);
        if (plan.round === 1) second.push(...sentences.slice(-15).map(({ tags = [] }) => [...tags]));
        return trainMember(plan, setting);
      },
    });
    expect(seen).toEqual([
      ['linear', 0, 20],
      ['network-1', 0, 20],
      ['network-2', 0, 20],
      // The linear one counts gold sentences once, the others twice; each sentence without tags is seen once.
      ['linear', 1, 35],
      ['network-1', 1, 55],
      ['network-2', 1, 55],
    ]);
    // All members of the second round see the same tags: those of the first round's ensemble.
    const teacher = await trainEnsemble({ target, recipe: recipe() });
    const tags = teacher.decode(unlabelled);
    expect(second).toEqual([...tags, ...tags, ...tags]);
    expect(new Set(tags.flat()).size).toBeGreaterThan(1);
    expect(tagger.members).toHaveLength(3);
  });

  test('uses sentences without tags only where the recipe says so', async () => {
    let members = 0;
    await trainEnsemble({
      target,
      unlabelled,
      recipe: recipe({ members: [{ name: 'linear', recipe: linear }] }),
      train: (plan, setting) => {
        members++;
        return trainMember(plan, setting);
      },
    });
    expect(members).toBe(1);
  });

  test('stops between members where it is told to', async () => {
    const controller = new AbortController();
    const training = trainEnsemble({
      target,
      recipe: recipe(),
      signal: controller.signal,
      train: (plan, setting) => {
        controller.abort(new Error('enough'));
        return trainMember(plan, { ...setting, signal: undefined });
      },
    });
    await expect(training).rejects.toThrow('enough');
  });

  test('repeats gold sentences as the recipe does, and no others', () => {
    const gold: Sentence = { tokens: ['Vigo'], tags: ['B-LOC'] };
    const thrice = readRecipe({ ...linear, targetRepeat: 3 }) as LinearRecipe;
    const { sentences, recipe: once } = pseudoTagged(
      [gold],
      [{ tokens: ['a'] }, { tokens: [] }],
      [['O'], []],
      thrice,
    );
    expect(sentences).toEqual([gold, gold, gold, { tokens: ['a'], tags: ['O'], language: undefined }]);
    expect(once).toEqual({ ...thrice, targetRepeat: 1 });
  });

  test('has no two seeds in common with the ensemble of the next seed', () => {
    const seeds = [1, 2].flatMap((seed) =>
      [0, 1].flatMap((round) => ensembleMembers(recipe(), seed, round).map((plan) => plan.seed)),
    );
    expect(new Set(seeds).size).toBe(12);
  });

  test('leaves out a member that has no copies, and the others are the same without it', () => {
    const { members } = recipe();
    const without = { ...recipe(), members: [{ ...members[0], copies: 0 }, members[1]] };
    for (const round of [0, 1]) {
      const all = ensembleMembers(recipe(), 2, round);
      expect(ensembleMembers(without, 2, round)).toEqual(all.filter(({ name }) => name !== 'linear'));
    }
  });

  test('says what is wrong with members', () => {
    const twice = { name: 'a', recipe: linear };
    expect(() => recipe({ members: [twice, twice] })).toThrow(
      /members.1.name: expected a name of its own, got a/,
    );
    expect(() => recipe({ members: [] })).toThrow(/members/);
    expect(() => recipe({ members: [{ name: 'a', copies: 0, recipe: linear }] })).toThrow(
      /members: expected a member that has copies, got none/,
    );
    expect(() => recipe({ members: [{ name: 'a', recipe: { model: 'ensemble' } }] })).toThrow(
      /members.0.recipe.model: expected one of linear, neural, got "?ensemble/,
    );
  });
});
