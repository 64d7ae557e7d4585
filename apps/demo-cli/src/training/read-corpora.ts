import { readFile } from 'node:fs/promises';
import { subsample, type ReadOptions, type Sentence } from '@cognate/corpora';
import { readAll } from '@cognate/corpora/node';
import { splitSentences } from '@cognate/text';
import { LabelUse } from '../corpora/label-use.js';
import { Failure } from '../failure.js';
import { checkLabels } from './check-labels.js';
import type { CorpusPlan, TrainingPlan } from './plan.js';

/** The sentences of one language. */
export interface CorpusData {
  readonly language: string | undefined;
  readonly train: readonly Sentence[];
  readonly test: readonly Sentence[];
}

/** All sentences of a training, read once for all seeds. */
export interface TrainingCorpora {
  readonly target: CorpusData & {
    readonly dev: readonly Sentence[] | undefined;
    readonly unlabelled: readonly Sentence[];
  };
  readonly sources: readonly (CorpusData & { readonly language: string })[];
}

/** @throws Failure, CorpusError with the place of what cannot be read, has no tags or no entity */
export async function readCorpora(plan: TrainingPlan): Promise<TrainingCorpora> {
  const { target, sources } = plan;
  const labels = new LabelUse();
  const dev = target.dev.length === 0 ? undefined : await readFiles(target.dev, target, labels);
  const corpora = {
    target: { ...(await readCorpus(target, labels)), dev, unlabelled: await readUnlabelled(target) },
    sources: await Promise.all(
      sources.map(async (source) => ({ ...(await readCorpus(source, labels)), language: source.language })),
    ),
  };
  labels.warn();
  checkLabels(corpora, plan);
  return corpora;
}

const readCorpus = async (plan: CorpusPlan, labels: LabelUse): Promise<CorpusData> => ({
  language: plan.language,
  train: await readFiles(plan.train, plan, labels),
  test: await readFiles(plan.test, plan, labels),
});

async function readFiles(files: readonly string[], plan: CorpusPlan, labels: LabelUse): Promise<Sentence[]> {
  const parts: Sentence[][] = [];
  for (const file of files) parts.push(await readTagged(file, plan.read, plan.language, labels));
  return parts.flat();
}

/** Sentences of the target without tags: of a text (`.txt`) as the tokeniser cuts it, of a corpus in any format. */
async function readUnlabelled({ unlabelled, language, read }: TrainingPlan['target']): Promise<Sentence[]> {
  const parts: Sentence[][] = [];
  for (const file of unlabelled) {
    if (/\.txt$/iu.test(file)) {
      const text = await readFile(file, 'utf8');
      const sentences = splitSentences(text, language);
      parts.push(sentences.map(({ tokens }) => ({ tokens: tokens.map((token) => token.text) })));
    } else {
      const sentences = await readAll(file, read);
      parts.push(sentences.map(({ tokens }) => ({ tokens })));
    }
  }
  return parts.flat();
}

/** A corpus that has tags, whatever their scheme: they come as IOB2. */
async function readTagged(
  file: string,
  options: ReadOptions,
  language: string | undefined,
  labels: LabelUse,
): Promise<Sentence[]> {
  const sentences = await labels.readAll(file, { ...options, ...(language !== undefined && { language }) });
  const untagged = sentences.findIndex(({ tags }) => tags === undefined);
  if (untagged >= 0) throw new Failure(`${file}: expected tags, sentence ${untagged + 1} has none`);
  return sentences;
}

/** What a seed takes of a corpus. */
export const drawn = (
  sentences: readonly Sentence[],
  { sentences: size }: CorpusPlan,
  seed: number,
): readonly Sentence[] => (size === undefined ? sentences : subsample(sentences, size, seed));
