import { marginals } from '@cognate/crf';
import { spansFromTags, splitTag, type Span } from '@cognate/tag-scheme';
import type { AnyTagger, Entity } from '@cognate/tagger';
import { splitSentences } from '@cognate/text';

/** A token, where it stands in the text, and how probable each tag is there. */
export interface AnalysedToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** [tag], in the order of the analysis's tags. */
  readonly marginals: readonly number[];
}

/** One way to tag a sentence. */
export interface Tagging {
  /** [token] */
  readonly tags: readonly string[];
  /** The entities that the tags say, in tokens of the sentence. */
  readonly spans: readonly Span[];
  readonly probability: number;
}

export interface AnalysedSentence {
  readonly text: string;
  readonly tokens: readonly AnalysedToken[];
  /** The most probable taggings, best first. */
  readonly taggings: readonly Tagging[];
}

/** What a model says of a text: plain data, which can be posted between threads. */
export interface Analysis {
  readonly text: string;
  readonly language: string;
  readonly entities: readonly Entity[];
  /** O first, then the tags of each label together. */
  readonly tags: readonly string[];
  readonly sentences: readonly AnalysedSentence[];
}

/** Taggings shown of each sentence. */
const alternatives = 6;

/** Tags a text and looks into the lattice of each of its sentences. */
export function analyse(tagger: AnyTagger, text: string, language: string): Analysis {
  const order = displayOrder(tagger.tags);
  const found = splitSentences(text, language);
  const words = found.map(({ tokens }) => tokens.map((token) => token.text));
  const lattices = tagger.lattices(words.map((tokens) => ({ tokens, language })));
  const sentences = found.map((sentence, number): AnalysedSentence => {
    const each = marginals(lattices[number]); // [token * tags + tag]
    return {
      text: sentence.text,
      tokens: sentence.tokens.map(({ text, start, end }, at) => ({
        text,
        start,
        end,
        marginals: order.map((tag) => each[at * order.length + tag]),
      })),
      taggings: tagger.kBest(words[number], alternatives, { language }).map(({ tags, probability }) => ({
        tags,
        spans: spansFromTags(tags, tagger.tagScheme),
        probability,
      })),
    };
  });
  const tags = order.map((tag) => tagger.tags[tag]);
  return { text, language, entities: tagger.tag(text, { language }), tags, sentences };
}

/** The numbers of the tags, O first, then by label; within a label in the order of their letters: B before I. */
function displayOrder(tags: readonly string[]): number[] {
  const keys = tags.map((tag) => {
    const { prefix, label } = splitTag(tag);
    return prefix === 'O' ? '' : `${label} ${prefix}`;
  });
  return tags.map((_, tag) => tag).sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0));
}
