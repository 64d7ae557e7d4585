import type { Corpus, TrainingData } from './data.js';
import { checkFunction, readObject, refuse } from './checks.js';
import { inPlace, TrainerError, shown } from './errors.js';
import type { TrainableModel } from './model.js';

/**
 * Largest μ. Gradients are float32, and optimisers keep their squares: with 1e20 these overflow, and training stands still without a word; with
 * this there is room for any gradient that a finite loss has in practice.
 */
const MOST_MU = 1e6;

/** The held-out examples and their right tags. */
export interface Development<Example> {
  readonly examples: readonly Example[];
  readonly gold: readonly (readonly string[])[];
  /** lengths[example], in tokens */
  readonly lengths: Int32Array;
}

export interface ReadData<Example> {
  /** The target first. */
  readonly corpora: readonly Corpus<Example>[];
  readonly dev: Development<Example> | undefined;
}

/** Checks the data that a caller gave and measures every example. */
export function readData<Example>(
  given: TrainingData<Example>,
  model: TrainableModel<Example>,
): ReadData<Example> {
  const data = readObject('data', given as unknown, ['target', 'sources', 'dev', 'goldTags']);
  const sources = data.sources ?? [];
  if (!Array.isArray(sources)) return refuse('data.sources', 'an array', sources);
  const corpora = [
    readCorpus('data.target', data.target, model, true),
    ...sources.map((source, s) => readCorpus(`data.sources[${s}]`, source, model, false)),
  ];
  corpora.forEach(({ name }, c) => {
    if (corpora.findIndex((other) => other.name === name) < c) {
      refuse(`data.sources[${c - 1}].name`, 'a name that no other corpus has', name);
    }
  });
  if (corpora[0].examples.length === 0) {
    throw new TrainerError('data.target.examples: expected at least one example, got none');
  }
  return { corpora, dev: readDevelopment(data.dev, data.goldTags, model) };
}

function readCorpus<Example>(
  where: string,
  given: unknown,
  model: TrainableModel<Example>,
  isTarget: boolean,
): Corpus<Example> {
  if (given === undefined) refuse(where, 'an object', given);
  const corpus = readObject(where, given, isTarget ? ['name', 'examples'] : ['name', 'examples', 'mu']);
  const { name, examples, mu = 1 } = corpus as { name: unknown; examples: unknown; mu?: unknown };
  if (typeof name !== 'string' || name === '') return refuse(`${where}.name`, 'the name of a language', name);
  if (!Array.isArray(examples)) return refuse(`${where}.examples`, 'an array', examples);
  if (typeof mu !== 'number' || !Number.isFinite(mu) || mu < 0) {
    return refuse(`${where}.mu`, 'a number of at least 0', mu);
  }
  if (mu > MOST_MU) refuse(`${where}.mu`, `a number of at most ${MOST_MU}`, mu);
  return { name, examples, mu, lengths: measure(`${where}.examples`, examples, model) };
}

function measure<Example>(
  where: string,
  examples: readonly Example[],
  model: TrainableModel<Example>,
): Int32Array {
  return Int32Array.from(examples, (example, i) => {
    const length = inPlace(`${where}[${i}]`, () => model.length(example));
    if (Number.isSafeInteger(length) && length >= 1 && length < 2 ** 31) return length;
    return refuse(`${where}[${i}]`, 'at least one token by model.length', length);
  });
}

function readDevelopment<Example>(
  examples: unknown,
  goldTags: unknown,
  model: TrainableModel<Example>,
): Development<Example> | undefined {
  if (examples === undefined) return undefined;
  if (!Array.isArray(examples)) return refuse('data.dev', 'an array of examples', examples);
  if (examples.length === 0) {
    throw new TrainerError('data.dev: expected at least one example, got none; leave it out instead');
  }
  const lengths = measure('data.dev', examples as readonly Example[], model);
  if (goldTags !== undefined) checkFunction('data.goldTags', goldTags);
  const tagsOf = (goldTags ?? ownTags) as (example: Example) => unknown;
  const gold = examples.map((example: Example, i) => {
    const tags = inPlace(`data.dev[${i}]`, () => tagsOf(example));
    if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) {
      if (tags.length === lengths[i]) return tags;
      throw new TrainerError(
        `data.dev[${i}]: expected ${lengths[i]} tags, one a token, got ${tags.length} of them`,
      );
    }
    const source = goldTags === undefined ? 'as property tags (or by data.goldTags)' : 'by data.goldTags';
    throw new TrainerError(`data.dev[${i}]: expected an array of tags ${source}, got ${shown(tags)}`);
  });
  return { examples: examples as readonly Example[], gold, lengths };
}

const ownTags = (example: { readonly tags?: unknown } | null): unknown => example?.tags;
