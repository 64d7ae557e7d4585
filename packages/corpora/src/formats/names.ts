/** The formats that are read here, by the names that options and reports use. */
export const formatNames = Object.freeze([
  'conll',
  'wikiann-rahimi',
  'wikiann-pan',
  'conllu',
  'conllup',
  'ancora',
  'uner',
  'jsonl',
  'json',
  'spacy',
  'spans',
  'label-studio',
  'inline',
  'brat',
] as const);

/**
 * - `conll`: a token a line in columns, a blank line after each sentence
 * - `wikiann-rahimi`: WikiANN as Rahimi et al. (2019) released it: `gl:token<TAB>tag`
 * - `wikiann-pan`: WikiANN as Pan et al. (2017) released it: first field the token, last the tag, by spaces
 * - `conllu`: CoNLL-U, ten columns; tags in a column or an attribute that an option names, else none
 * - `conllup`: CoNLL-U Plus, which names its columns in `# global.columns`
 * - `ancora`: CoNLL-U of AnCora, Catalan and Spanish: names by their part of speech (XPOS `np0000p`), their words under `MWE` in MISC
 * - `uner`: Universal NER's `.iob2`: index, token, tag, further columns
 * - `jsonl`: a JSON object a line, with arrays of tokens and tags
 * - `json`: a JSON document with such objects: an array of them (RONEC), or an array for each split
 * - `spacy`: spaCy's training JSON (version 2): documents, paragraphs, sentences, tokens
 * - `spans`: JSON or JSONL of texts and spans: Prodigy, doccano, spaCy
 * - `label-studio`: tasks of Label Studio, as its exports JSON and JSON_MIN have them
 * - `inline`: running text with inline tags, a sentence a line: `<PERSON>Rosalía</PERSON>`
 * - `brat`: brat standoff, a `.txt` with its `.ann`
 */
export type FormatName = (typeof formatNames)[number];
