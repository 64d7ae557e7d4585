import { defaultParams, FeatureExtractor, neuralConfigSchema, TaggerError } from '@cognate/tagger';
import { z } from 'zod';
import { checkSchema, describeProblem, type SchemaProblem } from './schema/check-schema.js';

const whole = (least: number) => z.int().min(least);
const above = z.number().gt(0);
/** The most that `@cognate/trainer` takes. */
const mu = z.number().min(0).max(1e6);

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
  epochs: whole(1)
    .default(100)
    .describe("Most epochs; an epoch has the target's sentences `targetRepeat` times and each source's once"),
  patience: whole(1)
    .optional()
    .describe('Stops after so many epochs without a better score on the development corpus'),
  mu: z
    .union([mu, z.record(z.string(), mu)])
    .default(1)
    .describe('What a sentence of a source counts: one number, or one for each language; 1 unless told'),
  targetRepeat: whole(1).default(1).describe('How often an epoch has each sentence of the target'),
  sourceTokens: whole(1)
    .optional()
    .describe(
      'Most tokens of all sources together, which bounds the time; each source gives the same share of its sentences, drawn by the seed',
    ),
  batch: whole(1).default(16).describe('Sentences of a batch'),
  pool: whole(1)
    .default(50)
    .describe(
      'Batches whose sentences are sorted by length before they are cut, which saves work; 1 = wholly random order',
    ),
  languages: z
    .enum(['separate', 'mixed'])
    .default('separate')
    .describe('Whether a batch is of one language or of all'),
  optimizer: optimizer.prefault({ name: 'adadelta' }).describe('The optimiser and its learning rate'),
  learningRateDecay: learningRateDecay
    .optional()
    .describe('What becomes of the learning rate; it stays unless told'),
  clipNorm: above.optional().describe('Longest gradient of a step'),
  averageDecay: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('Averages the weights over the steps, with this decay'),
  fineTune: z
    .strictObject({ epochs: whole(1), patience: whole(1).optional(), optimizer: optimizer.optional() })
    .optional()
    .describe('Epochs on the target alone after the joint ones'),
});

const neural = z.strictObject({
  model: z.literal('neural').describe('A neural CRF'),
  network: neuralConfigSchema
    .superRefine(({ characters, words, shapes, features }, context) => {
      if (characters.kind === 'none' && words.size === 0 && shapes.size === 0)
        context.addIssue('expected characters, words or shapes as input, got none of them');
      checkTemplates(features.templates, ['features', 'templates'], context);
    })
    .prefault({})
    .describe('The parts of the network, their sizes, what languages share, dropout'),
  training: training.prefault({}).describe('How the network is trained'),
});

const linear = z.strictObject({
  model: z.literal('linear').describe('A linear-chain CRF over feature templates'),
  templates: z
    .array(z.string())
    .min(1)
    .superRefine((templates, context) => checkTemplates(templates, [], context))
    .optional()
    .describe('Feature templates, by name; `cognate info` lists them'),
  scheme: z.enum(['IOB2', 'BIOES']).optional().describe('Scheme to train and decode in; IOB2 unless told'),
  augment: z
    .boolean()
    .default(true)
    .describe('Each feature once more conjoined with its language, where there are sources'),
  targetRepeat: whole(1).default(1).describe('How often each sentence of the target counts'),
  params: z
    .strictObject({
      c1: z.number().min(0).default(defaultParams.c1).describe('L1 regularisation'),
      c2: z.number().min(0).default(defaultParams.c2).describe('L2 regularisation'),
      max_iterations: whole(1).default(defaultParams.max_iterations).describe('Most iterations of L-BFGS'),
    })
    .prefault({})
    .describe("CRFsuite's parameters of lbfgs"),
});

function checkTemplates(templates: readonly string[], path: string[], context: z.RefinementCtx): void {
  if (templates.length === 0) return;
  try {
    new FeatureExtractor(templates, false);
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    context.addIssue({ code: 'custom', path, message: error.message.replace(/^templates: /u, '') });
  }
}

const member = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/u, 'expected lower-case letters, digits and "-"')
    .describe('What the member is called'),
  weight: above.default(1).describe('What its scores count for beside those of the others'),
  copies: whole(0)
    .max(20)
    .default(1)
    .describe('So many taggers of this recipe, each with a seed of its own; 0 leaves the member out'),
  recipe: z.discriminatedUnion('model', [linear, neural]).describe('How the member is trained'),
});

const ensemble = z.strictObject({
  model: z.literal('ensemble').describe('Several taggers, whose probabilities are averaged'),
  members: z
    .array(member)
    .min(1)
    .max(20)
    .superRefine((members, context) => {
      if (members.every(({ copies }) => copies === 0))
        context.addIssue('expected a member that has copies, got none');
      members.forEach(({ name }, index) => {
        if (members.findIndex((other) => other.name === name) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: `expected a name of its own, got ${name} again`,
          });
      });
    })
    .describe('Its taggers'),
  selfTraining: z
    .strictObject({
      rounds: whole(1)
        .max(5)
        .default(1)
        .describe('How often the ensemble tags the text and its members are trained anew'),
    })
    .optional()
    .describe(
      'Where there are sentences of the target language without tags: members are trained on what an ensemble says of them, too',
    ),
});

const recipe = z.discriminatedUnion('model', [linear, neural, ensemble]);

/** How to train a linear tagger. */
export type LinearRecipe = z.output<typeof linear>;

/** How to train a neural tagger: its network, and the training. */
export type NeuralRecipe = z.output<typeof neural>;

/** How to train several taggers that are pooled. */
export type EnsembleRecipe = z.output<typeof ensemble>;

/** How to train a tagger: plain data, as a configuration file has it. */
export type Recipe = LinearRecipe | NeuralRecipe | EnsembleRecipe;

/** A recipe is not what it should be; the message names the fields and what they may be. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';

  /** @param problems all that is wrong */
  constructor(readonly problems: readonly SchemaProblem[]) {
    super(problems.map((problem) => describeProblem(problem, 'the recipe')).join('; '));
  }
}

/**
 * Checks a recipe of any origin, as from YAML or JSON, and completes it.
 *
 * @throws RecipeError with the path of every field that is wrong and what it may be
 */
export function readRecipe(value: unknown): Recipe {
  const result = checkSchema(recipe, value);
  if (!result.ok) throw new RecipeError(result.problems);
  return result.value;
}

/** The schema of recipes as JSON Schema (draft 7, which editors know best). */
export const recipeJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(recipe, { io: 'input', target: 'draft-7' }),
});
