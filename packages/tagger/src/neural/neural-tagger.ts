import type { PreparedLattice } from '@cognate/crf';
import { crfLattices, crfNegLogLikelihood } from '@cognate/crf/tfjs';
import { ParameterSet, RandomStream } from '@cognate/nn';
import { allowedTransitions, type TransitionMask } from '@cognate/tag-scheme';
import { addN, tidy, zeros, type Scalar } from '@tensorflow/tfjs-core';
import { TaggerError, shown } from '../errors.js';
import { LatticeTagger, type LatticeInput, type LatticeOptions } from '../lattice-tagger.js';
import { readLanguage, type TrainingSentence, type TrainingSentences } from '../linear/options.js';
import { checkTokens } from '../linear/training-data.js';
import type { ModelFiles } from '../model/files.js';
import {
  defineNeural,
  goldTags,
  languageNumber,
  networkTags,
  readFacts,
  readVectors,
  undetermined,
  type Facts,
  type NeuralDefinition,
  type NeuralModelConfig,
  type NeuralOptions,
} from './definition.js';
import { Network, type NetworkSentence } from './network.js';
import { neuralFiles, readNeuralFiles } from './neural-files.js';

/** Where a tagger's numbers are kept and come from. */
export interface NeuralSetting {
  /** The set to which the network adds its parameters: a new one unless told. One whose values are shared with other threads, say. */
  readonly parameters?: ParameterSet | undefined;
  /** Of the initial values; any whole number. Default 1. */
  readonly seed?: number | undefined;
}

/** Tokens that go through the network together when it tags: bounds its memory, whatever the length of the input. */
const tokensAtOnce = 2048;

/**
 * A tagger made of a neural network under a CRF: characters and words of each sentence through a bidirectional LSTM to scores of tags, after
 * Cotterell and Duh 2017. Sequences of tags that break the scheme are never predicted; the score of an entity is its probability
 * among the sequences that do not.
 *
 * `create` gives one that is not trained. It is what `train` of `@cognate/trainer` takes as a model.
 *
 * A backend of TensorFlow.js has to be set before it is used: `await selectBackend()` of `@cognate/nn`.
 */
export class NeuralTagger extends LatticeTagger {
  readonly type = 'neural';
  readonly labels: readonly string[];
  readonly language: string | undefined;
  readonly languages: readonly string[];
  /** The parameters of the network, by name. */
  readonly parameters: ParameterSet;
  /** What beside the parameters decides losses and tags, by name. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly #definition: NeuralDefinition;
  readonly #network: Network;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #mask: TransitionMask;
  #facts: Facts;

  /**
   * A tagger of a definition, `tagger.definition` of another one, with new numbers unless the set of parameters has them: the way to
   * the same network on another thread.
   */
  constructor(definition: NeuralDefinition, setting: NeuralSetting = {}) {
    const { parameters = new ParameterSet(), seed = 1 } = setting;
    const { config, inventory } = definition;
    const { languages, network } = config;
    super({ tags: networkTags(config), scheme: network.scheme, tagScheme: config.tagScheme });
    this.#definition = definition;
    this.#facts = config.training.facts;
    this.labels = config.labels;
    this.language = config.language === undetermined ? undefined : config.language;
    this.languages = languages.filter((code) => code !== undetermined);
    this.parameters = parameters;
    this.description = { ...network, languages, tags: this.tags };
    const plan = { config: network, inventory, languages, numTags: this.tags.length };
    this.#network = new Network(plan, parameters, new RandomStream(seed));
    this.#numbers = new Map(this.tags.map((tag, number) => [tag, number]));
    this.#mask = allowedTransitions(this.tags, network.scheme);
  }

  /**
   * A tagger for the words, characters, labels and languages of some sentences; its network is not trained. Reads the sentences once, one at a
   * time.
   *
   * @param sentences of the target language and of any number of others
   * @throws TaggerError (as a rejection) for sentences or options that do not fit, with their place
   */
  static async create(
    sentences: TrainingSentences,
    options: NeuralOptions & NeuralSetting = {},
  ): Promise<NeuralTagger> {
    const definition = await defineNeural(sentences, options);
    const tagger = new NeuralTagger(definition, options);
    const { languages, network } = definition.config;
    for (const [code, { vectors }] of readVectors(options.vectors ?? {}, languages, network))
      tagger.#setWords(languages.indexOf(code), vectors);
    return tagger;
  }

  /**
   * Reads a tagger from the files that `toFiles` gave.
   *
   * @throws ModelFormatError for files that are damaged or do not fit together
   */
  static fromFiles(files: ModelFiles): NeuralTagger {
    return readNeuralFiles(files, (definition, parameters) => new NeuralTagger(definition, { parameters }));
  }

  /** All of the tagger but its numbers: plain data, which can be posted to a thread. */
  get definition(): NeuralDefinition {
    const { config, inventory } = this.#definition;
    return { config: { ...config, training: { ...config.training, facts: { ...this.#facts } } }, inventory };
  }

  /** What `config.json` holds: the network, languages, labels, and what it was trained on. */
  get config(): NeuralModelConfig {
    return this.definition.config;
  }

  /**
   * Notes how the tagger was trained (epochs, μ, scores on development data), for `config.json` and the model card. Adds to what is there.
   *
   * @throws TaggerError for what `config.json` cannot hold: a number that is not finite, say
   */
  note(facts: Facts): void {
    this.#facts = { ...this.#facts, ...readFacts(facts) };
  }

  /** `config.json`, `model.safetensors` and a model card, `README.md`. */
  toFiles(): ModelFiles {
    return neuralFiles(this.definition, this.parameters);
  }

  /** Gives back the tensors that the tagger keeps. Its numbers stay, and it can be used again. */
  dispose(): void {
    this.parameters.dispose();
  }

  /** Of a training sentence, in tokens. */
  length({ tokens }: TrainingSentence): number {
    return tokens.length;
  }

  /**
   * The sum of -log p(tags | tokens) over training sentences, with dropout: what training makes small. Sentences may be of several languages;
   * those without a token add nothing.
   *
   * @param context.random where dropout draws from
   * @throws TaggerError for a sentence that does not fit, with its place in the batch
   */
  batchLoss(batch: readonly TrainingSentence[], { random }: { readonly random: RandomStream }): Scalar {
    const { config } = this.#definition;
    const read = batch.flatMap((sentence, index) => {
      try {
        const { tokens, tags, language } = sentence;
        checkTokens(tokens, 'tokens');
        if (tags?.length !== tokens.length)
          throw new TaggerError(`expected ${tokens.length} tags, got ${tags ? tags.length : shown(tags)}`);
        if (tokens.length === 0) return [];
        const gold = goldTags(tags, this.#numbers, config);
        return [{ tokens, gold, language: this.#languageNumber(language) }];
      } catch (error) {
        throw new TaggerError(
          `sentence ${index} of the batch: ${error instanceof Error ? error.message : String(error)}`,
          {
            cause: error,
          },
        );
      }
    });
    if (read.length === 0) throw new TaggerError('expected a batch with at least one token, got none');
    return tidy(() => {
      const losses = this.#groups(read).map((group, index) => {
        const emissions = this.#network.emissions(group, random.fork(`group ${index}`));
        const lengths = group.map(({ tokens }) => tokens.length);
        const gold = group.flatMap((sentence) => sentence.gold);
        return crfNegLogLikelihood(emissions, lengths, this.#network.transitions(group[0].language), gold);
      });
      return losses.length === 1 ? losses[0] : addN(losses);
    });
  }

  /** Runs of sentences that share all parts of the network, in order. */
  #groups<T extends NetworkSentence>(sentences: readonly T[]): T[][] {
    const groups: T[][] = [];
    for (const sentence of sentences) {
      const group = groups.find(([first]) => this.#network.sameParts(first.language, sentence.language));
      if (group) group.push(sentence);
      else groups.push([sentence]);
    }
    return groups;
  }

  protected scored(
    sentences: readonly LatticeInput[],
    { rules = 'enforced' }: LatticeOptions = {},
  ): PreparedLattice[] {
    const lattices = new Array<PreparedLattice>(sentences.length);
    const numbered = sentences.map(({ tokens, language }, index) => ({
      tokens,
      language: this.#languageNumber(language),
      index,
    }));
    for (const group of this.#groups(numbered)) {
      // Sentences of like length go together: the LSTM then has many of them at every step.
      group.sort((a, b) => b.tokens.length - a.tokens.length || a.index - b.index);
      for (const batch of cut(group)) {
        tidy(() => {
          // A sentence without a token has a lattice all the same, and no part in the network.
          const full = batch.filter(({ tokens }) => tokens.length > 0);
          const found = crfLattices(
            full.length > 0 ? this.#network.emissions(full, undefined) : zeros([0, this.tags.length]),
            batch.map(({ tokens }) => tokens.length),
            this.#network.transitions(batch[0].language),
            rules === 'enforced' ? { mask: this.#mask } : {},
          );
          found.forEach((lattice, k) => (lattices[batch[k].index] = lattice));
        });
      }
    }
    return lattices;
  }

  #languageNumber(language: string | undefined): number {
    const code = language === undefined ? undefined : readLanguage(language, 'language');
    return languageNumber(this.#definition.config, code);
  }

  #setWords(language: number, vectors: ReadonlyMap<string, Float32Array>): void {
    const { values, shape } = this.parameters.get('words');
    for (const [word, vector] of vectors) {
      const row = this.#network.wordRow(word, language);
      if (row !== undefined) values.set(vector, row * shape[1]);
    }
    this.parameters.touch();
  }
}

/** Batches of so many tokens at most, or of one sentence. */
function cut<T extends NetworkSentence>(sentences: readonly T[]): T[][] {
  const batches: T[][] = [];
  let tokens = Infinity;
  for (const sentence of sentences) {
    const { length } = sentence.tokens;
    if (tokens + length > tokensAtOnce) {
      batches.push([]);
      tokens = 0;
    }
    batches[batches.length - 1].push(sentence);
    tokens += length;
  }
  return batches;
}
