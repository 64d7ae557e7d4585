import type { Sentence } from '@cognate/corpora';
import type { LinearRecipe } from '@cognate/experiments';
import { LinearTagger } from '@cognate/tagger';
import { interruptible } from './interruptible.js';
import { progress } from './terminal/progress.js';

export interface LinearFit {
  readonly sentences: readonly Sentence[];
  readonly language: string | undefined;
  /** Whether some of the sentences are of other languages. */
  readonly hasSources: boolean;
  readonly recipe: LinearRecipe;
  /** Before the progress bar. */
  readonly title?: string | undefined;
}

/** Trains a linear tagger with progress at the terminal, until it is done or interrupted. */
export async function fitLinear({
  sentences,
  language,
  hasSources,
  recipe,
  title = 'training',
}: LinearFit): Promise<LinearTagger> {
  const { templates, scheme, params, targetRepeat, augment } = recipe;
  const bar = progress(title);
  try {
    return await interruptible((signal) =>
      LinearTagger.train(sentences, {
        language,
        templates,
        scheme,
        augment: augment && hasSources,
        targetRepeat,
        params,
        signal,
        onEvent: (event) => {
          if (event.type !== 'iteration') return;
          const { iteration, loss } = event;
          bar.update(iteration, params.max_iterations, `iteration ${iteration}, loss ${loss.toFixed(1)}`);
        },
      }),
    );
  } finally {
    bar.stop();
  }
}
