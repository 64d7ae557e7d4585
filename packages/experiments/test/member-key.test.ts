import { expect, test } from 'vitest';
import { ensembleMembers } from '../src/ensemble-members.js';
import { memberKey } from '../src/grid/key.js';
import { planGrid, readGrid, readRecipe, sampleData } from '../src/index.js';

const grid = readGrid({
  name: 'tiny',
  title: 'Tiny',
  data: { kind: 'samples' },
  recipes: { linear: 'linear' },
  runs: [{ targets: ['gl'], sizes: [40, 50], recipes: ['linear'] }],
});

test('members are the same for any ensemble, but not for another build, seed or size', async () => {
  const [{ setting }, { setting: larger }] = await planGrid({ grid, data: sampleData() });
  const recipe = readRecipe({
    model: 'ensemble',
    members: [{ name: 'one', copies: 2, recipe: { model: 'linear' } }],
  });
  if (recipe.model !== 'ensemble') throw new Error('expected an ensemble');
  const [member, copy] = ensembleMembers(recipe);
  const build = { versions: { node: '20.0.0', '@cognate/nn': '1.0.0' }, backend: 'wasm, simd' };
  const key = await memberKey(member, build, setting);
  expect(await memberKey({ ...member, name: 'other', weight: 3 } as typeof member, build, setting)).toBe(key);
  const others = [
    await memberKey(member, { ...build, backend: 'wasm, relaxed-simd' }, setting),
    await memberKey(member, { ...build, versions: { ...build.versions, '@cognate/nn': '1.0.1' } }, setting),
    await memberKey(copy, build, setting),
    await memberKey(member, build, larger),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
});
