import { CharEncoderError, shown } from './errors.js';

/** The number of every character that an alphabet does not have. */
export const unknownCharacter = 0;
/** The number that stands before and behind a word, and for a word without characters. */
export const wordBoundary = 1;
/** How many numbers are taken before the first character's. */
export const reserved = 2;

const isSurrogate = (char: string): boolean => char.length === 1 && char >= '\ud800' && char <= '\udfff';

/**
 * The characters that an encoder tells apart: the code points of words in NFC, one table for all languages and scripts, so
 * that what is spelled alike is encoded alike whatever the language. Characters are numbered from 2; 0 is every other
 * character, 1 the edge of a word.
 */
export class Alphabet {
  /** All characters, in the order of their numbers. */
  readonly characters: string;
  readonly #ids = new Map<string, number>();

  /**
   * @param characters a string of code points, each once
   * @throws CharEncoderError where one stands twice or is half a surrogate pair
   */
  constructor(characters: string) {
    const given: unknown = characters;
    if (typeof given !== 'string')
      throw new CharEncoderError(`alphabet: expected a string of characters, got ${shown(given)}`);
    let next = reserved;
    for (const char of characters) {
      if (isSurrogate(char))
        throw new CharEncoderError(
          `alphabet: expected whole code points, got half a surrogate pair as character ${next - reserved}`,
        );
      if (this.#ids.has(char))
        throw new CharEncoderError(`alphabet: expected each character once, got ${shown(char)} twice`);
      this.#ids.set(char, next++);
    }
    this.characters = characters;
  }

  /**
   * The alphabet of some words, in the order of the code points: the same for the same words in any order.
   *
   * @param options.minCount characters that occur less often are left out, and read as unknown; 1 (none) unless told
   */
  static of(words: Iterable<string>, options: { readonly minCount?: number } = {}): Alphabet {
    const { minCount = 1 } = options;
    if (!Number.isSafeInteger(minCount) || minCount < 1)
      throw new CharEncoderError(`minCount: expected a whole number of at least 1, got ${shown(minCount)}`);
    const counts = new Map<string, number>();
    for (const word of words) {
      const given: unknown = word;
      if (typeof given !== 'string')
        throw new CharEncoderError(`words: expected strings, got ${shown(given)}`);
      for (const char of word.normalize('NFC')) counts.set(char, (counts.get(char) ?? 0) + 1);
    }
    const characters = [...counts].filter(([char, count]) => count >= minCount && !isSurrogate(char));
    return new Alphabet(
      characters
        .map(([char]) => char)
        .sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0))
        .join(''),
    );
  }

  /** How many numbers there are: the characters and the two reserved ones. */
  get size(): number {
    return this.#ids.size + reserved;
  }

  has(character: string): boolean {
    return this.#ids.has(character);
  }

  /**
   * The numbers of a word's characters, at least one: a word without characters is one boundary.
   *
   * Of a word that has more than `longest` code points in NFC, the first and last half of that many: work stays
   * bounded whatever comes (an address, a run of punctuation), and beginnings and endings are what tells words apart.
   */
  idsOf(word: string, longest: number): number[] {
    // A code point in NFC may stand for at most three, each of at most two units, and normalising takes its time, too: far
    // more than the middle of a word that is cut anyway is dropped first.
    const most = 16 * longest;
    const short = word.length > 2 * most ? word.slice(0, most) + word.slice(-most) : word;
    const ids: number[] = [];
    for (const char of short.normalize('NFC')) ids.push(this.#ids.get(char) ?? unknownCharacter);
    if (ids.length === 0) return [wordBoundary];
    if (ids.length <= longest) return ids;
    const head = Math.ceil(longest / 2);
    return [...ids.slice(0, head), ...ids.slice(ids.length - (longest - head))];
  }
}
