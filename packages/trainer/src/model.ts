import type { computeGradients, ParameterSet, RandomStream } from '@cognate/nn';

/** A scalar of tfjs. */
export type Scalar = ReturnType<Parameters<typeof computeGradients>[1]>;

/** What a loss may use beside the batch. */
export interface LossContext {
  /** For dropout and the like: depends on the seed, the step and the part of the batch, and on nothing else. */
  readonly random: RandomStream;
}

/** A network that can be trained; any class that has these members is one. */
export interface TrainableModel<Example> {
  /** What training changes. */
  readonly parameters: ParameterSet;
  /** What beside them decides losses and tags, by name, fit for JSON: a run goes on from a checkpoint only where it is the same. */
  readonly description?: Readonly<Record<string, unknown>>;
  /** In tokens: batches are of sentences of like length, and threads get about as many tokens each. */
  length(example: Example): number;
  /**
   * The SUM of -log p over the examples, all of one language, made of operations that tfjs can differentiate. Reads its
   * parameters by `parameters.tensor` and by the lookups of `@cognate/nn`.
   */
  batchLoss(batch: readonly Example[], context: LossContext): Scalar;
  /** The best tags of each example, without dropout. Only needed for development data. */
  decode(batch: readonly Example[]): readonly (readonly string[])[];
}
