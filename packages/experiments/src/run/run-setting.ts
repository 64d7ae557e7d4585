import type { Sentence } from '@cognate/corpora';
import type { Tagger } from '@cognate/tagger';
import { transliterate } from '@cognate/text';
import { drawTarget, limited, targetPool } from '../data/draw.js';
import type { ExperimentData, ExperimentTarget } from '../data/experiment-data.js';
import { runKey } from '../grid/key.js';
import type { PlannedRun, RunSetting } from '../grid/setting.js';
import { nearness, type Nearness } from '../relatedness/nearness.js';
import type { LanguageData } from '../transfer.js';
import type { RunRecord } from './record.js';
import { splitResult, type SplitResult } from './split-result.js';
import { trainByRecipe, type RecipeTraining } from './train-by-recipe.js';

export interface RunOptions {
  /** Leaves the test set unread. */
  readonly devOnly?: boolean | undefined;
  /** Called, and waited for, before the test set is read. */
  readonly beforeTest?: (() => Promise<void>) | undefined;
  /** See `trainByRecipe`. */
  readonly checkpoints?: RecipeTraining['checkpoints'];
  readonly keep?: RecipeTraining['keep'];
  readonly team?: RecipeTraining['team'];
  readonly relaxedSimd?: RecipeTraining['relaxedSimd'];
  /** Called, and waited for, with what was trained if the test set is left unread: what `judgeTrained` will want. */
  readonly saveUntested?: ((tagger: Tagger) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What a run finds out by itself; where and when it ran, the caller adds. */
export type RunOutcome = Omit<RunRecord, 'grid' | 'date' | 'versions' | 'machine' | 'jobs'>;

/** Does one run: reads, trains, judges on the development corpus, and on the test set unless told otherwise. */
export async function runSetting(
  { setting, sizeName, measures }: PlannedRun,
  data: ExperimentData,
  options: RunOptions = {},
): Promise<RunOutcome> {
  const { devOnly = false, beforeTest, saveUntested } = options;
  const { checkpoints, keep, team, relaxedSimd, signal, onProgress } = options;
  const target = await findTarget(data, setting);
  if (!devOnly) await data.checkTest?.(target);
  const corpora = await readTraining(data, target, setting);
  const dev = await readDev(data, target, setting);
  signal?.throwIfAborted();

  const started = performance.now();
  const { tagger, weights, facts, part } = await trainByRecipe({
    recipe: setting.training,
    ...corpora,
    dev,
    seed: setting.seed,
    threads: setting.threads,
    team,
    relaxedSimd,
    checkpoints,
    keep,
    signal,
    onProgress,
  });
  const trainSeconds = (performance.now() - started) / 1000;
  const onDev = tagAndScore(tagger, dev, setting.language);
  if (devOnly) await saveUntested?.(tagger);
  const trained = [corpora.target, ...corpora.sources];
  return {
    key: await runKey(setting),
    sizeName,
    setting,
    trainedOn: Object.fromEntries(
      trained.map(({ language, sentences }) => [
        language,
        { sentences: sentences.length, tokens: tokensOf(sentences) },
      ]),
    ),
    facts: { ...facts, ...(corpora.unlabelled.length > 0 && { unlabelled: corpora.unlabelled.length }) },
    trainSeconds,
    ...(part && { partOfTraining: true as const }),
    modelBytes: modelSize(tagger),
    weights,
    dev: withoutPredictions(onDev),
    ...(!devOnly && { test: await judge(tagger, data, target, setting, beforeTest) }),
    ...(measures && { nearness: await measure(data, target, corpora.sources, setting) }),
  };
}

/** What a run on the development corpus alone left out: judges what it trained on the test set. */
export async function judgeTrained(
  tagger: Tagger,
  setting: RunSetting,
  data: ExperimentData,
  beforeTest?: () => Promise<void>,
): Promise<SplitResult> {
  const target = await findTarget(data, setting);
  await data.checkTest?.(target);
  return judge(tagger, data, target, setting, beforeTest);
}

/** How near the sources of a run are to its target: what its record lacks if it was made for a grid that did not ask. Nothing is trained. */
export async function measureNearness(
  setting: RunSetting,
  data: ExperimentData,
): Promise<Record<string, Nearness>> {
  const target = await findTarget(data, setting);
  return measure(data, target, await readSources(data, target, setting), setting);
}

async function findTarget(data: ExperimentData, { target }: RunSetting): Promise<ExperimentTarget> {
  const found = (await data.targets()).find(({ name }) => name === target);
  if (found) return found;
  throw new RangeError(`expected the target ${target} in ${data.name}, got none of that name`);
}

async function readTraining(data: ExperimentData, target: ExperimentTarget, setting: RunSetting) {
  const { size, draw, limits } = setting;
  const inScript = scriptChanger(setting);
  const own = await drawTarget(data, target, { size, draw, limit: limits.full });
  return {
    target: { language: target.language, sentences: inScript(own, target.language) },
    sources: await readSources(data, target, setting),
    unlabelled:
      setting.unlabelled === true
        ? inScript(await readRest(data, target, setting, own), target.language)
        : [],
  };
}

function readSources(
  data: ExperimentData,
  target: ExperimentTarget,
  setting: RunSetting,
): Promise<LanguageData[]> {
  const { limits, sourceSize } = setting;
  const inScript = scriptChanger(setting);
  return Promise.all(
    setting.sources.map(async (language): Promise<LanguageData> => {
      const all = limited(await data.read(target, { source: language }), limits.source);
      return {
        language,
        sentences: inScript(sourceSize === 'full' ? all : limited(all, sourceSize), language),
      };
    }),
  );
}

/** What there is of the target beyond the sentences of the run, without its tags. */
async function readRest(
  data: ExperimentData,
  target: ExperimentTarget,
  { limits }: RunSetting,
  own: readonly Sentence[],
): Promise<Sentence[]> {
  const textOf = ({ tokens }: Sentence): string => tokens.join('\n');
  const known = new Set(own.map(textOf));
  const rest = (await targetPool(data, target, limits.full)).filter(
    (sentence) => !known.has(textOf(sentence)),
  );
  return limited(rest, limits.unlabelled).map(({ tokens, language }) => ({
    tokens,
    ...(language !== undefined && { language }),
  }));
}

async function readDev(data: ExperimentData, target: ExperimentTarget, setting: RunSetting) {
  const dev = limited(await data.read(target, 'dev'), setting.limits.dev);
  return scriptChanger(setting)(dev, target.language);
}

async function judge(
  tagger: Tagger,
  data: ExperimentData,
  target: ExperimentTarget,
  setting: RunSetting,
  beforeTest: (() => Promise<void>) | undefined,
): Promise<SplitResult> {
  await beforeTest?.();
  const test = limited(await data.readTest(target), setting.limits.test);
  return tagAndScore(tagger, scriptChanger(setting)(test, target.language), target.language);
}

function tagAndScore(tagger: Tagger, gold: readonly Sentence[], language: string): SplitResult {
  const started = performance.now();
  const predicted = gold.map(({ tokens }) =>
    tokens.length === 0 ? [] : tagger.predictTags(tokens, { language }),
  );
  return splitResult(gold, predicted, (performance.now() - started) / 1000);
}

/** Predictions are kept of the test set only. */
function withoutPredictions(result: SplitResult): RunOutcome['dev'] {
  const { sentences, tokens, seconds, scores, perLabel, counts } = result;
  return { sentences, tokens, seconds, scores, perLabel, counts };
}

/** Nearness is measured on all sentences of the target that may be trained on: a hundred say little. */
async function measure(
  data: ExperimentData,
  target: ExperimentTarget,
  sources: readonly LanguageData[],
  setting: RunSetting,
): Promise<Record<string, Nearness>> {
  const own = scriptChanger(setting)(await data.read(target, 'train'), target.language);
  return Object.fromEntries(
    await Promise.all(
      sources.map(async ({ language, sentences }) => [language, await nearness(own, sentences)] as const),
    ),
  );
}

/** What writes sentences in the script of a setting. */
function scriptChanger({ script }: RunSetting): (sentences: Sentence[], language: string) => Sentence[] {
  if (script === 'original') return (sentences) => sentences;
  return (sentences, language) =>
    sentences.map(({ tokens, tags }) => ({
      // A token must not vanish: one that has no letters in Latin stays as it is.
      tokens: tokens.map((token) => transliterate(token, { to: script, language }).trim() || token),
      ...(tags && { tags }),
    }));
}

/** Bytes of the model's files without its card. */
const modelSize = (tagger: Tagger): number =>
  Object.entries(tagger.toFiles())
    .filter(([name]) => name !== 'README.md')
    .reduce((sum, [, bytes]) => sum + bytes.length, 0);

const tokensOf = (sentences: readonly Sentence[]): number =>
  sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
