import type { LinearCrf } from '@cognate/crf';
import {
  NoPathError,
  prepareTransitions,
  viterbi,
  type PreparedLattice,
  type PreparedTransitions,
} from '@cognate/crf';
import {
  allowedTransitions,
  convertTags,
  labelsOf,
  type Scheme,
  type TransitionMask,
} from '@cognate/tag-scheme';
import { distinctTaggings } from '../distinct-taggings.js';
import { entitiesOf, type DecodedSentence } from '../entities.js';
import type { Entity } from '../entity.js';
import type { FeatureExtractor } from '../features/extractor.js';
import type { OwnTemplate } from '../features/template.js';
import { readInputs, readSentencesToScore, readTokensToScore, type InputSentence } from '../input.js';
import type { LatticeInput, LatticeOptions } from '../lattice-tagger.js';
import type { LinearConfig } from '../model/config.js';
import type { ModelFiles } from '../model/files.js';
import type { RankedTagging, TaggerInput, TagOptions, Tagger } from '../tagger.js';
import { linearFiles, readLinearFiles } from './linear-files.js';
import type { LinearTrainOptions, TrainingSentences } from './options.js';
import { EmissionScorer } from './scoring/emission-scorer.js';
import { SpanPatterns } from './span-patterns.js';
import { trainLinear } from './train.js';

/** What a tagger is made of. */
export interface LinearParts {
  readonly crf: LinearCrf;
  readonly extractor: FeatureExtractor;
  readonly config: LinearConfig;
}

/**
 * A tagger made of feature templates and a linear-chain CRF. Sequences of tags that break the scheme are never predicted; the score of an
 * entity is its probability among the sequences that do not.
 */
export class LinearTagger implements Tagger {
  readonly type = 'linear';
  readonly labels: readonly string[];
  readonly language: string | undefined;
  readonly languages: readonly string[];
  /** The model inside, for its weights and everything else that a CRF can tell. */
  readonly crf: LinearCrf;
  /** What `config.json` holds: templates, scheme, and what the model was trained on. */
  readonly config: LinearConfig;
  readonly #extractor: FeatureExtractor;
  readonly #scheme: Scheme;
  readonly #mask: TransitionMask;
  readonly #patterns: SpanPatterns;
  #transitions: PreparedTransitions | undefined;
  #scorer: EmissionScorer | undefined;

  private constructor({ crf, extractor, config }: LinearParts) {
    this.crf = crf;
    this.config = config;
    this.labels = labelsOf(crf.tags);
    this.language = config.language;
    this.languages = config.languages;
    this.#extractor = extractor;
    this.#scheme = config.scheme;
    this.#mask = allowedTransitions(crf.tags, config.scheme);
    this.#patterns = new SpanPatterns(crf.tags, config.scheme);
  }

  /**
   * Trains a tagger. The same sentences and options give the same model.
   *
   * @param sentences of the target language and of any number of others
   * @throws TaggerError (as a rejection) for sentences or options that do not fit, with their place; CheckpointError of `@cognate/crf` where
   *   a checkpoint is of another training
   */
  static async train(sentences: TrainingSentences, options: LinearTrainOptions = {}): Promise<LinearTagger> {
    return new LinearTagger(await trainLinear(sentences, options));
  }

  /**
   * Reads a tagger from the files that `toFiles` gave.
   *
   * @param options.templates the own templates that it was trained with, if any
   * @throws ModelFormatError for files that are damaged or do not fit together; TaggerError where an own template is missing
   */
  static fromFiles(
    files: ModelFiles,
    options: { readonly templates?: readonly OwnTemplate[] } = {},
  ): LinearTagger {
    return new LinearTagger(readLinearFiles(files, options.templates ?? []));
  }

  /** `config.json`, `model.crf` and a model card, `README.md`. */
  toFiles(): ModelFiles {
    return linearFiles({ crf: this.crf, extractor: this.#extractor, config: this.config });
  }

  tag(input: TaggerInput, options: TagOptions = {}): Entity[] {
    return this.tagBatch([input], options)[0];
  }

  tagBatch(inputs: readonly TaggerInput[], options: TagOptions = {}): Entity[][] {
    return readInputs(inputs, options, this.language).map(({ source, language, sentences }) =>
      sentences.flatMap((sentence) => this.#entities(sentence, source, language)),
    );
  }

  predictTags(tokens: readonly string[], options: TagOptions = {}): string[] {
    const sentence = readTokensToScore(tokens, options, this.language);
    return this.#given(this.#decode(sentence.tokens, sentence.language).tags);
  }

  /** The `k` most probable taggings of a sentence, best first, with their probabilities; all valid in the scheme. */
  kBest(tokens: readonly string[], k: number, options: TagOptions = {}): RankedTagging[] {
    const attributes = this.attributes(tokens, options);
    return distinctTaggings(k, this.tagScheme, (count) =>
      this.crf
        .kBest(attributes, count, this.#mask)
        .map(({ tags, probability }) => ({ tags: this.#given(tags), probability })),
    );
  }

  /** The attributes that the model sees of each token: what `crf.topWeights` names. */
  attributes(tokens: readonly string[], options: TagOptions = {}): string[][] {
    const sentence = readTokensToScore(tokens, options, this.language);
    return this.#extractor.extract(sentence.tokens, sentence.language);
  }

  /** The tags of the lattices in the order of their numbers. */
  get tags(): readonly string[] {
    return this.crf.tags;
  }

  /** The scheme of `tags`. */
  get scheme(): Scheme {
    return this.#scheme;
  }

  /** The scheme of the training data, and of what `predictTags` gives. */
  get tagScheme(): Scheme {
    return this.config.tagScheme;
  }

  /** The scores of all taggings of each sentence, in the numbers of `tags` and under the rules of the scheme, unless these are lifted. */
  lattices(
    sentences: readonly LatticeInput[],
    { rules = 'enforced' }: LatticeOptions = {},
  ): PreparedLattice[] {
    return readSentencesToScore(sentences, this.language).map(({ tokens, language }) => {
      const lattice = this.#lattice(tokens, language);
      return rules === 'enforced' ? lattice : this.#lifted(lattice);
    });
  }

  /** Tags in the scheme of the training data. */
  #given(tags: readonly string[]): string[] {
    return convertTags(tags, this.#scheme, this.config.tagScheme);
  }

  /** The best valid tags, and the lattice that they come from, until the next call. */
  #decode(tokens: readonly string[], language: string | undefined): DecodedSentence {
    let lattice = this.#lattice(tokens, language, true);
    let path: Int32Array;
    try {
      path = viterbi(lattice).tags;
    } catch (error) {
      // A model that has seen no O, and no tag for an entity of one token, has no valid tag for a sentence of one token.
      if (!(error instanceof NoPathError)) throw error;
      lattice = this.#lifted(lattice);
      path = viterbi(lattice).tags;
    }
    const tags = new Array<string>(path.length);
    for (let t = 0; t < tags.length; t++) tags[t] = this.crf.tags[path[t]];
    return { tags, lattice };
  }

  /** The scores of all taggings of a sentence, under the rules of the scheme; see `EmissionScorer` for `brief`. */
  #lattice(tokens: readonly string[], language: string | undefined, brief = false): PreparedLattice {
    this.#scorer ??= new EmissionScorer(this.crf, this.#extractor);
    this.#transitions ??= prepareTransitions(this.crf.lattice([]), this.#mask);
    const emissions = this.#scorer.emissions(tokens, language, brief);
    return { length: tokens.length, emissions, transitions: this.#transitions };
  }

  /** The lattice without the rules of the scheme. */
  #lifted(lattice: PreparedLattice): PreparedLattice {
    return { ...lattice, transitions: prepareTransitions(this.crf.lattice([])) };
  }

  #entities(sentence: InputSentence, source: string, language: string | undefined): Entity[] {
    const decoded = this.#decode(sentence.tokens, language);
    return entitiesOf(sentence, source, decoded, this.#scheme, this.#patterns);
  }
}
