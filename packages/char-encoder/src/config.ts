import { z } from 'zod';
import type { Alphabet } from './alphabet.js';
import { CharEncoderError } from './errors.js';

export const encoderKinds = ['lstm', 'bilstm', 'cnn'] as const;

/**
 * How words become vectors: `lstm`, the final state of an LSTM that reads the word from left to right (Cotterell and Duh 2017);
 * `bilstm`, the final states of two, one in each direction (Lample et al. 2016); `cnn`, convolutions and their maximum over the word (Ma and Hovy
 * 2016).
 */
export type EncoderKind = (typeof encoderKinds)[number];

const count = (most: number) => z.int().min(1).max(most);

const charEncoderSchema = z.strictObject({
  kind: z.enum(encoderKinds),
  /** All characters in the order of their numbers; see `Alphabet`. */
  alphabet: z.string().max(2_200_000),
  /** Columns of the characters' own vectors. */
  embedding: count(10_000),
  /** Columns of a word's vector. */
  size: count(10_000),
  /** Of the LSTM kinds. */
  layers: count(16),
  /** Of the CNN: numbers of neighbouring characters that a filter sees. */
  widths: z.array(count(32)).min(1).max(32),
  /** Characters of a word that are read at most: of a longer one the first and the last half. */
  longest: count(10_000),
});

/** All that an encoder is but its numbers: plain data, fit for JSON. */
export type CharEncoderConfig = z.infer<typeof charEncoderSchema>;

/** Settings of a new encoder; what is not given is the paper's. */
export interface CharEncoderOptions {
  readonly kind?: EncoderKind | undefined;
  /** Columns of the characters' own vectors. Default 50. */
  readonly embedding?: number | undefined;
  /** Columns of a word's vector. Default 100. A `bilstm` gives half of them to each direction, a `cnn` shares them out among its widths. */
  readonly size?: number | undefined;
  /** Layers of the LSTM kinds. Default 1. */
  readonly layers?: number | undefined;
  /** Numbers of neighbouring characters that the filters of a CNN see. Default [2, 3, 4]. */
  readonly widths?: readonly number[] | undefined;
  /** Characters of a word that are read at most: of a longer one the first and the last half. Default 60. */
  readonly longest?: number | undefined;
}

/** The whole configuration of a new encoder. */
export function completeConfig(alphabet: Alphabet, options: CharEncoderOptions): CharEncoderConfig {
  const { kind = 'lstm', embedding = 50, size = 100, layers = 1, widths = [2, 3, 4], longest = 60 } = options;
  return readEncoderConfig({
    kind,
    alphabet: alphabet.characters,
    embedding,
    size,
    layers,
    widths: [...widths],
    longest,
  });
}

/** Checks a configuration of any origin. @throws CharEncoderError that says which field is wrong */
export function readEncoderConfig(value: unknown): CharEncoderConfig {
  const result = charEncoderSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new CharEncoderError(
      `configuration: ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`,
    );
  }
  const { kind, size, widths } = result.data;
  if (kind === 'bilstm' && size % 2 !== 0)
    throw new CharEncoderError(
      `configuration: size: expected an even number for two directions, got ${size}`,
    );
  if (kind === 'cnn' && size < widths.length)
    throw new CharEncoderError(
      `configuration: size: expected at least one column for each of ${widths.length} widths, got ${size}`,
    );
  return result.data;
}
