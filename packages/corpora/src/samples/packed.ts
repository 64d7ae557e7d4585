/** What a language's generated data module holds; code.ts tells the encoding. */
export interface PackedSamples {
  /** The vocabulary: tokens with a mark of their tag in front, parted by spaces. */
  readonly units: string;
  readonly train: string;
  readonly dev: string;
  readonly test: string;
}
