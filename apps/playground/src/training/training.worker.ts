import { expose } from 'comlink';
import type { Sentence } from '@cognate/corpora';
import { sampleCorpus, type SampleLanguage } from '@cognate/corpora/samples';
import type { NamedFile } from '../files/archive.js';
import { withoutEval } from '../without-eval.js';
import { readCorpus, summarise, type CorpusSummary } from './read-corpus.js';
import { trainModel, type Trained, type TrainProgress, type TrainSettings } from './train-model.js';

withoutEval();

let sentences: readonly Sentence[] = [];
let training: AbortController | undefined;

const service = {
  /** Reads a corpus and keeps it; says what is in it, or which files there are to choose from. */
  async read(
    files: readonly NamedFile[],
    chosen?: string,
  ): Promise<CorpusSummary | { readonly choices: readonly string[] }> {
    const read = await readCorpus(files, chosen);
    if ('choices' in read) return read;
    ({ sentences } = read);
    return read.summary;
  },

  /** Takes sample sentences for a corpus. */
  async takeSample(language: SampleLanguage, count: number): Promise<CorpusSummary> {
    sentences = (await sampleCorpus(language, 'train')).slice(0, count);
    return summarise(`sample-${language}`, sentences);
  },

  /** Trains on the corpus that was read last; undefined where it was cancelled. */
  async train(
    settings: TrainSettings,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<Trained | undefined> {
    training?.abort();
    const controller = new AbortController();
    training = controller;
    try {
      return await trainModel(sentences, settings, controller.signal, onProgress);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  },

  cancel(): void {
    training?.abort();
  },
};

export type TrainingService = typeof service;

expose(service);
