import {
  embeddingLookup,
  gatherRows,
  nonFiniteIndex,
  ParameterSet,
  RandomStream,
  readSafetensors,
  uniform,
  writeSafetensors,
  type Initialiser,
} from '@cognate/nn';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { LRUCache } from 'lru-cache';
import { Alphabet, reserved, unknownCharacter, wordBoundary } from './alphabet.js';
import { layOut } from './char-batch.js';
import {
  completeConfig,
  readEncoderConfig,
  type CharEncoderConfig,
  type CharEncoderOptions,
} from './config.js';
import { CharEncoderError, shown } from './errors.js';
import { addNetwork, type FormNetwork } from './networks.js';

/** Where the encoder's numbers are kept and come from. */
export interface CharEncoderSetting {
  /** The set to which the encoder adds its parameters: that of the model which it is a part of. A set of its own unless told. */
  readonly parameters?: ParameterSet | undefined;
  /** The names of its parameters begin with this and a dot. Default `characters`. */
  readonly prefix?: string | undefined;
  /** Of the initial values. Default `new RandomStream(1)`. */
  readonly random?: RandomStream | undefined;
  /** How many words `vectors` remembers. Default 20,000; 0 = none. */
  readonly cache?: number | undefined;
}

export interface EncodeOptions {
  /**
   * The share of characters that are replaced by the unknown one, from 0 to below 1: the encoder then learns what to make of characters that it has
   * not seen. For training only. Default 0.
   */
  readonly characterDropout?: number | undefined;
  /** What is replaced. Needed where `characterDropout` is above 0. */
  readonly random?: { next(): number } | undefined;
}

const metadataKey = 'cognate-char-encoder';

const optionNames: readonly string[] = [
  ...(['kind', 'embedding', 'size', 'layers', 'widths', 'longest'] satisfies (keyof CharEncoderOptions)[]),
  ...(['parameters', 'prefix', 'random', 'cache'] satisfies (keyof CharEncoderSetting)[]),
];

/**
 * Words to vectors by their characters. One alphabet and one network serve all languages and scripts.
 *
 * `encode` is for networks that are trained: it gives a tensor that carries gradients back to the encoder's parameters.
 * `vectors` is for the use of an encoder that is trained: plain numbers, and words that come again are not computed again.
 */
export class CharEncoder {
  /** Plain data: all of the encoder but its parameters. */
  readonly config: CharEncoderConfig;
  readonly alphabet: Alphabet;
  /** Columns of a word's vector. */
  readonly size: number;
  readonly parameters: ParameterSet;
  readonly #prefix: string;
  readonly #embedding: string;
  readonly #network: FormNetwork;
  readonly #cache: LRUCache<string, Float32Array> | undefined;
  #cachedFor = -1;

  /**
   * An encoder of a configuration, `encoder.config` of another one. Its parameters are new ones unless the set has their values.
   *
   * @throws CharEncoderError for a configuration that is none; RangeError where the set has parameters of these names
   */
  constructor(config: CharEncoderConfig, setting: CharEncoderSetting = {}) {
    const { parameters = new ParameterSet(), prefix = 'characters', cache = 20_000 } = setting;
    const random = (setting.random ?? new RandomStream(1)).fork(prefix);
    this.config = readEncoderConfig(config);
    this.alphabet = new Alphabet(this.config.alphabet);
    this.size = this.config.size;
    this.parameters = parameters;
    this.#prefix = prefix;
    this.#embedding = `${prefix}.embedding`;
    const { embedding } = this.config;
    parameters.add(this.#embedding, [this.alphabet.size, embedding], characterVectors(random, embedding), {
      sparse: true,
    });
    this.#network = addNetwork(parameters, prefix, this.config, random);
    if (!Number.isSafeInteger(cache) || cache < 0)
      throw new CharEncoderError(`cache: expected a whole number of at least 0, got ${shown(cache)}`);
    this.#cache = cache > 0 ? new LRUCache({ max: cache }) : undefined;
  }

  /**
   * A new encoder for an alphabet: the paper's, where the options do not say otherwise.
   *
   * @throws CharEncoderError for options that are none or do not fit; RangeError where the set has parameters of these names
   */
  static create(alphabet: Alphabet, options: CharEncoderOptions & CharEncoderSetting = {}): CharEncoder {
    const unknown = Object.keys(options).find((name) => !optionNames.includes(name));
    if (unknown !== undefined)
      throw new CharEncoderError(`options: expected ${optionNames.join(', ')}, got ${shown(unknown)}`);
    return new CharEncoder(completeConfig(alphabet, options), options);
  }

  /**
   * The vectors of words as a tensor, `[words.length, size]`, differentiable with respect to the parameters.
   *
   * Each distinct form is encoded once, and the projection of each distinct character into the network's input computed
   * once; the gradients are exactly those of encoding every word by itself. With dropout, words of one form are
   * equal, too.
   *
   * @throws CharEncoderError for no words, or what is not a word
   */
  encode(words: readonly string[], options: EncodeOptions = {}): Tensor2D {
    checkWords(words);
    if (words.length === 0) throw new CharEncoderError('words: expected at least one, got none');
    const batch = layOut(words, this.alphabet, this.config.longest, replacement(options));
    const bounded = this.#network.bounded && !batch.inUse.includes(wordBoundary);
    const inUse = bounded ? Int32Array.of(...batch.inUse, wordBoundary) : batch.inUse;
    const x = embeddingLookup(this.parameters, this.#embedding, inUse);
    const forms = this.#network.encode(x, { ...batch, inUse });
    return batch.lengths.length === words.length ? forms : gatherRows(forms, batch.formOf);
  }

  /**
   * The vectors of words as numbers, `[word * size + column]`, without gradients. Words that were asked for before are
   * remembered, until the parameters change (`parameters.touch`, which optimisers and `load` call).
   *
   * @throws CharEncoderError for what is not a word
   */
  vectors(words: readonly string[]): Float32Array {
    checkWords(words);
    this.#forgetOld();
    const { size } = this;
    const out = new Float32Array(words.length * size);
    const missing = new Map<string, number[]>();
    words.forEach((word, index) => {
      const known = this.#cache?.get(word);
      if (known) out.set(known, index * size);
      else {
        const places = missing.get(word);
        if (places) places.push(index);
        else missing.set(word, [index]);
      }
    });
    if (missing.size === 0) return out;
    const forms = [...missing.keys()];
    let values: Float32Array = new Float32Array(0);
    tidy(() => {
      values = this.encode(forms).dataSync<'float32'>();
    });
    forms.forEach((form, index) => {
      const vector = values.slice(index * size, (index + 1) * size);
      for (const place of missing.get(form) ?? []) out.set(vector, place * size);
      // A word of a megabyte is not worth its place.
      if (form.length <= 4 * this.config.longest) this.#cache?.set(form, vector);
    });
    return out;
  }

  /** The encoder as a safetensors file, its configuration in the file's metadata. */
  toSafetensors(): Uint8Array<ArrayBuffer> {
    // By name and not by prefix, which may be the beginning of another encoder's, as `words` is of `words.rare`.
    const names = new Set([this.#embedding, ...this.#network.names]);
    // By way of a file of the whole set, which brings values up to date that an optimiser has put off changing.
    const { tensors } = readSafetensors(this.parameters.toSafetensors());
    const own = [...tensors].filter(([name]) => names.has(name));
    return writeSafetensors(
      own.map(([name, tensor]) => [name.slice(this.#prefix.length + 1), tensor] as const),
      { [metadataKey]: JSON.stringify({ version: 1, ...this.config }) },
    );
  }

  /**
   * An encoder from the bytes that `toSafetensors` gave.
   *
   * @param setting.parameters a set to add the parameters to, for an encoder that goes into a larger model
   * @throws CharEncoderError or SafetensorsError for bytes that are damaged or of something else
   */
  static fromSafetensors(bytes: Uint8Array, setting: Omit<CharEncoderSetting, 'random'> = {}): CharEncoder {
    const { prefix = 'characters', parameters } = setting;
    const { tensors, metadata } = readSafetensors(bytes);
    const config = readMetadata(metadata.get(metadataKey));
    const named = new Map([...tensors].map(([name, tensor]) => [`${prefix}.${name}`, tensor]));
    // A set that has the places ready: nothing is drawn at random, and nothing is larger than the file.
    const places = new Map([...named].map(([name, { data }]) => [name, new Float32Array(data.length)]));
    try {
      const set = new ParameterSet({ attach: places });
      const encoder = new CharEncoder(config, { ...setting, parameters: set });
      set.load(named);
      checkFinite(set, prefix);
      if (!parameters) return encoder;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new CharEncoderError(`the file's tensors and its configuration do not fit: ${error.message}`, {
        cause: error,
      });
    }
    const encoder = new CharEncoder(config, setting);
    parameters.load(named, { allowMissing: true });
    return encoder;
  }

  /** Gives back the tensors that the parameters keep, and forgets what is remembered. */
  dispose(): void {
    this.#cache?.clear();
    this.parameters.dispose();
  }

  /** A tensor of a parameter lives until the parameters change: as long as it is the same one, so are the vectors. */
  #forgetOld(): void {
    const { id } = this.parameters.tensor(this.#network.names[0]);
    if (id !== this.#cachedFor) this.#cache?.clear();
    this.#cachedFor = id;
  }
}

/** As of words' vectors in the paper's day, of variance 1 / columns; zeros for what is not known. */
const characterVectors =
  (random: RandomStream, columns: number): Initialiser =>
  (values, shape, name) => {
    uniform(random, Math.sqrt(3 / columns))(values, shape, name);
    values.fill(0, unknownCharacter * columns, (unknownCharacter + 1) * columns);
  };

function checkFinite(parameters: ParameterSet, prefix: string): void {
  for (const { name, values } of parameters) {
    const wrong = nonFiniteIndex(values);
    if (wrong >= 0)
      throw new CharEncoderError(
        `tensor "${name.slice(prefix.length + 1)}": expected finite numbers, got ${values[wrong]} at ${wrong}`,
      );
  }
}

function checkWords(words: readonly string[]): void {
  const given: unknown = words;
  if (!Array.isArray(given)) throw new CharEncoderError(`words: expected an array, got ${shown(given)}`);
  const wrong = given.findIndex((word) => typeof word !== 'string');
  if (wrong >= 0)
    throw new CharEncoderError(`words: expected word ${wrong} to be a string, got ${shown(given[wrong])}`);
}

/** What dropout does to the number of a character. */
function replacement({ characterDropout = 0, random }: EncodeOptions): ((id: number) => number) | undefined {
  if (!(characterDropout >= 0 && characterDropout < 1))
    throw new CharEncoderError(
      `characterDropout: expected a number from 0 to below 1, got ${shown(characterDropout)}`,
    );
  if (characterDropout === 0) return undefined;
  if (!random)
    throw new CharEncoderError('random: expected a stream of random numbers for the dropout, got none');
  return (id) => (id >= reserved && random.next() < characterDropout ? unknownCharacter : id);
}

function readMetadata(text: string | undefined): CharEncoderConfig {
  if (text === undefined)
    throw new CharEncoderError(`expected a safetensors file with metadata "${metadataKey}", got one without`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CharEncoderError(`metadata "${metadataKey}": expected JSON, got ${shown(text)}`, {
      cause: error,
    });
  }
  if (typeof json !== 'object' || json === null || !('version' in json) || json.version !== 1)
    throw new CharEncoderError(
      `metadata "${metadataKey}": expected version 1, got ${shown((json as { version?: unknown } | null)?.version)}`,
    );
  return readEncoderConfig(Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'version')));
}
