import type { Sentence } from '@cognate/corpora';

/** Ways to give a corpus other tags than its own, so that the effect of their number shows on the same words. */
export const labelings = {
  /** Entities without their types: B, I, O. */
  merged: (tag: string) => tag.replace(/-.*/, ''),
  own: (tag: string) => tag,
  /** O in three classes of words. */
  'split-o': (tag: string, word: string) => (tag === 'O' ? `O:${classOf(word, 3)}` : tag),
  /** Each tag joined with one of six classes of words, as with classes of parts of speech. */
  joined: (tag: string, word: string) => `${tag}:${classOf(word, 6)}`,
};
export type Labeling = keyof typeof labelings;

export function relabel(sentences: readonly Sentence[], labeling: string): readonly Sentence[] {
  if (!Object.hasOwn(labelings, labeling))
    throw new Error(`expected one of ${Object.keys(labelings).join(', ')}, got ${labeling}`);
  const label = labelings[labeling as Labeling];
  return sentences.map((sentence) => ({
    ...sentence,
    tags: sentence.tags?.map((tag, t) => label(tag, sentence.tokens[t])) ?? [],
  }));
}

/** The class of a word by its last two letters, which often tell the part of speech. */
function classOf(word: string, classes: number): number {
  let hash = 0x811c9dc5;
  for (const unit of word.toLowerCase().slice(-2)) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
  return (hash >>> 8) % classes;
}
