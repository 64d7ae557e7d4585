import type { Sentence } from '@cognate/corpora';
import type { LinearRecipe, NeuralRecipe } from './recipe.js';

/**
 * Gold sentences together with sentences that a tagger has tagged (self-training): each gold one as often as the recipe repeats the target's, each
 * other one once. The recipe that comes back repeats nothing.
 *
 * @param tags of each sentence without gold tags, as predicted
 */
export function pseudoTagged<Recipe extends LinearRecipe | NeuralRecipe>(
  gold: readonly Sentence[],
  unlabelled: readonly Sentence[],
  tags: readonly (readonly string[])[],
  recipe: Recipe,
): { readonly sentences: readonly Sentence[]; readonly recipe: Recipe } {
  const repeat = recipe.model === 'linear' ? recipe.targetRepeat : recipe.training.targetRepeat;
  const sentences = [
    ...Array.from({ length: repeat }, () => gold).flat(),
    ...unlabelled.flatMap(({ tokens, language }, index) =>
      tokens.length === 0 ? [] : [{ tokens, tags: [...tags[index]], language }],
    ),
  ];
  const once: LinearRecipe | NeuralRecipe =
    recipe.model === 'linear'
      ? { ...recipe, targetRepeat: 1 }
      : { ...recipe, training: { ...recipe.training, targetRepeat: 1 } };
  return { sentences, recipe: once as Recipe };
}
