import {
  describeDetection,
  readSentences,
  statistics,
  type ReadReport,
  type Sentence,
} from '@cognate/corpora';
import { unpackArchive, type NamedFile } from '../files/archive.js';

/** A page trains small models: what is beyond this of a corpus is left out, and that is said. */
export const mostTokens = 300_000;

/** A corpus as it was read, or the files among which somebody has to choose one. */
export type ReadCorpus =
  | { readonly sentences: readonly Sentence[]; readonly summary: CorpusSummary }
  | { readonly choices: readonly string[] };

interface Noticed {
  /** How the format was told, in words: a line each. */
  readonly detection: readonly string[];
  readonly repairedTags: number;
  /** Whether there is more in the file than was read. */
  readonly cut: boolean;
}

export interface CorpusSummary extends Noticed {
  readonly name: string;
  readonly sentences: number;
  readonly tokens: number;
  /** Entities by label. */
  readonly labels: Readonly<Record<string, number>>;
  /** Languages that the corpus itself names. */
  readonly languages: readonly string[];
}

/**
 * Reads a tagged corpus of any format that can be told, plain, gzipped, or in an archive; of brat the `.txt` files with their `.ann`.
 *
 * @param chosen path of the one to read, where there are several
 * @throws CorpusError for what cannot be read, with file and line
 */
export async function readCorpus(given: readonly NamedFile[], chosen?: string): Promise<ReadCorpus> {
  const files = (await Promise.all(given.map((file) => unpackArchive(file)))).flat();
  const parts = partsOf(files, chosen);
  if (parts.length > 1 && parts.some(({ annotations }) => annotations === undefined))
    return { choices: parts.map(({ path }) => path) };

  const sentences: Sentence[] = [];
  let tokens = 0;
  let cut = false;
  let repairedTags = 0;
  let detection: readonly string[] = [];
  for (const { path, content, annotations } of parts) {
    const text = await annotations?.text();
    const reader = readSentences(content, { file: path, ...(text !== undefined && { annotations: text }) });
    for await (const sentence of reader) {
      if (sentence.tags === undefined) throw new Error(notTagged(path, reader.report));
      if (tokens + sentence.tokens.length > mostTokens) {
        cut = true;
        break;
      }
      tokens += sentence.tokens.length;
      sentences.push(sentence);
    }
    repairedTags += reader.report.repairedTags;
    if (reader.report.detection) detection = describeDetection(reader.report.detection).split('\n');
  }
  if (sentences.length === 0) throw new Error(`${parts[0].path}: expected tagged sentences, got none`);
  const name = parts.length === 1 ? parts[0].path : `${String(parts.length)} documents`;
  const summary = summarise(name, sentences, { detection, repairedTags, cut });
  if (Object.keys(summary.labels).length === 0)
    throw new Error(`${name}: expected sentences with entities, got none with one`);
  return { sentences, summary };
}

/** What is in a corpus, with what was noticed while it was read. */
export function summarise(
  name: string,
  sentences: readonly Sentence[],
  { detection = [], repairedTags = 0, cut = false }: Partial<Noticed> = {},
): CorpusSummary {
  const { tokens, labels } = statistics(sentences);
  const languages = [...new Set(sentences.flatMap(({ language }) => language ?? []))];
  return { name, sentences: sentences.length, tokens, labels, languages, detection, repairedTags, cut };
}

interface Part extends NamedFile {
  readonly annotations?: Blob;
}

/** The files that hold sentences: documents with their annotations where there are such, else all. */
function partsOf(files: readonly NamedFile[], chosen: string | undefined): Part[] {
  const byPath = new Map(files.map((file) => [file.path, file.content]));
  const documents = files.flatMap(({ path, content }): Part[] => {
    const annotations = byPath.get(path.replace(/\.txt$/, '.ann'));
    return path.endsWith('.txt') && annotations ? [{ path, content, annotations }] : [];
  });
  if (documents.length > 0) return documents;
  const asides = /(?:^|\/)(?:read_?me|licen[cs]e|notice|changelog|citation)[^/]*$/i;
  const candidates = files.length > 1 ? files.filter(({ path }) => !asides.test(path)) : [...files];
  const found = chosen === undefined ? candidates : candidates.filter(({ path }) => path === chosen);
  if (found.length === 0) throw new Error('expected a corpus, got no file');
  return found;
}

const notTagged = (path: string, { format }: ReadReport): string =>
  `${path}: expected sentences with tags, got sentences without (read as ${format ?? 'unknown'})`;
