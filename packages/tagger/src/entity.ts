/** A named entity in a text. */
export interface Entity {
  /** Its kind: `PER`, `LOC`, ... */
  readonly label: string;
  /** The entity as it stands in the input: `input.slice(start, end)`. */
  readonly text: string;
  /** UTF-16 code units in the caller's own string, half-open. */
  readonly start: number;
  readonly end: number;
  /** The model's probability that exactly these tokens are an entity of this kind (span marginal), 0 to 1. */
  readonly score: number;
  /** Tokens, half-open: of the whole input, counted from 0. */
  readonly tokenStart: number;
  readonly tokenEnd: number;
}

/** An entity as the token-classification pipelines of Hugging Face give it, with groups of tokens aggregated. */
export interface TransformersEntity {
  readonly entity_group: string;
  readonly score: number;
  readonly word: string;
  /** UTF-16 code units, as in JavaScript; Python counts code points. */
  readonly start: number;
  readonly end: number;
}

/** Entities in the shape of `pipeline('token-classification')` with an aggregation strategy. */
export function toTransformers(entities: readonly Entity[]): TransformersEntity[] {
  return entities.map(({ label, score, text, start, end }) => ({
    entity_group: label,
    score,
    word: text,
    start,
    end,
  }));
}
