import type { Sentence } from '@cognate/corpora';
import type { BackendChoice } from '@cognate/nn';
import type { LinearTagger, Tagger } from '@cognate/tagger';
import type { NeuralTagger } from '@cognate/tagger/neural';
import type { CheckpointOptions, TrainEvent } from '@cognate/trainer';
import { ensembleMembers, type MemberPlan } from '../ensemble-members.js';
import type { NeuralTraining } from '../neural/train-neural.js';
import type { MemberTagger, MemberTraining } from '../neural/train-ensemble.js';
import type { EnsembleRecipe, LinearRecipe, NeuralRecipe, Recipe } from '../recipe.js';
import { trainLinear } from '../train-linear.js';
import type { LanguageData } from '../transfer.js';

/** Makes threads that compute as this one does. */
export type MakeTeam = (options: {
  readonly threads: number;
  readonly backend: BackendChoice;
}) => NonNullable<NeuralTraining['threads']>;

/** Gives a member of an ensemble that was trained before, or else has it trained. */
export type KeepMember = (member: MemberPlan, train: () => Promise<MemberTagger>) => Promise<MemberTagger>;

/** What to train a tagger on, by a recipe of any kind. */
export interface RecipeTraining<Kind extends Recipe = Recipe> {
  readonly recipe: Kind;
  readonly target: LanguageData;
  readonly sources: readonly LanguageData[];
  /** Gold sentences of the target, for recipes that choose by them. */
  readonly dev: readonly Sentence[];
  /** Sentences of the target without tags, for recipes that make something of them. */
  readonly unlabelled?: readonly Sentence[] | undefined;
  readonly seed: number;
  /** More than one wants `team`. */
  readonly threads?: number | undefined;
  /** Makes the threads of a neural training: `neuralThreads` of `@cognate/experiments/node`. */
  readonly team?: MakeTeam | undefined;
  /** Lets networks compute with relaxed SIMD: see `selectBackend` of `@cognate/nn`. Default no. */
  readonly relaxedSimd?: boolean | undefined;
  /** Where a neural tagger of a name stores its state; `tagger`, or the name of an ensemble's member. */
  readonly checkpoints?: ((name: string) => CheckpointOptions) | undefined;
  /** Keeps members of ensembles that are trained. */
  readonly keep?: KeepMember | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A tagger, and what a record is to say of its training. */
export interface RecipeResult {
  readonly tagger: Tagger;
  readonly weights: number;
  readonly facts: Readonly<Record<string, number | string>>;
  /** Whether some of the training was done before: it went on from a checkpoint, or took members that were kept. */
  readonly part: boolean;
}

/** Trains a tagger by a recipe. The same data, recipe, seed, build and number of threads give the same tagger. */
export function trainByRecipe(training: RecipeTraining): Promise<RecipeResult> {
  const { recipe } = training;
  switch (recipe.model) {
    case 'linear':
      return linear({ ...training, recipe });
    case 'neural':
      return neural({ ...training, recipe }, 'tagger');
    case 'ensemble':
      return ensemble({ ...training, recipe });
  }
}

async function linear(
  training: RecipeTraining<LinearRecipe>,
): Promise<RecipeResult & { readonly tagger: LinearTagger }> {
  const { recipe, target, sources, signal, onProgress } = training;
  const tagger = await trainLinear({
    target,
    sources,
    recipe,
    signal,
    onEvent: (event) => {
      if (event.type === 'iteration') onProgress?.(event.iteration, recipe.params.max_iterations);
    },
  });
  return {
    tagger,
    weights: weightsOf(tagger),
    facts: { iterations: tagger.config.training.iterations },
    part: false,
  };
}

/** TensorFlow.js is loaded by the runs that need it. */
async function neural(
  training: RecipeTraining<NeuralRecipe>,
  name: string,
): Promise<RecipeResult & { readonly tagger: NeuralTagger }> {
  const { target, sources, dev, recipe, seed, threads = 1 } = training;
  const { relaxedSimd, checkpoints, signal, onProgress } = training;
  const [{ trainNeural }, { selectBackend }] = await Promise.all([
    import('../neural/train-neural.js'),
    import('@cognate/nn'),
  ]);
  const backend = await selectBackend({ relaxedSimd });
  const team = threads > 1 ? training.team?.({ threads, backend }) : undefined;
  const { epochs: most } = recipe.training;
  let part = false;
  const { tagger, epochs, kept } = await trainNeural({
    target,
    sources,
    dev,
    recipe,
    seed,
    threads: team,
    checkpoints: checkpoints?.(name),
    signal,
    events: (event: TrainEvent) => {
      if (event.type === 'run') part = event.resumed !== undefined;
      if (event.type === 'step' && event.phase === 'joint')
        onProgress?.((event.epoch - 1) * event.of + event.step, most * event.of);
    },
  });
  return {
    tagger,
    weights: weightsOf(tagger),
    facts: {
      epochs: epochs.length,
      keptEpoch: kept.epoch,
      backend: `${backend.backend}, ${backend.kernels}`,
    },
    part,
  };
}

async function ensemble(training: RecipeTraining<EnsembleRecipe>): Promise<RecipeResult> {
  const { recipe, target, sources, dev, unlabelled = [], seed, signal, onProgress } = training;
  const { keep = (_: MemberPlan, train: () => Promise<MemberTagger>) => train() } = training;
  const { trainEnsemble } = await import('../neural/train-ensemble.js');
  const rounds = unlabelled.length > 0 ? (recipe.selfTraining?.rounds ?? 0) : 0;
  const all = ensembleMembers(recipe, seed).length * (rounds + 1);
  let done = 0;
  let part = false;
  const member = async (plan: MemberPlan, data: MemberTraining): Promise<MemberTagger> => {
    const own = {
      ...training,
      target: data.target,
      sources: data.sources ?? [],
      seed: plan.seed,
      // Of all members together.
      onProgress: (part: number, of: number) =>
        onProgress?.(Math.round(1000 * (done + part / of)), 1000 * all),
    };
    const { recipe: by } = plan;
    let trained: (RecipeResult & { readonly tagger: MemberTagger }) | undefined;
    const tagger = await keep(plan, async () => {
      trained =
        by.model === 'linear'
          ? await linear({ ...own, recipe: by })
          : await neural({ ...own, recipe: by }, memberName(plan));
      return trained.tagger;
    });
    part ||= trained?.part ?? true;
    done++;
    return tagger;
  };
  const tagger = await trainEnsemble({
    target,
    sources,
    dev,
    unlabelled,
    recipe,
    seed,
    signal,
    train: member,
  });
  return {
    tagger,
    weights: tagger.members.reduce((sum, one) => sum + weightsOf(one.tagger), 0),
    facts: { members: tagger.members.length, rounds },
    part,
  };
}

/** What a member is called where its state is stored: unique in its run. */
export const memberName = ({ name, round }: MemberPlan): string => `${name}-round-${round}`;

function weightsOf(tagger: MemberTagger): number {
  if (tagger.type === 'neural')
    return Array.from(tagger.parameters).reduce((sum, { values }) => sum + values.length, 0);
  const { stateWeights, transitionWeights } = tagger.crf.statistics();
  return stateWeights + transitionWeights;
}
