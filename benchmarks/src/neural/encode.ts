import type { Sentence } from '@cognate/corpora';

/** The paper's sizes: what every contender of the neural benchmarks has. */
export const sizes = {
  character: 50,
  characterState: 100,
  word: 100,
  state: 200,
  language: 100,
  hidden: 100,
} as const;

/** Sentences as numbers, for contenders that have no vocabulary of their own. */
export interface Encoded {
  readonly sentences: readonly EncodedSentence[];
  /** The characters of each word form. */
  readonly spelling: readonly (readonly number[])[];
  readonly characters: number;
  readonly words: number;
  readonly languages: number;
  readonly tags: number;
}

export interface EncodedSentence {
  readonly forms: readonly number[];
  readonly words: readonly number[];
  readonly tags: readonly number[];
  readonly language: number;
}

export function encode(sentences: readonly Sentence[]): Encoded {
  const [forms, characters, words, languages, tags] = Array.from(
    { length: 5 },
    () => new Map<string, number>(),
  );
  const spelling: number[][] = [];
  const number = (map: Map<string, number>, key: string): number => {
    const found = map.get(key) ?? map.size;
    map.set(key, found);
    return found;
  };
  const encoded = sentences.map(({ tokens, tags: names = [], language = '' }) => ({
    forms: tokens.map((token) => {
      const form = number(forms, token);
      spelling[form] ??= Array.from(token, (character) => number(characters, character));
      return form;
    }),
    words: tokens.map((token) => number(words, `${language} ${token}`)),
    tags: names.map((name) => number(tags, name)),
    language: number(languages, language),
  }));
  return {
    sentences: encoded,
    spelling,
    characters: characters.size,
    words: words.size,
    languages: languages.size,
    tags: tags.size,
  };
}
