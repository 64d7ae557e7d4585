import type { EncoderKind } from '@cognate/char-encoder';
import { z } from 'zod';
import { TaggerError } from '../errors.js';

// Only names of the encoders: who reads a configuration need not load TensorFlow.js.
const encoders: { readonly [kind in EncoderKind]: kind } = { lstm: 'lstm', bilstm: 'bilstm', cnn: 'cnn' };

const size = (least = 1) => z.int().min(least).max(10_000);
const rate = z.number().min(0).lt(1);
const sharing = z.enum(['shared', 'perLanguage']);

/**
 * What a description of a network may hold, as a schema of zod. The defaults are the paper's settings (Cotterell and Duh 2017), and where it
 * does not say any, those that gave its ranking on real corpora.
 */
export const neuralConfigSchema = z.strictObject({
  scheme: z
    .enum(['IOB2', 'BIOES'])
    .default('IOB2')
    .describe('The scheme that the network is trained and decoded in'),
  characters: z
    .strictObject({
      kind: z.enum({ ...encoders, none: 'none' }).default('lstm'),
      embedding: size().default(50).describe("Columns of the characters' own vectors"),
      size: size().default(100).describe("Columns of the word's vector"),
      layers: z.int().min(1).max(16).default(1).describe('Of the LSTM kinds'),
      widths: z
        .array(z.int().min(1).max(32))
        .min(1)
        .max(32)
        .default([2, 3, 4])
        .describe('Neighbouring characters that the filters of a CNN see'),
      longest: size().default(60).describe('Characters of a word that are read at most'),
    })
    .prefault({})
    .describe('The vector of a word by its characters; `none` = without'),
  words: z
    .strictObject({
      size: size(0).default(100),
      minCount: z.int().min(1).default(1).describe('Words that occur less often have no vector of their own'),
      lowercase: z
        .boolean()
        .default(false)
        .describe(
          'Whether a word that is not known is looked up once more in lower case: for pretrained vectors, most of all',
        ),
      trainable: z.boolean().default(true).describe('Whether training changes the vectors'),
    })
    .prefault({})
    .describe('The vector of a word by itself; size 0 = without'),
  shapes: z
    .strictObject({ size: size(0).default(0) })
    .prefault({})
    .describe('A vector by case and shape of the word (`Xx`, `X.X.`, `d-d`); size 0 = without'),
  features: z
    .strictObject({
      templates: z
        .array(z.string().max(200))
        .max(1000)
        .default([])
        .describe('Templates, as `LinearTagger` takes them; none = without'),
      augment: z.boolean().default(true).describe('Each attribute once more conjoined with the language'),
      minCount: z.int().min(1).default(1).describe('Attributes that occur less often have no weights'),
      buckets: z
        .int()
        .min(0)
        .max(1 << 24)
        .default(0)
        .describe('Attributes share so many rows of weights by a hash of their names; 0 = each has its own'),
    })
    .prefault({})
    .describe(
      'Attributes of the linear tagger, each with a weight for each tag that is added to the emissions',
    ),
  sentence: z
    .strictObject({
      size: size().default(200).describe('Units of each direction'),
      layers: z.int().min(1).max(16).default(2),
    })
    .prefault({})
    .describe('The bidirectional LSTM over the sentence'),
  language: z
    .strictObject({ size: size(0).default(100) })
    .prefault({})
    .describe("The vector of the sentence's language; size 0 = without"),
  hidden: z
    .strictObject({ size: size().default(100) })
    .prefault({})
    .describe('The tanh layer under the tags'),
  share: z
    .strictObject({
      characterEncoder: sharing.default('shared'),
      wordEmbeddings: z
        .enum(['shared', 'perLanguage', 'borrowed'])
        .default('perLanguage')
        .describe(
          '`borrowed`: each language has its own, and a word that it has none for, or that training hides, gets that of the first other language that has one',
        ),
      sentenceEncoder: sharing.default('shared'),
      output: sharing.default('shared'),
      transitions: sharing.default('shared'),
    })
    .prefault({})
    .describe('Which parts all languages share, and of which each has its own'),
  dropout: z
    .strictObject({
      singleton: rate
        .default(0.5)
        .describe(
          'Of the words that occur once in the training data: replaced by the unknown word, whose vector is learned so',
        ),
      word: rate.default(0).describe('Of all words: the same'),
      character: rate.default(0).describe('Of the characters: replaced by the unknown one'),
      input: rate.default(0.5).describe("Of the numbers that go into the sentence's LSTM"),
      between: rate.default(0.5).describe('Of those between its layers'),
      recurrent: rate
        .default(0)
        .describe('Of its state from one word to the next, the same units all along a sentence'),
      output: rate.default(0.5).describe('Of the numbers that come out of it'),
    })
    .prefault({})
    .describe('Of training: what share is dropped'),
});

/** A network: its parts, sizes, what languages share, and dropout. Plain data, fit for JSON and YAML. */
export type NeuralConfig = z.output<typeof neuralConfigSchema>;

/** A network as it is described: what is not given is the paper's. */
export type NeuralConfigInput = z.input<typeof neuralConfigSchema>;

/** The paper's network: LSTM over characters, a word table for each language, two layers of 200 units a direction, all else shared. */
export const paperConfig = (): NeuralConfig => neuralConfigSchema.parse({});

/**
 * A smaller network that trains several times as fast, for first tries, tests and demonstrations: with a vector by case and shape, and one
 * table of words for all languages, as names are often the same in them.
 */
export const fastConfig = (): NeuralConfig =>
  neuralConfigSchema.parse({
    characters: { kind: 'lstm', embedding: 25, size: 50 },
    words: { size: 50 },
    shapes: { size: 10 },
    sentence: { size: 64, layers: 1 },
    language: { size: 25 },
    hidden: { size: 50 },
    share: { wordEmbeddings: 'shared' },
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
