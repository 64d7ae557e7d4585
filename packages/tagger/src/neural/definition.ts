import { convertTags, tagSet } from '@cognate/tag-scheme';
import { labelsOf, spansFromTags, type Scheme } from '@cognate/tag-scheme';
import { findLanguage } from '@cognate/text';
import { parseScheme } from '@cognate/tag-scheme';
import type { z } from 'zod';
import { TaggerError, shown } from '../errors.js';
import { FeatureExtractor } from '../features/extractor.js';
import { readLanguage, type TrainingSentences } from '../linear/options.js';
import { readSentence } from '../linear/training-data.js';
import { configVersion, type SentenceCounts } from '../model/config.js';
import { readNeuralConfig, type NeuralConfig, type NeuralConfigInput } from './config.js';
import { InventoryBuilder, type Inventory } from './inventory.js';
import { factsSchema, networkFile, type neuralModelSchema } from './model-config.js';
import type { WordVectors } from './word-vectors.js';

/** The language of sentences that have none. */
export const undetermined = 'und';

/** `config.json` of a neural tagger. */
export type NeuralModelConfig = Omit<z.output<typeof neuralModelSchema>, 'network'> & {
  readonly network: NeuralConfig;
};

/**
 * All of a neural tagger but its numbers: plain data that can be posted to a thread, where a `NeuralTagger` on shared
 * parameters is made of it.
 */
export interface NeuralDefinition {
  readonly config: NeuralModelConfig;
  readonly inventory: Inventory;
}

export interface NeuralOptions {
  /** Code of the language that the tagger is for. By default that of the first sentence that has one. */
  readonly language?: string | undefined;
  /** The scheme of the given tags, and of `predictTags` and `decode`. Default IOB2. */
  readonly tagScheme?: Scheme | undefined;
  /** The network; what is not given is the paper's. */
  readonly network?: NeuralConfigInput | undefined;
  /** For languages that are not in the training data: which one that is stands in. Else the registry's relatives do. */
  readonly relatives?: Readonly<Record<string, string>> | undefined;
  /** Pretrained vectors by language, as long as `network.words.size`: the first values of the word table, which then has a row for each of these words, too. */
  readonly vectors?: Readonly<Record<string, WordVectors>> | undefined;
}

const names: readonly string[] = [
  'language',
  'tagScheme',
  'network',
  'relatives',
  'vectors',
  'seed',
  'parameters',
];

/** Reads training sentences once, one at a time, and defines a tagger that knows their words, characters, labels and languages. */
export async function defineNeural(
  sentences: TrainingSentences,
  options: NeuralOptions,
): Promise<NeuralDefinition> {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null)
    throw new TaggerError(`options: expected an object, got ${shown(given)}`);
  for (const name of Object.keys(options))
    if (!names.includes(name))
      throw new TaggerError(`options: expected ${names.join(', ')}, got ${shown(name)}`);
  const network = readNeuralConfig(options.network ?? {});
  const tagScheme = parseScheme(options.tagScheme ?? 'IOB2');
  const { features } = network;
  const extractor =
    features.templates.length > 0 ? new FeatureExtractor(features.templates, features.augment) : undefined;

  const source: unknown = sentences;
  if (
    typeof source !== 'object' ||
    source === null ||
    !(Symbol.iterator in source || Symbol.asyncIterator in source)
  )
    throw new TaggerError(`sentences: expected an iterable of sentences, got ${shown(source)}`);
  let language = options.language === undefined ? undefined : readLanguage(options.language, 'language');
  const builder = new InventoryBuilder(network, extractor);
  const counts = new Map<string, { sentences: number; tokens: number; entities: number }>();
  const tags = new Set<string>();
  let index = 0;
  for await (const sentence of sentences) {
    const read = readSentence(
      sentence,
      `sentences: sentence ${index} (counted from 0)`,
      tagScheme,
      tagScheme,
    );
    index++;
    if (!read) continue;
    const code = read.language ?? language ?? undetermined;
    if (language === undefined && read.language !== undefined && counts.size > 0)
      throw new TaggerError(
        `sentences: sentence ${index - 1} (counted from 0) has a language, ${read.language}, and those before it have none: say which it is (options.language)`,
      );
    language ??= read.language;
    builder.add(read, code);
    let entry = counts.get(code);
    if (!entry) counts.set(code, (entry = { sentences: 0, tokens: 0, entities: 0 }));
    entry.sentences++;
    entry.tokens += read.tokens.length;
    entry.entities += spansFromTags(read.tags, tagScheme).length;
    for (const tag of read.tags) tags.add(tag);
  }
  if (counts.size === 0) throw new TaggerError('sentences: expected at least one with a token, got none');
  const target = language ?? undetermined;
  if (!counts.has(target)) counts.set(target, { sentences: 0, tokens: 0, entities: 0 });
  // The target first: its number does not depend on how sources are ordered.
  const languages = [target, ...[...counts.keys()].filter((code) => code !== target)];
  const vectors = readVectors(options.vectors ?? {}, languages, network);
  const more = new Map([...vectors].map(([code, found]) => [code, found.vectors.keys()]));
  return {
    config: {
      format: 'cognate-tagger',
      version: configVersion,
      type: 'neural',
      language: target,
      languages,
      relatives: readRelatives(options.relatives ?? {}, languages),
      labels: labelsOf(tags),
      tagScheme,
      network,
      model: networkFile,
      training: {
        sentences: languages.map((code): SentenceCounts[number] => ({
          ...(code !== undetermined && { language: code }),
          ...(counts.get(code) ?? { sentences: 0, tokens: 0, entities: 0 }),
        })),
        facts: {},
      },
    },
    inventory: builder.finish(languages, more),
  };
}

/** The pretrained vectors by the codes of languages, checked. */
export function readVectors(
  vectors: Readonly<Record<string, WordVectors>>,
  languages: readonly string[],
  { words }: NeuralConfig,
): Map<string, WordVectors> {
  return new Map(
    Object.entries(vectors).map(([language, found]) => {
      const code = readLanguage(language, 'vectors: language');
      if (!languages.includes(code))
        throw new TaggerError(
          `vectors: expected languages of the sentences (${languages.join(', ')}), got ${shown(code)}`,
        );
      if (found.size !== words.size)
        throw new TaggerError(
          `vectors of ${code}: expected vectors of network.words.size = ${words.size} numbers, got ${found.size}`,
        );
      return [code, found];
    }),
  );
}

function readRelatives(
  relatives: Readonly<Record<string, string>>,
  languages: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(relatives).map(([language, relative]) => {
      const code = readLanguage(language, 'relatives');
      const known = readLanguage(relative, `relatives: ${code}`);
      if (!languages.includes(known))
        throw new TaggerError(
          `relatives: ${code}: expected a language of the sentences (${languages.join(', ')}), got ${shown(known)}`,
        );
      return [code, known];
    }),
  );
}

/** How a network was trained. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Checks what a caller notes: a file that holds anything else could not be read again. */
export function readFacts(facts: Facts): Facts {
  const given: unknown = facts;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TaggerError(`facts: expected an object, got ${shown(given)}`);
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const result = factsSchema.safeParse(told);
  if (result.success) return result.data;
  const name = String(result.error.issues[0].path[0]);
  throw new TaggerError(
    `facts: expected names of at most 100 characters, and as values finite numbers, true, false or strings of at most 10000 characters, got ` +
      `${shown(told[name])} as ${shown(name)}`,
  );
}

/** The tags of the network, in the order of their numbers. */
export const networkTags = ({ labels, network }: NeuralModelConfig): string[] =>
  tagSet(labels, network.scheme);

/**
 * The number of the language whose parts serve for a language: its own, else its declared relative's, else the first of its
 * relatives in the registry that the tagger knows.
 *
 * @throws TaggerError where there is none, with those that there are
 */
export function languageNumber(
  { languages, relatives, language }: NeuralModelConfig,
  code: string | undefined,
): number {
  const asked = code ?? language;
  const candidates = [asked, relatives[asked], ...(findLanguage(asked)?.relatives ?? [])];
  for (const candidate of candidates) {
    const number = languages.indexOf(candidate);
    if (number >= 0) return number;
  }
  throw new TaggerError(
    `language: expected one that the tagger knows (${languages.join(', ')}) or that has a relative among them, got ${shown(asked)}`,
  );
}

/** The tags of a training sentence as numbers of the network's. */
export function goldTags(
  tags: readonly string[],
  numbers: ReadonlyMap<string, number>,
  { tagScheme, network }: NeuralModelConfig,
): number[] {
  return convertTags(tags, tagScheme, network.scheme, 'throw').map((tag) => {
    const number = numbers.get(tag);
    if (number !== undefined) return number;
    throw new TaggerError(`expected tags of ${[...numbers.keys()].join(', ')}, got ${shown(tag)}`);
  });
}
