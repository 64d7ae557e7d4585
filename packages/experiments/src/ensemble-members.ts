import type { EnsembleRecipe, LinearRecipe, NeuralRecipe } from './recipe.js';

/** A member of an ensemble that is to be trained. */
export interface MemberPlan {
  /** Unique in its ensemble. */
  readonly name: string;
  readonly weight: number;
  readonly recipe: LinearRecipe | NeuralRecipe;
  readonly seed: number;
  /** How often members have been trained on what an ensemble said of sentences without tags, this time included; 0 = on gold tags only. */
  readonly round: number;
}

/** Seeds of ensembles are this far apart, so that two of neighbouring seeds share no member. */
const seedsOfAnEnsemble = 1000;

/** The members of one round one by one: each copy with a name and a seed of its own. */
export function ensembleMembers(recipe: EnsembleRecipe, seed = 1, round = 0): MemberPlan[] {
  const plans: MemberPlan[] = [];
  // A member that is left out keeps its place, so that the others are the same without it.
  const places = recipe.members.reduce((sum, { copies }) => sum + Math.max(copies, 1), 0);
  let place = 0;
  for (const { name, weight, copies: many, recipe: own } of recipe.members) {
    for (let copy = 1; copy <= many; copy++)
      plans.push({
        name: many === 1 ? name : `${name}-${copy}`,
        weight,
        recipe: own,
        seed: (seed - 1) * seedsOfAnEnsemble + round * places + place + copy,
        round,
      });
    place += Math.max(many, 1);
  }
  return plans;
}
