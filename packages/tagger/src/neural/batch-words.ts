/** The words of a batch as the network's first layer reads them. */
export interface BatchWords {
  readonly forms: readonly string[];
  /** The row in the word table of each; none where there is no table. */
  readonly rows: Int32Array | undefined;
  /** `[tokens]`: which word each token is; none where every token is a word of its own. */
  readonly index?: Int32Array;
}

/** Share of the tokens that have to be different words for merging to cost more than it saves. */
const mostlyDifferent = 0.85;

/**
 * Tokens of equal form and row as one word, words in the order in which they first occur: their vectors, and the products of these with
 * the weights of the first layer, are computed once. Gives the tokens as they are where there are few such.
 */
export function mergeTokens(tokens: BatchWords): BatchWords {
  const { forms, rows } = tokens;
  const words: string[] = [];
  const wordRows: number[] = [];
  /** By form: its words, a number for each row that it has. */
  const known = new Map<string, Map<number, number>>();
  const index = Int32Array.from(forms, (form, token) => {
    const row = rows ? rows[token] : 0;
    let ofForm = known.get(form);
    if (!ofForm) known.set(form, (ofForm = new Map<number, number>()));
    let word = ofForm.get(row);
    if (word === undefined) {
      ofForm.set(row, (word = words.length));
      words.push(form);
      wordRows.push(row);
    }
    return word;
  });
  if (words.length > mostlyDifferent * forms.length) return tokens;
  return { forms: words, rows: rows && Int32Array.from(wordRows), index };
}
