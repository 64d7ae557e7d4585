import { proxy } from 'comlink';
import type { SampleLanguage } from '@cognate/corpora/samples';
import { useState } from 'preact/hooks';
import type { NamedFile } from '../files/archive.js';
import type { CorpusSummary } from '../training/read-corpus.js';
import type { Trained, TrainProgress, TrainSettings } from '../training/train-model.js';
import { messageOf } from './message-of.js';
import { training } from './services.js';

/** A run that goes on or has ended. */
export interface Run {
  readonly settings: TrainSettings;
  /** Of each iteration so far. */
  readonly losses: readonly number[];
  readonly features?: number;
  readonly threads?: number;
  readonly startedAt: number;
  readonly seconds?: number;
  readonly result?: Trained;
  readonly cancelled?: boolean;
}

/** What can be done with corpora, one after the other, and what has come of it. */
export interface TrainingState {
  readonly corpus: CorpusSummary | undefined;
  /** Files of which one has to be chosen. */
  readonly choices: readonly string[] | undefined;
  readonly busy: 'reading' | 'training' | undefined;
  readonly run: Run | undefined;
  readonly error: string | undefined;
  read(files: readonly NamedFile[]): void;
  choose(path: string): void;
  takeSample(language: SampleLanguage): void;
  train(settings: TrainSettings): void;
  cancel(): void;
}

/** Sentences of a sample corpus: what a language with few has. */
const sampleSize = 100;

export function useTraining(): TrainingState {
  const [corpus, setCorpus] = useState<CorpusSummary>();
  const [given, setGiven] = useState<readonly NamedFile[]>([]);
  const [choices, setChoices] = useState<readonly string[]>();
  const [busy, setBusy] = useState<'reading' | 'training'>();
  const [run, setRun] = useState<Run>();
  const [error, setError] = useState<string>();

  const work = (kind: 'reading' | 'training', task: () => Promise<void>) => {
    setBusy(kind);
    setError(undefined);
    task()
      .catch((reason: unknown) => {
        setError(messageOf(reason));
      })
      .finally(() => {
        setBusy(undefined);
      });
  };

  const read = (start: () => Promise<Awaited<ReturnType<typeof training.read>>>) => {
    work('reading', async () => {
      setCorpus(undefined);
      setChoices(undefined);
      setRun(undefined);
      const found = await start();
      if ('choices' in found) setChoices(found.choices);
      else setCorpus(found);
    });
  };

  return {
    corpus,
    choices,
    busy,
    run,
    error,
    read: (files) => {
      setGiven(files);
      read(() => training.read(files));
    },
    choose: (path) => {
      read(() => training.read(given, path));
    },
    takeSample: (language) => {
      read(() => training.takeSample(language, sampleSize));
    },
    train: (settings) => {
      const startedAt = performance.now();
      setRun({ settings, losses: [], startedAt });
      const follow = (progress: TrainProgress) => {
        setRun((before) => before && { ...before, ...advance(before, progress) });
      };
      work('training', async () => {
        try {
          const result = await training.train(settings, proxy(follow));
          const seconds = (performance.now() - startedAt) / 1000;
          setRun(
            (before) => before && { ...before, seconds, ...(result ? { result } : { cancelled: true }) },
          );
        } catch (reason) {
          setRun(undefined);
          throw reason;
        }
      });
    },
    cancel: () => {
      void training.cancel();
    },
  };
}

function advance(run: Run, progress: TrainProgress): Partial<Run> {
  return progress.phase === 'features'
    ? { features: progress.features, threads: progress.threads }
    : { losses: [...run.losses, progress.loss] };
}
