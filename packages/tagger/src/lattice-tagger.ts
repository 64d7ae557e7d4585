import { kBest, logPartition, NoPathError, viterbi, type PreparedLattice } from '@cognate/crf';
import { convertTags, type Scheme } from '@cognate/tag-scheme';
import { distinctTaggings } from './distinct-taggings.js';
import { entitiesOf, type DecodedSentence } from './entities.js';
import type { Entity } from './entity.js';
import { readInputs, readSentencesToScore, readTokensToScore } from './input.js';
import { SpanPatterns } from './linear/span-patterns.js';
import type { ModelFiles } from './model/files.js';
import type { RankedTagging, TaggerInput, TagOptions, Tagger } from './tagger.js';

/** A sentence to be tagged, and its language where it is not the tagger's own. */
export interface LatticeInput {
  readonly tokens: readonly string[];
  readonly language?: string | undefined;
}

/** The tags of a tagger's lattices, and how they are written. */
export interface LatticeTags {
  /** In the order of their numbers. */
  readonly tags: readonly string[];
  /** Of `tags`. */
  readonly scheme: Scheme;
  /** Of what `predictTags` gives. */
  readonly tagScheme: Scheme;
}

/** How a sentence's taggings are scored. */
export interface LatticeOptions {
  /**
   * `enforced`: a tagging that breaks the scheme has the score -Infinity, and so may all taggings of a sentence where the tagger lacks
   * tags; `lifted`: each has the score that the model gives it. Default `enforced`.
   */
  readonly rules?: 'enforced' | 'lifted' | undefined;
}

/** A tagger that scores the taggings of many sentences together: what a sentence's lattice says is read off in one place for all of them. */
export abstract class LatticeTagger implements Tagger {
  abstract readonly type: string;
  abstract readonly labels: readonly string[];
  abstract readonly language: string | undefined;
  abstract readonly languages: readonly string[];
  /** The tags of the lattices in the order of their numbers. */
  readonly tags: readonly string[];
  /** The scheme of `tags`. */
  readonly scheme: Scheme;
  /** The scheme of the training data, and of what `predictTags` gives. */
  readonly tagScheme: Scheme;
  readonly #patterns: SpanPatterns;

  protected constructor({ tags, scheme, tagScheme }: LatticeTags) {
    this.tags = tags;
    this.scheme = scheme;
    this.tagScheme = tagScheme;
    this.#patterns = new SpanPatterns(tags, scheme);
  }

  abstract toFiles(): ModelFiles;

  /** The lattices of checked sentences, in their order. */
  protected abstract scored(sentences: readonly LatticeInput[], options?: LatticeOptions): PreparedLattice[];

  tag(input: TaggerInput, options: TagOptions = {}): Entity[] {
    return this.tagBatch([input], options)[0];
  }

  tagBatch(inputs: readonly TaggerInput[], options: TagOptions = {}): Entity[][] {
    const read = readInputs(inputs, options, this.language).map(({ source, language, sentences }) =>
      sentences.map((sentence) => ({ sentence, source, language })),
    );
    const decoded = this.#decoded(
      read.flat().map(({ sentence, language }) => ({ tokens: sentence.tokens, language })),
    );
    let at = 0;
    return read.map((sentences) =>
      sentences.flatMap(({ sentence, source }) =>
        entitiesOf(sentence, source, decoded[at++], this.scheme, this.#patterns),
      ),
    );
  }

  predictTags(tokens: readonly string[], options: TagOptions = {}): string[] {
    const [{ tags }] = this.#decoded([readTokensToScore(tokens, options, this.language)]);
    return this.#given(tags);
  }

  /** The best tags of each sentence of a batch, in the scheme of the training data; without dropout. */
  decode(batch: readonly LatticeInput[]): string[][] {
    return this.#decoded(readSentencesToScore(batch, this.language)).map(({ tags }) => this.#given(tags));
  }

  /** The `k` most probable taggings of a sentence, best first, with their probabilities; all valid in the scheme. */
  kBest(tokens: readonly string[], k: number, options: TagOptions = {}): RankedTagging[] {
    const lattice = this.lattice(tokens, options);
    const total = logPartition(lattice);
    return distinctTaggings(k, this.tagScheme, (count) =>
      kBest(lattice, count).map(({ tags, score }) => ({
        tags: this.#given(Array.from(tags, (tag) => this.tags[tag])),
        probability: Math.exp(score - total),
      })),
    );
  }

  /**
   * The scores of all taggings of a sentence, in the numbers of `tags` and under the rules of the scheme: for marginals, samples and
   * whatever else the functions of `@cognate/crf` find in a lattice.
   */
  lattice(tokens: readonly string[], options: TagOptions = {}): PreparedLattice {
    return this.scored([readTokensToScore(tokens, options, this.language)])[0];
  }

  /** `lattice` of many sentences, which takes less time than one by one. */
  lattices(sentences: readonly LatticeInput[], options: LatticeOptions = {}): PreparedLattice[] {
    return this.scored(readSentencesToScore(sentences, this.language), options);
  }

  /** The best tags of checked sentences, and the lattice that each comes from. */
  #decoded(sentences: readonly LatticeInput[]): DecodedSentence[] {
    return this.scored(sentences).map((lattice, index) => {
      try {
        return { tags: this.#best(lattice), lattice };
      } catch (error) {
        // Without O, and without a tag for an entity of one token, no tagging of a sentence of one token is valid.
        if (!(error instanceof NoPathError)) throw error;
        const [free] = this.scored([sentences[index]], { rules: 'lifted' });
        return { tags: this.#best(free), lattice: free };
      }
    });
  }

  #best(lattice: PreparedLattice): string[] {
    return Array.from(viterbi(lattice).tags, (tag) => this.tags[tag]);
  }

  /** Tags in the scheme of the training data. */
  #given(tags: readonly string[]): string[] {
    return convertTags(tags, this.scheme, this.tagScheme);
  }
}
