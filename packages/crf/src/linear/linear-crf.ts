import { logPartition, marginals } from '../lattice/forward-backward.js';
import { kBest } from '../lattice/k-best.js';
import { prepareTransitions, type PreparedTransitions } from '../lattice/prepared-transitions.js';
import { scoreTags } from '../lattice/score-tags.js';
import { spanMarginals } from '../lattice/span-marginals.js';
import type { Constraints, Lattice, PreparedLattice, SpanPattern } from '../lattice/types.js';
import { viterbi } from '../lattice/viterbi.js';
import { inputError, type Attributes, type Place } from './attributes.js';
import type { Sequence } from './corpus.js';
import { merge, mergeStatistics, patch, prune, type MergeStatistics, type WeightEdit } from './edit.js';
import { CrfInputError, show } from './errors.js';
import { readCrfsuiteModel, type CrfsuiteFileOptions } from './file/crfsuite-file.js';
import { writeCrfsuiteModel } from './file/crfsuite-writer.js';
import { readModel } from './file/model-file.js';
import { writeModel } from './file/model-writer.js';
import {
  topWeights,
  weightStatistics,
  type FeatureWeight,
  type TopWeightsOptions,
  type WeightStatistics,
} from './inspect.js';
import type { KernelName } from './kernel/kernel.js';
import type { Algorithm } from './params.js';
import type { TrainOptions } from './train-options.js';
import type { SequenceSource, StreamOptions } from './stream/stream-options.js';
import { predictAll, type AttributeSource, type PredictAllOptions } from './tagging/predict-all.js';
import { FileMemory } from './tagging/memory.js';
import { taggerOf, type Tagger } from './tagging/tagger.js';
import type { ModelWeights } from './weights.js';

/** A tagging with its score and its probability. */
export interface RankedTags {
  readonly tags: string[];
  readonly score: number;
  readonly probability: number;
}

/** The weights of one attribute. */
export interface StateRow {
  /** [weights]: the tag of each, by number, rising. */
  readonly tags: Uint16Array;
  /** [weights], finite. */
  readonly weights: Float64Array;
}

/**
 * A linear-chain conditional random field over sparse attributes:
 * p(tags | attributes) ∝ exp Σ_t (Σ_a value_a(t) · w[a, tag_t] + w[tag_{t-1}, tag_t]).
 *
 * A model does not change after it was made. Attributes that it does not know are ignored.
 */
export class LinearCrf {
  #weights: ModelWeights;
  #taggerOnce: Tagger | undefined;
  #prepared: PreparedTransitions | undefined;
  #tagIds: ReadonlyMap<string, number> | undefined;

  private constructor(weights: ModelWeights) {
    this.#weights = weights;
    this.tags = Object.freeze([...weights.tags]);
  }

  /** What finds attributes and tags: WebAssembly with SIMD where the host runs it, else plain TypeScript. */
  get kernel(): KernelName {
    return this.#tagger.kernel;
  }

  /** The tags; a tag's place here is its number in lattices, marginals, constraints and spans. */
  readonly tags: readonly string[];

  /**
   * Trains a model. The data is read once, as a stream, and kept as numbers; sequences without a token are skipped. The same
   * data and parameters give the same model, to the bit, on the same JavaScript engine.
   *
   * @throws CrfInputError (as a rejection) for a sequence that is none (with its number and token), no data, an unknown
   *   parameter or a wrong value; CheckpointError where a checkpoint does not fit the training; RangeError where the loss or a weight
   *   ceases to be finite; the signal's reason after an abort.
   */
  static async train<A extends Algorithm = 'lbfgs'>(
    data: Iterable<Sequence> | AsyncIterable<Sequence>,
    options: TrainOptions<A> = {},
  ): Promise<LinearCrf> {
    const { initial } = options;
    // Anything else is refused with the other options.
    const weights = initial instanceof LinearCrf ? initial.#weights : undefined;
    // Pages that only tag need not load what trains.
    const { train } = await import('./train.js');
    return new LinearCrf(await train(data, options, weights));
  }

  /**
   * Trains a model on sequences that are read batch by batch and never kept: memory holds the model, one batch and what the source
   * itself holds. `source` is an iterable or async iterable, for one epoch, or a function that gives one for each epoch. The same
   * sequences in the same order give the same model, to the bit, on the same JavaScript engine.
   *
   * The optimiser is AdaGrad with one rate for the weights of an attribute, as with the algorithm `adagrad`, in the order of the
   * source; features are those that came.
   *
   * @throws CrfInputError (as a rejection) as `train` does; RangeError where the loss ceases to be finite.
   */
  static async trainStream(
    source: SequenceSource | (() => SequenceSource | Promise<SequenceSource>),
    options: StreamOptions = {},
  ): Promise<LinearCrf> {
    const { initial } = options;
    const weights = initial instanceof LinearCrf ? initial.#weights : undefined;
    const { trainStream } = await import('./stream/train-stream.js');
    return new LinearCrf(await trainStream(source, options, weights));
  }

  /**
   * A model of the weights of several, each times its share (default: equal shares that add up to 1). It has the tags and
   * attributes of all; where a model lacks a feature, its weight there is 0.
   *
   * @throws CrfInputError for shares that do not fit, or with which a weight ceases to be finite.
   */
  static merge(
    models: readonly LinearCrf[],
    options: { readonly shares?: readonly number[] | undefined } = {},
  ): LinearCrf {
    return new LinearCrf(merge(LinearCrf.#weightsOf(models), options.shares));
  }

  /** What models have in common, and where their weights point in different directions. */
  static mergeStatistics(models: readonly LinearCrf[]): MergeStatistics {
    return mergeStatistics(LinearCrf.#weightsOf(models));
  }

  /**
   * Room for a model file of so many bytes, all 0, where the model will be used: once they are filled, `fromBytes` reads them without
   * a copy. For programs that read a file piece by piece; where the host has no WebAssembly, bytes like any others.
   *
   * @throws RangeError for a length that no array can have
   */
  static allocate(length: number): Uint8Array<ArrayBuffer> {
    if (!(Number.isSafeInteger(length) && length >= 0))
      throw new RangeError(`expected a number of bytes, got ${show(length)}`);
    return FileMemory.allocate(length);
  }

  /**
   * Reads a model that `toBytes` gave. The bytes may become part of the model: they must not be changed afterwards, and those that
   * `allocate` gave cannot be used any more.
   *
   * @throws ModelFileError for a file that is damaged or none of these.
   */
  static fromBytes(bytes: Uint8Array): LinearCrf {
    return new LinearCrf(readModel(bytes));
  }

  /** Reads a model file that CRFsuite wrote. @throws ModelFileError for a file that is damaged or none of these. */
  static fromCrfsuite(bytes: Uint8Array, options?: CrfsuiteFileOptions): LinearCrf {
    return new LinearCrf(readCrfsuiteModel(bytes, options));
  }

  /** The model as a file; the README has the format. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return writeModel(this.#weights);
  }

  /**
   * The model as a file that CRFsuite reads and tags with as this one does. Names are written as UTF-8.
   *
   * @throws CrfInputError for a name that holds U+0000 or half a surrogate pair.
   */
  toCrfsuite(): Uint8Array<ArrayBuffer> {
    return writeCrfsuiteModel(this.#weights);
  }

  /** The most probable tags, one a token. @throws NoPathError where the constraints allow none. */
  predict(attributes: readonly Attributes[], constraints?: Constraints): string[] {
    return this.#predict(attributes, constraints);
  }

  /**
   * The most probable tags of each sequence, one array a sequence, in the order of the source and the same that `predict` gives. The
   * source is read as results are asked for. Large inputs are tagged by several threads where the host has them; these end when the
   * iteration does, whether it is at its end, left early, aborted or failed.
   *
   * @throws CrfInputError (from the iteration) for attributes that are none, with the number of the sequence, once all before it have
   *   come; the signal's reason after an abort; what the source throws.
   */
  predictAll(
    sequences: AttributeSource,
    options: PredictAllOptions = {},
  ): AsyncGenerator<string[], void, undefined> {
    const { memory } = this.#tagger;
    const predict = (sequence: readonly Attributes[], index: number) =>
      this.#predict(sequence, undefined, index);
    return predictAll({ tags: this.tags, memory, predict }, sequences, options);
  }

  /**
   * The `k` most probable taggings, best first; fewer if there are not so many. With constraints, probabilities are
   * those among the taggings allowed.
   */
  kBest(attributes: readonly Attributes[], k: number, constraints?: Constraints): RankedTags[] {
    const lattice = this.#lattice(attributes);
    const paths = kBest(lattice, k, constraints);
    const total = logPartition(lattice, constraints);
    return paths.map(({ tags, score }) => ({
      tags: this.#names(tags),
      score,
      probability: probabilityOf(score, total),
    }));
  }

  /** [t * tags + tag]: the probability of each tag at each token. */
  marginals(attributes: readonly Attributes[], constraints?: Constraints): Float64Array {
    return marginals(this.#lattice(attributes), constraints);
  }

  /** [spans]: the probability of each span, that is, of its tags standing where it says. */
  spanMarginals(
    attributes: readonly Attributes[],
    spans: readonly SpanPattern[],
    constraints?: Constraints,
  ): Float64Array {
    return spanMarginals(this.#lattice(attributes), spans, constraints);
  }

  /** The sum of the weights of a tagging. @throws CrfInputError for a tag that the model has not. */
  score(attributes: readonly Attributes[], tags: readonly string[]): number {
    return scoreTags(this.#lattice(attributes), this.#ids(tags, attributes.length));
  }

  /** log Σ exp(score) over all taggings. */
  logPartition(attributes: readonly Attributes[], constraints?: Constraints): number {
    return logPartition(this.#lattice(attributes), constraints);
  }

  /** The probability of a tagging. @throws CrfInputError for a tag that the model has not. */
  probability(attributes: readonly Attributes[], tags: readonly string[]): number {
    const lattice = this.#lattice(attributes);
    return probabilityOf(scoreTags(lattice, this.#ids(tags, attributes.length)), logPartition(lattice));
  }

  /** The scores of all taggings, for the lattice functions. A copy: the model stays as it is. */
  lattice(attributes: readonly Attributes[]): Lattice {
    const emissions = this.#emissions(attributes);
    return {
      length: attributes.length,
      numTags: this.tags.length,
      emissions,
      transitions: this.#weights.transitions.slice(),
    };
  }

  /** The number of a tag, or -1. */
  tagId(tag: string): number {
    this.#tagIds ??= new Map(this.tags.map((name, id) => [name, id]));
    return this.#tagIds.get(tag) ?? -1;
  }

  /**
   * The number of an attribute in this model, or -1 where it has no weights. The name may come in two parts, `attributeId('word=', word)`, which
   * is quicker than to join them.
   */
  attributeId(attribute: string, rest = ''): number {
    // A pair of surrogates is one character, however it comes.
    const isCut = rest !== '' && isHighSurrogate(attribute.charCodeAt(attribute.length - 1));
    return isCut ? this.#tagger.find(attribute + rest) : this.#tagger.find(attribute, rest);
  }

  /**
   * The weights of an attribute by its number, for programs that look an attribute up once and score it often: `emissions[t * tags + tags[i]] +=
   * weights[i]` for each attribute of token `t`, in order, gives what `lattice` gives. Views of the model, to be read only.
   *
   * @throws RangeError for a number that is none
   */
  stateRow(attributeId: number): StateRow {
    // In the form that tags, attributes may have other numbers than before.
    this.#pack();
    const { rowOffsets, rowTags, stateWeights } = this.#weights;
    const last = rowOffsets.length - 2;
    if (!(Number.isInteger(attributeId) && attributeId >= 0 && attributeId <= last))
      throw new RangeError(`expected the number of an attribute, 0 to ${last}, got ${show(attributeId)}`);
    const start = rowOffsets[attributeId];
    const end = rowOffsets[attributeId + 1];
    return { tags: rowTags.subarray(start, end), weights: stateWeights.subarray(start, end) };
  }

  /** The weight of an attribute for a tag; 0 if there is none. */
  stateWeight(attribute: string, tag: string): number {
    const id = this.attributeId(attribute);
    if (id < 0) return 0;
    const { tags, weights } = this.stateRow(id);
    const at = tags.indexOf(this.tagId(tag));
    return at < 0 ? 0 : weights[at];
  }

  /** The weight of tag `to` directly after `from`; 0 if there is none. */
  transitionWeight(from: string, to: string): number {
    const fromId = this.tagId(from);
    const toId = this.tagId(to);
    return fromId < 0 || toId < 0 ? 0 : this.#weights.transitions[fromId * this.tags.length + toId];
  }

  /** The names of the attributes that have weights, in no particular order: their places here are not their numbers. */
  *attributeNames(): IterableIterator<string> {
    const { attributes } = this.#weights;
    for (let id = 0; id < attributes.size; id++) yield attributes.at(id);
  }

  /** The weights that matter most, of all or of one kind, tag or attribute. */
  topWeights(options: TopWeightsOptions = {}): FeatureWeight[] {
    return topWeights(this.#weights, options);
  }

  /** How many weights there are, and how large. */
  statistics(): WeightStatistics {
    return weightStatistics(this.#weights);
  }

  /** A model without the weights whose size is below `threshold`, and without attributes that have no others. */
  prune(threshold: number): LinearCrf {
    return new LinearCrf(prune(this.#weights, threshold));
  }

  /**
   * A model with some weights replaced, `{ attribute, tag, weight }` or `{ from, to, weight }`; weight 0 takes a feature out.
   * Attributes may be new, tags may not.
   *
   * @throws CrfInputError with the number of the edit that is none.
   */
  patch(edits: Iterable<WeightEdit>): LinearCrf {
    return new LinearCrf(patch(this.#weights, edits));
  }

  #predict(attributes: readonly Attributes[], constraints?: Constraints, sequence?: number): string[] {
    const place = checked(attributes, sequence);
    const best = constraints === undefined ? this.#tagger.best(attributes, place) : undefined;
    if (best === undefined)
      return this.#names(viterbi(this.#lattice(attributes, sequence), constraints).tags);
    const tags = new Array<string>(attributes.length);
    for (let t = 0; t < tags.length; t++) tags[t] = this.tags[best[t]];
    return tags;
  }

  static #weightsOf(models: readonly LinearCrf[]): ModelWeights[] {
    return Array.from(models, (model: unknown, i) => {
      if (model instanceof LinearCrf) return model.#weights;
      throw new CrfInputError(`models[${i}]: expected a LinearCrf, got ${show(model)}`);
    });
  }

  #lattice(attributes: readonly Attributes[], sequence?: number): PreparedLattice {
    const emissions = this.#emissions(attributes, sequence);
    const { transitions } = this.#weights;
    this.#prepared ??= prepareTransitions({ numTags: this.tags.length, transitions });
    return { length: attributes.length, emissions, transitions: this.#prepared };
  }

  /** [t * tags + tag]: the state scores. */
  #emissions(tokens: readonly Attributes[], sequence?: number): Float64Array {
    return this.#tagger.emissions(tokens, checked(tokens, sequence));
  }

  get #tagger(): Tagger {
    return this.#pack();
  }

  /** Makes the tagger when it is first needed. */
  #pack(): Tagger {
    if (this.#taggerOnce === undefined) {
      const { tagger, weights } = taggerOf(this.#weights);
      this.#taggerOnce = tagger;
      this.#weights = weights;
    }
    return this.#taggerOnce;
  }

  #names(tags: Int32Array): string[] {
    return Array.from(tags, (tag) => this.tags[tag]);
  }

  #ids(tags: readonly string[], length: number): Int32Array {
    const place: Place = { source: 'tags', sequence: undefined, position: undefined };
    const given: unknown = tags;
    if (!Array.isArray(given) || given.length !== length) {
      const got = Array.isArray(given) ? `${given.length}` : show(given);
      throw inputError(place, `one tag for each of ${length} tokens`, got);
    }
    return Int32Array.from(tags, (tag, t) => {
      const id = this.tagId(tag);
      if (id >= 0) return id;
      place.position = t;
      throw inputError(place, `a tag of the model (${this.tags.join(', ')})`, show(tag));
    });
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** exp(score - total); rounding does not lift it above 1. */
const probabilityOf = (score: number, total: number): number => Math.min(1, Math.exp(score - total));

/** The place of tokens for messages, once they are known to be an array. */
function checked(tokens: readonly Attributes[], sequence?: number): Place {
  const given: unknown = tokens;
  const place: Place = { source: 'attributes', sequence, position: undefined };
  if (!Array.isArray(given))
    throw inputError(place, 'an array with the attributes of each token', show(given));
  return place;
}
