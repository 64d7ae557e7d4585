import { LinearTagger, type LinearTrainOptions } from '@cognate/tagger';
import type { LinearRecipe } from './recipe.js';
import type { LanguageData } from './transfer.js';

/** What to train a linear tagger on, and how. */
export interface LinearTraining extends Pick<LinearTrainOptions, 'checkpoints' | 'signal' | 'onEvent'> {
  readonly target: LanguageData;
  readonly sources?: readonly LanguageData[] | undefined;
  readonly recipe: LinearRecipe;
}

/**
 * Trains a linear tagger by a recipe. Nothing about it is random: the same data and recipe give the same tagger.
 *
 * @throws TaggerError (as a rejection): what does not fit, and where
 */
export async function trainLinear({
  target,
  sources = [],
  recipe,
  ...rest
}: LinearTraining): Promise<LinearTagger> {
  const { templates, scheme, augment, targetRepeat, params } = recipe;
  const sentences = [target, ...sources].flatMap((data) =>
    data.sentences.map((sentence) => ({ ...sentence, language: data.language })),
  );
  return LinearTagger.train(sentences, {
    language: target.language,
    templates,
    scheme,
    augment: augment && sources.length > 0,
    targetRepeat,
    params,
    ...rest,
  });
}
