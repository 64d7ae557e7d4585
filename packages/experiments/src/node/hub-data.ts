import { sentenceKey, type Sentence } from '@cognate/corpora';
import { loadHub, type HubDataset, type HubOptions } from '@cognate/corpora/hub';
import type { CorpusPart, ExperimentData, ExperimentTarget } from '../data/experiment-data.js';
import type { DataChoice } from '../grid/schema.js';

export type HubChoice = Extract<DataChoice, { readonly kind: 'hub' }>;
export type HubAccess = Pick<
  HubOptions,
  'cacheDir' | 'hubUrl' | 'offline' | 'signal' | 'retries' | 'retryDelay'
>;

/** Equal for sentences that differ in case, white space or the form of their characters only. */
const keyOf = sentenceKey();

/**
 * Corpora from a data set of the hub that has a configuration for each language. What is downloaded stays in the hub's own cache. Sentences
 * that the target's development or test set has are left out of everything that is trained on.
 */
export function hubData(choice: HubChoice, access: HubAccess = {}): ExperimentData {
  const { repo, revision, pairs, splits } = choice;
  const loaded = new Map<string, Promise<HubDataset>>();
  const load = (language: string): Promise<HubDataset> => {
    const found =
      loaded.get(language) ??
      loadHub(repo, language, { revision, splits: Object.values(splits), language, ...access });
    loaded.set(language, found);
    return found;
  };
  const read = async (language: string, split: 'train' | 'dev' | 'test'): Promise<Sentence[]> =>
    (await load(language)).split(splits[split]).toArray();

  const heldOut = new Map<string, Promise<Set<string>>>();
  const keysOf = async (language: string): Promise<Set<string>> => {
    const sentences = [...(await read(language, 'dev')), ...(await read(language, 'test'))];
    return new Set(sentences.map(keyOf));
  };
  const withoutHeldOut = async (sentences: Sentence[], target: string): Promise<Sentence[]> => {
    const keys = heldOut.get(target) ?? keysOf(target);
    heldOut.set(target, keys);
    const known = await keys;
    return sentences.filter((sentence) => !known.has(keyOf(sentence)));
  };

  return {
    name: `hub ${repo}`,
    choice,
    // eslint-disable-next-line @typescript-eslint/require-await -- other data sets look at files
    targets: async () =>
      Object.entries(pairs).map(([language, sources]) => ({ name: language, language, sources })),
    read: async ({ language }, part) =>
      part === 'dev'
        ? read(language, 'dev')
        : withoutHeldOut(await read(part === 'train' ? language : part.source, 'train'), language),
    readTest: ({ language }) => read(language, 'test'),
    digest: async (target, part) => {
      const language = languageOf(target, part);
      const split = splits[typeof part === 'string' ? part : 'train'];
      return `${split} of ${language} at ${(await load(language)).commit}`;
    },
  };
}

const languageOf = ({ language }: ExperimentTarget, part: CorpusPart): string =>
  typeof part === 'string' ? language : part.source;
