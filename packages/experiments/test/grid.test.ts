import { defaultParams } from '@cognate/tagger';
import { sampleData } from '../src/data/samples.js';
import type { ExperimentData } from '../src/index.js';
import { describe, expect, test } from 'vitest';
import {
  describeRun,
  GridError,
  planGrid,
  quickGrid,
  readGrid,
  runKey,
  withSettings,
  type Grid,
} from '../src/index.js';

const basis = {
  name: 'tiny',
  title: 'Tiny',
  data: { kind: 'samples' },
  recipes: { linear: 'linear' },
  runs: [{ targets: ['gl'], recipes: ['linear'] }],
};

const problem = (value: unknown): string => {
  try {
    readGrid(value);
  } catch (error) {
    expect(error).toBeInstanceOf(GridError);
    return (error as GridError).message;
  }
  throw new Error('expected a GridError');
};

describe('a grid', () => {
  test.each([
    [null, 'the grid: expected fields with values, got null'],
    [{ ...basis, name: 'Big Grid' }, 'name: expected letters, digits and hyphens, got "Big Grid"'],
    [{ ...basis, data: { kind: 'web' } }, 'data.kind: expected one of folder, samples, hub, got "web"'],
    [{ ...basis, runs: [] }, 'runs: expected at least 1 entry, got []'],
    [
      { ...basis, runs: [{ recipes: ['linear'], sizes: [0] }] },
      'runs.0.sizes.0: expected a number of at least 1, got 0',
    ],
    [
      { ...basis, runs: [{ recipes: ['linear'], sizes: ['many'] }] },
      'runs.0.sizes.0: expected full or a number, got "many"',
    ],
    [
      { ...basis, runs: [{ recipes: ['linear'], sources: ['some'] }] },
      'runs.0.sources.0: expected none, each, all or a list, got "some"',
    ],
    [
      { ...basis, runs: [{ recipes: ['linear'], sources: [['Spanish!']] }] },
      'runs.0.sources.0.0: expected the code of a language, got "Spanish!"',
    ],
    [
      { ...basis, runs: [{ recipes: ['linear'], mu: [-1] }] },
      'runs.0.mu.0: expected a number of at least 0, got -1',
    ],
    [
      { ...basis, recipes: { linear: { form: 'linear' } } },
      'recipes.linear.form: there is no such field; expected from, set. Did you mean from?',
    ],
    [
      { ...basis, rules: [{ when: { recipe: 'liner' }, set: {} }] },
      'rules.0.when.recipe: expected linear, got "liner"',
    ],
    [
      { ...basis, quick: { rules: [{ when: { recipe: ['linear', 'fast'] }, set: {} }] } },
      'quick.rules.0.when.recipe: expected linear, got "fast"',
    ],
    [
      { ...basis, rules: [{ when: { model: 'nural' }, set: {} }] },
      'rules.0.when.model: expected linear, neural, ensemble or a list, got "nural"',
    ],
    [{ ...basis, runs: [{ recipes: ['neural'] }] }, 'runs.0.recipes: expected linear, got "neural"'],
    [{ ...basis, runs: [{ recipes: ['linear'], variants: ['a'] }] }, 'runs.0.variants: expected none'],
    [
      { ...basis, quick: { runs: [{ recipes: ['fast'] }] } },
      'quick.runs.0.recipes: expected linear, got "fast"',
    ],
    [
      { ...basis, rules: [{ when: { size: 100 }, set: { 'a..b': 1 } }] },
      'rules.0.set.a..b: expected a path, as training.epochs, got "a..b"',
    ],
    [{ ...basis, seed: 1 }, 'seed: there is no such field; expected name, title, '],
    [{ ...basis, report: [{ kind: 'pie' }] }, 'report.0.kind: '],
    [
      { ...basis, report: [{ kind: 'scores' }, { kind: 'paper', linear: 'linear', neural: 'nural' }] },
      'report.1.neural: expected a recipe of the runs of this grid (linear) in a section of kind paper, got "nural"',
    ],
    [
      {
        ...basis,
        recipes: { linear: 'linear', other: 'linear' },
        report: [{ kind: 'paper', linear: 'linear', neural: 'other' }],
      },
      'report.0.neural: expected a recipe of the runs of this grid (linear) in a section of kind paper, got "other"',
    ],
    [
      { ...basis, report: [{ kind: 'crossover', first: 'liner', second: 'linear' }] },
      'report.0.first: expected a recipe of the runs of this grid (linear) in a section of kind crossover, got "liner". Did you mean linear?',
    ],
    [
      {
        ...basis,
        report: [{ kind: 'significance', first: { recipe: 'linear' }, second: { recipe: 'fast' } }],
      },
      'report.0.second.recipe: expected a recipe of the runs of this grid (linear) in a section of kind significance, got "fast"',
    ],
    [
      {
        ...basis,
        report: [{ kind: 'significance', first: { script: 'Latin' }, second: { script: 'Greek' } }],
      },
      'report.0.first.script: expected a script of the runs of this grid (original) in a section of kind significance, got "Latin"',
    ],
    [
      { ...basis, report: [{ kind: 'significance', first: { variant: 'less' }, second: {} }] },
      'report.0.first.variant: expected a variant of the runs of this grid (as it is) in a section of kind significance, got "less"',
    ],
    [
      {
        ...basis,
        variants: { less: {}, more: {} },
        runs: [{ recipes: ['linear'], variants: ['less', 'more'] }],
        report: [{ kind: 'ablation', by: 'variant', against: 'as it is' }],
      },
      'report.0.against: expected a variant of the runs of this grid (less, more) in a section of kind ablation, got "as it is"',
    ],
    [
      {
        ...basis,
        runs: [{ recipes: ['linear'], sharing: ['all', 'none'] }],
        report: [{ kind: 'ablation', by: 'sharing', against: 'al' }],
      },
      'report.0.against: expected a sharing of the runs of this grid (all, none) in a section of kind ablation, got "al". Did you mean all?',
    ],
  ])('that is wrong says where: %j', (value, message) => {
    expect(problem(value)).toContain(message);
  });

  test('may name in its report what only one of its sizes has, and runs without a value of an axis', () => {
    const report = [
      { kind: 'crossover', first: 'linear', second: 'fast' },
      { kind: 'ablation', by: 'variant', against: 'less' },
      { kind: 'ablation', by: 'sharing', against: 'none' },
      {
        kind: 'significance',
        first: { variant: 'as it is', script: 'original' },
        second: { transfer: true },
      },
    ];
    const quick = {
      recipes: { linear: 'linear', fast: 'linear' },
      variants: { less: {} },
      runs: [{ recipes: ['fast'], variants: ['less'] }],
    };
    expect(readGrid({ ...basis, quick, report }).report).toEqual(report);
  });

  test('has a quick size: what it names takes the place of the rest, rules are added', () => {
    const grid = readGrid({
      ...basis,
      seeds: [1, 2, 3],
      rules: [{ when: {}, set: { targetRepeat: 2 } }],
      quick: { seeds: [4], limits: { source: 10 }, rules: [{ when: {}, set: { targetRepeat: 3 } }] },
    });
    expect(quickGrid(grid)).toMatchObject({
      name: 'tiny-quick',
      seeds: [4],
      limits: { source: 10 },
      runs: grid.runs,
    });
    expect(quickGrid(grid).rules.map(({ set }) => set)).toEqual([{ targetRepeat: 2 }, { targetRepeat: 3 }]);
  });
});

describe('the plan of a grid', () => {
  const plan = async (grid: object, more: object = {}) =>
    planGrid({ grid: readGrid({ ...basis, ...grid }), data: sampleData(), ...more });
  const names = async (grid: object, more: object = {}) => (await plan(grid, more)).map(describeRun);

  test('has every combination once: sources each, all, none, by code', async () => {
    const runs = [
      { targets: ['mr'], recipes: ['linear'], sources: ['none', 'each', 'all'], sizes: [50, 100] },
      { targets: ['mr'], recipes: ['linear'], sources: [['ur']], sizes: [100] },
    ];
    expect(await names({ runs })).toEqual(
      [50, 100].flatMap((size) =>
        ['mr', 'mr + hi', 'mr + ur', 'mr + hi + ur'].map(
          (pair) => `${pair}, ${size} sentences, linear, seed 1`,
        ),
      ),
    );
  });

  test('with one source, each and all are the same run', async () => {
    const runs = [{ targets: ['uk'], recipes: ['linear'], sources: ['each', 'all'] }];
    expect(await names({ runs })).toHaveLength(1);
  });

  test('a linear model has nothing random: one seed for all; draws are others', async () => {
    const recipes = { linear: 'linear', neural: 'neural' };
    const runs = [{ targets: ['gl'], recipes: ['linear', 'neural'], seeds: [1, 2, 3], draws: [0, 1] }];
    const planned = await plan({ recipes, runs });
    const count = (recipe: string): number =>
      planned.filter(({ setting }) => setting.recipe === recipe).length;
    expect([count('linear'), count('neural')]).toEqual([2, 6]);
  });

  test('all sentences are one draw; more than there are is all', async () => {
    const runs = [{ targets: ['gl'], recipes: ['linear'], sizes: ['full', 5000], draws: [0, 1] }];
    const [only, ...more] = await plan({ runs, limits: { full: 300 } });
    expect(more).toEqual([]);
    expect(only).toMatchObject({ sizeName: 'full', setting: { size: 300, of: 300, draw: 0 } });
    // Also where the number comes first.
    const [first] = await plan({ runs: [{ ...runs[0], sizes: [5000, 'full'] }], limits: { full: 300 } });
    expect(first).toEqual(only);
  });

  test('where a hundred sentences are all there are, they are called a hundred', async () => {
    const runs = [{ targets: ['gl'], recipes: ['linear'], sizes: [100, 'full'] }];
    const planned = await plan({ runs, limits: { full: 100 } });
    expect(planned.map(({ sizeName }) => sizeName)).toEqual(['100']);
  });

  test('rules change recipes in the runs that they name, in their order', async () => {
    const planned = await plan({
      recipes: { neural: { from: 'neural', set: { 'training.targetRepeat': 10 } } },
      rules: [
        { when: { size: 'full' }, set: { 'training.targetRepeat': 1 } },
        { when: { transfer: false, target: ['gl', 'uk'] }, set: { 'training.patience': 9 } },
        { when: { target: 'uk' }, set: { 'training.epochs': 3 } },
      ],
      runs: [{ targets: ['gl'], recipes: ['neural'], sizes: [100, 'full'], sources: ['none', ['es']] }],
    });
    expect(
      planned.map(({ setting: { training } }) =>
        training.model === 'neural'
          ? [training.training.targetRepeat, training.training.patience, training.training.epochs]
          : [],
      ),
    ).toEqual([
      [10, 9, 100],
      [10, undefined, 100],
      [1, 9, 100],
      [1, undefined, 100],
    ]);
  });

  test('μ weighs sources: of a neural model as it is, of a linear one by repeating the target', async () => {
    const recipes = { linear: 'linear', neural: 'neural' };
    const planned = await plan({
      recipes,
      runs: [{ targets: ['uk'], recipes: ['linear', 'neural'], sources: ['none', 'each'], mu: [0.1, 1] }],
    });
    // Without sources there is nothing to weigh.
    expect(
      planned.map(({ setting: { sources, training } }) => [
        sources.length,
        training.model === 'linear'
          ? training.targetRepeat
          : training.model === 'neural' && training.training.mu,
      ]),
    ).toEqual([
      [0, 1],
      [0, 1],
      [1, 10],
      [1, 1],
      [1, 0.1],
      [1, 1],
    ]);
    await expect(
      plan({ runs: [{ targets: ['uk'], recipes: ['linear'], sources: ['each'], mu: [0.3] }] }),
    ).rejects.toThrow(
      'recipes.linear: a linear model weighs its sources by repeating the target k times: expected μ as 1/k',
    );
  });

  test('sharing names parts of a neural model', async () => {
    const recipes = { neural: 'neural' };
    const sharing = ['all', 'none', 'only output, transitions', 'all but characterEncoder'];
    const planned = await plan({ recipes, runs: [{ targets: ['gl'], recipes: ['neural'], sharing }] });
    const shared = planned.map(({ setting: { training } }) =>
      training.model === 'neural'
        ? Object.entries(training.network.share).flatMap(([part, value]) => (value === 'shared' ? part : []))
        : [],
    );
    expect(shared).toEqual([
      ['characterEncoder', 'wordEmbeddings', 'sentenceEncoder', 'output', 'transitions'],
      [],
      ['output', 'transitions'],
      ['wordEmbeddings', 'sentenceEncoder', 'output', 'transitions'],
    ]);
    await expect(
      plan({ recipes, runs: [{ targets: ['gl'], recipes: ['neural'], sharing: ['only words'] }] }),
    ).rejects.toThrow(
      'sharing: expected all, none, "only PART" or "all but PART" with parts of characterEncoder',
    );
    await expect(
      plan({ runs: [{ targets: ['gl'], recipes: ['linear'], sharing: ['all'] }] }),
    ).rejects.toThrow('a linear model has no parts to share');
  });

  test('variants are settings by name; a setting that a recipe cannot have is an error with its place', async () => {
    const variants = { weak: { 'params.c2': 0.001 }, odd: { 'params.c9': 1 } };
    const [weak] = await plan({
      variants,
      runs: [{ targets: ['gl'], recipes: ['linear'], variants: ['weak'] }],
    });
    expect(weak.setting).toMatchObject({ variant: 'weak', training: { params: { c2: 0.001 } } });
    const [plain] = await plan({
      recipes: { linear: { from: 'linear', set: { 'params.c2': 0.5 } } },
      variants: { usual: { 'params.c2': null } },
      runs: [{ targets: ['gl'], recipes: ['linear'], variants: ['usual'] }],
    });
    expect(plain.setting).toMatchObject({ training: { params: { c2: defaultParams.c2 } } });
    // What is taken away is not made first.
    expect(withSettings({ a: { b: 1 } }, { 'a.b': null, 'a.c.d': null, 'e.f': null })).toEqual({ a: {} });
    await expect(
      plan({ variants, runs: [{ targets: ['gl'], recipes: ['linear'], variants: ['odd'] }] }),
    ).rejects.toThrow('recipes.linear: params.c9: there is no such field');
  });

  test('μ and sharing are those of each member of an ensemble; seeds matter where one of them is random', async () => {
    const member = (name: string, recipe: object) => ({ name, recipe });
    const members = [member('one', { model: 'linear' }), member('two', { model: 'neural' })];
    const loadConfig = () => ({ model: 'ensemble', members });
    const block = { targets: ['uk'], recipes: ['both'], sources: ['each'] };
    const [run, other] = await plan(
      {
        recipes: { both: { from: 'any', set: { 'members.1.recipe.training.epochs': 7 } } },
        runs: [{ ...block, mu: [0.2], seeds: [1, 2], unlabelled: [true] }],
      },
      { loadConfig },
    );
    expect(run.setting.training).toMatchObject({
      members: [{ recipe: { targetRepeat: 5 } }, { recipe: { training: { mu: 0.2, epochs: 7 } } }],
    });
    expect([run.setting.seed, other.setting.seed, run.setting.unlabelled]).toEqual([1, 2, true]);
    expect(describeRun(run)).toBe('uk + ru, 100 sentences, both, the rest without tags, μ 0.2, seed 1');
    const alone = { loadConfig: () => ({ model: 'ensemble', members: [members[0]] }) };
    expect(await plan({ recipes: { both: 'any' }, runs: [{ ...block, seeds: [1, 2] }] }, alone)).toHaveLength(
      1,
    );
    await expect(
      plan(
        { recipes: { both: { from: 'any', set: { 'members.2.weight': 7 } } }, runs: [block] },
        { loadConfig },
      ),
    ).rejects.toThrow('recipes.both: members.2.');
  });

  test('takes recipes from anywhere, as configurations by their names', async () => {
    const loadConfig = (name: string) => ({ model: 'linear', targetRepeat: name.length });
    const [run] = await plan(
      {
        recipes: { mine: { from: 'four', set: { 'params.c1': 0 } } },
        runs: [{ targets: ['gl'], recipes: ['mine'] }],
      },
      { loadConfig },
    );
    expect(run.setting).toMatchObject({ recipe: 'mine', training: { targetRepeat: 4, params: { c1: 0 } } });
  });

  test('leaves out what is not asked for, and says what is not there', async () => {
    const runs = [{ targets: 'all', recipes: ['linear'], sources: ['none', 'each'], sizes: [50, 100] }];
    const only = { target: ['uk'], sources: ['none', 'ru'], size: ['100'] };
    expect(await names({ runs }, { only })).toEqual([
      'uk, 100 sentences, linear, seed 1',
      'uk + ru, 100 sentences, linear, seed 1',
    ]);
    await expect(plan({ runs: [{ targets: ['nl'], recipes: ['linear'] }] })).rejects.toThrow(
      /^runs: expected targets among those of embedded samples, gl, fy, tl, uk, mr, got nl$/u,
    );
    const some = { runs: [{ targets: ['gl', 'nl', 'uk'], recipes: ['linear'] }] };
    await expect(plan(some)).rejects.toThrow(/got nl; "only" can leave it out: target=gl,uk$/u);
    expect(await names(some, { only: { target: ['gl', 'uk'] } })).toHaveLength(2);
    await expect(
      plan({ runs: [{ targets: ['uk'], recipes: ['linear'], sources: [['es']] }] }),
    ).rejects.toThrow('runs: expected sources of uk among ru, got es');
  });
});

describe('the key of a run', () => {
  const keyed = async (
    grid: Partial<Grid> | object,
    data: ExperimentData = sampleData(),
  ): Promise<string> => {
    const [{ setting }] = await planGrid({ grid: readGrid({ ...basis, ...grid }), data });
    return runKey(setting);
  };

  test('is the same for the same setting, whatever grid it is in and in whatever order it is written', async () => {
    const [{ setting }] = await planGrid({ grid: readGrid(basis), data: sampleData() });
    const turned = Object.fromEntries(Object.entries(setting).reverse()) as unknown as typeof setting;
    expect(await runKey(turned)).toBe(await runKey(setting));
    expect(await keyed({ name: 'other', title: 'Other', sideBySide: false })).toBe(await runKey(setting));
  });

  test('is another for any other setting, and for other corpora', async () => {
    const sources = (more: object) => ({ runs: [{ targets: ['gl'], recipes: ['linear'], ...more }] });
    const other: ExperimentData = { ...sampleData(), digest: () => Promise.resolve('others') };
    const keys = await Promise.all([
      keyed({}),
      keyed({ limits: { dev: 10 } }),
      keyed(sources({ sizes: [50] })),
      keyed(sources({ sources: [['es']] })),
      keyed(sources({ scripts: ['Latin'] })),
      keyed(sources({ draws: [1] })),
      keyed({ recipes: { linear: { from: 'linear', set: { 'params.c2': 1 } } } }),
      keyed({}, other),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
