import { CorpusError } from '../../errors.js';

/** A data set that could not be had: what was asked for, what came, and what would help. */
export class HubError extends CorpusError {
  override name = 'HubError';
  /** The status of the hub's answer, where there was one. */
  readonly status: number | undefined;

  constructor(
    details: ConstructorParameters<typeof CorpusError>[0] & { readonly status?: number | undefined },
  ) {
    super(details);
    this.status = details.status;
  }
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** The deepest reason of a failed request: fetch says no more than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && (cause.message !== '' || 'code' in cause)) {
    return cause.message !== '' ? cause.message : String((cause as Error & { code: unknown }).code);
  }
  return error.message;
}

export const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** The error for a cache that could not be written; undefined for an error of another kind. */
export function storageError(what: string, error: unknown, bytes?: number): HubError | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  const full = isFull(error);
  return new HubError({
    file: what,
    expected: full ? `a disk with ${bytes ?? 'some'} bytes to spare` : 'a cache that can be written',
    actual: full ? 'a full disk' : error.message,
    hint: 'option cacheDir, or HF_HOME, names another folder',
    cause: error,
  });
}

/** The error for a request to the hub that failed. */
export function requestError(what: string, error: unknown): HubError {
  if (error instanceof HubError) return error;
  const status = statusOf(error);
  if (status === undefined) {
    return new HubError({
      file: what,
      expected: 'an answer from the Hugging Face hub',
      actual: `no connection: ${reasonOf(error)}`,
      hint: 'option offline (or HF_HUB_OFFLINE=1) reads what the cache has',
      cause: error,
    });
  }
  const hints: Readonly<Record<number, string>> = {
    401: 'private data sets want option token',
    403: 'gated data sets want option token, and that you accept their terms on the hub',
    404: 'check the names of the data set, its configuration and its revision',
    429: 'too many requests: try again later, or give option token',
  };
  return new HubError({
    file: what,
    expected: 'an answer from the Hugging Face hub',
    actual: `status ${status}: ${reasonOf(error).split('. URL:')[0]}`,
    hint: hints[status] ?? (status >= 500 ? 'the hub has trouble: try again later' : undefined),
    status,
    cause: error,
  });
}
