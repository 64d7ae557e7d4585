import { datasetInfo, getHFHubCachePath, listFiles } from '@huggingface/hub';
import { CorpusError, shown } from '../../errors.js';
import { resolveJsonlOptions, TokenObjects } from '../../formats/jsonl.js';
import { checkReadOptions, type ReadOptions } from '../../formats/options.js';
import { resolveSchemeOptions } from '../../formats/scheme-options.js';
import { OneByOne } from '../../one-by-one.js';
import { ReadReport } from '../../report.js';
import type { Batched, Sentence } from '../../sentence.js';
import { RepoCache } from './cache.js';
import { download, type HubFile } from './download.js';
import { HubError, requestError, storageError } from './errors.js';
import { openParquet } from './parquet.js';
import { retrying, type RetryRules } from './retry.js';

/** How to get a data set, and how to read it. */
export interface HubOptions extends Pick<
  ReadOptions,
  | 'tokensField'
  | 'tagsField'
  | 'tagNames'
  | 'labels'
  | 'scheme'
  | 'targetScheme'
  | 'repair'
  | 'language'
  | 'maxSentenceTokens'
> {
  /** A commit (40 hexadecimal digits), which never changes, or a branch or tag. Default `main`. */
  readonly revision?: string | undefined;
  /** Only these splits are downloaded. Default all. */
  readonly splits?: readonly string[] | undefined;
  /** Reads what the cache has and asks the hub nothing. Default: whether HF_HUB_OFFLINE is 1 or true. */
  readonly offline?: boolean | undefined;
  /** Default: the hub's own cache (HF_HUB_CACHE, HF_HOME, `~/.cache/huggingface/hub`). */
  readonly cacheDir?: string | undefined;
  /** For data sets that are private or gated. */
  readonly token?: string | undefined;
  readonly hubUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Tries after a broken connection or a hub that has trouble. Default 4. */
  readonly retries?: number | undefined;
  /** Milliseconds before the first of them, doubled each time. Default 500. */
  readonly retryDelay?: number | undefined;
}

/** A split of a data set: loop over it, or over its `batches()`. Each loop reads the files anew. */
export interface HubSplit extends AsyncIterable<Sentence>, Batched {
  readonly name: string;
  /** Files in the cache. */
  readonly files: readonly string[];
  /** Of the latest loop. */
  readonly report: ReadReport;
  toArray(): Promise<Sentence[]>;
}

export interface HubDataset {
  readonly repo: string;
  readonly config: string | undefined;
  /** What the revision stands for: give it as `revision` to have the same again. */
  readonly commit: string;
  readonly splits: readonly HubSplit[];
  /** @throws HubError for a split that the data set has not. */
  split(name: string): HubSplit;
}

/**
 * Gets a data set of tokens and tags from the Hugging Face hub, in parquet files, into the hub's own cache: `loadHub('wikiann', 'gl',
 * { revision })`. What the cache has is not downloaded again; downloads that broke off go on where they did; checksums are compared.
 *
 * @param repo `owner/name`, or the name of an old data set.
 * @param config The configuration: for WikiANN the language. undefined where there is but one.
 * @throws HubError without network, for what the hub has not, for a full disk and a wrong checksum.
 */
export async function loadHub(repo: string, config?: string, options: HubOptions = {}): Promise<HubDataset> {
  if (typeof repo !== 'string' || !/^[\w.-]+(?:\/[\w.-]+)?$/.test(repo) || repo.includes('..')) {
    throw new CorpusError({ expected: 'the name of a data set, owner/name', actual: shown(repo) });
  }
  const { revision = 'main', offline = isOffline(), cacheDir = getHFHubCachePath(), splits } = options;
  if (!/^[\w./-]+$/.test(revision) || revision.includes('..')) {
    throw new CorpusError({
      expected: 'a commit, a branch or a tag as option revision',
      actual: shown(revision),
    });
  }
  const cache = new RepoCache(cacheDir, repo);
  const what = config === undefined ? repo : `${repo} ${config}`;
  const found = await (offline
    ? fromCache(cache, what, revision)
    : fromHub(cache, repo, config, what, revision, options));
  const bySplit = groupBySplit(found.files, config);
  const wanted = splits ?? [...bySplit.keys()];
  const missing = wanted.find((name) => !bySplit.has(name));
  if (missing !== undefined || bySplit.size === 0) throw noSplit(what, missing, [...bySplit.keys()], offline);
  const reading = readingOptions(options, repo, config);
  const made = wanted.map((name) => {
    const paths = bySplit.get(name) ?? [];
    return new Split(
      name,
      paths,
      paths.map((path) => cache.pathOf(found.commit, path)),
      reading,
    );
  });
  return {
    repo,
    config,
    commit: found.commit,
    splits: made,
    split: (name) => {
      const split = made.find((other) => other.name === name);
      if (split === undefined)
        throw noSplit(
          what,
          name,
          made.map((other) => other.name),
          offline,
        );
      return split;
    },
  };
}

const isOffline = (): boolean => /^(?:1|true|yes|on)$/i.test(process.env.HF_HUB_OFFLINE ?? '');

interface Found {
  readonly commit: string;
  readonly files: readonly string[];
}

async function fromCache(cache: RepoCache, what: string, revision: string): Promise<Found> {
  const commit = await cache.commitOf(revision);
  const files = commit === undefined ? [] : await cache.files(commit);
  if (commit !== undefined && files.length > 0) return { commit, files };
  throw new HubError({
    file: what,
    expected: `the data set at ${revision} in the cache, since option offline forbids a download`,
    actual: 'none',
    hint: 'load it once with a network',
  });
}

async function fromHub(
  cache: RepoCache,
  repo: string,
  config: string | undefined,
  what: string,
  revision: string,
  options: HubOptions,
): Promise<Found> {
  const { token, hubUrl = process.env.HF_ENDPOINT ?? 'https://huggingface.co', signal } = options;
  const send = signalled(options.fetch ?? fetch, signal);
  const rules: RetryRules = { retries: options.retries ?? 4, delay: options.retryDelay ?? 500, signal };
  const access = { hubUrl, fetch: send, ...(token === undefined ? {} : { accessToken: token }) };
  const asked = <T>(request: () => Promise<T>): Promise<T> =>
    retrying(request, isPassing, rules).catch((error: unknown) => {
      throw signal?.aborted === true ? error : requestError(what, error);
    });
  const commit = /^[0-9a-f]{40}$/.test(revision)
    ? revision
    : (await asked(() => datasetInfo({ name: repo, revision, additionalFields: ['sha'], ...access }))).sha;
  const listed = await asked(async () => {
    const files: HubFile[] = [];
    const query = {
      repo: { type: 'dataset', name: repo } as const,
      revision: commit,
      recursive: true,
      ...access,
    };
    for await (const { type, path, size, oid, lfs } of listFiles(query)) {
      const sound = isSafe(path) && /^[0-9a-f]{40,64}$/.test(lfs?.oid ?? oid ?? '');
      if (type === 'file' && sound)
        files.push({ path, size: lfs?.size ?? size, digest: lfs?.oid ?? oid ?? '' });
    }
    return files;
  });
  const bySplit = groupBySplit(
    listed.map(({ path }) => path),
    config,
  );
  const wanted = new Set((options.splits ?? [...bySplit.keys()]).flatMap((name) => bySplit.get(name) ?? []));
  const stored = (act: Promise<unknown>): Promise<unknown> =>
    act.catch((error: unknown) => {
      throw storageError(what, error) ?? error;
    });
  await stored(cache.prepare());
  for (const file of listed) {
    if (!wanted.has(file.path)) continue;
    const url = `${hubUrl}/datasets/${repo}/resolve/${commit}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    if (!(await cache.hasBlob(file)))
      await download(file, cache.blob(file), { ...rules, url, headers, fetch: send });
    await stored(cache.link(commit, file));
  }
  if (wanted.size > 0 && commit !== revision) await stored(cache.rememberRef(revision, commit));
  return { commit, files: listed.map(({ path }) => path) };
}

/** A path that stays in its folder. */
const isSafe = (path: string): boolean =>
  !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');

/** Passes the signal on to every request, the hub library's too. */
const signalled = (send: typeof fetch, signal: AbortSignal | undefined): typeof fetch =>
  signal === undefined ? send : (input, init) => send(input, { ...init, signal });

/** Trouble that may pass: no answer, or one that says so. */
function isPassing(error: unknown): boolean {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
  return status === undefined ? error instanceof TypeError : status >= 500 || status === 429;
}

/** `gl/train-00000-of-00001.parquet`, `data/train-00000-of-00002-abc.parquet`, `gl/train/0000.parquet`. */
const splitName = /(?:^|\/)([A-Za-z_]+)(?:-\d+-of-\d+(?:-[0-9a-f]+)?|\/\d+)?\.parquet$/;

/** The parquet files of a configuration, by split. */
function groupBySplit(paths: readonly string[], config: string | undefined): Map<string, string[]> {
  const splits = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    if (config !== undefined && !path.startsWith(`${config}/`) && !path.startsWith(`data/${config}/`))
      continue;
    const name = splitName.exec(path)?.[1];
    if (name !== undefined) splits.set(name, [...(splits.get(name) ?? []), path]);
  }
  return splits;
}

function noSplit(
  what: string,
  missing: string | undefined,
  known: readonly string[],
  offline: boolean,
): HubError {
  return new HubError({
    file: what,
    expected:
      missing === undefined ? 'a data set with parquet files' : `a data set with the split "${missing}"`,
    actual: known.length === 0 ? 'one without' : `one with ${known.join(', ')}`,
    hint: offline
      ? 'option offline: only what was downloaded before is there'
      : known.length === 0
        ? "check the configuration; data sets of scripts have parquet files under revision 'refs/convert/parquet'"
        : undefined,
  });
}

type Reading = ReturnType<typeof readingOptions>;

function readingOptions(options: HubOptions, repo: string, config: string | undefined) {
  const { tokensField, tagsField, tagNames, labels, scheme, targetScheme, repair, maxSentenceTokens } =
    options;
  // WikiANN's configurations are languages.
  const language = options.language ?? (/(?:^|\/)wikiann$/.test(repo) ? config : undefined);
  const chosen = {
    tokensField,
    tagsField,
    tagNames,
    labels,
    scheme,
    targetScheme,
    repair,
    maxSentenceTokens,
    language,
  };
  const checked = checkReadOptions(
    Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)),
  );
  const rules = resolveJsonlOptions(checked);
  const builder = {
    ...resolveSchemeOptions(checked),
    language,
    maxSentenceTokens: checked.maxSentenceTokens,
    tagged: true,
    offsets: false,
  };
  return { rules, builder };
}

class Split implements HubSplit {
  report = new ReadReport();
  readonly #paths: readonly string[];
  readonly #reading: Reading;

  constructor(
    readonly name: string,
    paths: readonly string[],
    readonly files: readonly string[],
    reading: Reading,
  ) {
    this.#paths = paths;
    this.#reading = reading;
  }

  async *batches(): AsyncGenerator<Sentence[]> {
    const report = new ReadReport();
    this.report = report;
    for (const [index, path] of this.files.entries()) {
      const file = this.#paths[index];
      report.files.push(file);
      yield* this.#readFile(path, file, report);
    }
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Sentence> {
    return new OneByOne(this.batches());
  }

  async toArray(): Promise<Sentence[]> {
    const all: Sentence[] = [];
    for await (const batch of this.batches()) for (const sentence of batch) all.push(sentence);
    return all;
  }

  async *#readFile(path: string, file: string, report: ReadReport): AsyncGenerator<Sentence[]> {
    const { rules, builder } = this.#reading;
    const { columns, names, rows } = await openParquet(path, file);
    const tokens = rules.tokens.find((name) => columns.includes(name));
    const tags = rules.tags?.find((name) => columns.includes(name));
    if (tokens === undefined) {
      throw new CorpusError({
        file,
        expected: `a column of tokens, ${rules.tokens.join(' or ')}`,
        actual: columns.join(', '),
        hint: 'option tokensField',
      });
    }
    const objects = new TokenObjects(
      { ...rules, tokens: [tokens], tags: tags === undefined ? null : [tags] },
      builder,
      {
        file,
        report,
      },
    );
    objects.tagNames = tags === undefined ? undefined : names.get(tags);
    let row = 0;
    for await (const batch of rows()) {
      const out: Sentence[] = [];
      for (const values of batch) {
        row++;
        const object = {
          [tokens]: values[tokens],
          ...(tags === undefined ? {} : { [tags]: plainNumbers(values[tags]) }),
          ...(typeof values.id === 'string' ? { id: values.id } : {}),
        };
        objects.take(object, row, `row ${row}`, out);
      }
      if (out.length > 0) yield out;
    }
  }
}

/** Parquet's whole numbers may be BigInt. */
const plainNumbers = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'bigint' ? Number(item) : item))
    : value;
