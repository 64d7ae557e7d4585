import type { Alphabet } from './alphabet.js';

/** The characters of a batch of words: each distinct form once, each distinct character once. */
export interface CharBatch {
  /** `[word]`: the number of its form. */
  readonly formOf: Int32Array;
  /** `[form]`: number of characters, at least 1. */
  readonly lengths: Int32Array;
  /** Numbers of the characters in use, each once, in the order in which they first occur. */
  readonly inUse: Int32Array;
  /** `[sum of lengths]`: for each character of each form, its place in `inUse`. */
  readonly places: Int32Array;
}

/**
 * Lays out the words of a batch. Forms stand in the order in which they first occur.
 *
 * @param replace may put another number in the place of a character's: what dropout of characters does
 */
export function layOut(
  words: readonly string[],
  alphabet: Alphabet,
  longest: number,
  replace?: (id: number) => number,
): CharBatch {
  const formOf = new Int32Array(words.length);
  const forms = new Map<string, number>();
  const lengths: number[] = [];
  const placeOf = new Map<number, number>();
  const places: number[] = [];
  words.forEach((word, index) => {
    let form = forms.get(word);
    if (form === undefined) {
      form = lengths.length;
      forms.set(word, form);
      const ids = alphabet.idsOf(word, longest);
      lengths.push(ids.length);
      for (const given of ids) {
        const id = replace ? replace(given) : given;
        let place = placeOf.get(id);
        if (place === undefined) {
          place = placeOf.size;
          placeOf.set(id, place);
        }
        places.push(place);
      }
    }
    formOf[index] = form;
  });
  return {
    formOf,
    lengths: Int32Array.from(lengths),
    inUse: Int32Array.from(placeOf.keys()),
    places: Int32Array.from(places),
  };
}
