import type { Corpus } from '../corpus.js';
import { CheckpointError } from '../errors.js';
import type { FeatureSet } from '../features.js';
import { checksumOf } from '../file/checksum.js';
import type { StringTable } from '../string-table.js';
import type { ReadOptions } from '../train-options.js';
import type { Fingerprint } from './file.js';

/** What is trained, and on what. */
export interface Training {
  readonly options: ReadOptions;
  readonly corpus: Corpus;
  readonly holdout: Corpus | undefined;
  readonly attributes: StringTable;
  readonly tags: readonly string[];
  readonly features: FeatureSet;
  /** [numFeatures]: the weights to begin from. */
  readonly start: Float64Array;
}

/** What has to be the same for a training to go on where another has stopped. The number of iterations may change, and that of threads. */
export function fingerprintOf(training: Training): Fingerprint {
  const { options, corpus, holdout, attributes, tags, features, start } = training;
  const { settings, warmStart, seed } = options;
  const params = Object.entries(settings.params).filter(([name]) => name !== 'max_iterations');
  const { bytes, offsets } = attributes.arrays();
  return {
    algorithm: settings.algorithm,
    params: Object.fromEntries(params),
    warmStart: warmStart ?? null,
    seed,
    data: {
      ...describe(corpus),
      attributes: digest(bytes, offsets),
      tags,
    },
    holdout: holdout ? describe(holdout) : null,
    initial: digest(start, features.rowOffsets, features.rowTags, features.transitionCells),
  };
}

/** @throws CheckpointError that names the first thing that differs. */
export function compareFingerprints(checkpoint: string, stored: Fingerprint, now: Fingerprint): void {
  for (const [name, value] of Object.entries(now)) {
    const [was, is] = [JSON.stringify(stored[name]), JSON.stringify(value)];
    if (was === is) continue;
    throw new CheckpointError(
      `${checkpoint}: expected a training with the same ${name}, ${short(is)}, got ${short(was)}; ` +
        "to begin anew, give checkpoints.resume as 'never' or another store",
    );
  }
}

const describe = (corpus: Corpus) => ({
  sequences: corpus.numSequences,
  tokens: corpus.numTokens,
  digest: digest(
    corpus.sequenceOffsets,
    corpus.tokenOffsets,
    corpus.attributeIds,
    corpus.tags,
    corpus.attributeValues,
    corpus.weights,
  ),
});

/** The checksums of arrays, as one text. */
const digest = (...arrays: (ArrayBufferView | undefined)[]): string =>
  arrays
    .map((array) => {
      if (array === undefined) return '-';
      const { buffer, byteOffset, byteLength } = array;
      return checksumOf(new Uint8Array(buffer, byteOffset, byteLength), 0).toString(16);
    })
    .join(' ');

const short = (json: string | undefined): string =>
  json === undefined ? 'nothing' : json.length > 200 ? `${json.slice(0, 200)}…` : json;
