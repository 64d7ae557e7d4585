import { defaultParams } from '@cognate/tagger';
import type { NeuralConfigInput } from '@cognate/tagger/neural';
import { z } from 'zod';

const whole = (least: number) => z.int().min(least);
const above = z.number().gt(0);
const mu = z.number().min(0);

const optimizer = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('adadelta'),
    learningRate: above.default(1),
    rho: z.number().gt(0).lt(1).default(0.95),
    epsilon: above.default(1e-6),
  }),
  z.strictObject({
    name: z.literal('adam'),
    learningRate: above.default(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: above.default(1e-8),
  }),
  z.strictObject({
    name: z.literal('sgd'),
    learningRate: above,
    momentum: z.number().min(0).lt(1).default(0),
  }),
]);

const learningRateDecay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), warmUpSteps: whole(0).default(0) }),
  z.strictObject({ kind: z.literal('exponential'), factor: above, warmUpSteps: whole(0).default(0) }),
  z.strictObject({ kind: z.literal('inverse'), rate: above, warmUpSteps: whole(0).default(0) }),
  z.strictObject({
    kind: z.literal('linear'),
    to: z.number().min(0).default(0),
    warmUpSteps: whole(0).default(0),
  }),
]);

/** What `training` of a neural recipe may hold; the names are those of `@cognate/trainer`. */
const training = z.strictObject({
  /** Most epochs. An epoch has the target's sentences `targetRepeat` times and each source's once. */
  epochs: whole(1).default(100),
  /** Stops after so many epochs without a better score on the development corpus. */
  patience: whole(1).optional(),
  /** What a sentence of a source counts: one number, or one for each language; 1 unless told. */
  mu: z.union([mu, z.record(z.string(), mu)]).default(1),
  /** How often an epoch has each sentence of the target. */
  targetRepeat: whole(1).default(1),
  /** Sentences of a batch. */
  batch: whole(1).default(16),
  /** Batches whose sentences are sorted by length before they are cut, which saves work; 1 = wholly random order. */
  pool: whole(1).default(50),
  /** Whether a batch is of one language or of all. */
  languages: z.enum(['separate', 'mixed']).default('separate'),
  optimizer: optimizer.prefault({ name: 'adadelta' }),
  learningRateDecay: learningRateDecay.optional(),
  /** Longest gradient of a step. */
  clipNorm: above.optional(),
  /** Averages the weights over the steps, with this decay. */
  averageDecay: z.number().gt(0).lt(1).optional(),
  /** Epochs on the target alone after the joint ones. */
  fineTune: z
    .strictObject({ epochs: whole(1), patience: whole(1).optional(), optimizer: optimizer.optional() })
    .optional(),
});

const neural = z.strictObject({
  model: z.literal('neural'),
  /** See `NeuralConfig` of `@cognate/tagger/neural`, which checks it: a recipe is read without loading TensorFlow.js. */
  network: z.record(z.string(), z.unknown()).default({}),
  training: training.prefault({}),
});

const linear = z.strictObject({
  model: z.literal('linear'),
  /** Feature templates, by name. */
  templates: z.array(z.string()).min(1).optional(),
  /** Scheme to train and decode in. */
  scheme: z.enum(['IOB2', 'BIOES']).optional(),
  /** Each feature once more conjoined with its language, where there are sources. */
  augment: z.boolean().default(true),
  targetRepeat: whole(1).default(1),
  /** CRFsuite's parameters of lbfgs. */
  params: z
    .strictObject({
      c1: z.number().min(0).default(defaultParams.c1),
      c2: z.number().min(0).default(defaultParams.c2),
      max_iterations: whole(1).default(defaultParams.max_iterations),
    })
    .prefault({}),
});

const recipe = z.discriminatedUnion('model', [linear, neural]);

/** How to train a linear tagger. */
export type LinearRecipe = z.output<typeof linear>;

/** How to train a neural tagger: its network, and the training. */
export type NeuralRecipe = Omit<z.output<typeof neural>, 'network'> & { readonly network: NeuralConfigInput };

/** How to train a tagger: plain data, as a configuration file has it. */
export type Recipe = LinearRecipe | NeuralRecipe;

/** A recipe is not what it should be; the message names the field and what it may be. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
}

/**
 * Checks a recipe of any origin, as from YAML or JSON, and completes it.
 *
 * @throws RecipeError with the path of every field that is wrong and what it may be
 */
export function readRecipe(value: unknown): Recipe {
  const result = recipe.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.') || 'the recipe'}: ${message}`,
    );
    throw new RecipeError(problems.join('; '));
  }
  return result.data;
}

/** The schema of recipes as JSON Schema, for editors. */
export const recipeJsonSchema = (): unknown => z.toJSONSchema(recipe, { io: 'input' });
