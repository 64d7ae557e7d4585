import { CharEncoder, type CharEncoderConfig } from '@cognate/char-encoder';
import {
  concatColumns,
  dense,
  dropIds,
  dropout,
  embeddingLookup,
  glorot,
  lstm,
  lstmParameters,
  uniform,
  zeros,
  type LstmParameters,
  type ParameterSet,
  type RandomStream,
} from '@cognate/nn';
import type { CrfTransitions } from '@cognate/crf/tfjs';
import { add, tensor2d, zeros as zeroTensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { FeatureExtractor } from '../features/extractor.js';
import type { NeuralConfig } from './config.js';
import { FeatureRows } from './feature-rows.js';
import { shapeOf, type Inventory } from './inventory.js';
import { mergeTokens, type BatchWords } from './batch-words.js';
import { segmentSum } from './segment-sum.js';
import { WordRows } from './word-rows.js';

/** A sentence as the network takes it: at least one token, and the number of its language. */
export interface NetworkSentence {
  readonly tokens: readonly string[];
  readonly language: number;
}

/** What the network is made of beside its numbers. */
export interface NetworkPlan {
  readonly config: NeuralConfig;
  readonly inventory: Inventory;
  /** Codes of the languages, in the order of their numbers. */
  readonly languages: readonly string[];
  readonly numTags: number;
}

/** The parts after the word vectors, as one language uses them. */
interface LanguageParts {
  readonly encoder: CharEncoder | undefined;
  readonly sentence: LstmParameters;
  /** Names of parameters. */
  readonly hidden: { readonly weights: string; readonly bias: string };
  readonly output: string;
  readonly transitions: string;
  readonly start: string;
}

/**
 * The network of Cotterell and Duh 2017 with its variants:
 *
 *     w_i = [characters of word i; its own vector; ...]   s = BiLSTM(w)   e_i = O tanh(W [s_i; λ(language)] + b)
 *
 * Sentences of a batch stand row by row, without padding: `[sum of lengths, ...]`.
 */
export class Network {
  readonly parameters: ParameterSet;
  readonly #plan: NetworkPlan;
  readonly #words: WordRows | undefined;
  readonly #shapes: ReadonlyMap<string, number> | undefined;
  readonly #features: FeatureRows | undefined;
  /** `[language]`; languages that share everything have the same object. */
  readonly #parts: readonly LanguageParts[];

  /** Adds the network's parameters to the set. */
  constructor(plan: NetworkPlan, parameters: ParameterSet, random: RandomStream) {
    const { config, inventory, languages, numTags } = plan;
    this.parameters = parameters;
    this.#plan = plan;
    const table = (name: string, rows: number, columns: number) =>
      parameters.add(name, [rows, columns], uniform(random, Math.sqrt(3 / columns)), { sparse: true });

    const { words, shapes, features, characters, language } = config;
    if (words.size > 0) {
      this.#words = new WordRows(inventory, config);
      table('words', this.#words.count, words.size);
    }
    if (shapes.size > 0) {
      // Row 0 is for shapes that are not known.
      this.#shapes = new Map(inventory.shapes.map((shape, index) => [shape, index + 1]));
      table('shapes', inventory.shapes.length + 1, shapes.size);
    }
    if (features.templates.length > 0) {
      const extractor = new FeatureExtractor(features.templates, features.augment);
      this.#features = new FeatureRows(extractor, inventory.attributes, features.buckets);
      parameters.add('features', [this.#features.count, numTags], zeros(), { sparse: true });
    }
    if (language.size > 0) table('language', languages.length, language.size);

    const inputSize = (characters.kind === 'none' ? 0 : characters.size) + words.size + shapes.size;
    const encoder = part(plan, 'characterEncoder', 'characters', (prefix) => {
      const { kind, ...rest } = characters;
      if (kind === 'none') return undefined;
      const own: CharEncoderConfig = { ...rest, kind, alphabet: inventory.alphabet };
      return new CharEncoder(own, { parameters, prefix, random });
    });
    const sentence = part(plan, 'sentenceEncoder', 'sentence', (prefix) =>
      lstmParameters(
        parameters,
        prefix,
        { inputSize, hiddenSize: config.sentence.size, layers: config.sentence.layers, bidirectional: true },
        random,
      ),
    );
    const hidden = part(plan, 'output', 'hidden', (prefix) => {
      const names = { weights: `${prefix}.weights`, bias: `${prefix}.bias` };
      const rows = 2 * config.sentence.size + language.size;
      parameters.add(names.weights, [rows, config.hidden.size], glorot(random));
      parameters.add(names.bias, [config.hidden.size], zeros());
      return names;
    });
    const output = part(plan, 'output', 'output', (prefix) => {
      parameters.add(prefix, [config.hidden.size, numTags], glorot(random));
      return prefix;
    });
    const transitions = part(plan, 'transitions', 'transitions', (prefix) => {
      parameters.add(prefix, [numTags, numTags], zeros());
      return prefix;
    });
    const start = part(plan, 'transitions', 'start', (prefix) => {
      parameters.add(prefix, [numTags], zeros());
      return prefix;
    });
    this.#parts = languages.map((_, index) => ({
      encoder: encoder(index),
      sentence: sentence(index),
      hidden: hidden(index),
      output: output(index),
      transitions: transitions(index),
      start: start(index),
    }));
  }

  /** The row of a word in the table `words`, if it has one of its own. */
  wordRow(word: string, language: number): number | undefined {
    return this.#words?.own(word, this.#words.groupOf(language));
  }

  /** Whether sentences of these two languages can be in one batch. */
  sameParts(a: number, b: number): boolean {
    const { characterEncoder, sentenceEncoder, output, transitions } = this.#plan.config.share;
    return (
      a === b || [characterEncoder, sentenceEncoder, output, transitions].every((how) => how === 'shared')
    );
  }

  /** The scores of transitions as they stand, on the tape inside `computeGradients`. */
  transitions(language: number): CrfTransitions {
    const { transitions, start } = this.#parts[language];
    return { transitions: this.parameters.tensor(transitions), start: this.parameters.tensor(start) };
  }

  /**
   * The scores of the tags of each token, `[sum of lengths, numTags]`.
   *
   * @param sentences of languages that share all parts
   * @param random for training: where dropout draws from. Without it nothing is dropped, and words are remembered
   */
  emissions(sentences: readonly NetworkSentence[], random: RandomStream | undefined): Tensor2D {
    const { parameters } = this;
    const { config } = this.#plan;
    const rates = config.dropout;
    const parts = this.#parts[sentences[0].language];
    const lengths = Int32Array.from(sentences, ({ tokens }) => tokens.length);
    const drop = (x: Tensor2D, rate: number, name: string): Tensor2D =>
      random && rate > 0 ? dropout(x, rate, random.fork(name)) : x;

    // What is dropped of a word's numbers differs from token to token; without that, equal words have equal ones.
    const inputDropout = random !== undefined && rates.input > 0;
    const tokens = this.#tokens(sentences, random);
    const words = inputDropout ? tokens : mergeTokens(tokens);
    const inputs = this.#inputs(words, parts, random);
    const vectors = drop(inputs.length === 1 ? inputs[0] : concatColumns(...inputs), rates.input, 'input');
    const states = lstm(vectors, lengths, parts.sentence.weights(), {
      ...(words.index && { inputIndex: words.index }),
      ...(random &&
        (rates.between > 0 || rates.recurrent > 0) && {
          dropout: { between: rates.between, recurrent: rates.recurrent, random: random.fork('sentence') },
        }),
    });
    const { weights, bias } = parts.hidden;
    const hidden = dense(
      drop(states, rates.output, 'output'),
      parameters.tensor(weights),
      parameters.tensor(bias),
      'tanh',
      config.language.size > 0 ? languageContext(parameters, sentences) : undefined,
    );
    const scores = dense(hidden, parameters.tensor(parts.output), zeroTensor([this.#plan.numTags]));
    return this.#features ? this.#withFeatures(scores, sentences, this.#features) : scores;
  }

  /** Every token of the sentences, with its row in the word table. */
  #tokens(sentences: readonly NetworkSentence[], random: RandomStream | undefined): BatchWords {
    const forms = sentences.flatMap((sentence) => sentence.tokens);
    return { forms, rows: this.#words && this.#wordRows(sentences, this.#words, random) };
  }

  /** The vectors of words, one matrix for each kind of input. */
  #inputs(
    { forms, rows }: BatchWords,
    { encoder }: LanguageParts,
    random: RandomStream | undefined,
  ): Tensor2D[] {
    const { dropout: rates } = this.#plan.config;
    const inputs: Tensor2D[] = [];
    if (encoder && random) {
      const options = { characterDropout: rates.character, random: random.fork('character') };
      inputs.push(encoder.encode(forms, options));
    } else if (encoder)
      inputs.push(tensor2d(encoder.vectors(forms), [forms.length, encoder.size], 'float32'));
    if (rows) inputs.push(this.#wordVectors(rows, random !== undefined));
    if (this.#shapes) {
      const shapes = this.#shapes;
      const numbers = Int32Array.from(forms, (form) => shapes.get(shapeOf(form)) ?? 0);
      inputs.push(embeddingLookup(this.parameters, 'shapes', numbers));
    }
    return inputs;
  }

  #wordRows(
    sentences: readonly NetworkSentence[],
    words: WordRows,
    random: RandomStream | undefined,
  ): Int32Array {
    const { dropout: rates } = this.#plan.config;
    const parts = sentences.map(({ tokens, language }, index) => {
      const group = words.groupOf(language);
      const rows = Int32Array.from(tokens, (token) => words.row(token, group));
      if (!random || (rates.word === 0 && rates.singleton === 0)) return rows;
      const both = 1 - (1 - rates.word) * (1 - rates.singleton);
      const rate = (row: number): number => (words.isSingleton(row) ? both : rates.word);
      const unknown = words.unknown(group);
      const dropped = dropIds(rows, rate, unknown, random.fork(`words ${index}`));
      return dropped.map((row, token) => (row === unknown ? words.substitute(tokens[token], group) : row));
    });
    const rows = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      rows.set(part, at);
      at += part.length;
    }
    return rows;
  }

  #wordVectors(rows: Int32Array, training: boolean): Tensor2D {
    const { words: settings } = this.#plan.config;
    if (settings.trainable || !training) return embeddingLookup(this.parameters, 'words', rows);
    // A constant: no gradient goes to the table.
    const { values } = this.parameters.get('words');
    const { size } = settings;
    const found = new Float32Array(rows.length * size);
    rows.forEach((row, index) => found.set(values.subarray(row * size, (row + 1) * size), index * size));
    return tensor2d(found, [rows.length, size], 'float32');
  }

  #withFeatures(scores: Tensor2D, sentences: readonly NetworkSentence[], features: FeatureRows): Tensor2D {
    const { languages } = this.#plan;
    const coded = sentences.map(({ tokens, language }) => ({ tokens, code: languages[language] }));
    const { rows, counts } = features.rowsOf(coded);
    if (rows.length === 0) return scores;
    return add(scores, segmentSum(embeddingLookup(this.parameters, 'features', rows), counts));
  }
}

/** A vector for each language of the sentences, and which one each of their tokens has. */
function languageContext(
  parameters: ParameterSet,
  sentences: readonly NetworkSentence[],
): { values: Tensor2D; index: Int32Array } {
  const languages = [...new Set(sentences.map(({ language }) => language))];
  const numbers = sentences.flatMap(({ tokens, language }) =>
    new Array<number>(tokens.length).fill(languages.indexOf(language)),
  );
  return {
    values: embeddingLookup(parameters, 'language', Int32Array.from(languages)),
    index: Int32Array.from(numbers),
  };
}

/** Makes a part once for all languages, or once for each; gives the one of a language. */
function part<T>(
  { config, languages }: NetworkPlan,
  which: keyof NeuralConfig['share'],
  name: string,
  make: (prefix: string) => T,
): (language: number) => T {
  if (config.share[which] === 'shared') {
    const shared = make(name);
    return () => shared;
  }
  const own = languages.map((code) => make(`${name}.${code}`));
  return (language) => own[language];
}
