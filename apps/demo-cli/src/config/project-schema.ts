import { formatNames, tagForms } from '@cognate/corpora';
import { repairs, schemes, type Scheme } from '@cognate/tag-scheme';
import { z } from 'zod';
import { codePattern } from './language-code.js';
import { defaultRecipe } from './named-recipes.js';

const files = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('A file, or several in a list; paths are relative to this file');

const code = z
  .string()
  .regex(codePattern, {
    error: ({ input }) => `expected the code of a language, as gl or tl, got ${JSON.stringify(input)}`,
  })
  .describe('Code of the language: ISO 639-1, or 639-3 where there is no shorter one');

const column = z.union([z.int(), z.string()]);

const read = z
  .strictObject({
    format: z.enum(formatNames).optional().describe('Format of the file; found out unless told'),
    scheme: z
      .enum([...(schemes as [Scheme, ...Scheme[]]), 'BIO'])
      .optional()
      .describe('Tagging scheme of the file; found out unless told'),
    repair: z.enum(repairs).optional().describe('What to do with tags that break the scheme'),
    map: z
      .record(z.string(), z.string().nullable())
      .optional()
      .describe('Other names for labels, as GPE: LOC; null takes a label out'),
    separator: z.string().optional().describe('Of columns: tab, whitespace, or the separator itself'),
    tokenColumn: column.optional().describe('Column of the tokens: its number from 0, or its name'),
    tagColumn: column
      .optional()
      .describe('Column of the tags: its number from 0, negative from the end, or its name'),
    tagForm: z.enum(tagForms).optional().describe('How an inner tag of a person is written'),
    header: z.boolean().optional().describe('Whether the first line names the columns'),
    languagePrefix: z.boolean().optional().describe('Whether tokens start with their language, as gl:Vigo'),
    outside: z.array(z.string()).optional().describe('The tags that mean: in no entity'),
    splitJoined: z.array(z.string()).optional().describe('Characters that join words in one token, as _'),
    emptyTags: z.enum(['error', 'outside']).optional().describe('What to do with an empty tag'),
    trailingSeparators: z
      .enum(['keep', 'strip'])
      .optional()
      .describe('What to do with a separator at the end of a line'),
    emptyTokens: z.enum(['error', 'drop']).optional().describe('What to do with an empty token'),
    multiwords: z
      .enum(['surface', 'words'])
      .optional()
      .describe("CoNLL-U's multiword tokens: as written, or their words"),
    controlTokens: z
      .enum(['keep', 'drop', 'error'])
      .optional()
      .describe('What to do with a token of control characters only'),
    indexColumn: z.int().nullable().optional().describe('Column of the numbers of the tokens; null = none'),
    sentenceColumn: column
      .nullable()
      .optional()
      .describe('Column that tells the sentences apart, in files without blank lines'),
    columns: z
      .union([z.int().min(1), z.literal('variable')])
      .optional()
      .describe('How many columns each line has; variable = any number'),
    tagAttribute: z.string().optional().describe('Key of the tag, where a column holds Key=Value'),
    tokensField: z.string().optional().describe('JSON: the field of the tokens'),
    tagsField: z.string().optional().describe('JSON: the field of the tags'),
    tagNames: z.array(z.string()).optional().describe('JSON: the tags by number'),
    textField: z.string().optional().describe('Texts with spans: the field of the text'),
    spansField: z.string().optional().describe('Texts with spans: the field of the spans'),
    tokenizer: z
      .enum(['language', 'whitespace'])
      .optional()
      .describe('Texts with spans: what cuts them into tokens'),
    sentences: z
      .enum(['whole', 'lines', 'split'])
      .optional()
      .describe('Texts with spans: a text is one sentence, one a line, or is cut into sentences'),
    cutTokens: z
      .enum(['split', 'expand', 'drop', 'error'])
      .optional()
      .describe('What to do with a span that ends inside a token'),
    offsetUnit: z.enum(['codepoint', 'utf16', 'utf8']).optional().describe('What the places of spans count'),
    brokenMarkup: z
      .enum(['error', 'drop', 'plain'])
      .optional()
      .describe('What to do with a line whose inline tags do not pair'),
    member: z.string().optional().describe('Which files of an archive to read, as a name or a pattern'),
    maxLineLength: z.int().min(1).optional().describe('How many bytes a line may have; 16 MiB unless told'),
    maxSentenceTokens: z.int().min(1).optional().describe('How long a sentence may be; 100,000 unless told'),
    encoding: z.string().optional().describe('Encoding of the file; UTF-8 unless told'),
  })
  .describe('How to read the files, where it cannot be found out');

const sentences = z
  .int()
  .min(1)
  .describe('Take so many sentences, drawn at random by the seed; all unless told');

/** What a project may hold: everything that `cognate train` needs to know. */
export const projectSchema = z.strictObject({
  target: z
    .strictObject({
      language: code,
      train: files.describe('Training corpus: the sentences that there are of this language'),
      dev: files.optional().describe('Development corpus: chooses the epoch of a neural model that is kept'),
      test: files.optional().describe('Test corpus: scored once, when the training is over'),
      unlabelled: files
        .optional()
        .describe(
          'Sentences without tags, for recipes with selfTraining: text (.txt), or corpora whose tags are not looked at',
        ),
      sentences: sentences.optional(),
      read: read.optional(),
    })
    .describe('The language that the tagger is for'),
  sources: z
    .array(
      z.strictObject({
        language: code,
        train: files,
        test: files.optional().describe('Test corpus of this language, for scores by language'),
        sentences: sentences.optional(),
        mu: z
          .number()
          .min(0)
          .max(1e6)
          .optional()
          .describe("Neural: what a sentence counts beside one of the target's"),
        read: read.optional(),
      }),
    )
    .default([])
    .describe('Related languages that help'),
  read: read.optional().describe('How to read all files, where it cannot be found out'),
  recipe: z
    .union([z.string().min(1), z.record(z.string(), z.unknown())])
    .default(defaultRecipe)
    .describe(
      'What to train and how: a name, a file, or the recipe itself (extends: NAME and what is different)',
    ),
  output: z.string().min(1).describe('Folder for the model'),
  seeds: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 32 - 1),
    )
    .min(1)
    .default([1])
    .describe('One model for each: initial values, order of the batches, dropout, draw of the sentences'),
  threads: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Neural: threads that share the work of a step; 2 unless told, where there are as many cores'),
  backend: z
    .enum(['tensorflow', 'wasm', 'cpu'])
    .optional()
    .describe('Neural: backend of TensorFlow.js; the fastest unless told'),
  checkpoints: z
    .strictObject({
      everySeconds: z.number().gt(0).optional().describe('Store one after so many seconds; 60 unless told'),
      everySteps: z
        .int()
        .min(1)
        .optional()
        .describe('Store one after so many steps; of a linear model, iterations'),
    })
    .optional()
    .describe('How often the state of the training is stored, to go on from after a break'),
  report: z
    .union([z.boolean(), z.string().min(1)])
    .default(true)
    .describe('Folder for the report on the training; beside the model unless told, false = none'),
});

/** A project, complete. */
export type Project = z.output<typeof projectSchema>;

/** How a file is to be read, as a project says it. */
export type ReadSection = z.output<typeof read>;
