import { encoderKinds } from '@cognate/char-encoder';
import { z } from 'zod';
import { TaggerError } from '../errors.js';

const size = (least = 1) => z.int().min(least).max(10_000);
const rate = z.number().min(0).lt(1);
const sharing = z.enum(['shared', 'perLanguage']);

/*
 * The defaults are the paper's settings (Cotterell and Duh 2017), and where it does not say any, those that gave its ranking on real corpora.
 */
const neuralConfigSchema = z.strictObject({
  /** The scheme that the network is trained and decoded in. */
  scheme: z.enum(['IOB2', 'BIOES']).default('IOB2'),
  /** The vector of a word by its characters; `none` = without. */
  characters: z
    .strictObject({
      kind: z.enum([...encoderKinds, 'none']).default('lstm'),
      /** Columns of the characters' own vectors. */
      embedding: size().default(50),
      /** Columns of the word's vector. */
      size: size().default(100),
      /** Of the LSTM kinds. */
      layers: z.int().min(1).max(16).default(1),
      /** Neighbouring characters that the filters of a CNN see. */
      widths: z.array(z.int().min(1).max(32)).min(1).max(32).default([2, 3, 4]),
      /** Characters of a word that are read at most. */
      longest: size().default(60),
    })
    .prefault({}),
  /** The vector of a word by itself; size 0 = without. */
  words: z
    .strictObject({
      size: size(0).default(100),
      /** Words that occur less often have no vector of their own. */
      minCount: z.int().min(1).default(1),
      /** Whether a word that is not known is looked up once more in lower case: for pretrained vectors, most of all. */
      lowercase: z.boolean().default(false),
      /** Whether training changes the vectors. */
      trainable: z.boolean().default(true),
    })
    .prefault({}),
  /** A vector by case and shape of the word (`Xx`, `X.X.`, `d-d`); size 0 = without. */
  shapes: z.strictObject({ size: size(0).default(0) }).prefault({}),
  /** Attributes of the linear tagger, each with a weight for each tag that is added to the emissions. */
  features: z
    .strictObject({
      /** Templates, as `LinearTagger` takes them; none = without. */
      templates: z.array(z.string().max(200)).max(1000).default([]),
      /** Each attribute once more conjoined with the language. */
      augment: z.boolean().default(true),
      /** Attributes that occur less often have no weights. */
      minCount: z.int().min(1).default(1),
      /** Attributes share so many rows of weights by a hash of their names; 0 = each has its own. */
      buckets: z
        .int()
        .min(0)
        .max(1 << 24)
        .default(0),
    })
    .prefault({}),
  /** The bidirectional LSTM over the sentence. */
  sentence: z
    .strictObject({
      /** Units of each direction. */
      size: size().default(200),
      layers: z.int().min(1).max(16).default(2),
    })
    .prefault({}),
  /** The vector of the sentence's language; size 0 = without. */
  language: z.strictObject({ size: size(0).default(100) }).prefault({}),
  /** The tanh layer under the tags. */
  hidden: z.strictObject({ size: size().default(100) }).prefault({}),
  /** Which parts all languages share, and of which each has its own. */
  share: z
    .strictObject({
      characterEncoder: sharing.default('shared'),
      wordEmbeddings: sharing.default('perLanguage'),
      sentenceEncoder: sharing.default('shared'),
      output: sharing.default('shared'),
      transitions: sharing.default('shared'),
    })
    .prefault({}),
  /** Of training: what share is dropped. */
  dropout: z
    .strictObject({
      /** Of the words that occur once in the training data: replaced by the unknown word, whose vector is learned so. */
      singleton: rate.default(0.5),
      /** Of all words: the same. */
      word: rate.default(0),
      /** Of the characters: replaced by the unknown one. */
      character: rate.default(0),
      /** Of the numbers that go into the sentence's LSTM. */
      input: rate.default(0.5),
      /** Of those between its layers. */
      between: rate.default(0.5),
      /** Of its state from one word to the next, the same units all along a sentence. */
      recurrent: rate.default(0),
      /** Of the numbers that come out of it. */
      output: rate.default(0.5),
    })
    .prefault({}),
});

/** A network: its parts, sizes, what languages share, and dropout. Plain data, fit for JSON and YAML. */
export type NeuralConfig = z.output<typeof neuralConfigSchema>;

/** A network as it is described: what is not given is the paper's. */
export type NeuralConfigInput = z.input<typeof neuralConfigSchema>;

/** The paper's network: LSTM over characters, a word table for each language, two layers of 200 units a direction, all else shared. */
export const paperConfig = (): NeuralConfig => neuralConfigSchema.parse({});

/** A smaller network, with a vector by case and shape, that trains several times as fast: for first tries, tests and demonstrations. */
export const fastConfig = (): NeuralConfig =>
  neuralConfigSchema.parse({
    characters: { kind: 'lstm', embedding: 25, size: 50 },
    words: { size: 50 },
    shapes: { size: 10 },
    sentence: { size: 64, layers: 1 },
    language: { size: 25 },
    hidden: { size: 50 },
  });

/**
 * Checks a description of a network, of any origin, and completes it.
 *
 * @throws TaggerError that says which field is wrong
 */
export function readNeuralConfig(value: unknown): NeuralConfig {
  const result = neuralConfigSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new TaggerError(`network: ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`);
  }
  const { characters, words, shapes } = result.data;
  if (characters.kind === 'none' && words.size === 0 && shapes.size === 0)
    throw new TaggerError('network: expected characters, words or shapes as input, got none of them');
  return result.data;
}
