import type { Sentence } from '@cognate/corpora';
import type { LinearTagger } from '@cognate/tagger';
import { EnsembleTagger } from '@cognate/tagger/ensemble';
import type { NeuralTagger } from '@cognate/tagger/neural';
import { ensembleMembers, type MemberPlan } from '../ensemble-members.js';
import { pseudoTagged } from '../pseudo-tagged.js';
import type { EnsembleRecipe } from '../recipe.js';
import { trainLinear } from '../train-linear.js';
import { trainNeural, type NeuralTraining } from './train-neural.js';

/** A member that is trained. */
export type MemberTagger = LinearTagger | NeuralTagger;

/** What a member is trained on. */
export type MemberTraining = Pick<NeuralTraining, 'target' | 'sources' | 'dev' | 'threads' | 'signal'>;

/** What to train an ensemble on, and how. */
export interface EnsembleTraining extends MemberTraining {
  readonly recipe: EnsembleRecipe;
  /** Sentences of the target language whose tags are not known, for `selfTraining`; tags that they have are not looked at. */
  readonly unlabelled?: readonly Sentence[] | undefined;
  /** Members have seeds of their own that follow from it. Default 1. */
  readonly seed?: number | undefined;
  /**
   * Trains a member in place of `trainMember`: to show progress, say, or to take one that is trained already from where it was stored. The
   * member's recipe is the one to train by.
   */
  readonly train?: ((member: MemberPlan, setting: MemberTraining) => Promise<MemberTagger>) | undefined;
}

/**
 * Trains the members of an ensemble one after the other, and pools them. With `selfTraining` and sentences without tags the ensemble then tags these, and
 * members are trained anew on both kinds of sentences.
 *
 * @throws as `trainNeural` and `LinearTagger.train` (as rejections)
 */
export async function trainEnsemble(setting: EnsembleTraining): Promise<EnsembleTagger> {
  const { recipe, seed = 1, train = trainMember, unlabelled = [], ...data } = setting;
  const { target } = data;
  const rounds = unlabelled.length > 0 ? (recipe.selfTraining?.rounds ?? 0) : 0;
  let ensemble: EnsembleTagger | undefined;
  for (let round = 0; round <= rounds; round++) {
    const tags = ensemble?.decode(unlabelled.map(({ tokens }) => ({ tokens, language: target.language })));
    const members = [];
    for (const plan of ensembleMembers(recipe, seed, round)) {
      data.signal?.throwIfAborted();
      const more = tags && pseudoTagged(target.sentences, unlabelled, tags, plan.recipe);
      const tagger = await train(
        more ? { ...plan, recipe: more.recipe } : plan,
        more ? { ...data, target: { ...target, sentences: more.sentences } } : data,
      );
      members.push({ name: plan.name, weight: plan.weight, tagger });
    }
    ensemble?.dispose();
    ensemble = new EnsembleTagger(members, { language: target.language });
  }
  return ensemble as EnsembleTagger;
}

/** Trains one member of an ensemble. */
export async function trainMember(
  { recipe, seed }: MemberPlan,
  setting: MemberTraining,
): Promise<MemberTagger> {
  if (recipe.model === 'neural') return (await trainNeural({ ...setting, recipe, seed })).tagger;
  const { target, sources, signal } = setting;
  return trainLinear({ target, sources, signal, recipe });
}
