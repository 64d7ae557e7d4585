import { kFold, type Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { LinearTagger, type ModelFiles } from '@cognate/tagger';

export interface TrainSettings {
  /** Code of the corpus's language, for sentences that do not name their own. */
  readonly language: string;
  readonly iterations: number;
  /** Weights of the L1 and of the L2 penalty. */
  readonly c1: number;
  readonly c2: number;
  /** Whether one sentence in five is kept from training, to judge the model by. */
  readonly holdOut: boolean;
}

export type TrainProgress =
  | { readonly phase: 'features'; readonly features: number; readonly threads: number }
  | { readonly phase: 'iteration'; readonly iteration: number; readonly loss: number };

export interface LabelScore {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Entities of the label in the held-out sentences. */
  readonly gold: number;
}

export interface Trained {
  readonly files: ModelFiles;
  readonly iterations: number;
  readonly sentences: number;
  readonly heldOut?: { readonly sentences: number; readonly scores: readonly LabelScore[] };
}

/** With fewer sentences than this nothing is held out. */
const fewest = 10;

/** Trains a linear tagger, and judges it on sentences that it has not seen. Rejects with the signal's reason when that says so. */
export async function trainModel(
  sentences: readonly Sentence[],
  { language, iterations, c1, c2, holdOut }: TrainSettings,
  signal: AbortSignal,
  onProgress: (progress: TrainProgress) => void,
): Promise<Trained> {
  const { train, test } =
    holdOut && sentences.length >= fewest ? kFold(sentences, 5, 1)[0] : { train: sentences, test: [] };
  let done = 0;
  const tagger = await LinearTagger.train(train, {
    language,
    params: { c1, c2, max_iterations: iterations },
    signal,
    onEvent: (event) => {
      if (event.type === 'features')
        onProgress({ phase: 'features', features: event.total, threads: event.threads });
      if (event.type === 'iteration') {
        done = event.iteration;
        onProgress({ phase: 'iteration', iteration: event.iteration, loss: event.loss });
      }
    },
  });
  const result = { files: tagger.toFiles(), iterations: done, sentences: train.length };
  return test.length === 0 ? result : { ...result, heldOut: judge(tagger, test, language) };
}

function judge(tagger: LinearTagger, test: readonly Sentence[], target: string): Trained['heldOut'] {
  const gold = test.map(({ tags = [] }) => tags);
  const predicted = test.map(({ tokens, language = target }) => tagger.predictTags(tokens, { language }));
  const { micro, perLabel } = evaluate(gold, predicted);
  const rows = [...Object.entries(perLabel), ['all', micro] as const];
  return {
    sentences: test.length,
    scores: rows.map(([label, { precision, recall, f1, gold }]) => ({ label, precision, recall, f1, gold })),
  };
}
